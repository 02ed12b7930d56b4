"""The starts of one time limit in a matter: what opened each, closed it, suspended it or made it longer.

Knows the order of events; not how days are counted (counting.py) nor what state that leads to (clocks.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from zhibao.docket.counting import Gap
from zhibao.docket.events import Event, Json
from zhibao.docket.timeline import Links, Step, read_moment, same_proceeding, text_of
from zhibao.kernel.days import Length, Unit
from zhibao.kernel.errors import BadLength
from zhibao.rules.deadlines import Deadline, DeadlineVersion, Extension

# A decision that grants more units than this has slipped a digit; it counts as not saying how long.
LONGEST = 400


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of a clock's account: ``event`` is the event's number in the matter (its index where not stored).

    ``what``: started, suspended, resumed, extended, extension-refused, met, met-late, lapsed, too-late.
    """

    event: int
    what: str
    at: datetime
    length: Length | None = None

    def as_json(self, first: int = 0) -> dict[str, Json]:
        """Return the line as CONTRACT prints it, with its moment and, for an extension, its length."""
        line: dict[str, Json] = {"event": self.event - first, "what": self.what, "at": self.at.isoformat()}
        return line if self.length is None else {**line, "length": self.length.to_text()}


@dataclass(slots=True)
class Entry:
    """One start while the events are walked through."""

    deadline: Deadline
    version: DeadlineVersion
    start: Step
    moment: datetime
    day: date
    assumed: bool
    number: int
    end: Step | None = None
    lapsed: bool = False
    gaps: list[Gap] = field(default_factory=list)
    lengths: list[Length] = field(default_factory=list)
    ledger: list[LedgerEntry] = field(default_factory=list)


def starts(deadline: Deadline, event: Event) -> bool:
    return any(trigger.fires(event.kind, event.data) for trigger in deadline.starts)


def received(deadline: Deadline, step: Step) -> tuple[datetime, date, bool]:
    """Return when the count starts, and whether a receipt had to be assumed."""
    text = text_of(step.event.data, "received_at") if deadline.from_receipt else ""
    if not text:
        return step.moment, step.day, deadline.from_receipt
    moment, day = read_moment(text, f"{step.event.kind}.received_at")
    return moment, day, False


def entries_of(deadline: Deadline, heard: Sequence[Step], links: Links, now: datetime) -> list[Entry]:
    """Walk the events in order: each start opens an entry, each end closes every open one it can answer."""
    entries: list[Entry] = []
    for step in heard:
        if step.moment > now:
            break
        _close(deadline, entries, step, links)
        if starts(deadline, step.event) or _held_unasked(deadline, entries, step, links):
            _open(deadline, entries, step)
    return entries


def _open(deadline: Deadline, entries: list[Entry], step: Step) -> None:
    moment, day, assumed = received(deadline, step)
    version = deadline.version_on(day)
    if version is not None:
        entries.append(Entry(deadline, version, step, moment, day, assumed, len(entries) + 1))


def _close(deadline: Deadline, entries: Sequence[Entry], step: Step, links: Links) -> None:
    lapses = step.event.kind in deadline.lapsed_by
    if not lapses and not any(trigger.fires(step.event.kind, step.event.data) for trigger in deadline.ends):
        return
    for entry in entries:
        if entry.end is None and links.related(entry.start.event, step.event):
            entry.end, entry.lapsed = step, lapses


def _held_unasked(deadline: Deadline, entries: Sequence[Entry], step: Step, links: Links) -> bool:
    """Tell whether ``step`` is what a limit counts back from, and nothing had started it: it then starts it itself."""
    version = deadline.version_on(step.day)
    if version is None or not version.before or step.event.kind != version.before:
        return False
    return not any(links.related(entry.start.event, step.event) for entry in entries)


def take_out(entry: Entry, happened: Sequence[Step]) -> None:
    """Collect the spans that do not count; a second beginning of an open span changes nothing, one ending closes it.

    Beginnings that carry ``data.ref`` (the item examined) open spans of their own, closed by endings with that ref.
    """
    last = entry.end
    for span in entry.version.excludes:
        opened: dict[str, Step] = {}
        for step in happened:
            if not same_proceeding(entry.start.event, step.event):
                continue
            ref = text_of(step.event.data, "ref")
            if step.event.kind == span.begins and ref not in opened and (last is None or step.moment < last.moment):
                opened[ref] = step
            elif step.event.kind in span.ends and ref in opened:
                _note_gap(entry, opened.pop(ref), step)
        for step in opened.values():
            _note_gap(entry, step, None)


def _note_gap(entry: Entry, begins: Step, ends: Step | None) -> None:
    if ends is not None and ends.day <= entry.day:
        return
    entry.gaps.append(Gap(begins.day, None if ends is None else ends.day))
    entry.ledger.append(LedgerEntry(begins.ref, "suspended", max(begins.moment, entry.moment)))
    if ends is not None:
        entry.ledger.append(LedgerEntry(ends.ref, "resumed", ends.moment))


def lengthen(entry: Entry, happened: Sequence[Step]) -> None:
    """Add the extensions in order: the first uses the first rule for its kind, and so on; more than the law allows do nothing."""
    left = list(entry.version.extensions)
    kinds = {extension.event for extension in left}
    for step in happened:
        event = step.event
        if event.kind not in kinds or step.moment < entry.moment or not same_proceeding(entry.start.event, event):
            continue
        if entry.end is not None and step.moment > entry.end.moment:
            continue
        rule = next((extension for extension in left if extension.event == event.kind), None)
        length = None if rule is None else extension_length(rule, event.data)
        if rule is None or length is None:
            entry.ledger.append(LedgerEntry(step.ref, "extension-refused", step.moment))
            continue
        if rule.length is not None:
            left.remove(rule)
        entry.lengths.append(length)
        entry.ledger.append(LedgerEntry(step.ref, "extended", step.moment, length))


def extension_length(rule: Extension, data: Mapping[str, object]) -> Length | None:
    """Return by how much an extension lengthens the count; None where the decision had to say and did not."""
    if rule.length is not None and not rule.at_most:
        return rule.length
    try:
        stated = Length.from_text(text_of(data, "length"))
    except BadLength:
        return rule.length
    if stated.unit is Unit.HOURS or stated.number > LONGEST:
        return rule.length
    if rule.length is not None and (stated.unit is not rule.length.unit or stated.number > rule.length.number):
        return rule.length
    return stated
