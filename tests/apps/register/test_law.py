"""The register's kinds of right, the organs and the places are those of the law pack that ships."""

import importlib
import re
from datetime import date

import pytest

from zhibao.apps.register import rows
from zhibao.apps.register.errors import CellBadKind
from zhibao.kernel.days import Length
from zhibao.kernel.places import Level

law = importlib.import_module("zhibao.apps.register.law")
REAL_KINDS = law.kinds_of_right  # before the fixture of this folder puts its own in the place


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """The pack's own kinds, instead of this folder's few."""
    monkeypatch.setattr(law, "kinds_of_right", REAL_KINDS)
    return REAL_KINDS()


def term(pack, kind, day, label=""):
    found = [t for t in pack.rights[kind].terms if t.span.first <= day and (t.span.last is None or day <= t.span.last)]
    return {t.length.to_text() for t in found} if not label else found


def test_every_kind_of_the_mission_is_there(kinds):
    assert set(kinds) == {
        "trademark", "patent-invention", "patent-utility-model", "patent-design", "copyright", "geographical-indication",
        "plant-variety", "ic-layout", "trade-secret", "customs-recordal",
    }  # fmt: skip
    assert all(re.search(r"[\u4e00-\u9fff]", label.zh) and label.en.isascii() for label in kinds.values())
    assert set(rows.KIND_WORDS.values()) <= set(kinds)


@pytest.mark.parametrize(
    ("kind", "day", "expected"),
    [
        ("trademark", date(2026, 12, 31), {"10 years"}),
        ("trademark", date(2027, 1, 1), {"10 years"}),
        ("patent-invention", date(2026, 1, 1), {"20 years"}),
        ("patent-utility-model", date(2026, 1, 1), {"10 years"}),
        ("patent-design", date(2021, 5, 31), {"10 years"}),
        ("patent-design", date(2021, 6, 1), {"15 years"}),
        ("plant-variety", date(2025, 5, 31), {"20 years", "15 years"}),
        ("plant-variety", date(2025, 6, 1), {"25 years", "20 years"}),
        ("ic-layout", date(2026, 10, 14), {"10 years"}),
        ("ic-layout", date(2026, 10, 15), {"10 years"}),  # the revision's own article was not read, and says so
        ("customs-recordal", date(2026, 1, 1), {"10 years"}),
        ("trade-secret", date(2026, 1, 1), set()),
    ],
)
def test_terms_on_both_sides_of_each_change(pack, kind, day, expected):
    assert term(pack, kind, day) == expected


def test_the_renumbered_trademark_law_is_cited_by_its_own_articles(pack):
    first, old, new = pack.rights["trademark"].terms
    assert (first.cite.article, old.cite.article, new.cite.article) == ("39", "39", "43")
    assert old.renewable
    assert old.length == Length.from_text("10 years")


def test_a_kind_the_pack_does_not_know_is_refused():
    law.require_kind("plant-variety")
    with pytest.raises(CellBadKind, match="dreams"):
        law.require_kind("dreams")


def test_organs_handle_known_rights_only(pack):
    kinds = set(pack.rights)
    for organ in pack.organ_kinds.values():
        for competence in organ.competences:
            assert set(competence.rights) <= kinds, organ.id
    assert {c.procedure for c in pack.organ_kinds["market-regulation"].competences} == {"administrative", "complaint"}


def test_places_of_the_province(pack):
    places = [place for code, place in pack.places.items() if code.startswith("36")]
    by_level = {level: [p for p in places if p.level == level.value] for level in Level}
    assert [len(by_level[level]) for level in (Level.PROVINCE, Level.CITY, Level.COUNTY)] == [1, 11, 100]
    assert all(place.code.parent.code in pack.places for place in places if place.level != "province")
    assert pack.places["360222"].name.zh == "浮梁县"
