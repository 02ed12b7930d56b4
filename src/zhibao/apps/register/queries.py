"""Rights found by words, and what was true of one on a day; imports and their rows to mend."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import BinaryIO

from django.db.models import Q, QuerySet

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.paging import Page, page_of
from zhibao.apps.register.access import access_import
from zhibao.apps.register.folding import fold_text
from zhibao.apps.register.models import ImportRow, ImportRun, Party, Right, RightPeriod
from zhibao.apps.register.workbook import write_rows_to_mend
from zhibao.kernel.labels import Label

_WORDS = {
    "pending": Label("申请中", "pending"),
    "in-force": Label("有效", "in force"),
    "suspended": Label("中止", "suspended"),
    "expired": Label("期满", "expired"),
    "cancelled": Label("已撤销", "cancelled"),
    "invalidated": Label("已宣告无效", "invalidated"),
    "not-yet": Label("当时还没有", "not yet in being"),
    "unknown": Label("未知", "unknown"),
}
_STEP = 2_000  # rows held at once while a long list is walked


@dataclass(frozen=True, slots=True)
class RightOn:
    """What was true of a right on a day: its status, since when and until when (both days included), and why."""

    status: str
    since: date | None
    until: date | None
    reason: Label

    @property
    def label(self) -> Label:
        """The status in words."""
        return _WORDS[self.status]

    @property
    def in_force(self) -> bool | None:
        """Whether it was in force; None where the register does not tell."""
        return None if self.status == "unknown" else self.status == "in-force"


@dataclass(frozen=True, slots=True)
class Found:
    """A right with what was true of it on the day that was asked for."""

    right: Right
    on: RightOn


def right_as_of(right: Right, day: date) -> RightOn:
    """Return what the register says of a right on ``day``. What it does not know is "unknown", not "not in force"."""
    periods = sorted(right.periods.all(), key=lambda period: period.from_day)
    if not periods:
        return RightOn(
            "unknown", None, None, Label("登记簿没有写它的起讫日期。", "The register does not hold its days.")
        )
    now = [p for p in periods if p.from_day <= day and (p.to_day is None or p.to_day >= day)]
    if now:
        return RightOn(now[-1].status, now[-1].from_day, now[-1].to_day, Label(now[-1].reason, now[-1].reason))
    before = [p for p in periods if p.to_day is not None and p.to_day < day]
    if not before:
        first = periods[0].from_day
        return RightOn("not-yet", None, first - timedelta(days=1), Label(f"{first} 起才有。", f"It begins on {first}."))
    return _after(before, [p for p in periods if p.from_day > day])


def _after(before: list[RightPeriod], later: list[RightPeriod]) -> RightOn:
    last = max(before, key=lambda period: period.to_day or period.from_day)
    end = last.to_day or last.from_day
    until = min((p.from_day for p in later), default=None)
    if last.status == "in-force" and until is None:
        said = Label(f"{end} 期满，登记簿里没有续展。", f"Its term ended on {end}; the register holds no renewal.")
        return RightOn("expired", end + timedelta(days=1), None, said)
    said = Label(f"登记簿在 {end} 以后没有写。", f"The register says nothing after {end}.")
    return RightOn("unknown", end + timedelta(days=1), until - timedelta(days=1) if until else None, said)


def rights_with(text: str = "", kind: str = "", *, in_force_on: date | None = None) -> QuerySet[Right]:
    """Return the rights whose name, number or owner contains every word of ``text``, folded; any length of word works."""
    rights = Right.objects.select_related("owner").prefetch_related("periods")
    if kind:
        rights = rights.filter(kind=kind)
    for word in fold_text(text).split():
        rights = rights.filter(sought__contains=word)
    if in_force_on:
        rights = rights.filter(pk__in=RightPeriod.objects.filter(_in_force(in_force_on)).values("right_id"))
    return rights


def _in_force(day: date) -> Q:
    return Q(status="in-force", from_day__lte=day) & (Q(to_day__isnull=True) | Q(to_day__gte=day))


def search_rights(
    person: Person,
    text: str = "",
    kind: str = "",
    *,
    as_of: date,
    in_force_only: bool = False,
    page: int = 1,
    size: int = 50,
) -> Page[Found]:
    """Return a page of rights found by words, each with what was true of it on ``as_of``. Raises DeedNotAllowed."""
    require(person, Deed.READ_REGISTER)
    rows = page_of(rights_with(text, kind, in_force_on=as_of if in_force_only else None), page, size)
    items = [Found(right, right_as_of(right, as_of)) for right in rows.items]
    return Page(items, rows.number, rows.size, rows.total)


def each_right(rights: QuerySet[Right]) -> Iterator[Right]:
    """Walk a long list of rights with few of them in memory at once."""
    return rights.iterator(chunk_size=_STEP)


def count_by_kind(person: Person) -> dict[str, int]:
    """Return how many rights of each kind there are."""
    require(person, Deed.READ_REGISTER)
    counts: dict[str, int] = {}
    for kind in Right.objects.order_by().values_list("kind", flat=True).distinct():
        counts[kind] = Right.objects.filter(kind=kind).count()
    return counts


def parties_with(person: Person, text: str, page: int = 1, size: int = 50) -> Page[Party]:
    """Return a page of parties by name or credit code. Raises DeedNotAllowed."""
    require(person, Deed.READ_REGISTER)
    plain = text.strip()
    found = Party.objects.filter(Q(name__contains=plain) | Q(uscc=plain.upper())) if plain else Party.objects.all()
    return page_of(found, page, size)


def rights_of(person: Person, party: Party) -> list[Right]:
    """Return a party's rights."""
    require(person, Deed.READ_REGISTER)
    return list(Right.objects.filter(owner=party).select_related("owner").prefetch_related("periods"))


def imports(person: Person, page: int = 1, size: int = 50) -> Page[ImportRun]:
    """Return the imports of the person's organ, newest first. Raises DeedNotAllowed."""
    require(person, Deed.REGISTER)
    return page_of(ImportRun.objects.filter(organ=person.organ).select_related("by"), page, size)


def bad_rows(
    person: Person, run_id: uuid.UUID | str, page: int = 1, size: int = 50, *, mended: bool = False
) -> Page[ImportRow]:
    """Return a page of an import's rows to mend (or those mended already). Raises ImportNotFound."""
    run = access_import(person, run_id)
    return page_of(ImportRow.objects.filter(run=run, mended_at__isnull=not mended), page, size)


def write_workbook(person: Person, run_id: uuid.UUID | str, out: BinaryIO) -> int:
    """Write an import's rows to mend as a workbook; return how many. Raises ImportNotFound."""
    run = access_import(person, run_id)
    return write_rows_to_mend(out, run.columns, ImportRow.objects.filter(run=run, mended_at=None))
