"""The facts of one matter as `law route` is given them: read, mended where the meaning is plain, refused where it is not.

Knows the shape of the facts, not what follows from them. A field left out or null is unknown, which is not no.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.places import Level, PlaceCode
from zhibao.rules.conditions import Truth
from zhibao.rules.errors import FactMissing, FactNotOneOf
from zhibao.rules.fact_reader import FactReader, Mended, shown
from zhibao.rules.route_errors import FactBadPlace, FactContradiction, FactNoSuchPlace
from zhibao.rules.route_words import CHANNELS, CHOICES, EXCEPTIONS, FLAGS, NAMES, PLACES


@dataclass(frozen=True, slots=True)
class RouteFacts:
    """What is known of one matter; None is unknown. Amounts in fen.

    ``left_out``: exceptional facts about which nothing was said, not even that they are unknown.
    """

    channel: str
    right: str | None
    stage: str
    flags: Mapping[str, Truth]
    choices: Mapping[str, str | None]
    places: Mapping[str, PlaceCode | None]
    amount: int | None
    base_limit: int | None
    filed_on: date
    left_out: frozenset[str]
    mended: tuple[Mended, ...]


def read_route_facts(
    facts: object, *, rights: Mapping[str, object], places: Mapping[str, object], today: date
) -> RouteFacts:
    """Read the facts; ``rights`` and ``places`` are the pack's. Raises a FactFault whose ``where`` is a JSON path."""
    reader = FactReader()
    row = reader.table(facts, "$")
    reader.only(row, tuple(NAMES), "")
    if row.get("channel") is None:
        raise FactMissing(
            where="channel",
            field="channel",
            mend_zh=f"可以写：{', '.join(CHANNELS)}。",
            mend_en=f"It may be: {', '.join(CHANNELS)}.",
        )
    channel = reader.choice(row["channel"], "channel", tuple(CHANNELS)) or ""
    right = reader.choice(row.get("right"), "right", tuple(rights))
    flags = _settled(right, {name: reader.flag(row.get(name), name) for name in FLAGS})
    filed_on = reader.day_or_none(row, "filed_on", "filed_on") or today
    amounts = {name: reader.amount(row.get(name), name) for name in ("amount", "base_limit")}
    return RouteFacts(
        channel=channel,
        right=right,
        stage=reader.choice(row.get("stage"), "stage", ("first", "appeal")) or "first",
        flags=flags,
        choices={name: reader.choice(row.get(name), name, known) for name, known in CHOICES.items()},
        places={name: _place(row.get(name), name, places) for name in PLACES},
        amount=amounts["amount"],
        base_limit=amounts["base_limit"],
        filed_on=filed_on,
        left_out=frozenset(name for name in EXCEPTIONS if name not in row and flags[name] is None),
        mended=tuple(reader.mended),
    )


# Rights whose cases are technical by their kind, and rights whose cases never are.
_TECHNICAL = ("patent-invention", "patent-utility-model", "plant-variety", "ic-layout")
_NEVER_TECHNICAL = ("trademark", "geographical-indication")


def _settled(right: str | None, flags: Mapping[str, Truth]) -> dict[str, Truth]:
    """Return the flags with what the right itself decides; refuses those that contradict it or one another."""
    settled = dict(flags)
    if right in _TECHNICAL or right in _NEVER_TECHNICAL:
        want = right in _TECHNICAL
        if flags["technical"] is (not want):
            raise FactContradiction(where="technical", a=f"technical: {str(not want).lower()}", b=f"right: {right}")
        settled["technical"] = want
    if right == "copyright":
        settled["software"] = flags["software"] if flags["software"] is not None else flags["technical"]
    elif right is not None:
        if flags["software"]:
            raise FactContradiction(where="software", a="software: true", b=f"right: {right}")
        settled["software"] = False
    if flags["seller_unreachable"] and flags["platform_seller"] is False:
        raise FactContradiction(where="seller_unreachable", a="seller_unreachable: true", b="platform_seller: false")
    return settled


def _place(seen: object, where: str, places: Mapping[str, object]) -> PlaceCode | None:
    if seen is None:
        return None
    if not isinstance(seen, str):
        raise FactBadPlace(where=where, seen=shown(seen))
    try:
        code = PlaceCode.from_text(seen)
    except ZhibaoError:
        raise FactBadPlace(where=where, seen=seen) from None
    held = {one[:2] for one in places}
    if code.code[:2] in held and code.code not in places:
        raise FactNoSuchPlace(where=where, seen=code.code)
    if code.level in {Level.COUNTRY, Level.PROVINCE}:
        raise FactNotOneOf(where=where, seen=code.code, known="GB/T 2260 city or county codes")
    return code
