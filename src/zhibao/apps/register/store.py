"""Rights and parties as rows: a batch of newcomers is compared with what is there, and only differences are written.

Knows nothing of files and permissions. One batch costs a handful of queries whatever its size.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from zhibao.apps.register.errors import NumberOfAnother
from zhibao.apps.register.folding import fold_equal, fold_text
from zhibao.apps.register.models import Party, Right, RightPeriod
from zhibao.apps.register.newcomers import UNKNOWN_OWNER, NewParty, NewPeriod, NewRight

PartyKey = tuple[str, str]
FOR_GOOD = ("cancelled", "invalidated")
_ASK_AT_ONCE = 500  # values in one "IN": SQLite before 3.32 stops at 999 parameters


class Outcome(StrEnum):
    """What became of one newcomer."""

    MADE = "made"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Put:
    """One newcomer's outcome, its right, and why it was refused."""

    outcome: Outcome
    right: Right | None = None
    fault: NumberOfAnother | None = None


def sought_text(right: Right, owner_name: str = "") -> str:
    """Return what a search of rights looks through."""
    return fold_text(" ".join((right.name, right.name_en, right.number, owner_name or right.owner.name)))


def _key(party: NewParty) -> PartyKey:
    return ("uscc", party.uscc) if party.uscc else ("name", party.name)


def _slices(values: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(set(values))
    return (ordered[at : at + _ASK_AT_ONCE] for at in range(0, len(ordered), _ASK_AT_ONCE))


def put_parties(newcomers: Iterable[NewParty]) -> dict[PartyKey, Party]:
    """Return the party of each newcomer, made where there is none; what the register knows of one is not overwritten.

    A party is the same when its credit code is, or, where the newcomer gives none, when name matches one without a code.
    """
    wanted = {_key(party): party for party in newcomers}
    found: dict[PartyKey, Party] = {}
    for some in _slices(value for what, value in wanted if what == "uscc"):
        found |= {("uscc", party.uscc): party for party in Party.objects.filter(uscc__in=some)}
    for some in _slices(value for what, value in wanted if what == "name"):
        found |= {("name", party.name): party for party in Party.objects.filter(name__in=some, uscc="")}
    missing = [
        Party(**{f.name: getattr(new, f.name) for f in fields(NewParty)})
        for key, new in wanted.items()
        if key not in found
    ]
    made = Party.objects.bulk_create(missing)
    return found | {("uscc", p.uscc) if p.uscc else ("name", p.name): p for p in made}


def put_rights(newcomers: Sequence[NewRight]) -> list[Put]:
    """Store a batch, inside the caller's transaction, and return, in its order, what became of each.

    Numbers must not repeat inside one batch. A right that is there is changed in the fields the newcomer tells of. One
    whose name and owner both differ is somebody else's: it is refused, not overwritten. That a right was cancelled or
    invalidated is not unsaid by a newcomer that tells only of days before.
    """
    there = _rights_there(newcomers)
    refused = {
        place: fault for place, new in enumerate(newcomers) if (fault := _other(new, there.get((new.kind, new.number))))
    }
    parties = put_parties(
        new.owner
        for place, new in enumerate(newcomers)
        if place not in refused and not _stays(new, there.get((new.kind, new.number)))
    )
    make: list[Right] = []
    change: list[Right] = []
    periods: list[tuple[Right, Sequence[NewPeriod]]] = []
    puts: list[Put] = []
    for place, new in enumerate(newcomers):
        if place in refused:
            puts.append(Put(Outcome.REFUSED, fault=refused[place]))
            continue
        right = there.get((new.kind, new.number))
        owner = right.owner if right and _stays(new, right) else parties[_key(new.owner)]
        if right is None:
            right = _made(new, owner)
            make.append(right)
            periods.append((right, new.periods))
            puts.append(Put(Outcome.MADE, right))
            continue
        differs = _apply(right, new, owner)
        new_periods = bool(new.periods) and _spans(right) != set(new.periods) and not _knows_its_end(right, new.periods)
        if differs:
            change.append(right)
        if new_periods:
            periods.append((right, new.periods))
        puts.append(Put(Outcome.CHANGED if differs or new_periods else Outcome.SAME, right))
    Right.objects.bulk_create(make)
    Right.objects.bulk_update(change, _FIELDS, batch_size=_ASK_AT_ONCE) if change else None
    _put_periods(periods)
    return puts


_FIELDS = [
    "name", "name_en", "owner", "classes", "goods", "applied_on", "granted_on", "industry", "place", "watched",
    "image_sha256", "details", "sought",
]  # fmt: skip


def _rights_there(newcomers: Sequence[NewRight]) -> dict[tuple[str, str], Right]:
    """Return the rights with these numbers, held to the transaction's end: what others add to their details is not lost."""
    found: dict[tuple[str, str], Right] = {}
    kinds = {new.kind for new in newcomers}
    for some in _slices(new.number for new in newcomers):
        rights = Right.objects.select_for_update(of=("self",)).filter(kind__in=kinds, number__in=some)
        rights = rights.select_related("owner").prefetch_related("periods")
        found |= {(right.kind, right.number): right for right in rights}
    return found


def _other(new: NewRight, right: Right | None) -> NumberOfAnother | None:
    """Return the fault of a newcomer whose number is that of quite another right."""
    if right is None or fold_equal(right.name, new.name) or _is_owner(new.owner, right.owner):
        return None
    return NumberOfAnother(number=new.number, owner=right.owner.name, name=right.name)


def _stays(new: NewRight, right: Right | None) -> bool:
    """Return whether a right stays with its owner. A file that names none, or no credit codes, does not move it."""
    return right is not None and (new.owner == UNKNOWN_OWNER or _is_owner(new.owner, right.owner))


def _is_owner(new: NewParty, owner: Party) -> bool:
    return new.uscc == owner.uscc if new.uscc and owner.uscc else fold_equal(new.name, owner.name)


def _told(new: NewRight) -> dict[str, object]:
    """Return the fields a newcomer tells of, by the model's names."""
    values = {
        "name": new.name, "name_en": new.name_en, "classes": list(new.classes), "goods": new.goods,
        "applied_on": new.applied_on, "granted_on": new.granted_on, "industry": new.industry, "place": new.place,
        "watched": new.watched, "image_sha256": new.image_sha256,
    }  # fmt: skip
    return {name: value for name, value in values.items() if value not in ("", None, [])}


def _made(new: NewRight, owner: Party) -> Right:
    right = Right(kind=new.kind, number=new.number, owner=owner, details=dict(new.details), **_told(new))
    right.sought = sought_text(right, owner.name)
    return right


def _apply(right: Right, new: NewRight, owner: Party) -> bool:
    """Take over what the newcomer tells of; return whether anything differs."""
    told = {**_told(new), "owner": owner, "details": {**right.details, **new.details}}
    differs = False
    for name, value in told.items():
        if getattr(right, name) != value:
            setattr(right, name, value)
            differs = True
    if differs:
        right.sought = sought_text(right)
    return differs


def _spans(right: Right) -> set[NewPeriod]:
    return {NewPeriod(p.status, p.from_day, p.to_day, p.reason) for p in right.periods.all()}


def _knows_its_end(right: Right, told: Sequence[NewPeriod]) -> bool:
    """Return whether the register holds an end for good that begins after all that is ``told``: then that is older."""
    last = max(right.periods.all(), key=lambda period: period.from_day, default=None)
    return last is not None and last.status in FOR_GOOD and all(period.since < last.from_day for period in told)


def _put_periods(told: Sequence[tuple[Right, Sequence[NewPeriod]]]) -> None:
    for some in _slices(str(right.pk) for right, _ in told):
        RightPeriod.objects.filter(right_id__in=some).delete()
    RightPeriod.objects.bulk_create(
        RightPeriod(right=right, status=p.status, from_day=p.since, to_day=p.until, reason=p.reason)
        for right, periods in told
        for p in periods
    )
