"""Bring what the library knows of open matters up to date: kinds of right and act, and the limits their facts meet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import Matter, Proceeding
from zhibao.apps.cases.store.record import events_of_many
from zhibao.apps.library.models import MatterRead, MatterTrait
from zhibao.docket.events import Event
from zhibao.docket.facts import facts_of
from zhibao.docket.fold import fold
from zhibao.kernel.days import legal_day
from zhibao.rules.assess import assess
from zhibao.rules.errors import FactFault
from zhibao.rules.pack import Pack

CHUNK = 200  # matters read and written at once
Progress = Callable[[int, int | None], None]
Trait = tuple[str, str, str, str]  # kind, value, limit, cite


def refresh_traits(*, now: datetime, progress: Progress | None = None) -> int:
    """Derive afresh every open matter with new events, under another pack, or across a day that begins a version; return how many.

    Done by the system beside the sweep: no actor is asked. Running it again at the same moment finds nothing to do.
    """
    pack = current_pack()
    today = legal_day(now)
    _forget_closed()
    ids = list(_stale(pack, today).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        with transaction.atomic():
            heads = dict(Matter.objects.select_for_update().filter(pk__in=chunk).values_list("pk", "head_seq"))
            _bring(pack, heads, events_of_many(heads), today)
        if progress is not None:
            progress(start + len(chunk), len(ids))
    return len(ids)


def _stale(pack: Pack, today: date) -> QuerySet[Matter]:
    held = Exists(Proceeding.objects.filter(matter=OuterRef("pk"), closed_at=None))
    read = MatterRead.objects.filter(matter=OuterRef("pk"), law_pack=pack.hash, day__gte=last_turn(pack, today))
    current = Exists(read.filter(seq=OuterRef("head_seq")))
    return Matter.objects.filter(held).exclude(current)


def last_turn(pack: Pack, today: date) -> date:
    """Return the last day up to ``today`` on which a version of a crime's limits or penalties began: judging is by day."""
    days = [day for offence in pack.offences.values() for one in offence.versions for day in one.turning_days()]
    return max((day for day in days if day <= today), default=date.min)


def _forget_closed() -> None:
    open_ones = Exists(Proceeding.objects.filter(matter=OuterRef("matter"), closed_at=None))
    for table in (MatterTrait, MatterRead):
        table.objects.exclude(open_ones).delete()


def _bring(pack: Pack, heads: dict[UUID, int], events: Mapping[UUID, Sequence[Event]], today: date) -> None:
    stored: dict[UUID, dict[Trait, int]] = {pk: {} for pk in heads}
    for row in MatterTrait.objects.filter(matter_id__in=list(heads)):
        stored[row.matter_id][row.kind, row.value, row.limit, row.cite] = row.pk
    gone: list[int] = []
    new: list[MatterTrait] = []
    for pk in heads:
        wanted = set(traits_of(pack, events[pk], today))
        gone += [key for trait, key in stored[pk].items() if trait not in wanted]
        new += [_row(pk, trait) for trait in sorted(wanted - stored[pk].keys())]
    MatterTrait.objects.filter(pk__in=gone).delete()
    MatterTrait.objects.bulk_create(new)
    reads = [MatterRead(matter_id=pk, seq=seq, law_pack=pack.hash, day=today) for pk, seq in heads.items()]
    MatterRead.objects.bulk_create(
        reads, update_conflicts=True, unique_fields=["matter"], update_fields=["seq", "law_pack", "day"]
    )


def _row(matter: UUID, trait: Trait) -> MatterTrait:
    kind, value, limit, cite = trait
    return MatterTrait(matter_id=matter, kind=kind, value=value, limit=limit, cite=cite)


def traits_of(pack: Pack, events: Sequence[Event], today: date) -> Iterable[Trait]:
    """Return the traits of one matter as its events stand, judged on ``today``."""
    state = fold(pack, events)
    found = {(MatterTrait.RIGHT, right.kind, "", "") for right in state.rights}
    found |= {(MatterTrait.ACT, act.kind, "", "") for act in state.acts}
    if not state.acts:
        return found
    try:
        judged = assess(pack, facts_of(pack, state, on=today), today=today)
    except FactFault:
        return found  # what is recorded so far cannot be assessed: then no limit is met yet
    for answer in judged.offences:
        for tested in answer.outcome.tested:
            if tested.why.truth:
                limit = f"{tested.tier}:{tested.limit.id}"
                found |= {(MatterTrait.LIMIT, answer.offence.id, limit, cite.to_text()) for cite in tested.limit.cites}
    return found
