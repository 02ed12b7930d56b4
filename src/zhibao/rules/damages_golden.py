"""Golden cases of `law damages` (law/**/cases/damages-*.yaml), worked by hand from the articles.

The long form gives whole FACTS and part of the answer. The short form changes one field of ``facts`` through the values
listed, each with [minimum, maximum, punitive state] of the answer and, if wanted, the reason and the versions; or [refused, code].
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from zhibao.rules.damage_answer import damages_json
from zhibao.rules.errors import FactFault
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Pack
from zhibao.rules.partial import differences_from
from zhibao.rules.read import Scalar, Table

SHORT = ("name", "facts", "vary", "expect", "by")
LONG = ("name", "facts", "expect")
# Cases state their own days; this one is only a placeholder that no case may rest on.
_NO_DAY = date(9999, 12, 31)


def check_damages_case(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield what does not come out as one case expects. Raises a LawFault or FactFault for a case that is no case."""
    if "vary" in case:
        case.only(*SHORT)
        yield from _check_short(pack, case)
        return
    case.only(*LONG)
    answer = damages_json(pack, case.table("facts").json(), today=_NO_DAY, lang="zh")
    yield from differences_from(case.table("expect"), answer, case.text("name"))


def _check_short(pack: Pack, case: Table) -> Iterator[Mismatch]:
    expect = case.table("expect")
    for value in expect:
        facts = _varied(case.table("facts").json(), case.text("vary"), Scalar(value, plain=True, where="").json())
        want = list(expect.words(value))
        answer: Any = _answered(pack, facts)
        got = _told(answer)[: len(want)]
        name = f"{case.text('name')} {case.text('vary')} = {value}"
        if got != want:
            yield Mismatch(expect.place(value), name, str(want), str(got))
        elif "by" in case and "refused" not in answer:
            yield from differences_from(case.table("by"), answer, name)


def _answered(pack: Pack, facts: dict[str, Any]) -> dict[str, Any]:
    """Return the answer, or the code by which the facts were refused."""
    try:
        return damages_json(pack, facts, today=_NO_DAY, lang="zh")
    except FactFault as fault:
        return {"refused": fault.code}


def _told(answer: dict[str, Any]) -> list[str]:
    """Return [minimum, maximum, punitive, reason, law's first day, interpretation's first day]; "-" for what is not."""
    if "refused" in answer:
        return ["refused", str(answer["refused"])]
    totals, punitive = answer["totals"], answer["punitive"]
    told = (
        totals["minimum"],
        totals["maximum"],
        punitive["state"],
        punitive["reason"],
        answer["rule_version"],
        punitive["interpretation"]["rule_version"],
    )
    return ["-" if one is None else str(one).removesuffix(".00") for one in told]


def _varied(facts: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return the facts with the field at ``path`` changed; ``day`` is the one day of the act."""
    if path == "day":
        return facts | {"acts": [{"from": value, "to": value}]}
    head, _, rest = path.partition(".")
    return facts | {head: _varied(facts.get(head) or {}, rest, value) if rest else value}
