"""The match and the reason of an exact hit. Knows no disguise (alignment.py does)."""

from zhibao.matching.alignment import Prepared
from zhibao.matching.model import Match, Reason
from zhibao.matching.registry import BY_NAME
from zhibao.matching.wording import CAPS, SAYS, Wording, wording_of

_EXACT = BY_NAME["exact"].says
_REASONS = {
    wording: (Reason("exact", _EXACT.zh + SAYS[wording].zh, f"{_EXACT.en} {SAYS[wording].en}".strip()),)
    for wording in Wording
}


def exact_match(prepared: Prepared, text: str, start: int) -> Match:
    """Return the match of a mark's very characters at ``start`` of a text."""
    core = prepared.core
    wording = wording_of(text, start, start + len(core))
    return Match(prepared.mark.id, "exact", start, start + len(core), core, CAPS[wording], _REASONS[wording])
