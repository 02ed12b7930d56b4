"""Corrections: an event of kind ``corrected`` says which earlier event was wrong and how.

Knows only that shape: ``{"corrects": seq, "at"?: time, "data"?: {...}, "withdrawn"?: true, "why": text}``.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from zhibao.docket.events import Event

CORRECTED = "corrected"


def effective(events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events as they now stand, in the order recorded: corrections applied, withdrawn events left out.

    A later correction of the same event goes before an earlier one, field by field; a correction that was itself
    withdrawn has no effect. ``data`` replaces the whole of the data.
    """
    standing = {event.seq: event for event in events if event.kind != CORRECTED}
    withdrawn_corrections: set[int] = set()
    corrections = [event for event in events if event.kind == CORRECTED]
    for event in reversed(corrections):
        if event.seq not in withdrawn_corrections and event.data.get("withdrawn") is True:
            withdrawn_corrections.add(_target(event))
    for event in corrections:
        target = _target(event)
        if event.seq in withdrawn_corrections or target not in standing:
            continue
        if event.data.get("withdrawn") is True:
            del standing[target]
        else:
            standing[target] = _mended(standing[target], event)
    if not corrections:
        return tuple(events)
    return tuple(standing[event.seq] for event in events if event.kind != CORRECTED and event.seq in standing)


def _target(event: Event) -> int:
    corrects = event.data.get("corrects")
    return corrects if isinstance(corrects, int) else 0


def _mended(event: Event, correction: Event) -> Event:
    at, data = correction.data.get("at"), correction.data.get("data")
    mended = replace(event, at=datetime.fromisoformat(at)) if isinstance(at, str) else event
    return replace(mended, data=data) if isinstance(data, dict) else mended
