"""Matters as people ask for them: one matter and what follows from it, and lists by due time, text and place.

Knows what may stand in a list for whom; whether a matter may be opened is ``access_matter``'s to say.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from zhibao.apps.cases.access import visible_matters
from zhibao.apps.cases.deriving import Derived, derive
from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import ClockRow, Event, FindingAnswer, FindingRow, Matter, Proceeding
from zhibao.apps.cases.store import record
from zhibao.apps.organs.models import Person, Reading
from zhibao.apps.organs.paging import Page, page_of
from zhibao.apps.organs.queries import readings_of as organ_readings
from zhibao.docket.chain import ChainFault, check_chain
from zhibao.docket.clocks import Clock, clocks
from zhibao.docket.events import Event as DocketEvent
from zhibao.docket.facts import facts_of
from zhibao.docket.findings import Finding
from zhibao.docket.fold import MatterState, fold
from zhibao.kernel.days import LEGAL_TZ, legal_day
from zhibao.kernel.labels import Label
from zhibao.rules.answer import Assessment
from zhibao.rules.assess import assess

LATE_OR_RUNNING = ("running", "overdue")
SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class MatterFilters:
    """What a list of matters is narrowed to; what is left empty does not narrow it."""

    text: str = ""
    place: str = ""
    procedure: str = ""
    organ: str = ""
    state: str = ""  # open, closed, overdue, transferred
    mine: bool = False


@dataclass(frozen=True, slots=True)
class FindingFilters:
    """What a list of findings is narrowed to."""

    organ: str = ""
    kind: str = ""
    place: str = ""
    since: date | None = None
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed, by how near it is; each part by due time."""

    overdue: tuple[ClockRow, ...]
    today: tuple[ClockRow, ...]
    soon: tuple[ClockRow, ...]  # within three days
    later: tuple[ClockRow, ...]

    def __len__(self) -> int:
        return len(self.overdue) + len(self.today) + len(self.soon) + len(self.later)


@dataclass(frozen=True, slots=True)
class LiveClock:
    """A clock as it stands now, with its matter's events by number."""

    clock: Clock
    events: Mapping[int, DocketEvent]


@dataclass(frozen=True, slots=True)
class Counts:
    """The small numbers beside the sections of the bar."""

    owed: int  # overdue, today or within three days
    overdue: int
    matters: int  # open ones
    findings: int  # not yet answered


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How findings of one kind have fared: how many stand now, and what people said of them."""

    kind: str
    standing: int
    right: int
    wrong: int
    answered: int


# --- one matter -------------------------------------------------------------------------------------------------------


def events_of(matter: Matter) -> tuple[DocketEvent, ...]:
    """Return the events of the matter in the order of the record; one query."""
    return record.events_of(matter.pk)


def event_rows_of(matter: Matter) -> list[Event]:
    """Return the stored events, newest first, with the people and organs that recorded them; one query."""
    rows = Event.objects.filter(matter=matter).order_by("-seq")
    return list(rows.select_related("actor", "organ", "proceeding"))


def proceedings_of(matter: Matter) -> list[Proceeding]:
    """Return the matter's proceedings in order of opening, with organ and handler; one query."""
    return list(matter.proceedings.select_related("organ", "handler"))


def derived_of(matter: Matter, now: datetime) -> Derived:
    """Return state, assessment, clocks and findings at once, derived afresh; one query. The parts below are its parts."""
    return derive(current_pack(), events_of(matter), now=now)


def state_of(matter: Matter, now: datetime) -> MatterState:
    """Return what the events add up to."""
    return derived_of(matter, now).state


def clocks_of(matter: Matter, now: datetime) -> tuple[Clock, ...]:
    """Return every clock of the matter as it stands at ``now``."""
    return derived_of(matter, now).clocks


def findings_of(matter: Matter, now: datetime) -> tuple[Finding, ...]:
    """Return what a supervisor should look at in the matter."""
    return derived_of(matter, now).findings


def assessment_of(matter: Matter, today: date) -> Assessment:
    """Return what the law makes of what is proved so far, as judged on ``today``; raises a ``FactFault`` for what is missing."""
    pack = current_pack()
    return assess(pack, facts_of(pack, fold(pack, events_of(matter)), on=today), today=today)


def chain_of(matter: Matter) -> list[ChainFault]:
    """Return every link of the matter's chain that does not hold; none means the record is whole to its head."""
    events = events_of(matter)
    faults = check_chain(events)
    last = (events[-1].seq, events[-1].hash) if events else (0, "")
    if last != (matter.head_seq, matter.head_hash):
        says = Label("最后的事项与案件的记录头对不上。", "The last event is not the one the matter's head names.")
        faults.append(ChainFault(matter.head_seq, says))
    return faults


def answers_of(matter: Matter) -> dict[str, list[FindingAnswer]]:
    """Return what was said of the matter's findings, by finding key, oldest first."""
    found: dict[str, list[FindingAnswer]] = {}
    for answer in matter.finding_answers.select_related("by", "by__organ"):
        found.setdefault(answer.key, []).append(answer)
    return found


def readings_of(matter: Matter, number: int = 1) -> Page[Reading]:
    """Return who from outside the handling organs read the matter, and why; newest first."""
    return organ_readings("matter", [str(matter.pk)], number)


# --- lists ------------------------------------------------------------------------------------------------------------


def matters(person: Person, filters: MatterFilters | None = None, page: int = 1, size: int = 50) -> Page[Matter]:
    """Return a page of the matters ``person`` may know of, newest first, with their proceedings; three queries."""
    wanted = filters or MatterFilters()
    rows = _narrow(visible_matters(person), person, wanted)
    proceedings = Proceeding.objects.select_related("organ", "handler")
    return page_of(rows.prefetch_related(Prefetch("proceedings", proceedings)), page, size)


def _narrow(rows: "QuerySet[Matter]", person: Person, wanted: MatterFilters) -> "QuerySet[Matter]":
    held = Proceeding.objects.filter(matter=OuterRef("pk"))
    if wanted.text:
        numbered = Exists(held.filter(number__icontains=wanted.text))
        rows = rows.filter(Q(title__icontains=wanted.text) | Q(number__icontains=wanted.text) | numbered)
    if wanted.place:
        rows = rows.filter(place__startswith=wanted.place.rstrip("0") if wanted.place.endswith("00") else wanted.place)
    if wanted.procedure:
        rows = rows.filter(Exists(held.filter(procedure=wanted.procedure)))
    if wanted.organ:
        rows = rows.filter(Exists(held.filter(organ_id=wanted.organ)))
    if wanted.mine:
        rows = rows.filter(Exists(held.filter(handler=person)))
    if wanted.state == "open":
        rows = rows.filter(Exists(held.filter(closed_at=None)))
    elif wanted.state == "closed":
        rows = rows.exclude(Exists(held.filter(closed_at=None)))
    elif wanted.state == "overdue":
        rows = rows.filter(Exists(ClockRow.objects.filter(matter=OuterRef("pk"), state="overdue")))
    elif wanted.state == "transferred":
        rows = rows.filter(Exists(Event.objects.filter(matter=OuterRef("pk"), kind="handed-over")))
    return rows


def owed(person: Person, *, mine_only: bool = False) -> list[ClockRow]:
    """Return the clocks the person's organ owes (or those in the person's own proceedings), by due time; one query."""
    rows = _open_clocks().filter(organ_id=person.organ_id)
    if mine_only:
        rows = rows.filter(proceeding__handler=person)
    return list(rows)


def waiting_for(person: Person, *, mine_only: bool = False) -> list[ClockRow]:
    """Return the clocks others owe in matters the person's organ (or the person) has a hand in; one query."""
    held = Proceeding.objects.filter(organ_id=person.organ_id)
    if mine_only:
        held = held.filter(handler=person)
    rows = _open_clocks().filter(matter_id__in=held.values("matter_id"))
    return list(rows.filter(Q(organ=None) | ~Q(organ_id=person.organ_id)))


def _open_clocks() -> "QuerySet[ClockRow]":
    rows = ClockRow.objects.filter(state__in=LATE_OR_RUNNING, due__isnull=False)
    return rows.select_related("matter", "proceeding", "proceeding__organ", "proceeding__handler", "organ").order_by(
        "due", "matter_id", "clock", "entry"
    )


def by_nearness(rows: Iterable[ClockRow], now: datetime) -> Owed:
    """Put clocks into overdue, today, within three days, and later; a step in the very last instant is in time."""
    parts: dict[str, list[ClockRow]] = {"overdue": [], "today": [], "soon": [], "later": []}
    today = legal_day(now)
    for row in rows:
        parts[_nearness(row, now, today)].append(row)
    return Owed(**{name: tuple(part) for name, part in parts.items()})


def _nearness(row: ClockRow, now: datetime, today: date) -> str:
    if row.due is None:
        return "later"
    if row.due <= now:
        return "overdue"
    last = legal_day(row.due - timedelta(microseconds=1))  # due is the first instant that is too late
    if last <= today:
        return "today"
    return "soon" if last <= today + SOON else "later"


def live_clocks(rows: Iterable[ClockRow], now: datetime) -> dict[int, LiveClock]:
    """Return the clock behind each row as it stands at ``now``, with what of it is used; one query for all matters.

    A row whose clock no longer stands (it is about to be refreshed) is left out.
    """
    listed = list(rows)
    pack = current_pack()
    alive: dict[tuple[UUID, str, int], LiveClock] = {}
    for matter, recorded in record.events_of_many({row.matter_id for row in listed}).items():
        by_seq = {event.seq: event for event in recorded}
        for clock in clocks(pack, recorded, now=now):
            alive[matter, clock.id, clock.entry] = LiveClock(clock, by_seq)
    keys = {row.pk: (row.matter_id, row.clock, row.entry) for row in listed}
    return {pk: alive[key] for pk, key in keys.items() if key in alive}


def findings(person: Person, filters: FindingFilters | None = None, page: int = 1, size: int = 50) -> Page[FindingRow]:
    """Return a page of the findings in matters ``person`` may know of, heaviest first; two queries."""
    wanted = filters or FindingFilters()
    rows = FindingRow.objects.filter(matter__in=visible_matters(person)).select_related("matter", "organ")
    if wanted.organ:
        rows = rows.filter(organ_id=wanted.organ)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.place:
        rows = rows.filter(matter__place__startswith=wanted.place.rstrip("0"))
    if wanted.since:
        rows = rows.filter(since__gte=wanted.since)
    if wanted.unanswered:
        rows = rows.exclude(_answered())
    return page_of(rows, page, size)


def _answered() -> Exists:
    return Exists(FindingAnswer.objects.filter(matter=OuterRef("matter"), key=OuterRef("key")))


def finding_accuracy(person: Person) -> list[Accuracy]:
    """Return for each kind how many findings stand and what was last said of each that was answered; two queries."""
    seen = visible_matters(person)
    standing = dict(FindingRow.objects.filter(matter__in=seen).order_by().values_list("kind").annotate(Count("pk")))
    last: dict[tuple[UUID, str], tuple[str, str]] = {}
    for answer in FindingAnswer.objects.filter(matter__in=seen).order_by("at", "id"):
        last[answer.matter_id, answer.key] = (answer.kind, answer.verdict)
    said = list(last.values())
    return [
        Accuracy(
            kind=kind,
            standing=standing.get(kind, 0),
            right=said.count((kind, "right")),
            wrong=said.count((kind, "wrong")),
            answered=sum(1 for one, _verdict in said if one == kind),
        )
        for kind in sorted({*standing, *(kind for kind, _verdict in said)})
    ]


def recent(person: Person, since: datetime, limit: int = 50) -> list[Event]:
    """Return what others have recorded since ``since`` in matters the person may know of, newest first; one query."""
    rows = Event.objects.filter(matter__in=visible_matters(person), recorded_at__gt=since).exclude(actor=person)
    rows = rows.select_related("matter", "actor", "organ", "proceeding")
    return list(rows.order_by("-recorded_at", "-id")[:limit])


def counts(person: Person, now: datetime) -> Counts:
    """Return the numbers for the bar; three queries."""
    seen = visible_matters(person)
    dues = ClockRow.objects.filter(organ_id=person.organ_id, state__in=LATE_OR_RUNNING, due__isnull=False)
    near = datetime.combine(legal_day(now) + SOON + timedelta(days=1), time(), LEGAL_TZ)
    near_ones = dues.aggregate(owed=Count("pk", filter=Q(due__lte=near)), overdue=Count("pk", filter=Q(due__lte=now)))
    open_ones = seen.filter(Exists(Proceeding.objects.filter(matter=OuterRef("pk"), closed_at=None))).count()
    unanswered = FindingRow.objects.filter(matter__in=seen).exclude(_answered()).count()
    return Counts(owed=near_ones["owed"], overdue=near_ones["overdue"], matters=open_ones, findings=unanswered)
