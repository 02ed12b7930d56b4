"""The chain of a matter: each event carries the digest of the one before.

Knows nothing of what events mean; it can only tell that one was changed, left out or slipped in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from json.encoder import encode_basestring as quoted

from zhibao.docket.errors import EventWithoutTime
from zhibao.docket.events import Event
from zhibao.kernel.canonical import canonical_bytes, sha256_hex
from zhibao.kernel.errors import NotCanonical
from zhibao.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A link that does not hold, at the event numbered ``seq``."""

    seq: int
    says: Label


def event_hash(event: Event, prev: str, data: str | None = None) -> str:
    """Return the SHA-256 (hex) over everything the event carries but its own hash, joined to ``prev``.

    ``data`` is the canonical form of the event's data, where the caller has it.
    """
    return sha256_hex(_record(event, prev, canonical_bytes(event.data).decode() if data is None else data))


def _record(event: Event, prev: str, data: str) -> bytes:
    """Return the canonical bytes of the event as an object: what ``canonical_bytes`` gives, with its names in order.

    Every append and every check of a chain passes here, and the names and their order never change, so they are
    written out; a test holds both forms equal.
    """
    recorded = "null" if event.recorded_at is None else f'"{_instant(event.recorded_at, event)}"'
    text = (
        f'{{"actor":{quoted(event.actor)},"at":"{_instant(event.at, event)}","data":{data},'
        f'"exhibits":[{",".join(map(quoted, event.exhibits))}],"kind":{quoted(event.kind)},'
        f'"law_pack":{quoted(event.law_pack)},"organ":{quoted(event.organ)},"prev":{quoted(prev)},'
        f'"procedure":{quoted(event.procedure)},"proceeding":{quoted(event.proceeding)},'
        f'"recorded_at":{recorded},"seq":{event.seq}}}'
    )
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotCanonical(what="half a surrogate pair") from None


def seal(event: Event, prev: str, data: str | None = None) -> Event:
    """Return the event joined to the one whose hash is ``prev`` (empty for the first of a matter)."""
    return replace(event, prev=prev, hash=event_hash(event, prev, data))


def check_chain(events: Sequence[Event]) -> list[ChainFault]:
    """Return every link that does not hold, in order; none means that the chain is whole from its first event."""
    faults: list[ChainFault] = []
    prev = ""
    for place, event in enumerate(events, start=1):
        if event.seq != place:
            faults.append(
                ChainFault(
                    event.seq,
                    Label(f"第 {place} 件事项的序号是 {event.seq}。", f"Event {place} carries the number {event.seq}."),
                )
            )
        if event.prev != prev:
            faults.append(
                ChainFault(event.seq, Label("前一件事项的摘要对不上。", "It does not join the event before it."))
            )
        if event.hash != event_hash(event, event.prev):
            faults.append(
                ChainFault(event.seq, Label("内容和它的摘要对不上。", "Its content does not match its digest."))
            )
        prev = event.hash
    return faults


def _instant(moment: datetime, event: Event) -> str:
    """Write an instant one way only, so that a database that keeps UTC gives the same bytes."""
    if moment.tzinfo is None:
        raise EventWithoutTime(where=event.kind, seen=moment.isoformat())
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
