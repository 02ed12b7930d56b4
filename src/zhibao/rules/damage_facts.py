"""The facts of `law damages`: the right, the acts, the suit, what was lost or gained; read, or refused at their place.

Knows the shape of the document (docs/design/remedies.md), not what follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from zhibao.kernel.labels import Label
from zhibao.rules.conditions import Truth
from zhibao.rules.errors import FactAfterJudging, FactMissing, FactUnknownKind
from zhibao.rules.fact_reader import FactReader, Mended, shown
from zhibao.rules.money_errors import FactContradiction, FactFiledBeforeAct, FactFinalBeforeFiled
from zhibao.rules.pack import Pack
from zhibao.rules.remedies import Remedy

FIELDS = (
    "right", "kind", "acts", "filed_on", "instance", "final_on", "knew_on", "loss", "gain", "licence_fee",
    "licence_multiple", "basis", "costs", "intent", "serious", "punitive", "nonuse", "fines_executed", "on",
)  # fmt: skip
INSTANCES = ("first", "second", "final", "retrial")
CLAIMED = ("none", "filing", "first-instance", "appeal", "separate-suit")
MEDIATION = ("agreed", "failed")
EXECUTED = ("fine", "criminal-fine")
# What stands in place of an amount that the court finds hard to establish (难以确定).
HARD = "undeterminable"


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in fen; None is unknown. ``hard``: it cannot be established, which is known."""

    fen: int | None
    hard: bool = False

    @property
    def proved(self) -> bool:
        """Whether there is a figure."""
        return self.fen is not None


@dataclass(frozen=True, slots=True)
class State:
    """故意或情节严重: found as such, or by circumstances; ``malice`` and ``rebutted`` only for intent."""

    found: Truth
    malice: Truth
    rebutted: Truth
    factors: Mapping[str, Truth]


@dataclass(frozen=True, slots=True)
class Claim:
    """惩罚性赔偿的请求: when raised, the multiple asked for, how mediation on appeal ended, whether the court had told of it."""

    at: str | None
    multiple: Fraction | None
    mediation: str | None
    told: Truth


@dataclass(frozen=True, slots=True)
class Use:
    """The defence of non-use: raised or not, the spans of use proved (None: unknown), other loss shown or not."""

    raised: Truth
    spans: tuple[tuple[date, date], ...] | None
    other_loss: Truth


@dataclass(frozen=True, slots=True)
class DamageCase:
    """One case. Amounts in fen; None is unknown."""

    remedy: Remedy
    kind: str | None
    acts: tuple[tuple[date, date], ...]
    filed_on: date | None
    instance: str | None
    final_on: date | None
    knew_on: date | None
    loss: Sum
    gain: Sum
    licence_fee: Sum
    licence_multiple: Fraction | None
    basis: str | None
    costs: int | None
    intent: State
    serious: State
    claim: Claim
    use: Use
    executed: tuple[tuple[str, int | None], ...]
    on: date
    mended: tuple[Mended, ...]

    @property
    def first(self) -> date:
        """The day the acts began."""
        return min(first for first, _ in self.acts)

    @property
    def last(self) -> date:
        """The day the acts ended, or the last day they are known of."""
        return max(last for _, last in self.acts)


def read_damage_case(pack: Pack, facts: object, *, today: date) -> DamageCase:
    """Read the facts of `law damages`. Raises a FactFault whose ``where`` is a JSON path."""
    return _CaseReader(pack).read(facts, today)


def factor_labels(pack: Pack, names: tuple[str, ...]) -> dict[str, Label]:
    """Return the circumstances that any version of these values names."""
    held = [pack.values[name] for name in names if name in pack.values]
    return {item.id: item.says for value in held for version in value.versions for item in version.items}


class _CaseReader:
    """Reads one document."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.rights = {right: one for one in pack.remedies.values() for right in one.rights}
        self.reader = FactReader()

    def read(self, facts: object, today: date) -> DamageCase:
        read = self.reader
        table = read.table(facts, "$")
        read.only(table, FIELDS, "")
        on = read.day_or_none(table, "on", "on") or today
        remedy = self.remedy(table.get("right"))
        days = {name: read.day_or_none(table, name, name) for name in ("filed_on", "final_on", "knew_on")}
        case = DamageCase(
            remedy=remedy,
            kind=self.kind(table, remedy),
            acts=self.acts(table.get("acts")),
            **days,
            instance=read.choice(table.get("instance"), "instance", INSTANCES),
            loss=self.sum(table, "loss"),
            gain=self.sum(table, "gain"),
            licence_fee=self.sum(table, "licence_fee"),
            licence_multiple=read.multiple(table.get("licence_multiple"), "licence_multiple"),
            basis=read.choice(table.get("basis"), "basis", ("loss", "gain", "licence")),
            costs=read.amount(table.get("costs"), "costs"),
            intent=self.state(table, "intent", ("pun.intent.factors",)),
            serious=self.state(table, "serious", ("pun.serious.factors", "pun.seed.serious")),
            claim=self.claim(table),
            use=self.use(table),
            executed=self.executed(table),
            on=on,
            mended=tuple(read.mended),
        )
        _check_days(case)
        return case

    def remedy(self, seen: object) -> Remedy:
        if not isinstance(seen, str) or seen not in self.rights:
            raise FactUnknownKind(where="right", seen=shown(seen), known=", ".join(self.rights))
        return self.rights[seen]

    def kind(self, table: Mapping[str, Any], remedy: Remedy) -> str | None:
        """Return the kind of act: the one the right implies, the only one there is, or the one named."""
        implied = remedy.rights[table["right"]]
        named = self.reader.choice(table.get("kind"), "kind", tuple(remedy.kinds))
        if implied and named and named != implied:
            raise FactContradiction(
                where="kind",
                what_zh=f"权利写的是{table['right']}，行为种类写的是{named}",
                what_en=f"The right is {table['right']} and the kind of act {named}",
            )
        only = next(iter(remedy.kinds)) if len(remedy.kinds) == 1 else None
        return named or implied or only

    def acts(self, seen: object) -> tuple[tuple[date, date], ...]:
        rows = [] if seen is None else self.reader.tables(seen, "acts")
        if not rows:
            raise FactMissing(
                where="acts",
                field="acts",
                mend_zh="写一个列表，至少一段行为：from 和 to。",
                mend_en="Write a list with at least one span of acts: from and to.",
            )
        for where, row in rows:
            self.reader.only(row, ("from", "to"), f"{where}.")
        return tuple(self.reader.span(row, where) for where, row in rows)

    def sum(self, table: Mapping[str, Any], key: str) -> Sum:
        seen = table.get(key)
        return Sum(None, hard=True) if seen == HARD else Sum(self.reader.amount(seen, key))

    def state(self, table: Mapping[str, Any], key: str, values: tuple[str, ...]) -> State:
        read = self.reader
        extra = ("malice", "rebutted") if key == "intent" else ()
        row = read.part(table, key, ("found", *extra, "factors"))
        known = tuple(factor_labels(self.pack, values))
        named = {} if row.get("factors") is None else read.table(row["factors"], f"{key}.factors")
        read.only(named, known, f"{key}.factors.")
        flags = {name: read.flag(row.get(name), f"{key}.{name}") for name in ("found", "malice", "rebutted")}
        if flags["malice"] and flags["found"] is False:
            raise FactContradiction(
                where="intent.malice", what_zh="认定没有故意，又认定恶意", what_en="No intent is found, and yet malice"
            )
        factors = {name: read.flag(named.get(name), f"{key}.factors.{name}") for name in known}
        return State(**flags, factors=factors)

    def claim(self, table: Mapping[str, Any]) -> Claim:
        read = self.reader
        row = read.part(table, "punitive", ("claimed_at", "multiple", "mediation", "told"))
        return Claim(
            read.choice(row.get("claimed_at"), "punitive.claimed_at", CLAIMED),
            read.multiple(row.get("multiple"), "punitive.multiple"),
            read.choice(row.get("mediation"), "punitive.mediation", MEDIATION),
            read.flag(row.get("told"), "punitive.told"),
        )

    def use(self, table: Mapping[str, Any]) -> Use:
        read = self.reader
        row = read.part(table, "nonuse", ("raised", "use", "other_loss"))
        rows = None if row.get("use") is None else read.tables(row["use"], "nonuse.use")
        return Use(
            read.flag(row.get("raised"), "nonuse.raised"),
            None if rows is None else tuple(read.span(one, where) for where, one in rows),
            read.flag(row.get("other_loss"), "nonuse.other_loss"),
        )

    def executed(self, table: Mapping[str, Any]) -> tuple[tuple[str, int | None], ...]:
        read = self.reader
        found = []
        for where, row in read.tables(table.get("fines_executed") or [], "fines_executed"):
            read.only(row, ("kind", "amount"), f"{where}.")
            kind = read.choice(row.get("kind"), f"{where}.kind", EXECUTED) or "fine"
            found.append((kind, read.amount(row.get("amount"), f"{where}.amount")))
        return tuple(found)


def _check_days(case: DamageCase) -> None:
    """Refuse days that cannot follow one another: acts, filing, judgment, the day of judging."""
    if case.last > case.on:
        raise FactAfterJudging(where="acts", seen=case.last.isoformat(), on=case.on.isoformat())
    for name, day in (("filed_on", case.filed_on), ("final_on", case.final_on), ("knew_on", case.knew_on)):
        if day is not None and day > case.on:
            raise FactAfterJudging(where=name, seen=day.isoformat(), on=case.on.isoformat())
    if case.filed_on is not None and case.filed_on < case.first:
        raise FactFiledBeforeAct(where="filed_on", seen=case.filed_on.isoformat(), first=case.first.isoformat())
    if case.filed_on is not None and case.final_on is not None and case.final_on < case.filed_on:
        raise FactFinalBeforeFiled(where="final_on", seen=case.final_on.isoformat(), filed=case.filed_on.isoformat())
    if case.final_on is not None and case.instance in {"first", "second"}:
        raise FactContradiction(
            where="final_on",
            what_zh="案件还在一审或者二审，又写了裁判生效的日期",
            what_en="The case is still at first instance or on appeal, and yet a day of finality is given",
        )
    if case.knew_on is not None and case.knew_on < case.first:
        raise FactContradiction(
            where="knew_on",
            what_zh="知道侵权的日期早于侵权开始",
            what_en="The infringement was known of before it began",
        )
