"""Illegal gain found from its parts, by SAMR's rules in force at the decision (市场监督管理行政处罚案件违法所得认定办法).

Knows the method and its article; other organs' cases and earlier decisions give their gain as a figure.
"""

from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.money import Fen, to_yuan
from zhibao.rules.conditions import Truth
from zhibao.rules.facts import Act
from zhibao.rules.fine_facts import GainParts
from zhibao.rules.money_errors import FactContradiction, FactTwoFigures
from zhibao.rules.pack import Pack
from zhibao.rules.values import ValueVersion

METHOD = "gain118.def"
HELP, REFUND = "gain118.help", "gain118.refund"


@dataclass(frozen=True, slots=True)
class FoundGain:
    """The gain in fen (None: unknown), what of it is confiscated, by which articles; ``reason`` where no method applied."""

    act: str
    gain: int | None
    confiscated: int | None
    cites: tuple[Citation, ...] = ()
    reason: str = ""
    missing: frozenset[str] = frozenset()


def find_gain(pack: Pack, act: Act, parts: GainParts | None, decided: date, *, by_method: bool) -> FoundGain:
    """Return the gain of one act: the figure given, or found from its parts. Raises a FactFault where both differ."""
    given = act.amounts["illegal_gain"]
    if parts is None:
        return FoundGain(act.where, given, given)
    method = _rule(pack, METHOD, decided) if by_method else None
    if method is None:
        return FoundGain(act.where, given, given, reason="method-not-held" if by_method else "another-organ")
    needed = _needed(parts)
    missing = frozenset(f"gain.{name}" for name, value in needed.items() if value is None)
    if missing:
        return FoundGain(act.where, given, None, missing=missing)
    gain = _found(act, parts)
    if given is not None and given != gain:
        raise FactTwoFigures(
            where=f"{act.where}.illegal_gain",
            one="illegal_gain",
            first=to_yuan(Fen(given)),
            other="gain",
            second=to_yuan(Fen(gain)),
        )
    refunded = parts.refunded or 0
    if refunded > gain:
        raise FactContradiction(
            where=f"{act.where}.gain.refunded",
            what_zh="退赔的款项多于违法所得",
            what_en="More was refunded than gained",
        )
    return FoundGain(act.where, gain, gain - refunded, _cites(pack, method, parts, decided))


def _rule(pack: Pack, name: str, on: date) -> ValueVersion | None:
    return pack.values[name].on(on) if name in pack.values else None


def _cites(pack: Pack, method: ValueVersion, parts: GainParts, decided: date) -> tuple[Citation, ...]:
    """Return the articles the figure rests on: all income for help, else what is deducted and who proves it; refunds."""
    helping, refund = (_rule(pack, name, decided) for name in (HELP, REFUND))
    cites = [item.cite or method.cite for item in method.items if item.id in {"deduct", "taxes", "proof"}]
    if parts.helped and helping is not None:
        cites = [helping.cite]
    return (*cites, refund.cite) if parts.refunded and refund is not None else tuple(cites)


def _needed(parts: GainParts) -> dict[str, int | Truth]:
    needed: dict[str, int | Truth] = {"income": parts.income, "helped": parts.helped, "refunded": parts.refunded}
    if parts.helped is not True:
        needed |= {"costs": parts.costs, "taxes": parts.taxes}
    return needed


def _found(act: Act, parts: GainParts) -> int:
    income = parts.income or 0
    if parts.helped:
        return income
    spent = (parts.costs or 0) + (parts.taxes or 0)
    if spent > income:
        raise FactContradiction(
            where=f"{act.where}.gain.costs",
            what_zh="扣除的支出和税款多于收入",
            what_en="More spending and tax is deducted than was taken in",
        )
    return income - spent
