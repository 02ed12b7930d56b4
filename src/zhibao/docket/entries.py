"""What single events mean to a time limit, in the words of the law pack: a start, a receipt, an extension; and a line of account.

Knows one event at a time; what a matter's events come to together is told by ``columns.kernel``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from zhibao.docket.columns.events import stated_length
from zhibao.docket.events import Event, Json
from zhibao.docket.timeline import Step, read_moment, text_of
from zhibao.kernel.days import Length
from zhibao.rules.deadlines import Deadline, Extension


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


def starts(deadline: Deadline, event: Event) -> bool:
    return any(trigger.fires(event.kind, event.data) for trigger in deadline.starts)


def received(deadline: Deadline, step: Step) -> tuple[datetime, date, bool]:
    """Return when the count starts, and whether a receipt had to be assumed."""
    text = text_of(step.event.data, "received_at") if deadline.from_receipt else ""
    if not text:
        return step.moment, step.day, deadline.from_receipt
    moment, day = read_moment(text, f"{step.event.kind}.received_at")
    return moment, day, False


def extension_length(rule: Extension, data: Mapping[str, object]) -> Length | None:
    """Return by how much an extension lengthens the count; None where the decision had to say and did not."""
    stated = stated_length(data)
    if stated is None or (rule.length is not None and not rule.at_most):
        return rule.length
    if rule.length is not None and (stated.unit is not rule.length.unit or stated.number > rule.length.number):
        return rule.length
    return stated
