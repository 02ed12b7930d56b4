"""Golden cases of clocks (law/**/cases/clocks-*.yaml): events on given days, and the clocks worked out by hand.

Two forms: a course of ``events`` with ``expect`` on a day, and ``runs`` of one clock: start day, last day, articles.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time

from zhibao.docket.clocks import Clock, clocks
from zhibao.docket.events import Event, Json
from zhibao.docket.given import near
from zhibao.kernel.days import LEGAL_TZ
from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.golden import RUNNERS as RULES
from zhibao.rules.golden import Runner
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Pack
from zhibao.rules.read import Node, Scalar, Series, Table, as_day, as_table, as_text

TEN = time(10)
NONE = "none"


def run_clock_cases(pack: Pack, cases: Iterable[Table]) -> list[Mismatch]:
    """Run the cases; an empty list is agreement. Raises a LawFault for a case that is none."""
    return [mismatch for case in cases for mismatch in check_clock_case(pack, case)]


def check_clock_case(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield what does not come out as one case expects."""
    if "runs" in case:
        case.only("name", "clock", "start", "data", "runs")
        for node in case.series("runs"):
            yield from _check_run(pack, case, node)
        return
    case.only("name", "procedure", "events", "on", "expect")
    events = [_event(pack, row) for row in case.tables("events")]
    now = _moment(case.text("on"), case.place("on"))
    found = {
        f"{clock.id}#{clock.entry}": clock
        for clock in clocks(pack, events, now=now, procedure=case.text("procedure", ""))
    }
    expect = case.table("expect")
    for key in expect:
        clock = found.get(key if "#" in key else f"{key}#1")
        if as_text_or_none(expect.node(key)) == NONE:
            if clock is not None:
                yield Mismatch(expect.place(key), case.text("name"), NONE, clock.state)
            continue
        want = expect.table(key).json()
        got = {name: None if clock is None else told(clock, name) for name in want}
        if got != want:
            yield Mismatch(expect.place(key), case.text("name"), str(want), str(got))


def _check_run(pack: Pack, case: Table, node: Node) -> Iterator[Mismatch]:
    row = node.items if isinstance(node, Series) else (node,)
    start = as_day(row[0], "runs")
    want = [as_text(one, "runs") for one in row[1:]]
    data = case.table_or_none("data")
    began = Event(_kind(pack, case.text("start"), case.place("start")), _at(start), data.json() if data else {})
    found = [one for one in clocks(pack, [began], now=began.at) if one.id == case.text("clock")]
    got = [told_day(found[0].due), *(cite.to_text() for cite in found[0].cites)] if found else [NONE]
    if got != want:
        yield Mismatch(node.where, f"{case.text('name')} {start}", str(want), str(got))


def _event(pack: Pack, row: Table) -> Event:
    """Read ``{kind: day}`` or ``{kind: {at, organ, procedure, proceeding, data}}``."""
    kind = next(iter(row))
    node = row.node(kind)
    _kind(pack, kind, row.place(kind))
    if isinstance(node, Scalar):
        return Event(kind, _moment(node.text, node.where))
    table = as_table(node, kind)
    table.only("at", "organ", "procedure", "proceeding", "data")
    data = table.table_or_none("data")
    return Event(
        kind=kind,
        at=_moment(table.text("at"), table.place("at")),
        data=data.json() if data else {},
        organ=table.text("organ", ""),
        procedure=table.text("procedure", ""),
        proceeding=table.text("proceeding", ""),
    )


def _kind(pack: Pack, kind: str, where: str) -> str:
    if kind not in pack.event_kinds:
        names = near(kind, pack.event_kinds)
        raise LawUnknownReference(
            where=where,
            seen=kind,
            what_zh=f"事项；最接近的有 {names}",
            what_en=f"an event kind; the nearest are {names}",
        )
    return kind


def _moment(text: str, where: str) -> datetime:
    """Read a day (ten o'clock) or a legal time to the minute."""
    if "T" not in text:
        return _at(as_day(Scalar(text, plain=True, where=where), "at"))
    return datetime.fromisoformat(text).replace(tzinfo=LEGAL_TZ)


def _at(day: date) -> datetime:
    return datetime.combine(day, TEN, LEGAL_TZ)


def told(clock: Clock, name: str) -> Json:
    """Return one field of a clock in the short words of a golden case."""
    if name in _SHORT:
        return _SHORT[name](clock)
    found = getattr(clock, name)
    return found if isinstance(found, bool | int) or found is None else str(found)


def told_day(due: date | datetime | None) -> str:
    """Write a due day, a due minute in legal time, or none."""
    if due is None:
        return NONE
    return due.strftime("%Y-%m-%dT%H:%M") if isinstance(due, datetime) else due.isoformat()


_SHORT: Mapping[str, Callable[[Clock], Json]] = {
    "due": lambda clock: told_day(clock.due),
    "conflicts": lambda clock: [f"{told_day(rival.due)} {rival.cite.to_text()}" for rival in clock.conflicts],
    "rivals": lambda clock: [f"{told_day(one.due)} {one.cite.to_text()} {one.confidence}" for one in clock.conflicts],
    "ledger": lambda clock: [line.what for line in clock.ledger],
    "cite": lambda clock: clock.cite.to_text(),
    "cites": lambda clock: [cite.to_text() for cite in clock.cites],
    "started": lambda clock: clock.started.date().isoformat(),
    "opens": lambda clock: told_day(clock.opens),
}


def as_text_or_none(node: Node) -> str:
    """Return the node's text, empty where it is a table."""
    return node.text if isinstance(node, Scalar) else ""


# Every kind of case file: those of rules, and the clocks, which only this room can count.
RUNNERS: Mapping[str, Runner] = {**RULES, "clocks-": check_clock_case}
