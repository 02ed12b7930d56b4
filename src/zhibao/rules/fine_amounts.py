"""Amounts of a fine as articles write them: a sum, or a ratio of what the act came to (五倍以下, 百分之二十以下).

Knows no article and no act: the ratio stays a ratio, and what it is taken of is asked of the case.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.money import Fen, parse_yuan
from zhibao.rules.conditions import Interval
from zhibao.rules.errors import LawBackwards, LawBadComparison, LawWrongShape
from zhibao.rules.language import Language
from zhibao.rules.read import Table

_TIMES = re.compile(r"(\d+(?:/\d+)?) times ([a-z_]+)")
_PERCENT = re.compile(r"(\d+) percent of ([a-z_]+)")
_NOTHING = Fen(0)
_YUAN = re.compile(r"\d+(?:\.\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Amount:
    """One end of a fine: ``fen``, or ``times`` the measure of that name."""

    fen: Fen = _NOTHING
    times: Fraction | None = None
    measure: str = ""

    def of(self, value: Interval) -> Interval:
        """Return the amount in fen where the measure is worth ``value``; parts of a fen are dropped."""
        if self.times is None:
            return Interval(self.fen, self.fen)
        high = None if value.high is None else int(self.times * value.high)
        return Interval(int(self.times * value.low), high)


@dataclass(frozen=True, slots=True)
class Fine:
    """罚款幅度: both ends count. ``low`` None: the article names no lower end. ``at_most``: a cap on the upper end, in fen."""

    low: Amount | None
    high: Amount
    at_most: Fen | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures its ends are ratios of."""
        return tuple(dict.fromkeys(end.measure for end in (self.low, self.high) if end is not None and end.measure))


def read_fine(row: Table, language: Language) -> Fine:
    """Read {exactly}, {up_to} or {from, up_to}, with at_most where the article caps a ratio. Raises a LawFault."""
    row.only("from", "up_to", "exactly", "at_most")
    if "exactly" in row:
        row.only("exactly")
        end = _read_amount(row, "exactly", language)
        return Fine(end, end)
    low = _read_amount(row, "from", language) if "from" in row else None
    high = _read_amount(row, "up_to", language)
    if low is not None and low.measure == high.measure and _size(low) > _size(high):
        raise LawBackwards(where=row.place("up_to"), first=row.text("from"), last=row.text("up_to"))
    return Fine(low, high, _read_amount(row, "at_most", language).fen if "at_most" in row else None)


def _size(amount: Amount) -> Fraction:
    return Fraction(amount.fen) if amount.times is None else amount.times


def _read_amount(row: Table, key: str, language: Language) -> Amount:
    seen = row.text(key)
    for form, scale in ((_TIMES, 1), (_PERCENT, 100)):
        if found := form.fullmatch(seen):
            measure = language.named(found[2], row.place(key))
            if measure.unit != "yuan":
                raise LawBadComparison(where=row.place(key), seen=seen)
            return Amount(times=_ratio(found[1], row.place(key)) / scale, measure=measure.id)
    if _YUAN.fullmatch(seen) is None:
        raise LawWrongShape(
            where=row.place(key),
            key=key,
            want_zh="元，或者“5 times turnover”“20 percent of turnover”",
            want_en="yuan, or “5 times turnover”, “20 percent of turnover”",
            seen=seen,
        )
    try:
        return Amount(fen=parse_yuan(seen))
    except ZhibaoError:
        raise LawBadComparison(where=row.place(key), seen=seen) from None


def _ratio(text: str, where: str) -> Fraction:
    try:
        ratio = Fraction(text)
    except ZeroDivisionError:
        raise LawBadComparison(where=where, seen=text) from None
    if ratio <= 0:
        raise LawBadComparison(where=where, seen=text)
    return ratio
