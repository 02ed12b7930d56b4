"""How long a penalty is shown in the register: the tiers, which one a penalty falls into, and the days that follow.

Knows nothing of a case; whether the conditions of an early end are met is for people to find.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Calendar
from zhibao.kernel.labels import Label
from zhibao.rules.conditions import Truth
from zhibao.rules.errors import LawMissing, LawUnknownReference
from zhibao.rules.instruments import Cites
from zhibao.rules.read import Table
from zhibao.rules.shown import FIELDS, Stay, read_stay
from zhibao.rules.shown_errors import LawNoRest, LawTierAfterRest, RuleNotHeld
from zhibao.rules.values import LegalValue
from zhibao.rules.versions import Confidence, Span, check_versions, in_force, read_confidence, read_gaps, read_span

PENALTIES: Mapping[str, Label] = {
    "warning": Label("警告", "warning"),
    "criticism": Label("通报批评", "public criticism"),
    "fine": Label("罚款", "fine"),
    "confiscation": Label("没收", "confiscation"),
    "restriction": Label("限制开展生产经营活动", "restriction of business"),
    "halt": Label("责令停产停业", "halting business"),
    "bar": Label("限制从业", "barring from work"),
    "downgrade": Label("降低资质等级", "lowering a qualification"),
    "revocation": Label("吊销许可证件、营业执照", "revoking a licence"),
    "closure": Label("责令关闭", "closing"),
}
FACTS = ("low_fine", "sector", "serious_list")
LOW_FINE = "pub.low_fine"


@dataclass(frozen=True, slots=True)
class Penalty:
    """What was imposed: kinds of ``PENALTIES``, the fine in fen, on whom; None is unknown.

    ``lenient``: in a lenient or mitigated tier. ``low_fine`` given outright overrides the amount. ``sector``: food,
    drugs, special equipment and the like. ``until``: last day of a restriction.
    """

    kinds: frozenset[str]
    fine: int | None = None
    business: bool | None = True
    lenient: bool | None = None
    low_fine: bool | None = None
    sector: bool | None = False
    serious_list: bool | None = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of display: the penalties it covers, in words and for the program, and how long they are shown."""

    id: str
    title: Label
    only: tuple[str, ...]
    any: tuple[str, ...]
    fact: str
    stay: Stay
    cite: Citation
    also: tuple[Citation, ...]

    @property
    def is_rest(self) -> bool:
        """Whether it covers all that no tier before it does."""
        return not (self.only or self.any or self.fact)


@dataclass(frozen=True, slots=True)
class DisplayVersion:
    """The tiers in ``span``, in the order in which they are tried."""

    span: Span
    grades: tuple[Tier, ...]
    confidence: Confidence
    note: Label | None
    where: str


@dataclass(frozen=True, slots=True)
class DisplayRule:
    """公示期限: the tiers of display through their versions; the day of publication chooses the version."""

    id: str
    title: Label
    versions: tuple[DisplayVersion, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Display:
    """How long one penalty is shown. ``tier`` None: it cannot be told without ``missing``."""

    tier: Tier | None
    version: DisplayVersion
    early_from: date | None
    ends_on: date | None
    missing: tuple[str, ...]


def display(
    rule: DisplayRule, values: Mapping[str, LegalValue], calendar: Calendar, *, penalty: Penalty, shown_on: date
) -> Display:
    """Return the tier of ``penalty`` and its days, under the rule in force on ``shown_on``, the day of publication.

    That a display in course keeps that rule is a reading, the same as the clocks'. Raises RuleNotHeld.
    """
    version = in_force(rule.versions, shown_on)
    if version is None:
        raise RuleNotHeld(where=rule.where, day=shown_on.isoformat(), what=rule.id)
    low = _is_low(penalty, values, shown_on)
    # The last tier has no condition, so that one is always found.
    tier = next(tier for tier in version.grades if _covers(tier, penalty, low) is not False)
    if _covers(tier, penalty, low) is None:
        return Display(None, version, None, None, _missing(tier, penalty))
    early, ends = tier.stay.dates(calendar, shown_on, penalty.until)
    return Display(tier, version, early, ends, ())


def _is_low(penalty: Penalty, values: Mapping[str, LegalValue], on: date) -> Truth:
    """Return whether the fine is a low one; None where that is unknown, or the province fixed the amount."""
    if penalty.low_fine is not None or "fine" not in penalty.kinds:
        return penalty.low_fine
    held = values[LOW_FINE].on(on) if LOW_FINE in values else None
    if held is None or not held.figures or penalty.business is None or penalty.fine is None:
        return None
    within = held.figure("business" if penalty.business else "responsible").admits(penalty.fine)
    return penalty.lenient if within else False


def _covers(tier: Tier, penalty: Penalty, low: Truth) -> Truth:
    if tier.any and not penalty.kinds & set(tier.any):
        return False
    if tier.only and not penalty.kinds <= set(tier.only):
        return False
    if not tier.fact:
        return True
    if tier.fact == "low_fine":
        return True if "fine" not in penalty.kinds else low
    return bool(getattr(penalty, tier.fact)) if getattr(penalty, tier.fact) is not None else None


def _missing(tier: Tier, penalty: Penalty) -> tuple[str, ...]:
    if tier.fact != "low_fine":
        return (tier.fact,)
    asked = [name for name in ("fine", "business", "lenient") if getattr(penalty, name) is None]
    return tuple(asked) or ("low_fine",)


def parse_display(doc: Table, cites: Cites) -> DisplayRule:
    """Read one file of publicity/; raises a LawFault with file and line."""
    doc.only("id", "title", "versions", "gaps")
    versions = tuple(_parse_version(row, cites) for row in doc.tables("versions"))
    if not versions:
        raise LawMissing(where=doc.where, key="versions")
    check_versions(versions, read_gaps(doc))
    return DisplayRule(doc.text("id"), doc.label("title"), versions, doc.where)


def _parse_version(row: Table, cites: Cites) -> DisplayVersion:
    row.only("from", "to", "grades", "confidence", "note")
    span = read_span(row)
    tiers = tuple(_parse_tier(one, cites, span.first) for one in row.tables("grades"))
    for number, tier in enumerate(tiers[:-1]):
        if tier.is_rest:
            raise LawTierAfterRest(where=row.tables("grades")[number + 1].where)
    if not tiers or not tiers[-1].is_rest:
        raise LawNoRest(where=row.where)
    return DisplayVersion(span, tiers, read_confidence(row), row.label_or_none("note"), row.where)


def _parse_tier(row: Table, cites: Cites, on: date) -> Tier:
    row.only("id", "title", "only", "any", "fact", *FIELDS, "cite", "also")
    kinds = {key: row.words(key) for key in ("only", "any")}
    for key, names in kinds.items():
        for name in names:
            if name not in PENALTIES:
                raise LawUnknownReference(
                    where=row.place(key), seen=name, what_zh="处罚的种类", what_en="a kind of penalty"
                )
    return Tier(
        id=row.text("id"),
        title=row.label("title"),
        only=kinds["only"],
        any=kinds["any"],
        fact=row.choice("fact", (*FACTS, ""), "") if "fact" in row else "",
        stay=read_stay(row),
        cite=cites.read(row, on=on),
        also=cites.read_all(row, on=on, key="also") if "also" in row else (),
    )
