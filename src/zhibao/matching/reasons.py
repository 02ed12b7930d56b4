"""The match and the reason of an exact hit. Knows no disguise (alignment.py does)."""

from zhibao.matching.alignment import Prepared
from zhibao.matching.model import Match, Reason
from zhibao.matching.registry import BY_NAME

_SAYS = BY_NAME["exact"].says
_EXACT = (Reason("exact", _SAYS.zh, _SAYS.en),)


def exact_match(prepared: Prepared, start: int) -> Match:
    """Return the match of a mark's very characters at ``start``."""
    core = prepared.core
    return Match(prepared.mark.id, "exact", start, start + len(core), core, 100, _EXACT)
