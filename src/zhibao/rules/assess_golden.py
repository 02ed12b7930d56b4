"""Golden cases of `law assess`: facts on a day, and the answer worked out by hand from the articles.

Two forms, both in ``law/**/cases/assess-*.yaml``. The long form gives whole FACTS. The short form has one act of one
day, everything not given zero or none, and ``vary``: the values of one field, each with the tier it leads to.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from zhibao.rules.assess import assess
from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Pack
from zhibao.rules.read import Json, Scalar, Table

SHORT = ("name", "kind", "day", "given", "priors", "vary", "expect", "by")
LONG = ("name", "facts", "expect")
# Cases state their own day of judging; this day is only a placeholder that no case may rest on.
_NO_DAY = date(9999, 12, 31)


def check_case(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Yield what does not come out as one case expects. Raises a LawFault or FactFault for a case that is no case."""
    if "vary" in case:
        case.only(*SHORT)
        yield from _check_short(pack, case)
        return
    case.only(*LONG)
    answer = assess(pack, case.table("facts").json(), today=_NO_DAY).as_json("zh")
    expect = case.table("expect")
    for key in expect:
        want = expect.table(key).json()
        got: Any = answer["transfer"] if key == "transfer" else _offence(answer, key)
        seen = {name: _told(got, name) for name in want}
        if seen != want:
            yield Mismatch(expect.place(key), case.text("name"), str(want), str(seen))


def _check_short(pack: Pack, case: Table) -> Iterator[Mismatch]:
    offence = pack.act_kinds[case.text("kind")].id
    expect = case.table("expect")
    by = case.table_or_none("by")
    for value in expect:
        answer = _offence(assess(pack, _facts(pack, case, value), today=_NO_DAY).as_json("zh"), offence)
        where, name, want = (
            expect.place(value),
            f"{case.text('name')} {case.text('vary')} = {value}",
            expect.text(value),
        )
        if answer.get("tier") != want:
            yield Mismatch(where, name, want, str(answer.get("tier")))
        elif by is not None and want in by:
            ids = by.words(want)
            got = _cites(answer, want, ids[0])
            if got != ids[1:]:
                yield Mismatch(by.place(want), name, str(ids), str(got))


def _facts(pack: Pack, case: Table, value: str) -> dict[str, Any]:
    """Build FACTS for one value of the short form: an act of one day, all else zero, one mark, no earlier penalty."""
    act: dict[str, Any] = {"kind": case.text("kind"), "role": "maker"}
    for measure in pack.measures.values():
        if measure.unit in {"yuan", "count"}:
            act[measure.id] = 0 if measure.adds else 1
        elif measure.unit == "flag":
            act[measure.id] = False
    given = case.table_or_none("given")
    act |= given.json() if given is not None else {}
    day = value if case.text("vary") == "day" else case.text("day")
    act["from"] = act["to"] = day
    priors: list[Any] = [row.json() for row in case.tables("priors")]
    match case.text("vary"):
        case "day":
            pass
        case "prior":
            priors = [prior | {"on": value} for prior in priors]
        case name if name in pack.measures:
            act[name] = Scalar(value, plain=True, where="").json()
        case name:
            raise LawUnknownReference(
                where=case.place("vary"), seen=name, what_zh="可以变的字段", what_en="a field to vary"
            )
    return {"acts": [act], "priors": priors, "on": day}


def _offence(answer: dict[str, Json], offence: str) -> dict[str, Any]:
    rows: Any = answer["offences"]
    return next((row for row in rows if row["offence"] == offence), {})


def _cites(answer: dict[str, Any], tier: str, limit: str) -> tuple[str, ...]:
    """Return the articles of the limit that was met in that tier; none where it was not met."""
    for row in answer["conditions"]:
        if row["id"] == limit and row["tier"] == tier and row["met"]:
            return (row["cite_id"], *(also["cite_id"] for also in row["also"]))
    return ()


def _told(got: dict[str, Any], name: str) -> Any:
    """Return one field of the answer in the short words of a golden case."""
    met = [row for row in got.get("conditions", ()) if row["met"] and row["tier"] == got["tier"]]
    told = got.get(name)
    match name:
        case "met":
            told = [row["id"] for row in met]
        case "cites":
            told = sorted({one["cite_id"] for row in met for one in (row, *row["also"])})
        case "sentence" if told:
            told = [told["shortest_months"], told["longest_months"], told["cite_id"]]
        case "assumed":
            told = [row["fact"] for row in told or ()]
        case "silence" | "added_up" | "statute":
            told = (told or {}).get("cite_id")
        case "compared":
            told = [f"{row['rule_version']} {row['tier']}" for row in told or ()]
    return told
