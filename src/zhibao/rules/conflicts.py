"""Rules that cannot both hold: found when the pack is loaded, and named both, rather than one of them taken in silence.

Knows which rules answer the same question. Two texts that really stand against one another are written in one entry, under
``conflicts``, where both are shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from zhibao.kernel.citations import Citation
from zhibao.kernel.money import Fen, to_yuan
from zhibao.rules.conditions import Compare
from zhibao.rules.deadlines import Deadline
from zhibao.rules.errors import LawFault
from zhibao.rules.instruments import Instrument
from zhibao.rules.language import Limit
from zhibao.rules.offences import Offence
from zhibao.rules.pack import Pack
from zhibao.rules.versions import Span


class LawConflict(LawFault):
    """Two rules answer the same question differently on the same days."""

    code = "law-conflict"
    zh = (
        "「{one}」（{cite}）和「{other}」（{other_cite}，在 {other_where}）在 {day} 同时适用，说的却不一样：{what_zh}。"
    )
    en = "“{one}” ({cite}) and “{other}” ({other_cite}, in {other_where}) both apply on {day} and differ: {what_en}."
    hint_zh = "一个取代另一个的，改前一个的 to；两部规定确实并存的，写在同一条目的 conflicts 里，两个都会列出。"
    hint_en = "If one follows the other, change “to” of the earlier; if both texts stand, write them in one entry under conflicts, and both are shown."


class LawReplacesInACircle(LawFault):
    """Instruments replace one another in a circle."""

    code = "law-replaces-in-a-circle"
    zh = "规定互相代替，绕成了一圈：{circle}。"
    en = "Instruments replace one another in a circle: {circle}."
    hint_zh = "后施行的代替先施行的：删掉写反了的 replaces。"
    hint_en = "The later replaces the earlier: remove the “replaces” that is the wrong way round."


class LawReplacesNothing(LawFault):
    """An instrument replaces one that the pack does not have."""

    code = "law-replaces-nothing"
    zh = "「{id}」说它代替「{seen}」，法律包里没有这部规定。"
    en = "“{id}” says that it replaces “{seen}”, which the pack does not have."
    hint_zh = "核对编号；没有收录的规定，不写在 replaces 里。"
    hint_en = "Check the id; an instrument that is not in the pack is not named under replaces."


class LawRenumberedInACircle(LawFault):
    """A renumbering table leads an article back to itself."""

    code = "law-renumbered-in-a-circle"
    zh = "「{id}」的条号对照表绕成了一圈：{circle}。"
    en = "The renumbering table of “{id}” goes in a circle: {circle}."
    hint_zh = "对照表从旧版本到新版本写，每条只往后走。"
    hint_en = "Write the table from the older version to the newer; each article only goes forward."


class LawTwoYears(LawFault):
    """Two calendar entries are for one year."""

    code = "law-two-years"
    zh = "{year} 年的日历有两份：「{one}」和「{other}」（在 {other_where}）。"
    en = "There are two calendars for {year}: “{one}” and “{other}” (in {other_where})."
    hint_zh = "留下一份；省里另有安排的，用同一个编号并写 replaces_under。"
    hint_en = "Keep one; where a province decides otherwise, use the same id and write replaces_under."


def conflicts(pack: Pack) -> Iterator[LawFault]:
    """Yield every pair of rules of the pack that cannot both hold, and every circle of replacements."""
    for instrument in pack.instruments.values():
        yield from _replacements(pack, instrument)
        yield from _renumberings(instrument)
    yield from _years(pack)
    yield from _deadlines(list(pack.deadlines.values()))
    yield from _triggers(pack)
    for offence in pack.offences.values():
        yield from _limits(offence)


# --- instruments -----------------------------------------------------------------------------------------------------


def _replacements(pack: Pack, instrument: Instrument) -> Iterator[LawFault]:
    for other in instrument.replaces:
        if other not in pack.instruments:
            yield LawReplacesNothing(where=instrument.where, id=instrument.id, seen=other)
    chain = _circle(pack, instrument.id)
    if chain and instrument.id == min(chain):
        yield LawReplacesInACircle(where=instrument.where, circle=" → ".join((*chain, chain[0])))


def _circle(pack: Pack, start: str) -> tuple[str, ...]:
    """Return the instruments from ``start`` back to itself through ``replaces``, empty where there is no way back."""
    paths: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        held = pack.instruments.get(path[-1])
        for other in held.replaces if held else ():
            if other == start:
                return path
            if other not in seen:
                seen.add(other)
                paths.append((*path, other))
    return ()


def _renumberings(instrument: Instrument) -> Iterator[LawFault]:
    for start in instrument.renumbered:
        chain = [start]
        while (step := instrument.renumbered.get(chain[-1])) is not None and step not in chain:
            chain.append(step)
        if step == start and start == min(chain):
            circle = " → ".join(f"{version}/{article}" for version, article in (*chain, start))
            yield LawRenumberedInACircle(where=instrument.where, id=instrument.id, circle=circle)


def _years(pack: Pack) -> Iterator[LawFault]:
    for one, other in combinations(pack.years.values(), 2):
        if one.year == other.year:
            yield LawTwoYears(where=other.where, year=one.year, one=other.id, other=one.id, other_where=one.where)


# --- rules that answer the same question -------------------------------------------------------------------------------


def _deadlines(deadlines: Sequence[Deadline]) -> Iterator[LawFault]:
    """Two limits that start, end and are owed alike are one duty: on each day it has one length.

    A right is another matter: it may be used in one time and, at a price, in a second (renewal, then grace).
    """
    alike: dict[str, list[Deadline]] = {}
    for deadline in (one for one in deadlines if one.missed.finding):
        alike.setdefault(repr(_question(deadline)), []).append(deadline)
    for held in alike.values():
        for one, other in combinations(held, 2):
            yield from _overlapping(one, other)


def _question(deadline: Deadline) -> tuple[object, ...]:
    """Return what tells one step of the law from another: what opens and closes it, who owes it, what follows."""
    ways = [(one.event, one.when, one.unless, one.counts_from) for one in (*deadline.starts, *deadline.ends)]
    return (deadline.procedure, deadline.owed_by.id, len(deadline.starts), ways, deadline.from_receipt, deadline.missed)


def _overlapping(one: Deadline, other: Deadline) -> Iterator[LawFault]:
    for first in one.versions:
        for second in other.versions:
            day = overlap(first.span, second.span)
            if day is not None and (first.length, first.before) != (second.length, second.before):
                sides = (_Side(one.id, first.cite, first.where), _Side(other.id, second.cite, second.where))
                yield _conflict(*sides, day, f"{first.length.to_text()} / {second.length.to_text()}")


def _triggers(pack: Pack) -> Iterator[LawFault]:
    """Two rules of transfer in force at once: which of them decides would hang on the order of the files."""
    for one, other in combinations(pack.triggers.values(), 2):
        for first in one.versions:
            for second in other.versions:
                day = overlap(first.span, second.span)
                if day is not None:
                    sides = (
                        _Side(one.id, first.grounds[0].cite, one.where),
                        _Side(other.id, second.grounds[0].cite, other.where),
                    )
                    yield _conflict(*sides, day, "transfer")


def _limits(offence: Offence) -> Iterator[LawFault]:
    """Two limits of one tier that ask the same measure of the same acts: the higher one would never be asked."""
    for version in offence.versions:
        for limits in version.tiers.values():
            for one, other in combinations(limits, 2):
                yield from _same_measure(offence, one, other)


def _same_measure(offence: Offence, one: Limit, other: Limit) -> Iterator[LawFault]:
    first, second = one.tree, other.tree
    if not isinstance(first, Compare) or not isinstance(second, Compare):
        return
    same = (first.measures, first.which, first.op, one.together) == (
        second.measures,
        second.which,
        second.op,
        other.together,
    )
    day = overlap(one.span, other.span)
    if same and day is not None and first.limit * first.factor != second.limit * second.factor:
        sides = (
            _Side(f"{offence.id} {one.id}", one.cite, one.where),
            _Side(f"{offence.id} {other.id}", other.cite, other.where),
        )
        yield _conflict(*sides, day, f"{'+'.join(first.measures)}: {_amount(first)} / {_amount(second)}")


def _amount(compare: Compare) -> str:
    """Return the limit as the article writes it: yuan with fen, or pieces."""
    amount = int(compare.limit * compare.factor)
    return to_yuan(Fen(amount)) if compare.unit == "yuan" else str(amount)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two rules: its name, its article, its place."""

    id: str
    cite: Citation
    where: str


def _conflict(one: _Side, other: _Side, day: str, what: str) -> LawConflict:
    """Return the fault at the later rule, naming the earlier."""
    return LawConflict(
        where=other.where,
        one=other.id,
        cite=other.cite.to_text(),
        other=one.id,
        other_cite=one.cite.to_text(),
        other_where=one.where,
        day=day,
        what_zh=what,
        what_en=what,
    )


def overlap(one: Span, other: Span) -> str | None:
    """Return the first day on which both spans hold, as text; None where there is none."""
    first, last = sorted((one, other), key=lambda span: span.first)
    if first.last is not None and first.last < last.first:
        return None
    return last.first.isoformat()
