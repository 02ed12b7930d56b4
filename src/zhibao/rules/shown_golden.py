"""Golden cases of display, credit and rewards: the days and amounts that follow, asked for in values- case files.

Knows how a case is written; what follows is worked out in ``publicity``, ``credit`` and ``rewards``.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from zhibao.kernel.money import Fen, to_yuan
from zhibao.rules.credit import credit_window
from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.mismatch import Mismatch, compared
from zhibao.rules.pack import Pack
from zhibao.rules.publicity import Penalty, display
from zhibao.rules.read import Table
from zhibao.rules.rewards import reward


def _entry(row: Table, held: Mapping[str, Any]) -> Any:
    name = row.text("entry")
    if name not in held:
        raise LawUnknownReference(where=row.place("entry"), seen=name, what_zh="条目", what_en="an entry")
    return held[name]


def _day(day: date | None) -> str:
    return day.isoformat() if day else "none"


def _yuan(row: Table, key: str) -> int | None:
    return row.whole(key) * 100 if key in row else None


def _truth(row: Table, key: str, *, default: bool | None) -> bool | None:
    return row.flag(key) if key in row else default


def check_display(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Ask how long penalties are shown: tier, first day to stop early, last day, article, what is missing."""
    for row in case.tables("display"):
        row.only(
            "entry",
            "kinds",
            "fine",
            "business",
            "lenient",
            "low_fine",
            "sector",
            "serious_list",
            "until",
            "shown_on",
            "expect",
        )
        penalty = Penalty(
            kinds=frozenset(row.words("kinds")),
            fine=_yuan(row, "fine"),
            business=_truth(row, "business", default=True),
            lenient=_truth(row, "lenient", default=None),
            low_fine=_truth(row, "low_fine", default=None),
            sector=_truth(row, "sector", default=False),
            serious_list=_truth(row, "serious_list", default=False),
            until=row.day_or_none("until"),
        )
        found = display(
            _entry(row, pack.displays), pack.values, pack.calendar, penalty=penalty, shown_on=row.day("shown_on")
        )
        tier = found.tier
        got = {
            "tier": tier.id if tier else "unknown",
            "stop_early": tier.stay.early if tier else None,
            "early": _day(found.early_from),
            "ends": _day(found.ends_on),
            "cites": [one.to_text() for one in (tier.cite, *tier.also)] if tier else [],
            "missing": list(found.missing),
            "sure": found.version.confidence.value,
        }
        yield from compared(row.place("expect"), case.text("name"), row.table("expect").json(), got)


def check_credit(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Ask for the window of a mark of dishonesty: first day to ask for repair, last day, article."""
    for row in case.tables("credit"):
        row.only("entry", "since", "on", "until", "again", "expect")
        found = credit_window(
            _entry(row, pack.credit),
            pack.calendar,
            since=row.day("since"),
            on=row.day("on"),
            until=row.day_or_none("until"),
            again=row.flag("again", default=False),
        )
        version = found.version
        got = {
            "early": _day(found.early_from),
            "repairable": version.stay.early,
            "ends": _day(found.ends_on),
            "cites": [one.to_text() for one in (version.cite, *version.also)],
            "since": version.span.first.isoformat(),
            "sure": version.confidence.value,
        }
        yield from compared(row.place("expect"), case.text("name"), row.table("expect").json(), got)


def check_reward(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Ask for the range of a reward in yuan, whether it was capped, whether finance must agree, by which articles."""
    for row in case.tables("reward"):
        row.only("entry", "money", "grade", "on", "expect")
        found = reward(
            _entry(row, pack.rewards), money=_yuan(row, "money"), grade=row.text("grade", "") or None, on=row.day("on")
        )
        got = {
            "low": to_yuan(Fen(found.low)),
            "high": to_yuan(Fen(found.high)),
            "capped": found.capped,
            "finance": found.finance,
            "cites": [one.to_text() for one in found.cites],
            "cite": found.version.cite.to_text(),
            "since": found.version.span.first.isoformat(),
            "sure": found.version.confidence.value,
        }
        yield from compared(row.place("expect"), case.text("name"), row.table("expect").json(), got)
