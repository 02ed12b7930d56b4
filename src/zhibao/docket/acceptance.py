"""Whether an event may be recorded: its kind, its procedure, its time against the others, its data.

Knows the events of one matter and the law's list of kinds; who may record it is decided above.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from zhibao.docket.corrections import CORRECTED, effective
from zhibao.docket.entries import extension_length
from zhibao.docket.errors import (
    BadCorrection,
    EventBeforeStart,
    EventDataMissing,
    EventDataUnknown,
    EventDayAfter,
    EventDaysBackwards,
    EventInFuture,
    EventNotOfProcedure,
    EventTwice,
    EventWithoutTime,
    ExtensionWithoutLength,
    UnknownEventKind,
)
from zhibao.docket.events import Event
from zhibao.docket.fields import check_value
from zhibao.docket.timeline import Links, Step, read_moment, same_proceeding, text_of, timeline
from zhibao.kernel.days import LEGAL_TZ, legal_day, parse_day
from zhibao.rules.pack import Pack
from zhibao.rules.procedures import EventKind


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """``step`` answers ``start``, which is dated later."""

    step: Step
    start: Step

    def error(self, pack: Pack, where: str) -> EventBeforeStart:
        """Return it as an error at ``where``."""
        kinds = pack.event_kinds
        return EventBeforeStart(
            where=where,
            kind_zh=kinds[self.step.event.kind].title.zh,
            start_zh=kinds[self.start.event.kind].title.zh,
            kind_en=kinds[self.step.event.kind].title.en,
            start_en=kinds[self.start.event.kind].title.en,
            at=show_moment(self.step.moment),
            start_at=show_moment(self.start.moment),
        )


def check_new(pack: Pack, events: Sequence[Event], new: Event) -> None:
    """Refuse ``new`` where it cannot stand beside ``events`` (the matter's stored events, corrections included).

    Needs ``proceeding``, ``procedure`` and ``recorded_at`` (the time now). Raises an EventFault or a Conflict.
    """
    check_beside(pack, check_alone(pack, new), events, new)
    check_length(pack, events, new)


def check_alone(pack: Pack, new: Event) -> EventKind:
    """Refuse ``new`` for what is wrong with it whatever else happened, and return its kind."""
    kind = pack.event_kinds.get(new.kind)
    if kind is None:
        near = ", ".join(get_close_matches(new.kind, list(pack.event_kinds), n=4, cutoff=0.5)) or "—"
        raise UnknownEventKind(where="kind", seen=new.kind, near=near)
    if new.at.tzinfo is None:
        raise EventWithoutTime(where="at", seen=new.at.isoformat())
    if new.recorded_at is not None and new.at > new.recorded_at:
        raise EventInFuture(
            where="at",
            kind_zh=kind.title.zh,
            kind_en=kind.title.en,
            at=show_moment(new.at),
            now=show_moment(new.recorded_at),
        )
    _check_procedure(pack, kind, new)
    check_data(pack, kind, new.data)
    check_receipts(new, "data")
    check_days(kind, new.data, legal_day(new.at), "data")
    return kind


def check_beside(pack: Pack, kind: EventKind, events: Sequence[Event], new: Event) -> None:
    """Refuse ``new`` for what stands beside it: that it was recorded before, what it corrects, its order."""
    if new.kind == CORRECTED:
        check_correction(pack, events, new)
    else:
        _check_once(kind, events, new)
    _check_order(pack, events, new)


def check_length(pack: Pack, events: Sequence[Event], new: Event) -> None:
    """Refuse ``new`` if it is an extension that says no length where the law leaves it to the decision."""
    check_lengths(pack, timeline([*events, new]), lambda _ref: "data.length", only=new)


def out_of_order(pack: Pack, steps: Sequence[Step]) -> Iterator[OutOfOrder]:
    """Yield each event that comes before everything it could answer, where such a thing comes later."""
    links = Links(steps)
    by_kind: dict[str, list[Step]] = {}
    for step in steps:
        by_kind.setdefault(step.event.kind, []).append(step)
    for step in steps:
        after = pack.event_kinds[step.event.kind].after if step.event.kind in pack.event_kinds else ()
        # Steps stand by when they happened: the first that ``step`` could answer decides.
        firsts = [
            next((one for one in by_kind.get(kind, ()) if links.related(one.event, step.event)), None) for kind in after
        ]
        start = min((one for one in firsts if one is not None), key=lambda one: one.moment, default=None)
        if start is not None and start.moment > step.moment:
            yield OutOfOrder(step, start)


def check_data(pack: Pack, kind: EventKind, data: Mapping[str, object], where: str = "data") -> None:
    """Refuse data with a field missing, unknown, or not of its type."""
    fields = {field.name: field for field in kind.fields}
    for name in data:
        if name not in fields:
            known = ", ".join(fields) or "—"
            raise EventDataUnknown(
                where=f"{where}.{name}", kind_zh=kind.title.zh, kind_en=kind.title.en, field=name, known=known
            )
    for field in kind.fields:
        value = data.get(field.name)
        if value is None or value == "":
            if field.required:
                raise EventDataMissing(
                    where=f"{where}.{field.name}",
                    kind_zh=kind.title.zh,
                    kind_en=kind.title.en,
                    field_zh=field.title.zh,
                    field_en=field.title.en,
                )
            continue
        check_value(pack, field, value, f"{where}.{field.name}")


def check_days(kind: EventKind, data: Mapping[str, object], day: date, where: str) -> None:
    """Refuse days of an act or an earlier penalty that run backwards or lie after the ``day`` they were found on."""
    if kind.id not in {"act-found", "prior-found"}:
        return
    days = {name: parse_day(text_of(data, name)) for name in ("from", "to", "on") if text_of(data, name)}
    for name, one in days.items():
        if one > day:
            raise EventDayAfter(where=f"{where}.{name}", seen=one.isoformat(), day=day.isoformat())
    if "from" in days and days.get("to", day) < days["from"]:
        first, last = days["from"].isoformat(), days["to"].isoformat()
        raise EventDaysBackwards(where=f"{where}.to", first=first, last=last)


def check_receipts(event: Event, where: str) -> None:
    """Refuse a time of receipt or hearing that is no time."""
    for name in ("received_at", "hearing_at"):
        seen = event.data.get(name)
        if seen is not None and seen != "":
            read_moment(str(seen), f"{where}.{name}")


def check_lengths(pack: Pack, steps: Sequence[Step], where: Callable[[int], str], only: Event | None = None) -> None:
    """Refuse an extension that says no length where the law leaves it to the decision."""
    for deadline in pack.deadlines.values():
        seen: dict[str, int] = {}
        for step in steps:
            version = deadline.version_on(step.day)
            rules = [one for one in version.extensions if one.event == step.event.kind] if version else []
            if not rules or not (only is None or same_proceeding(step.event, only)):
                continue
            place = seen.get(step.event.kind, 0)
            seen[step.event.kind] = place + 1
            rule = rules[place] if place < len(rules) else rules[-1]
            if (
                rule.length is None
                and extension_length(rule, step.event.data) is None
                and (only is None or step.event is only)
            ):
                title = pack.event_kinds[step.event.kind].title
                raise ExtensionWithoutLength(where=where(step.ref), kind_zh=title.zh, kind_en=title.en)


def _check_procedure(pack: Pack, kind: EventKind, new: Event) -> None:
    if not kind.belongs_to(new.procedure):
        procedure = pack.procedures.get(new.procedure)
        raise EventNotOfProcedure(
            where="kind",
            kind_zh=kind.title.zh,
            kind_en=kind.title.en,
            procedure_zh=procedure.title.zh if procedure else new.procedure,
            procedure_en=procedure.title.en if procedure else new.procedure,
        )


def _check_once(kind: EventKind, events: Sequence[Event], new: Event) -> None:
    for event in effective(events) if kind.once else ():
        if event.kind == new.kind and event.proceeding == new.proceeding:
            raise twice(kind, event)


def twice(kind: EventKind, first: Event) -> EventTwice:
    """Return the refusal of an event that a proceeding has once, and has."""
    return EventTwice(
        where="kind", kind_zh=kind.title.zh, kind_en=kind.title.en, seq=first.seq, at=show_moment(first.at)
    )


def _check_order(pack: Pack, events: Sequence[Event], new: Event) -> None:
    """Refuse what puts the matter out of order; what was out of order before is not this event's fault."""
    known = {(fault.step.ref, fault.step.moment) for fault in out_of_order(pack, timeline(events))}
    for fault in out_of_order(pack, timeline([*events, new])):
        if (fault.step.ref, fault.step.moment) not in known:
            raise fault.error(pack, where="at")


def check_correction(pack: Pack, events: Sequence[Event], new: Event, where: str = "data") -> None:
    """Refuse a correction of nothing, of another proceeding, or into something that could not have been recorded."""
    check_data(pack, pack.event_kinds[CORRECTED], new.data, where)
    corrects = new.data.get("corrects")
    target = next((event for event in events if event.seq == corrects), None)
    number = corrects if isinstance(corrects, int) else 0
    withdrawn = new.data.get("withdrawn") is True
    if target is None:
        raise BadCorrection(
            where=f"{where}.corrects", corrects=number, why_zh="没有这一件", why_en="there is no such event"
        )
    if target.kind == CORRECTED and not withdrawn:
        raise BadCorrection(
            where=f"{where}.corrects",
            corrects=number,
            why_zh="它本身是更正，直接更正原来的事项",
            why_en="it is itself a correction: correct the original",
        )
    if not withdrawn and new.data.get("at") is None and new.data.get("data") is None:
        raise BadCorrection(
            where=where, corrects=number, why_zh="没有写改成什么", why_en="it does not say what is right"
        )
    if target.proceeding != new.proceeding:
        raise BadCorrection(
            where=f"{where}.corrects",
            corrects=number,
            why_zh="它属于另一个程序",
            why_en="it belongs to another proceeding",
        )
    _check_corrected(pack, target, new, where)


def _check_corrected(pack: Pack, target: Event, new: Event, where: str) -> None:
    """Check the time and data as they would stand."""
    at, data = text_of(new.data, "at"), new.data.get("data")
    if at:
        moment, _ = read_moment(at, f"{where}.at")
        if "T" not in at and " " not in at:
            raise EventWithoutTime(where=f"{where}.at", seen=at)
        if new.recorded_at is not None and moment > new.recorded_at:
            title = pack.event_kinds[target.kind].title
            raise EventInFuture(
                where=f"{where}.at",
                kind_zh=title.zh,
                kind_en=title.en,
                at=show_moment(moment),
                now=show_moment(new.recorded_at),
            )
    if isinstance(data, Mapping):
        kind = pack.event_kinds[target.kind]
        check_data(pack, kind, data, f"{where}.data")
        check_days(kind, data, legal_day(read_moment(at, where)[0] if at else target.at), f"{where}.data")


def show_moment(moment: datetime) -> str:
    """Write a moment to the minute, in legal time."""
    return moment.astimezone(LEGAL_TZ).strftime("%Y-%m-%d %H:%M")
