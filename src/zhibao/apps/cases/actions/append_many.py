"""Bring in matters that were kept elsewhere, a thousand events to a transaction."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.cases.deriving import derive
from zhibao.apps.cases.errors import NumberTaken, ProceedingNotFound
from zhibao.apps.cases.incoming import Brought, IncomingEvent, IncomingMatter, IncomingProceeding, Refused
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import ClockRow, FindingRow, Matter, Proceeding
from zhibao.apps.cases.opening import procedure_at
from zhibao.apps.cases.store.numbers import is_taken, matter_number, proceeding_number
from zhibao.apps.cases.store.projections import clock_rows, finding_rows, stages
from zhibao.apps.cases.store.record import Step, join
from zhibao.apps.cases.store.rows import Addition, Head, insert_events
from zhibao.apps.cases.store.standings import guides
from zhibao.apps.cases.store.turns import turns
from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.errors import OrganNotFound, PersonNotFound
from zhibao.apps.organs.models import Organ, Person
from zhibao.docket.standing import Standing
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.places import PlaceCode
from zhibao.rules.pack import Pack

BATCH = 1000  # events to a transaction
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class _Ready:
    """A matter accepted whole, with all its rows, not yet written."""

    matter: Matter
    proceedings: tuple[Proceeding, ...]
    events: Addition
    clocks: list[ClockRow]
    findings: list[FindingRow]


def append_many(
    *,
    actor: Person,
    matters: Iterable[IncomingMatter],
    now: datetime,
    progress: Progress | None = None,
    total: int | None = None,
) -> Brought:
    """Bring in whole matters with all their events, each accepted as if recorded one by one, the chain included.

    A matter with anything wrong in it is refused whole and told in ``Brought.refused``; the others are kept. Each
    transaction holds whole matters of about a thousand events, so that stopping half way leaves no half matter.
    ``progress`` is told matters done and ``total``. The actor must be an administrator whose organ covers all organs
    named.
    """
    taken = _Intake(actor, current_pack(), now)
    done = 0
    for batch in _batches(matters):
        with turns.for_bulk(), transaction.atomic():
            taken.write(
                ready for place, matter in enumerate(batch, start=done) if (ready := taken.accept(place, matter))
            )
        done += len(batch)
        if progress is not None:
            progress(done, total)
    return Brought(taken.matters, taken.events, tuple(taken.refused))


def _batches(matters: Iterable[IncomingMatter]) -> Iterator[list[IncomingMatter]]:
    batch: list[IncomingMatter] = []
    size = 0
    for matter in matters:
        batch.append(matter)
        size += len(matter.events)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


class _Intake:
    """One import: organs and people looked up once, what was taken and what was refused."""

    def __init__(self, actor: Person, pack: Pack, now: datetime) -> None:
        self.actor = actor
        self.pack = pack
        self.now = now
        self.organs = {organ.pk: organ for organ in Organ.objects.all()}
        self.people = {person.username.lower(): person for person in Person.objects.select_related("organ")}
        self.matters = 0
        self.events = 0
        self.refused: list[Refused] = []
        self.numbers: set[tuple[str, str]] = set()  # organ and case number of what is accepted, written or not
        self.own_numbers: list[tuple[str, str]] = []  # those of the matter being read

    def accept(self, place: int, incoming: IncomingMatter) -> _Ready | None:
        """Return the matter ready to write, or note why it is refused; numbers it took are then given back."""
        self.own_numbers = []
        try:
            with transaction.atomic():
                return self._ready(incoming)
        except ZhibaoError as error:
            self.numbers.difference_update(self.own_numbers)
            self.refused.append(Refused(place, incoming.title, error))
            return None

    def _ready(self, incoming: IncomingMatter) -> _Ready:
        for organ_id in {proceeding.organ for proceeding in incoming.proceedings}:
            require(self.actor, Deed.FOUND, self._organ(organ_id))
        matter = Matter(
            id=incoming.id,
            number=matter_number(incoming.opened_at),
            title=incoming.title,
            place=PlaceCode.from_text(incoming.place).code,
            opened_at=incoming.opened_at,
        )
        proceedings = {one.id: self._proceeding(matter, one) for one in incoming.proceedings}
        standing = Standing(guides.of(self.pack))
        data: list[str] = []
        for event in incoming.events:
            data += self._join(matter.pk, standing, proceedings, event)
        events = tuple(standing.events)
        derived = derive(self.pack, events, now=self.now)
        matter.head_seq = matter.derived_seq = len(events)
        matter.head_hash = events[-1].hash if events else ""
        matter.derived_pack = self.pack.hash
        matter.next_due = derived.next_due
        for key, (stage, closed_at) in stages(derived).items():
            proceedings[key].stage, proceedings[key].closed_at = stage, closed_at
        return _Ready(
            matter,
            tuple(proceedings.values()),
            Addition(matter.pk, Head(0, ""), events, tuple(data)),
            clock_rows(matter, self.pack, derived),
            finding_rows(matter, self.pack, derived),
        )

    def _join(
        self, matter_id: UUID, standing: Standing, proceedings: dict[UUID, Proceeding], incoming: IncomingEvent
    ) -> tuple[str, ...]:
        place = f"events[{standing.seq}]"
        proceeding = proceedings.get(incoming.proceeding)
        if proceeding is None:
            raise ProceedingNotFound(where=f"{place}.proceeding", what=str(incoming.proceeding))
        step = Step(proceeding, incoming.kind, incoming.at, incoming.data, incoming.exhibits)
        recorded_at = incoming.recorded_at or incoming.at
        try:
            return join(matter_id, standing, (step,), actor=self._person(incoming.actor), now=recorded_at).data
        except ZhibaoError as error:
            error.where = f"{place} {error.where}".strip()
            raise

    def _proceeding(self, matter: Matter, incoming: IncomingProceeding) -> Proceeding:
        organ = self._organ(incoming.organ)
        law = procedure_at(self.pack, incoming.procedure, organ)
        number = incoming.number or proceeding_number(
            organ, incoming.procedure, law.word, incoming.opened_at, unwritten=self.numbers
        )
        if (organ.pk, number) in self.numbers or is_taken(organ, number):
            raise NumberTaken(where="number", organ_zh=organ.name_zh, organ_en=organ.name_en, number=number)
        self.numbers.add((organ.pk, number))
        self.own_numbers.append((organ.pk, number))
        return Proceeding(
            id=incoming.id,
            matter=matter,
            procedure=incoming.procedure,
            organ=organ,
            number=number,
            handler=self._person(incoming.handler) if incoming.handler else None,
            opened_at=incoming.opened_at,
        )

    def _organ(self, organ_id: str) -> Organ:
        if organ_id not in self.organs:
            raise OrganNotFound(organ=organ_id)
        return self.organs[organ_id]

    def _person(self, username: str) -> Person:
        person = self.people.get(username.lower())
        if person is None:
            raise PersonNotFound(person=username)
        return person

    def write(self, ready: Iterable[_Ready]) -> None:
        """Write all rows of one batch, a statement to a table."""
        batch = list(ready)
        Matter.objects.bulk_create(one.matter for one in batch)
        Proceeding.objects.bulk_create(proceeding for one in batch for proceeding in one.proceedings)
        insert_events([one.events for one in batch])
        ClockRow.objects.bulk_create(row for one in batch for row in one.clocks)
        FindingRow.objects.bulk_create(row for one in batch for row in one.findings)
        self.matters += len(batch)
        self.events += sum(len(one.events.events) for one in batch)
