"""今日: what I owe by due time, what I wait for, what happened since, and law about to change.

Knows the desk of one person; opens no matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.models import ClockRow
from zhibao.apps.cases.queries import LiveClock, by_nearness, live_clocks, owed, recent, waiting_for
from zhibao.apps.organs.access import Deed, can
from zhibao.apps.watch.desks import PROCEDURE
from zhibao.kernel.days import LEGAL_TZ, Calendar, legal_day
from zhibao.rules.instruments import Instrument, InstrumentVersion
from zhibao.web.clock_view import ClockView, view_of
from zhibao.web.desk import actor, desk, now
from zhibao.web.parts.ruler import deadline_ruler

SHOWN = 20  # rows of a group; the rest is one link away
ASIDE_SHOWN = 8
AHEAD = timedelta(days=120)  # how far ahead a change of law is worth a note


@dataclass(frozen=True, slots=True)
class Row:
    """A clock with the matter it stands in and the address of its next step."""

    row: ClockRow
    view: ClockView
    href: str
    record: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are near in the same way."""

    name: str
    rows: Sequence[Row]
    more: int = 0


def shown(rows: Iterable[ClockRow], alive: Mapping[int, LiveClock], moment: datetime) -> list[Row]:
    """Return the rows whose clock still stands, as the page shows them."""
    return [_row(row, alive[row.pk], moment) for row in rows if row.pk in alive]


def _row(row: ClockRow, live: LiveClock, moment: datetime) -> Row:
    number = {"number": row.matter.number}
    href = reverse("matter", kwargs=number)
    view = view_of(live.clock, live.events, moment, page=href, recompute=reverse("matter-events-json", kwargs=number))
    record = f"{reverse('record', kwargs=number)}?proceeding={row.proceeding_id}"
    return Row(row, view, href, f"{record}&kind={view.next_kind}" if view.next_kind else record)


def ruler_marks(rows: Iterable[Row], today: date, first: date) -> dict[date, list[str]]:
    """Return the tones of the clocks due on each day; what was due before the ruler begins stands on its first day."""
    marks: dict[date, list[str]] = defaultdict(list)
    for row in rows:
        if row.view.due_day is not None:
            marks[max(row.view.due_day, first) if row.view.due_day < today else row.view.due_day].append(row.view.tone)
    return marks


def coming_law(day: date) -> list[tuple[Instrument, InstrumentVersion]]:
    """Return the instruments of which a new text comes into force soon, nearest first."""
    found = [
        (instrument, version)
        for instrument in current_pack().instruments.values()
        for version in instrument.versions
        if day < version.span.first <= day + AHEAD
    ]
    return sorted(found, key=lambda pair: pair[1].span.first)


def last_worked(day: date, calendar: Calendar) -> date:
    """Return the last working day before ``day``."""
    before = day - timedelta(days=1)
    while not calendar.is_working(before):
        before -= timedelta(days=1)
    return before


@desk
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show the desk of the person."""
    person, moment = actor(request), now()
    mine = request.GET.get("mine") == "1"
    day, calendar = legal_day(moment), current_pack().calendar
    near = by_nearness(owed(person, mine_only=mine), moment)
    waiting = waiting_for(person, mine_only=mine)
    most = None if request.GET.get("all") == "1" else SHOWN
    parts = (
        (_("已逾期"), near.overdue),
        (_("今天"), near.today),
        (_("三天内"), near.soon),
        (_("以后"), near.later),
    )
    listed = [row for _name, part in parts for row in part[:most]]
    alive = live_clocks([*listed, *waiting[:ASIDE_SHOWN]], moment)
    groups = [
        Group(name, shown(part[:most], alive, moment), more=len(part[most:]) if most else 0) for name, part in parts
    ]
    rows = [row for group in groups for row in group.rows]
    first = last_worked(day, calendar)
    since = datetime.combine(first, time(), LEGAL_TZ)
    context = {
        "day": day,
        "mine": mine,
        "groups": [group for group in groups if group.rows],
        "total": len(near),
        "overdue": len(near.overdue),
        "ruler": deadline_ruler(day, ruler_marks(rows, day, first), calendar.is_working),
        "waiting": shown(waiting[:ASIDE_SHOWN], alive, moment),
        "waiting_more": max(len(waiting) - ASIDE_SHOWN, 0),
        "since": first,
        "recent": recent(person, since, ASIDE_SHOWN),
        "kinds": current_pack().event_kinds,
        "coming": coming_law(day),
        "may_triage": can(person, Deed.TRIAGE, person.organ) and PROCEDURE in person.organ.competences,
        "may_supervise": can(person, Deed.SUPERVISE),
    }
    return render(request, "web/today.html", context)


def _ics_text(text: str) -> str:
    """Escape text as RFC 5545 asks."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _ics_folded(line: str) -> str:
    """Fold a line at 73 octets, never inside a character (RFC 5545, 3.1)."""
    pieces, piece = [], ""
    for letter in line:
        if len((piece + letter).encode()) > 73:
            pieces.append(piece)
            piece = " "
        piece += letter
    return "\r\n".join([*pieces, piece])


def _ics_event(row: Row, stamp: str) -> list[str]:
    if row.view.due_day is None:
        return []
    following = row.view.due_day + timedelta(days=1)
    return [
        "BEGIN:VEVENT",
        f"UID:{row.row.matter_id}-{row.row.clock}-{row.row.entry}@zhibao",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{row.view.due_day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{following:%Y%m%d}",
        f"SUMMARY:{_ics_text(row.view.title)} · {_ics_text(row.row.proceeding.number)}",
        f"DESCRIPTION:{_ics_text(row.row.matter.title)}",
        "END:VEVENT",
    ]


@desk
@require_GET
def calendar_file(request: HttpRequest) -> HttpResponse:
    """Give the due days as a calendar file (RFC 5545)."""
    person, moment = actor(request), now()
    listed = owed(person, mine_only=request.GET.get("mine") == "1")
    rows = shown(listed, live_clocks(listed, moment), moment)
    stamp = f"{moment:%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//zhibao//deadlines//ZH"]
    lines += [line for row in rows for line in _ics_event(row, stamp)]
    text = "\r\n".join(_ics_folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="zhibao-deadlines.ics"'
    return answer
