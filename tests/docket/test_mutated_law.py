"""Changing any number, unit, date or article of a deadline breaks at least one golden case."""

from dataclasses import replace
from datetime import timedelta

import pytest

from zhibao.docket.golden import check_clock_case
from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length, Unit
from zhibao.rules.deadlines import LastDay
from zhibao.rules.load import load_cases, load_pack

PACK = load_pack()
CASES = load_cases(kind="clocks-")
DAY = timedelta(days=1)


def clocks_of(case):
    return {case.text("clock")} if "runs" in case else {key.split("#")[0] for key in case.table("expect")}


ABOUT = {}
for one in CASES:
    for clock in clocks_of(one):
        ABOUT.setdefault(clock, []).append(one)


def put(items, place, *instead):
    """The items with ``instead`` in the place of one of them."""
    return (*items[:place], *instead, *items[place + 1 :])


def longer(thing):
    return replace(thing, length=replace(thing.length, number=thing.length.number + 1))


def other_unit(version):
    """Another unit the loader lets through: a term that counts its first day is of months or years (deadline_checks)."""
    if version.first_day_counts:
        return Unit.MONTHS if version.length.unit is Unit.YEARS else Unit.YEARS
    return Unit.DAYS if version.length.unit is Unit.WORKING_DAYS else Unit.WORKING_DAYS


def counts_of(version):
    yield "longer", longer(version)
    yield "shorter", replace(version, length=replace(version.length, number=version.length.number - 1))
    if version.length.unit is not Unit.HOURS:
        yield "unit", replace(version, length=Length(version.length.number, other_unit(version)))
    if version.backwards:
        yield "forwards", replace(version, backwards=False)
    if version.first_day_counts:
        yield "first day left out", replace(version, first_day_counts=False)
    if version.opens is not None:
        opens = replace(version.opens, number=version.opens.number + 1)
        yield "opens earlier", replace(version, opens=opens)
        yield "always open", replace(version, opens=None)
    for place, variant in enumerate(version.variants):
        if variant.length != version.length:
            yield f"variant {place}", replace(version, variants=put(version.variants, place))
        yield f"variant {place} longer", replace(version, variants=put(version.variants, place, longer(variant)))
    for place, rival in enumerate(version.conflicts):
        yield "rival length", replace(version, conflicts=put(version.conflicts, place, longer(rival)))


def days_of(version):
    yield "starts later", replace(version, span=replace(version.span, first=version.span.first + DAY))
    if version.span.last is not None:
        yield "ends earlier", replace(version, span=replace(version.span, last=version.span.last - DAY))
    if version.last_day is not LastDay.STAYS:
        said = LastDay.MOVES if version.last_day in {LastDay.SILENT, LastDay.WEEKEND} else LastDay.SILENT
        yield "last day stays", replace(version, last_day=LastDay.STAYS)
        yield "reading", replace(version, last_day=said)


def articles_of(version):
    yield "article", replace(version, cite=replace(version.cite, article="9999"))
    for place in range(len(version.also)):
        yield "another article", replace(version, also=put(version.also, place, Citation("cn.nothing", None, "1")))
    if version.last_day_cite is not None:
        yield "last day's article", replace(version, last_day_cite=replace(version.last_day_cite, article="9999"))
    for place, rival in enumerate(version.conflicts):
        other = replace(rival, cite=replace(rival.cite, article="9999"))
        yield "rival article", replace(version, conflicts=put(version.conflicts, place, other))


def time_of(version):
    for place, extension in enumerate(version.extensions):
        if extension.length is not None:
            more = put(version.extensions, place, longer(extension))
            yield f"extension {place}", replace(version, extensions=more)
        yield f"no extension {place}", replace(version, extensions=put(version.extensions, place))
        if extension.length is not None:
            other = replace(extension, at_most=not extension.at_most)
            yield f"less in extension {place}", replace(version, extensions=put(version.extensions, place, other))
    for place, span in enumerate(version.excludes):
        yield f"counts {span.begins}", replace(version, excludes=put(version.excludes, place))
        for end in span.ends if len(span.ends) > 1 else ():
            fewer = replace(span, ends=tuple(one for one in span.ends if one != end))
            yield f"{end} ends nothing", replace(version, excludes=put(version.excludes, place, fewer))


def versions_of(version):
    for part in (counts_of, days_of, articles_of, time_of):
        yield from part(version)


def triggers_of(triggers):
    """Each condition of each trigger left out, one at a time, and the day it counts from."""
    for place, trigger in enumerate(triggers):
        fewer = [
            replace(trigger, **{part: {k: v for k, v in getattr(trigger, part).items() if k != key}})
            for part in ("when", "unless")
            for key in getattr(trigger, part)
        ]
        if trigger.counts_from:
            fewer.append(replace(trigger, counts_from=""))
        for number, one in enumerate(fewer):
            yield f"{place}.{number}", put(triggers, place, one)


def mutants_of(deadline):
    """What is changed, and the deadline as changed."""
    for place, version in enumerate(deadline.versions):
        for what, changed in versions_of(version):
            yield f"{version.span.first} {what}", replace(deadline, versions=put(deadline.versions, place, changed))
    if deadline.from_receipt:
        yield "from receipt", replace(deadline, from_receipt=False)
    for kind in deadline.lapsed_by:
        fewer = tuple(one for one in deadline.lapsed_by if one != kind)
        yield f"lapsed by {kind}", replace(deadline, lapsed_by=fewer)
    for what, triggers in triggers_of(deadline.starts):
        yield f"start {what} always", replace(deadline, starts=triggers)
    for what, triggers in triggers_of(deadline.ends):
        yield f"end {what} always", replace(deadline, ends=triggers)
    for place in range(len(deadline.ends)):
        yield f"end {place}", replace(deadline, ends=put(deadline.ends, place))
    for place in range(len(deadline.starts)):
        yield f"start {place}", replace(deadline, starts=put(deadline.starts, place))
    missed = deadline.missed
    other = replace(missed, waits=False) if missed.waits else replace(missed, lapses=not missed.lapses)
    yield "what follows", replace(deadline, missed=other)


def is_noticed(changed):
    """Whether a case about this clock comes out otherwise. The other clocks of the case stay as they are: a clock that is
    merely not there would be noticed whatever had been changed.
    """
    for case in ABOUT[changed.id]:
        others = {name: PACK.deadlines[name] for name in clocks_of(case) & set(PACK.deadlines)}
        if any(True for _ in check_clock_case(replace(PACK, deadlines={**others, changed.id: changed}), case)):
            return True
    return False


@pytest.mark.parametrize("share", range(8))
def test_a_changed_law_breaks_a_golden_case(share):
    names = sorted(PACK.deadlines)[share::8]
    made = [(f"{name} {what}", one) for name in names for what, one in mutants_of(PACK.deadlines[name])]
    assert len(made) > 200
    assert [what for what, changed in made if not is_noticed(changed)] == []
