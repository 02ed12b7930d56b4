"""What goods are worth: turnover, sales and unsold value, line by line, each with the price chosen and its article.

Knows lines and the dated order of prices; not whose goods they are nor what a sum leads to.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zhibao.docket.events import Json
from zhibao.kernel.citations import Citation
from zhibao.kernel.money import Fen, to_yuan
from zhibao.rules.pricing import PriceOrder, PriceOrderVersion

SOLD, UNSOLD, UNLABELLED = "sold", "unsold", "unlabelled"
STATES = (SOLD, UNSOLD, UNLABELLED)


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """货物: one line. ``prices`` are unit prices in fen by kind; ``act`` names the act found, empty: the only one."""

    name: str
    right: str
    quantity: int
    state: str
    prices: Mapping[str, Fen]
    act: str
    event: int


@dataclass(frozen=True, slots=True)
class ValuedLine:
    """A line with the price used. ``value`` None: no price known, or the line does not count (``counts`` false).

    ``derived``: the average of what the same goods were sold for, taken from the sold lines; rounded down to the fen.
    """

    line: GoodsLine
    counts: bool
    price_kind: str
    derived: bool
    value: Fen | None
    cite: Citation

    def as_json(self, show: Callable[[Citation], str]) -> dict[str, Json]:
        """Return the line for pages and programs; ``show`` writes citations for people."""
        return {
            "name": self.line.name,
            "right": self.line.right or None,
            "quantity": self.line.quantity,
            "state": self.line.state,
            "counts": self.counts,
            "price_kind": self.price_kind or None,
            "derived": self.derived,
            "value": None if self.value is None else to_yuan(self.value),
            "cite": show(self.cite),
            "cite_id": self.cite.to_text(),
            "event": self.line.event,
        }


@dataclass(frozen=True, slots=True)
class GoodsValue:
    """The sums of what is proved so far, in fen; None where no line of that kind has a price."""

    lines: tuple[ValuedLine, ...]
    turnover: Fen | None
    sales: Fen | None
    unsold_value: Fen | None
    order: PriceOrderVersion

    @property
    def unpriced(self) -> tuple[ValuedLine, ...]:
        """Lines that count but have no price yet: the sums can only grow."""
        return tuple(line for line in self.lines if line.counts and line.value is None)

    def measures(self) -> dict[str, Json]:
        """Return the sums as FACTS of ``law assess`` names them, in yuan; unknown ones are left out."""
        sums = {"turnover": self.turnover, "sales": self.sales, "unsold_value": self.unsold_value}
        return {name: to_yuan(fen) for name, fen in sums.items() if fen is not None}


def value_goods(order: PriceOrder, lines: Sequence[GoodsLine], *, on: date) -> GoodsValue | None:
    """Value the lines by the order in force on ``on`` (the day of the act); None where no text said how."""
    version = order.version_on(on)
    if version is None:
        return None
    averages = _averages(version, lines)
    valued = tuple(_valued(version, line, averages) for line in lines)
    return GoodsValue(
        lines=valued,
        turnover=_sum(valued, STATES),
        sales=_sum(valued, (SOLD,)),
        unsold_value=_sum(valued, (UNSOLD, UNLABELLED)),
        order=version,
    )


def _valued(
    version: PriceOrderVersion, line: GoodsLine, averages: Mapping[tuple[str, str], tuple[int, int]]
) -> ValuedLine:
    if line.state == UNLABELLED and version.unlabelled_cite is None:
        return ValuedLine(line, counts=False, price_kind="", derived=False, value=None, cite=version.cite)
    cite = version.unlabelled_cite if line.state == UNLABELLED and version.unlabelled_cite else version.cite
    for kind in version.sold if line.state == SOLD else version.unsold:
        if kind in line.prices:
            value = Fen(line.prices[kind] * line.quantity)
            return ValuedLine(line, counts=True, price_kind=kind, derived=False, value=value, cite=cite)
        if kind == "actual_average" and (line.name, line.right) in averages:
            total, quantity = averages[line.name, line.right]
            value = Fen(total * line.quantity // quantity)
            return ValuedLine(line, counts=True, price_kind=kind, derived=True, value=value, cite=cite)
    return ValuedLine(line, counts=True, price_kind="", derived=False, value=None, cite=cite)


def _averages(version: PriceOrderVersion, lines: Sequence[GoodsLine]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return, by goods and right, what was taken for the pieces sold and how many they were."""
    sums: dict[tuple[str, str], tuple[int, int]] = {}
    for line in lines:
        if line.state == SOLD and "actual" in line.prices and "actual" in version.sold and line.quantity:
            total, quantity = sums.get((line.name, line.right), (0, 0))
            sums[line.name, line.right] = (total + line.prices["actual"] * line.quantity, quantity + line.quantity)
    return sums


def _sum(lines: Sequence[ValuedLine], states: Sequence[str]) -> Fen | None:
    values = [line.value for line in lines if line.line.state in states and line.value is not None]
    return Fen(sum(values)) if values else None
