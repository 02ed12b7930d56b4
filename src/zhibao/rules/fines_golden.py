"""Golden cases of `law fines` (law/**/cases/fines-*.yaml), worked by hand from the articles.

The long form gives whole FACTS and part of the answer. The short form has one act of one day, every yes or no false and
every amount unknown unless ``given``, no earlier penalty, an entity, decided on the day of the act; ``vary`` names the
field whose values are listed, each with [bands, min, max] of the text that applies and, if wanted, its first day and why;
or [refused, code]. ``by`` says what is told of a band wherever it applies, ``also`` what is told of the penalty.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from zhibao.rules.errors import FactFault, LawUnknownReference
from zhibao.rules.fine_answer import fines_json
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Pack
from zhibao.rules.partial import differences_from
from zhibao.rules.read import Scalar, Table

SHORT = ("name", "kind", "day", "decided", "given", "priors", "penalty", "who", "vary", "expect", "by", "also")
LONG = ("name", "facts", "expect")
# Cases state their own days; this one is only a placeholder that no case may rest on.
_NO_DAY = date(9999, 12, 31)


def check_fine_case(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield what does not come out as one case expects. Raises a LawFault or FactFault for a case that is no case."""
    if "vary" in case:
        case.only(*SHORT)
        yield from _check_short(pack, case)
        return
    case.only(*LONG)
    answer = fines_json(pack, case.table("facts").json(), today=_NO_DAY, lang="zh")
    yield from differences_from(case.table("expect"), answer, case.text("name"))


def _check_short(pack: Pack, case: Table) -> Iterator[Mismatch]:
    expect = case.table("expect")
    for value in expect:
        name = f"{case.text('name')} {case.text('vary')} = {value}"
        found = _answered(pack, case, value)
        want = list(expect.words(value))
        got = _told(found, case.text("who", "party"))[: len(want)]
        if got != want:
            yield Mismatch(expect.place(value), name, str(want), str(got))
            continue
        yield from _details(case, found, want[0], name)


def _details(case: Table, found: dict[str, Any], bands: str, name: str) -> Iterator[Mismatch]:
    by = case.table_or_none("by")
    told = {one["id"]: one for one in found.get("bands", ())}
    for band in bands.replace("+", "|").split("|"):
        if by is not None and band in by and band in told:
            yield from differences_from(by.table(band), told[band], f"{name} {band}")
    if "also" in case:
        yield from differences_from(case.table("also"), found, name)


def _answered(pack: Pack, case: Table, value: str) -> dict[str, Any]:
    """Return the answer for one value, or the code by which it was refused."""
    try:
        answer: Any = fines_json(pack, _facts(pack, case, value), today=_NO_DAY, lang="zh")
    except FactFault as fault:
        return {"refused": fault.code}
    return _picked(answer["penalties"], case.text("penalty", ""))


def _picked(rows: list[dict[str, Any]], penalty: str) -> dict[str, Any]:
    return next((row for row in rows if penalty in {"", row["penalty"]}), {})


def _told(found: dict[str, Any], who: str) -> list[str]:
    """Return [bands, min, max, first day, chosen] as cases write them; "-" where there is no end."""
    if "refused" in found:
        return ["refused", str(found["refused"])]
    possible = [one for one in found.get("bands", ()) if one["who"] == who and one["applies"] is not False]
    if found.get("state") == "none" and who == "party":
        possible = []
    ends = found.get(who) or {}
    joined = "|" if any(one["applies"] is None for one in possible) else "+"
    bands = joined.join(one["id"] for one in possible) or found.get("reason") or "none"
    told = [bands, ends.get("min"), ends.get("max"), found.get("rule_version"), found.get("chosen")]
    return ["-" if one is None else _plain(str(one)) for one in told]


def _plain(text: str) -> str:
    """Return an amount without the fen that are none: 250000.00 is written 250000."""
    return text.removesuffix(".00")


def _facts(pack: Pack, case: Table, value: str) -> dict[str, Any]:
    vary = case.text("vary")
    day = value if vary == "day" else case.text("day")
    act: dict[str, Any] = {"kind": case.text("kind"), "from": day, "to": day}
    act |= {name: False for name, one in pack.fine_facts.items() if one.unit == "flag"}
    given = case.table_or_none("given")
    act |= given.json() if given is not None else {}
    priors: list[Any] = [row.json() for row in case.tables("priors")]
    decided = value if vary == "decided" else case.text("decided", "" if vary == "day" else day) or day
    match vary:
        case "day" | "decided":
            pass
        case "prior":
            priors = [prior | {"on": value} for prior in priors]
        case name if name in {*pack.measures, *pack.fine_facts}:
            act[name] = Scalar(value, plain=True, where="").json()
        case name:
            raise LawUnknownReference(
                where=case.place("vary"), seen=name, what_zh="可以变的字段", what_en="a field to vary"
            )
    return {"acts": [act], "priors": priors, "entity": True, "decided_on": decided, "on": decided}
