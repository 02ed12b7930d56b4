"""What one text threatens for the facts of a case: its bands, measures and circumstances, each true, false or unknown.

Knows neither how they are found (``fines``) nor how two texts are weighed (``fine_weighing``).
"""

from dataclasses import dataclass
from datetime import date

from zhibao.rules.conditions import Interval, Truth
from zhibao.rules.penalties import Band, Beside, Deed, PenaltyVersion


@dataclass(frozen=True, slots=True)
class BandFound:
    """One band put to the facts. ``holds``: its own condition; ``applies``: and no band displaces it. ``low`` is 0 where the article names no lower end; ``high`` is what it may reach at most."""

    band: Band
    holds: Truth
    applies: Truth
    low: int
    high: Interval


@dataclass(frozen=True, slots=True)
class DeedFound:
    """A measure beside the fine, and whether it is threatened here."""

    deed: Deed
    applies: Truth


@dataclass(frozen=True, slots=True)
class BesideFound:
    """A circumstance beside the band, and whether it holds."""

    beside: Beside
    holds: Truth


@dataclass(frozen=True, slots=True)
class Threat:
    """What one version threatens for the facts: ``state`` fixed, open (which band is unknown), overlap (two bands), none."""

    version: PenaltyVersion | None
    day: date
    state: str
    reason: str = ""
    bands: tuple[BandFound, ...] = ()
    deeds: tuple[DeedFound, ...] = ()
    heavier: tuple[BesideFound, ...] = ()
    spared: tuple[BesideFound, ...] = ()
    missing: frozenset[str] = frozenset()

    def possible(self, who: str) -> tuple[BandFound, ...]:
        """Return the bands that apply to ``who``, or may."""
        if self.state == "none":
            return ()
        return tuple(one for one in self.bands if one.band.who == who and one.applies is not False)

    def least(self, who: str) -> int | None:
        """Return the lower end of the fine in fen, were one imposed; None where there is none."""
        return min((one.low for one in self.possible(who)), default=None)

    def most(self, who: str) -> int | None:
        """Return the upper end in fen; None where there is none, or no bound to it yet."""
        ends = [one.high.high for one in self.possible(who)]
        return None if not ends or None in ends else max(end for end in ends if end is not None)

    def certain(self, who: str) -> bool:
        """Return whether some band surely applies to ``who``, whichever of them it is."""
        return any(one.holds for one in self.bands if one.band.who == who)

    def optional(self, who: str) -> bool:
        """Return whether the organ may go without a fine."""
        return all(one.band.may for one in self.possible(who))
