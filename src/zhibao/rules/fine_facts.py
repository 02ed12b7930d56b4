"""The facts of `law fines`: acts, earlier penalties, what is proposed and paid; read, or refused at their place.

Knows the shape of the document (docs/design/remedies.md), not what follows from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibao.kernel.money import Fen, to_yuan
from zhibao.rules.conditions import Truth
from zhibao.rules.errors import FactAfterJudging, FactBackwards, FactMissing, FactUnknownKind
from zhibao.rules.fact_reader import FactReader, Mended, shown
from zhibao.rules.facts import PRIOR_KINDS, Act, Prior
from zhibao.rules.money_errors import FactContradiction, FactDecidedBeforeAct, FactGainAboveTurnover
from zhibao.rules.pack import Pack
from zhibao.rules.penalties import DEEDS
from zhibao.rules.registers import Measure

FIELDS = ("acts", "priors", "entity", "circumstances", "proposed", "payment", "decided_on", "on")
MEASURES = ("turnover", "illegal_gain")
GAIN = ("income", "costs", "taxes", "refunded", "helped")
CIRCUMSTANCES = ("minor", "corrected", "no_harm", "slight_harm", "first", "no_fault", "facts_clear")
PROPOSED = ("fine", "responsible_fine", "confiscated_gain", "confiscated_goods", "measures", "lenient")
PAYMENT = ("fine", "due_on", "paid_on")


@dataclass(frozen=True, slots=True)
class GainParts:
    """What illegal gain is found from: income, spending and taxes proved, refunds, all in fen; None is unknown."""

    income: int | None
    costs: int | None
    taxes: int | None
    refunded: int | None
    helped: Truth


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the organ means to impose, in fen; None is unknown. ``measures`` None: not said."""

    fine: int | None
    responsible_fine: int | None
    confiscated_gain: int | None
    confiscated_goods: int | None
    measures: tuple[str, ...] | None
    lenient: Truth


@dataclass(frozen=True, slots=True)
class Payment:
    """A fine imposed: its amount in fen, the last day to pay, the day it was paid (None: not yet)."""

    fine: int
    due_on: date
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class FineCase:
    """One case. ``priors`` None: not known whether there are any. ``decided_on``: the day of the decision, or of judging."""

    acts: tuple[Act, ...]
    gains: tuple[GainParts | None, ...]
    priors: tuple[Prior, ...] | None
    entity: Truth
    circumstances: Mapping[str, Truth]
    proposed: Proposed | None
    payment: Payment | None
    decided_on: date
    on: date
    mended: tuple[Mended, ...]


def read_fine_case(pack: Pack, facts: object, *, today: date) -> FineCase:
    """Read the facts of `law fines`. Raises a FactFault whose ``where`` is a JSON path."""
    return _CaseReader(pack).read(facts, today)


class _CaseReader:
    """Reads one document."""

    def __init__(self, pack: Pack) -> None:
        self.measures: dict[str, Measure] = {name: pack.measures[name] for name in MEASURES} | dict(pack.fine_facts)
        self.kinds = tuple(dict.fromkeys(kind for one in pack.penalties.values() for kind in one.kinds))
        self.reader = FactReader()

    def read(self, facts: object, today: date) -> FineCase:
        read = self.reader
        table = read.table(facts, "$")
        read.only(table, FIELDS, "")
        on = read.day_or_none(table, "on", "on") or today
        decided = read.day_or_none(table, "decided_on", "decided_on") or on
        rows = read.tables(table.get("acts") or self._no_acts(), "acts")
        acts = tuple(self.act(row, where) for where, row in rows)
        gains = tuple(self.gain(row, where) for where, row in rows)
        for act in acts:
            if act.last > decided:
                if "decided_on" in table:
                    raise FactDecidedBeforeAct(where="decided_on", seen=decided.isoformat(), last=act.last.isoformat())
                raise FactAfterJudging(where=f"{act.where}.to", seen=act.last.isoformat(), on=on.isoformat())
        priors = None if table.get("priors") is None else read.tables(table["priors"], "priors")
        return FineCase(
            acts=acts,
            gains=gains,
            priors=None if priors is None else tuple(self.prior(row, where, decided) for where, row in priors),
            entity=read.flag(table.get("entity"), "entity"),
            circumstances=self.circumstances(table),
            proposed=self.proposed(table),
            payment=self.payment(table),
            decided_on=decided,
            on=on,
            mended=tuple(read.mended),
        )

    def _no_acts(self) -> object:
        raise FactMissing(
            where="acts",
            field="acts",
            mend_zh="写一个列表，至少一次行为：kind、from、to。",
            mend_en="Write a list with at least one act: kind, from, to.",
        )

    def kind(self, seen: object, where: str) -> str:
        if not isinstance(seen, str) or seen not in self.kinds:
            raise FactUnknownKind(where=where, seen=shown(seen), known=", ".join(self.kinds))
        return seen

    def act(self, row: Mapping[str, Any], where: str) -> Act:
        read = self.reader
        read.only(row, ("kind", "from", "to", *self.measures, "gain"), f"{where}.")
        first, last = read.span(row, where)
        amounts = {
            name: read.amount(row.get(name), f"{where}.{name}")
            for name, measure in self.measures.items()
            if measure.unit == "yuan"
        }
        flags = {
            name: read.flag(row.get(name), f"{where}.{name}")
            for name, measure in self.measures.items()
            if measure.unit == "flag"
        }
        gain, turnover = amounts["illegal_gain"], amounts["turnover"]
        if gain is not None and turnover is not None and gain > turnover:
            raise FactGainAboveTurnover(
                where=f"{where}.illegal_gain", gain=to_yuan(Fen(gain)), turnover=to_yuan(Fen(turnover))
            )
        return Act(self.kind(row.get("kind"), f"{where}.kind"), first, last, amounts, flags, None, where)

    def gain(self, row: Mapping[str, Any], where: str) -> GainParts | None:
        read = self.reader
        if row.get("gain") is None:
            return None
        inner, at = read.table(row["gain"], f"{where}.gain"), f"{where}.gain"
        read.only(inner, GAIN, f"{at}.")
        found = {name: read.amount(inner.get(name), f"{at}.{name}") for name in GAIN[:-1]}
        return GainParts(**found, helped=read.flag(inner.get("helped"), f"{at}.helped"))

    def prior(self, row: Mapping[str, Any], where: str, decided: date) -> Prior:
        read = self.reader
        read.only(row, ("kind", "for", "on"), f"{where}.")
        seen = row.get("kind")
        if not isinstance(seen, str) or seen not in PRIOR_KINDS:
            raise FactUnknownKind(where=f"{where}.kind", seen=shown(seen), known=", ".join(PRIOR_KINDS))
        day = read.required_day(row, "on", f"{where}.on")
        if day > decided:
            raise FactAfterJudging(where=f"{where}.on", seen=day.isoformat(), on=decided.isoformat())
        return Prior(PRIOR_KINDS[seen], self.kind(row.get("for"), f"{where}.for"), day)

    def circumstances(self, table: Mapping[str, Any]) -> dict[str, Truth]:
        found = self.reader.flags(table, "circumstances", CIRCUMSTANCES)
        if found["no_harm"] and found["slight_harm"]:
            raise FactContradiction(
                where="circumstances.slight_harm",
                what_zh="没有造成危害后果和危害后果轻微不会同时成立",
                what_en="No harm and slight harm cannot both hold",
            )
        return found

    def proposed(self, table: Mapping[str, Any]) -> Proposed | None:
        if table.get("proposed") is None:
            return None
        read = self.reader
        row = read.part(table, "proposed", PROPOSED)
        amounts = {name: read.amount(row.get(name), f"proposed.{name}") for name in PROPOSED[:4]}
        named = row.get("measures")
        measures = None if named is None else read.choices(named, "proposed.measures", tuple(DEEDS))
        return Proposed(**amounts, measures=measures, lenient=read.flag(row.get("lenient"), "proposed.lenient"))

    def payment(self, table: Mapping[str, Any]) -> Payment | None:
        if table.get("payment") is None:
            return None
        read = self.reader
        row = read.part(table, "payment", PAYMENT)
        fine = read.amount(row.get("fine"), "payment.fine")
        if fine is None:
            raise FactMissing(
                where="payment.fine",
                field="fine",
                mend_zh="写明罚款数额，单位是元。",
                mend_en="Write the fine in yuan.",
            )
        due, paid = (
            read.required_day(row, "due_on", "payment.due_on"),
            read.day_or_none(row, "paid_on", "payment.paid_on"),
        )
        decided = read.day_or_none(table, "decided_on", "decided_on")
        if decided is not None and due < decided:
            raise FactBackwards(where="payment.due_on", first=decided.isoformat(), last=due.isoformat())
        return Payment(fine, due, paid)
