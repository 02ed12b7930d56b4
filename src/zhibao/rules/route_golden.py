"""Golden cases of `law route`: facts on a day, and where the matter goes as worked out by hand from the articles.

In ``law/**/cases/route-*.yaml``. ``vary`` gives the values of one field, each with what is expected.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from zhibao.rules.mismatch import Mismatch, compared
from zhibao.rules.pack import Pack
from zhibao.rules.read import Scalar, Table
from zhibao.rules.route import Route, Way, route

# Cases state their own day of filing; this day is only a placeholder that no case may rest on.
_NO_DAY = date(9999, 12, 31)


def check_route_case(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield what does not come out as one case expects. Raises a LawFault or FactFault for a case that is no case."""
    case.only("name", "facts", "vary", "expect")
    facts, expect = case.table("facts").json(), case.table("expect")
    if "vary" not in case:
        got = told(route(pack, facts, today=_NO_DAY))
        yield from compared(case.place("expect"), case.text("name"), expect.json(), got)
        return
    for value in expect:
        varied = facts | {case.text("vary"): Scalar(value, plain=case.text("vary") not in _TEXTS, where="").json()}
        got = told(route(pack, varied, today=_NO_DAY))
        name = f"{case.text('name')} {case.text('vary')} = {value}"
        yield from compared(expect.place(value), name, expect.table(value).json(), got)


_TEXTS = frozenset({"filed_on", "amount", "base_limit", "place", "act_place"})


def told(found: Route) -> dict[str, Any]:
    """Return the answer in the short words of a golden case."""
    return {
        "routes": [_way(way) for way in found.ways],
        "alternatives": [_way(way) for way in found.alternatives],
        "possible": [_way(way) for way in found.possible],
        "cites": [way.version.cite.to_text() for way in found.ways],
        "sure": [way.version.confidence.value for way in found.ways],
        "also": [cite.to_text() for way in found.ways for cite in way.version.also],
        "lists": [seat.hearing.cite.to_text() for way in found.ways for seat in way.seats if seat.hearing],
        "tribunals": [one.id for way in found.ways for seat in way.seats for one in seat.tribunals],
        "seats": [f"{seat.level}@{seat.place}" for way in found.ways for seat in way.seats],
        "confirmed": [way.confirmed for way in found.ways],
        "assumed_limit": [way.limit.assumed if way.limit else None for way in found.ways],
        "conflicts": [f"{one.rule.id} {other.rule.id}" for one, other in found.conflicts],
        "missing": list(found.missing),
        "assumed": list(found.assumed),
        "reason": found.reason,
    }


def _way(way: Way) -> str:
    """Return a way as "jur.base court/county@361104: 赣1104"."""
    head = f"{way.rule.id} {way.organ}/{'+'.join(way.levels)}@{way.place or '?'}"
    codes = [seat.court.code for seat in way.seats if seat.court]
    return f"{head}: {' '.join(codes)}" if codes else head
