"""The sample province: reproducible, ignorant of the rooms that judge it, and found out by them."""

import json
from datetime import UTC, date, datetime
from random import Random

import pytest

from tests.house.source import SRC, tree
from zhibao.cli.demo import command, run
from zhibao.cli.demo.generate_listings import DISGUISES, generate_listings
from zhibao.cli.demo.generate_matters import generate_matters
from zhibao.cli.demo.generate_organs import generate_organs
from zhibao.cli.demo.generate_rights import RIGHTS, draw_logo, generate_owners, generate_rights, uscc
from zhibao.cli.demo.telling import tell
from zhibao.cli.errors import NotASample
from zhibao.cli.session import Session
from zhibao.kernel.uscc import Uscc

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)


def sample():
    random = Random(7)
    owners = list(generate_owners(random))
    rights = list(generate_rights(random, owners, NOW.date()))
    listings, planted = generate_listings(random, owners, rights, NOW)
    return owners, rights, listings, planted, list(generate_matters(random, owners, rights, NOW))


@pytest.mark.parametrize("path", sorted((SRC / "cli" / "demo").glob("generate_*.py")), ids=lambda path: path.name)
def test_generators_do_not_know_the_rooms_that_will_judge_them(path):
    import ast

    named = {node.module for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)}
    assert not [
        name for name in named if name and name.startswith(("zhibao.rules", "zhibao.docket", "zhibao.matching"))
    ]


def test_the_same_seed_gives_the_same_province():
    assert sample() == sample()


def test_what_is_made_is_as_many_and_as_varied_as_promised():
    owners, rights, listings, planted, matters = sample()
    assert len(list(generate_organs())) >= 60
    assert len(rights) == sum(RIGHTS.values()) == 2000
    assert {right.kind for right in rights} == set(RIGHTS)
    assert len(listings) == 20_000
    assert {one.disguise for one in planted} == set(DISGUISES)
    assert len(matters) == 400
    assert len({owner.size for owner in owners}) == 4


def test_invented_credit_codes_have_right_check_characters():
    random = Random(3)
    for _ in range(200):
        Uscc.from_text(uscc(random, "360200"))


def test_nothing_is_planted_that_is_not_in_the_feed():
    _, _, listings, planted, _ = sample()
    counted = {(one.feed, one.shop): 0 for one in planted}
    for listing in listings:
        if (listing.feed, listing.shop) in counted:
            counted[listing.feed, listing.shop] += 1
    assert counted == {(one.feed, one.shop): one.listings for one in planted}


def test_no_event_is_later_than_now_or_out_of_order():
    for matter in sample()[4]:
        times = [event.at for event in matter.events]
        assert times == sorted(times)
        assert times[-1] < NOW


def test_two_marks_never_share_a_logo():
    assert len({draw_logo("墨", n) for n in range(50)}) == 50


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.docx").write_text("three years of work")
    with pytest.raises(NotASample):
        command.prepare(tmp_path)
    assert (tmp_path / "thesis.docx").exists()


def test_an_older_sample_is_replaced(tmp_path):
    home = command.prepare(tmp_path / "demo")
    (home / "zhibao.sqlite3").write_text("old")
    assert command.prepare(home) == home
    assert [path.name for path in home.iterdir()] == [command.MARKER]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_main_job_finds_what_was_planted(tmp_path, settings):
    settings.ZHIBAO_VAULT = tmp_path / "vault"
    voice = Session(lang="zh", as_json=False)
    summary, key = run.run(voice, "cobalt-egret-4711")
    assert summary["refused"] == []
    assert summary["planted_series"]["found"] == summary["planted_series"]["planted"] == len(key["series"])
    assert summary["planted_findings"]["found"] == summary["planted_findings"]["planted"] == len(key["findings"])
    assert summary["findings_not_planted"] <= summary["findings"] // 10
    summary |= {
        "seconds": 1.0,
        "address": "http://127.0.0.1:8000/",
        "data": "var/demo",
        "password": "cobalt-egret-4711",
    }
    command.keep(tmp_path, summary, key)
    assert "cobalt-egret" not in (tmp_path / command.MARKER).read_text()
    assert json.loads((tmp_path / command.ANSWER_KEY).read_text())["series"]
    for lang in ("zh", "en"):
        assert "cobalt-egret-4711" in "\n".join(tell(Session(lang=lang, as_json=False), summary))


def test_days_of_the_sample_move_with_the_day_it_is_made():
    random = Random(7)
    owners = list(generate_owners(random))
    assert max(right.granted_on for right in generate_rights(random, owners, date(2026, 6, 1))) < date(2026, 6, 1)
