"""Which of two threats is the lighter: fines and the measures beside or above them first, warnings last.

Knows no act and no date. Neither end higher and one lower, and no heavy measure more, is lighter; crossing ends cannot be
ordered. 行政处罚法第三十七条 says 处罚较轻 and not how to weigh: this is a reading (docs/design/remedies.md).
"""

from zhibao.rules.conditions import Truth
from zhibao.rules.fine_threats import Threat
from zhibao.rules.penalties import DEEDS, PARTIES

_HEAVY = 2


def choose(own: Threat, new: Threat) -> tuple[str, Threat]:
    """Return "act", "lighter" or "undetermined", and the threat that applies (the act's own where it cannot be told)."""
    if own.state == "none" and own.reason:
        return "act", own
    found = lighter(new, own)
    if found is None:
        return "undetermined", own
    return ("lighter", new) if found else ("act", own)


def lighter(one: Threat, other: Threat) -> Truth:
    """Return whether ``one`` is strictly lighter than ``other``; None: cannot be told, or cannot be ordered."""
    if _same_rule(one, other):
        return False
    if any(threat.state in {"open", "overlap"} for threat in (one, other)):
        return None
    pairs = []
    for who in PARTIES:
        first, second = _ends(one, who), _ends(other, who)
        if first is None or second is None:
            return None
        pairs += list(zip(first, second, strict=True))
    heavy, other_heavy = _deeds(one, heavy=True), _deeds(other, heavy=True)
    below = any(a < b for a, b in pairs) or bool(other_heavy - heavy)
    above = any(a > b for a, b in pairs) or bool(heavy - other_heavy)
    if below or above:
        return None if below and above else below
    light, other_light = _deeds(one, heavy=False), _deeds(other, heavy=False)
    if light - other_light and other_light - light:
        return None
    return bool(other_light - light)


def _same_rule(one: Threat, other: Threat) -> bool:
    """Return whether both texts threaten the same for any facts: which band holds then makes no difference."""
    if one.version is None or other.version is None or one.reason != other.reason:
        return False
    bands = [
        [(band.who, band.tree, band.instead_of, band.fine, band.may) for band in threat.version.fine_bands]
        for threat in (one, other)
        if threat.version is not None
    ]
    return bands[0] == bands[1] and all(
        _deeds(one, heavy=heavy) == _deeds(other, heavy=heavy) for heavy in (True, False)
    )


def _ends(threat: Threat, who: str) -> tuple[int, int] | None:
    """Return the ends of the fine as they weigh: no fine, or one the organ may go without, begins at nothing."""
    if not threat.possible(who):
        return 0, 0
    low, high = threat.least(who), threat.most(who)
    if low is None or high is None:
        return None
    return (0 if threat.optional(who) else low), high


def _deeds(threat: Threat, *, heavy: bool) -> frozenset[tuple[str, str]]:
    """Return the measures threatened, or possibly so, that weigh as much as a fine or more, or less."""
    weighed = {one.deed.id: DEEDS[one.deed.id][1] for one in threat.deeds}
    return frozenset(
        (one.deed.who, one.deed.id)
        for one in threat.deeds
        if one.applies is not False and (weighed[one.deed.id] >= _HEAVY if heavy else weighed[one.deed.id] == 1)
    )
