"""A supposed change of the law goes into the documents in memory, and passes the same checks as any law file."""

import shutil
from datetime import date

import pytest

from zhibao.kernel.days import Length, Unit
from zhibao.rules import errors, whatif_errors
from zhibao.rules.load import assemble, default_roots, load_pack, read_documents
from zhibao.rules.read import read_table
from zhibao.rules.versions import Span
from zhibao.rules.whatif import read_change, what_if


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    """What clocks and crimes rest on; the long registers are left out, since the pack is loaded for every change."""
    root = tmp_path_factory.mktemp("base") / "law" / "cn"
    kept = ("instruments", "measures.yaml", "events", "procedures", "findings", "offences", "calendars")
    root.mkdir(parents=True)
    for name in kept:
        source = default_roots()[0] / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, root / name)
    (root / "deadlines").mkdir()
    for name in ("adm.file", "adm.decide"):
        shutil.copy(default_roots()[0] / "deadlines" / f"{name}.yaml", root / "deadlines")
    return read_documents(root)


@pytest.fixture(scope="module")
def before(documents):
    return assemble(documents)


@pytest.fixture
def suppose(documents, before):
    def made(*rows):
        text = "title: {zh: 假设, en: what if}\nchanges:\n" + "".join(f"  - {row}\n" for row in rows)
        return what_if(documents, before, read_change(read_table(text, "change.yaml")))

    return made


def test_a_field_of_one_version_is_changed_and_nothing_else(suppose, before):
    found = suppose("{entry: adm.decide, version: 2022-11-01, field: length, to: 60 days}")
    assert found.entries == {("deadlines", "adm.decide")}
    lengths = {str(one.span.first): one.length for one in found.pack.deadlines["adm.decide"].versions}
    assert lengths["2022-11-01"] == Length(60, Unit.DAYS)
    assert lengths["2021-07-15"] == Length(90, Unit.DAYS)
    assert found.pack.deadlines["adm.file"] == before.deadlines["adm.file"]
    assert found.pack.hash != before.hash
    assert (found.of("deadlines"), found.of("offences")) == ({"adm.decide"}, frozenset())


def test_a_limit_deep_inside_is_reached_by_its_id(suppose):
    found = suppose(
        '{entry: offences/cn.criminal.213, version: 2025-04-26, field: "tiers.base.any[goods.gain].when", to: illegal_gain >= 20000}'
    )
    limits = found.pack.offences["cn.criminal.213"].versions[-1].tiers
    assert next(one for one in limits["base"] if one.id == "goods.gain").tree.limit == 2_000_000
    assert next(one for one in limits["grave"] if one.id == "goods.gain").tree.limit == 2_000_000, "ten times of it"


def test_a_list_item_is_reached_by_its_place_and_by_its_first_word(suppose):
    found = suppose(
        "{entry: adm.decide, version: 2022-11-01, field: 'extended_by[1].length', to: 45 days}",
        "{entry: adm.decide, version: 2022-11-01, field: 'excludes[examination-started]', remove: true}",
        "{entry: adm.decide, field: 'ends[closed]', to: executed}",
    )
    changed = found.pack.deadlines["adm.decide"]
    version = changed.version_on(date(2026, 1, 1))
    assert version.extensions[0].length == Length(45, Unit.DAYS)
    assert "examination-started" not in {span.begins for span in version.excludes}
    assert [one.event for one in changed.ends] == ["decided", "terminated", "executed"]


def test_a_single_table_may_be_named_like_a_list(suppose):
    found = suppose(
        "{entry: adm.file, version: 2022-11-01, field: 'extended_by[filing-extended].length', to: 5 working-days}"
    )
    version = found.pack.deadlines["adm.file"].version_on(date(2026, 1, 1))
    assert version.extensions[0].length == Length(5, Unit.WORKING_DAYS)


def test_a_field_is_added_and_removed(suppose):
    found = suppose(
        "{entry: adm.file, version: 2022-11-01, field: note, to: {zh: 假设, en: supposed}}",
        "{entry: adm.file, version: 2022-11-01, field: extended_by, remove: true}",
    )
    version = found.pack.deadlines["adm.file"].version_on(date(2026, 1, 1))
    assert (version.note.en, version.extensions) == ("supposed", ())


def test_a_whole_version_is_added_and_ends_the_one_before(suppose):
    found = suppose("{entry: adm.file, add: {from: 2027-01-01, length: 10 working-days}, otherwise: as-before}")
    changed = found.pack.deadlines["adm.file"]
    assert [one.span for one in changed.versions[-2:]] == [
        Span(date(2022, 11, 1), date(2026, 12, 31)),
        Span(date(2027, 1, 1)),
    ]
    old, new = changed.versions[-2:]
    assert (new.length, new.extensions, new.cite) == (Length(10, Unit.WORKING_DAYS), old.extensions, old.cite)


def test_a_version_after_one_that_has_ended_leaves_it_as_it_is(suppose):
    with pytest.raises(errors.LawOverlap):
        suppose(
            "{entry: adm.file, add: {from: 2019-01-01, length: 10 working-days, cite: cn.samr-penalty-procedure@2018/18, confidence: text}}"
        )
    found = suppose(
        "{entry: adm.file, version: 2022-11-01, field: to, to: 2026-12-31}",
        "{entry: adm.file, add: {from: 2027-01-01, length: 10 working-days}, otherwise: as-before}",
    )
    assert found.pack.deadlines["adm.file"].versions[-2].span.last == date(2026, 12, 31)


def test_a_calendar_year_counts_as_changed(suppose):
    found = suppose("{entry: cn.calendar.2026, field: 'makeup_workdays[1]', remove: true}")
    assert found.of("years") == {"cn.calendar.2026"}


@pytest.mark.parametrize(
    ("row", "error", "says"),
    [
        ("{entry: adm.fill, field: length, to: 5 days}", whatif_errors.ChangeOfNoEntry, "adm.file"),
        ("{entry: offences/adm.file, field: length, to: 5 days}", whatif_errors.ChangeOfNoEntry, "cn.criminal"),
        ("{entry: adm.file, version: 2022-11-02, field: length, to: 5 days}", whatif_errors.ChangeOfNoVersion, "2022-11-01"),
        ("{entry: adm.file, version: 2022-11-01, field: lengths.x, to: 5 days}", whatif_errors.ChangeOfNoField, "length"),
        ("{entry: adm.file, version: 2022-11-01, field: length.x, to: 5 days}", whatif_errors.ChangeOfNoField, "—"),
        ("{entry: adm.file, version: 2022-11-01, field: lengths, remove: true}", whatif_errors.ChangeOfNoField, "length"),
        ("{entry: adm.file, version: 2022-11-01, field: 'excludes[9]', to: [a, b]}", whatif_errors.ChangeOfNoField, "examination-started"),
        ("{entry: adm.file, version: 2022-11-01, field: 'excludes[nothing]', to: [a, b]}", whatif_errors.ChangeOfNoField, "examination-started"),
        ("{entry: adm.file, version: 2022-11-01, field: 'length[', to: 5 days}", whatif_errors.ChangeOfNoPath, "tiers.base"),
        ("{entry: adm.file, version: 2022-11-01, field: length, to: 5}", errors.LawFault, "15 working-days"),
        ("{entry: adm.file, version: 2022-11-01, field: lenght, to: 5 days}", errors.LawUnknownKey, "length"),
        ("{entry: adm.file, version: 2022-11-01, field: cite, to: cn.samr-penalty-procedure/999}", errors.LawCitesNothing, ""),
        ("{entry: adm.file, version: 2022-11-01, field: length}", errors.LawMissing, ""),
        ("{entry: adm.file, add: {from: 2027-01-01, length: 5 days}}", errors.LawFault, ""),
        ("{entry: adm.file, field: ends, to: nonsense-event}", errors.LawUnknownReference, ""),
        ("{entry: adm.file, versions: 2022-11-01, field: length, to: 5 days}", errors.LawUnknownKey, "version"),
    ],
)  # fmt: skip
def test_a_change_that_leads_nowhere_or_does_not_load_is_refused_with_its_line(suppose, row, error, says):
    with pytest.raises(error) as caught:
        suppose(row)
    assert caught.value.where.startswith(("change.yaml:3", "law/cn/deadlines/adm.file.yaml")), caught.value.where
    assert says in caught.value.hint("en")
    assert caught.value.say("zh")


def test_a_file_without_changes_is_refused():
    with pytest.raises(whatif_errors.ChangeOfNothing):
        read_change(read_table("title: {zh: 假设, en: what if}\n", "change.yaml"))


def test_the_pack_in_use_is_not_touched(documents, before):
    what_if(
        documents,
        before,
        read_change(
            read_table("changes: [{entry: adm.file, version: 2022-11-01, field: length, to: 5 working-days}]", "c")
        ),
    )
    assert assemble(documents).hash == before.hash
    assert load_pack().deadlines["adm.file"].versions[-1].length == before.deadlines["adm.file"].versions[-1].length
