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


def about(case, clock):
    if "runs" in case:
        return case.text("clock") == clock
    return any(key.split("#")[0] == clock for key in case.table("expect"))


def versions_of(version):
    yield "longer", replace(version, length=replace(version.length, number=version.length.number + 1))
    yield "shorter", replace(version, length=replace(version.length, number=version.length.number - 1))
    other = Unit.DAYS if version.length.unit is Unit.WORKING_DAYS else Unit.WORKING_DAYS
    if version.length.unit is not Unit.HOURS:
        yield "unit", replace(version, length=Length(version.length.number, other))
    yield "starts later", replace(version, span=replace(version.span, first=version.span.first + DAY))
    if version.span.last is not None:
        yield "ends earlier", replace(version, span=replace(version.span, last=version.span.last - DAY))
    yield "article", replace(version, cite=replace(version.cite, article="9999"))
    for place in range(len(version.also)):
        also = [*version.also]
        also[place] = Citation("cn.nothing", None, "1")
        yield "another article", replace(version, also=tuple(also))
    for place, extension in enumerate(version.extensions):
        if extension.length is not None:
            changed = [*version.extensions]
            changed[place] = replace(extension, length=replace(extension.length, number=extension.length.number + 1))
            yield f"extension {place}", replace(version, extensions=tuple(changed))
        yield (
            f"no extension {place}",
            replace(version, extensions=(*version.extensions[:place], *version.extensions[place + 1 :])),
        )
    for place, span in enumerate(version.excludes):
        yield (
            f"counts {span.begins}",
            replace(version, excludes=(*version.excludes[:place], *version.excludes[place + 1 :])),
        )
    if version.last_day is not LastDay.STAYS:
        yield "last day stays", replace(version, last_day=LastDay.STAYS)
    for place, rival in enumerate(version.conflicts):
        changed = [*version.conflicts]
        changed[place] = replace(rival, length=replace(rival.length, number=rival.length.number + 1))
        yield "rival length", replace(version, conflicts=tuple(changed))
    for place, variant in enumerate(version.variants):
        yield f"variant {place}", replace(version, variants=(replace(variant, length=version.length),))


def mutants():
    for deadline in PACK.deadlines.values():
        for place, version in enumerate(deadline.versions):
            for what, changed in versions_of(version):
                versions = (*deadline.versions[:place], changed, *deadline.versions[place + 1 :])
                yield pytest.param(
                    replace(deadline, versions=versions), id=f"{deadline.id} {version.span.first} {what}"
                )
        if deadline.from_receipt:
            yield pytest.param(replace(deadline, from_receipt=False), id=f"{deadline.id} from receipt")
        if deadline.lapsed_by:
            yield pytest.param(replace(deadline, lapsed_by=()), id=f"{deadline.id} lapsed by")
        for place, trigger in enumerate(deadline.starts):
            if trigger.when or trigger.unless:
                always = (*deadline.starts[:place], replace(trigger, when={}, unless={}), *deadline.starts[place + 1 :])
                yield pytest.param(replace(deadline, starts=always), id=f"{deadline.id} start {place} always")
        for place in range(len(deadline.ends)):
            yield pytest.param(
                replace(deadline, ends=(*deadline.ends[:place], *deadline.ends[place + 1 :])),
                id=f"{deadline.id} end {place}",
            )
        for place in range(len(deadline.starts)):
            yield pytest.param(
                replace(deadline, starts=(*deadline.starts[:place], *deadline.starts[place + 1 :])),
                id=f"{deadline.id} start {place}",
            )
        yield pytest.param(
            replace(deadline, missed=replace(deadline.missed, lapses=not deadline.missed.lapses)),
            id=f"{deadline.id} what follows",
        )


@pytest.mark.parametrize("changed", list(mutants()))
def test_a_changed_law_breaks_a_golden_case(changed):
    pack = replace(PACK, deadlines={changed.id: changed})
    assert any(mismatch for case in CASES if about(case, changed.id) for mismatch in check_clock_case(pack, case))
