"""Rules that cannot both hold are refused and named both; circles of replacements are refused."""

from dataclasses import replace
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length, Unit
from zhibao.rules.conflicts import conflicts, overlap
from zhibao.rules.load import check_pack
from zhibao.rules.versions import Span


def span(first, last=None):
    return Span(date.fromisoformat(first), last and date.fromisoformat(last))


def test_spans_overlap_from_the_later_first_day():
    assert overlap(span("2020-01-01", "2020-12-31"), span("2021-01-01")) is None
    assert overlap(span("2021-01-01"), span("2020-01-01", "2020-12-31")) is None
    assert overlap(span("2020-01-01", "2021-01-01"), span("2021-01-01")) == "2021-01-01"
    assert overlap(span("2020-01-01"), span("2019-01-01")) == "2020-01-01"


def test_the_pack_has_none(pack):
    assert list(conflicts(pack)) == []


def twin(pack, **changes):
    one = pack.deadlines["adm.file"]
    versions = tuple(replace(version, **changes) for version in one.versions)
    return replace(pack, deadlines={**pack.deadlines, "twin": replace(one, id="twin", versions=versions, where="t:1")})


def test_a_duty_with_two_lengths_is_named_twice(pack):
    (first, *rest) = conflicts(twin(pack, length=Length(3, Unit.DAYS)))
    assert (first.code, "twin" in first.say("zh"), "adm.file" in first.say("zh")) == ("law-conflict", True, True)
    assert len(rest) == len(pack.deadlines["adm.file"].versions) - 1
    assert list(conflicts(twin(pack))) == [], "the same length twice is no conflict"
    assert list(conflicts(twin(pack, span=span("1990-01-01", "1990-12-31"), length=Length(3, Unit.DAYS)))) == []


def test_a_right_may_have_two_times(pack):
    changed = twin(pack, length=Length(3, Unit.DAYS))
    held = {
        name: replace(one, missed=replace(one.missed, lapses=True, finding="", weight=0))
        if name in {"twin", "adm.file"}
        else one
        for name, one in changed.deadlines.items()
    }
    assert list(conflicts(replace(changed, deadlines=held))) == []


def test_rules_of_transfer_that_do_not_meet_are_no_conflict(pack):
    (rule,) = pack.triggers.values()
    old = replace(rule, id="old", versions=(replace(rule.versions[0], span=span("1990-01-01", "1990-12-31")),))
    assert list(conflicts(replace(pack, triggers={**pack.triggers, "old": old}))) == []


def test_a_circle_of_three_is_told_once(pack):
    names = ("cn.fashi-2004-19", "cn.fashi-2007-6", "cn.fashi-2020-10")
    ring = dict(zip(names, (*names[1:], names[0]), strict=True))
    held = {name: replace(pack.instruments[name], replaces=(other, other)) for name, other in ring.items()}
    found = list(conflicts(replace(pack, instruments={**pack.instruments, **held})))
    assert [one.code for one in found] == ["law-replaces-in-a-circle"]
    assert "cn.fashi-2004-19 → cn.fashi-2007-6 → cn.fashi-2020-10 → cn.fashi-2004-19" in found[0].say("en")


def test_two_calendars_of_one_year_are_refused(pack):
    year = pack.years["cn.calendar.2026"]
    (found,) = conflicts(replace(pack, years={**pack.years, "twin": replace(year, id="twin", where="t:1")}))
    assert (found.code, found.where) == ("law-two-years", "t:1")


def test_limits_of_pieces_are_told_in_pieces(pack):
    crime = pack.offences["cn.criminal.215"]
    version = crime.versions[-1]
    labels = next(one for one in version.tiers["base"] if one.id == "labels")
    more = replace(labels, id="more", tree=replace(labels.tree, limit=7), cites=(Citation("cn.x", None, "1"),))
    tiers = {**version.tiers, "base": (*version.tiers["base"], more)}
    changed = replace(crime, versions=(*crime.versions[:-1], replace(version, tiers=tiers)))
    (found,) = conflicts(replace(pack, offences={**pack.offences, crime.id: changed}))
    assert "labels: 10000 / 7" in found.say("en")


def test_a_file_that_would_not_be_read_is_refused(tmp_path):
    folder = tmp_path / "law" / "cn" / "measures"
    folder.mkdir(parents=True)
    (folder / "x.yml").write_text("id: x\n")
    (problem,) = check_pack(folder.parent)
    assert (problem.error.code, problem.where) == ("law-wrong-ending", "law/cn/measures/x.yml:1")
