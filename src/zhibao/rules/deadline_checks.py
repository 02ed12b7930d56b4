"""Whether a time limit fits the events and procedures of the pack: what it names exists, and it can start and end.

Knows what may happen in a proceeding by the files under events/ and procedures/; no event that happened.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from zhibao.kernel.days import Unit
from zhibao.kernel.labels import Label
from zhibao.rules.deadline_errors import LawNeverEnds, LawNothingToCountFrom
from zhibao.rules.deadlines import Deadline, LastDay, Trigger
from zhibao.rules.errors import LawFault, LawUnknownReference
from zhibao.rules.procedures import EventKind, Procedure

_DAYS = frozenset({"day", "moment"})


def check_deadline(
    deadline: Deadline,
    kinds: Mapping[str, EventKind],
    procedures: Mapping[str, Procedure],
    findings: Container[str],
) -> Iterator[LawFault]:
    """Yield what the limit names that the pack does not have, and why it could never start or end."""
    unknown = tuple(_unknown(deadline, kinds, procedures, findings))
    yield from unknown
    if not unknown:
        matter = _Matter.of(deadline, kinds)
        yield from _never_ends(deadline, matter)
        yield from _no_day(deadline, matter)


def _unknown(
    deadline: Deadline, kinds: Mapping[str, EventKind], procedures: Mapping[str, Procedure], findings: Container[str]
) -> Iterator[LawFault]:
    where = deadline.where
    if deadline.procedure not in procedures:
        yield LawUnknownReference(where=where, seen=deadline.procedure, what_zh="程序", what_en="a procedure")
    places = {trigger.event: trigger.where for trigger in (*deadline.ends, *deadline.starts)}
    for kind in sorted(deadline.events - set(kinds)):
        there = places.get(kind, where)
        yield LawUnknownReference(where=there, seen=kind, what_zh="事项", what_en="an event kind")
    for kind, field in sorted(set(_fields_read(deadline))):
        if kind in kinds and field not in {one.name for one in kinds[kind].fields}:
            yield LawUnknownReference(
                where=where, seen=f"{kind}.{field}", what_zh="事项的字段", what_en="a field of an event"
            )
    if deadline.missed.finding and deadline.missed.finding not in findings:
        yield LawUnknownReference(
            where=where, seen=deadline.missed.finding, what_zh="监督发现的种类", what_en="a kind of finding"
        )


def _fields_read(deadline: Deadline) -> Iterator[tuple[str, str]]:
    """Yield (event kind, field) for every field of an event's data that the limit looks at."""
    for trigger in (*deadline.starts, *deadline.ends):
        yield from ((trigger.event, field) for field in (*trigger.when, *trigger.unless))
    for start in deadline.starts:
        if deadline.from_receipt:
            yield start.event, "received_at"
        if start.counts_from:
            yield start.event, start.counts_from
        for version in deadline.versions:
            yield from ((start.event, field) for variant in version.variants for field in variant.when)
    for version in deadline.versions:
        yield from ((one.event, "length") for one in version.extensions if one.at_most or one.length is None)


@dataclass(frozen=True, slots=True)
class _Matter:
    """What may happen where the limit runs: the procedures its start, its owner and its own file belong to."""

    kinds: Mapping[str, EventKind]
    procedures: frozenset[str]

    @classmethod
    def of(cls, deadline: Deadline, kinds: Mapping[str, EventKind]) -> "_Matter":
        starts = {name for start in deadline.starts for name in kinds[start.event].procedures}
        return cls(kinds, frozenset({deadline.procedure, deadline.owed_by.procedure, *starts} - {""}))

    def has(self, kind: str) -> bool:
        """Tell whether one of these procedures may have such an event."""
        belongs = self.kinds[kind].procedures
        return not belongs or not self.procedures.isdisjoint(belongs)

    def may_fire(self, trigger: Trigger) -> bool:
        """Tell whether an event's data can be as the trigger asks: a choice must be one of those offered."""
        fields = {field.name: field for field in self.kinds[trigger.event].fields}
        for name, value in trigger.when.items():
            offered = [choice.id for choice in fields[name].choices]
            if offered and value not in offered:
                return False
        return all(trigger.unless.get(name) != value for name, value in trigger.when.items())

    def comes_first(self, kind: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """Return the kinds that come before ``kind`` whatever way is taken (``after`` names alternatives)."""
        ways = [
            self.comes_first(before, seen | {kind}) | {before}
            for before in self.kinds[kind].after
            if before in self.kinds and before not in seen | {kind}
        ]
        return frozenset.intersection(*ways) if ways else frozenset()


def _never_ends(deadline: Deadline, matter: _Matter) -> Iterator[LawFault]:
    reasons = [_why_not(deadline, end, matter) for end in deadline.ends]
    if all(reasons):
        yield _fault(LawNeverEnds, deadline, deadline.ends[0].where, [why for why in reasons if why])
    for version in deadline.versions:
        for span in version.excludes:
            if not matter.has(span.begins) or any(matter.has(kind) for kind in span.ends):
                continue
            why = Label(
                f"{span.begins}开始之后，没有事项能让它接着算", f"after {span.begins} no event can set it running again"
            )
            yield _fault(LawNeverEnds, deadline, version.where, [why])


def _why_not(deadline: Deadline, end: Trigger, matter: _Matter) -> Label | None:
    """Return why ``end`` can never end the limit, None where it can."""
    title, kind = matter.kinds[end.event].title, end.event
    if not matter.has(kind):
        names = "、".join(sorted(matter.procedures)), ", ".join(sorted(matter.procedures))
        return Label(
            f"“{title.zh}”（{kind}）不会在这些程序里发生：{names[0]}",
            f"“{title.en}” ({kind}) cannot happen in: {names[1]}",
        )
    if not matter.may_fire(end):
        return Label(f"“{title.zh}”（{kind}）的内容不会是这样", f"the data of “{title.en}” ({kind}) are never so")
    past = [start.event for start in deadline.starts if kind == start.event or kind in matter.comes_first(start.event)]
    if matter.kinds[kind].once and len(past) == len(deadline.starts):
        return Label(
            f"“{title.zh}”（{kind}）只发生一次，而且总在起算之前或者就是起算",
            f"“{title.en}” ({kind}) happens once, and always before the start or as the start",
        )
    return None


def _no_day(deadline: Deadline, matter: _Matter) -> Iterator[LawFault]:
    """Yield where the day to count from or back from cannot be known."""
    for start in deadline.starts:
        field = next((one for one in matter.kinds[start.event].fields if one.name == start.counts_from), None)
        if field is not None and field.type not in _DAYS:
            why = Label(f"{start.event}.{field.name} 不是日期", f"{start.event}.{field.name} is no day")
            yield _fault(LawNothingToCountFrom, deadline, start.where, [why])
    for version in deadline.versions:
        if version.backwards and not all(start.counts_from for start in deadline.starts):
            why = Label("写了 backwards，起算的事项却没有写 from", "it says backwards, but its starts name no from")
            yield _fault(LawNothingToCountFrom, deadline, version.where, [why])
        whole = version.length.unit in {Unit.MONTHS, Unit.YEARS} and version.last_day is LastDay.STAYS
        if version.first_day_counts and not (whole and not version.excludes and not version.extensions):
            why = Label(
                "写了 first_day_counts，长度就要是月或者年，不顺延，不延长，不扣除",
                "first_day_counts needs months or years that neither move nor stretch nor stop",
            )
            yield _fault(LawNothingToCountFrom, deadline, version.where, [why])
        if version.before and not matter.has(version.before):
            title = matter.kinds[version.before].title
            why = Label(f"“{title.zh}”不会在这个程序里发生", f"“{title.en}” cannot happen in this procedure")
            yield _fault(LawNothingToCountFrom, deadline, version.where, [why])


def _fault(
    error: type[LawNeverEnds] | type[LawNothingToCountFrom], deadline: Deadline, where: str, why: list[Label]
) -> LawFault:
    return error(
        where=where,
        id=deadline.id,
        cite=deadline.versions[-1].cite.to_text(),
        why_zh="；".join(one.zh for one in why),
        why_en="; ".join(one.en for one in why),
    )
