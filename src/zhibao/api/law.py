"""The law pack this installation decides under, and what follows from it for facts and events that are sent."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Body, Query, Router, Schema
from pydantic import Field

from zhibao.api.language import lang_of
from zhibao.api.paging import Listed, PageIn, PageQuery, S, listed
from zhibao.api.texts import Json
from zhibao.apps.cases.law import current_pack
from zhibao.apps.organs.paging import Page
from zhibao.docket.given import clocks_json
from zhibao.kernel.days import legal_day
from zhibao.rules.assess import assess
from zhibao.rules.describe import describe
from zhibao.rules.instruments import Instrument

router = Router(tags=["law"])


class VersionOut(Schema):
    """One text of an instrument; both days included."""

    id: str
    number: str
    first_day: date
    last_day: date | None
    official: str = Field(description="Address of the official text.")
    checked_on: date | None
    confidence: str


class InstrumentOut(Schema):
    """A statute, regulation or interpretation."""

    id: str
    title: str
    short: str
    number: str
    kind: str
    issuer: list[str]
    versions: list[VersionOut]


class EntryOut(Schema):
    """An entry that has an id of its own."""

    section: str
    id: str


class PackOut(Schema):
    """Which law pack is in force here."""

    law_pack: str
    instruments: int
    offences: int
    deadlines: int
    procedures: int
    rights: int


def instrument_out(instrument: Instrument, lang: str) -> InstrumentOut:
    """Return an instrument as it goes out."""
    return InstrumentOut(
        id=instrument.id,
        title=instrument.title.say(lang),
        short=instrument.short.say(lang),
        number=instrument.number,
        kind=instrument.kind,
        issuer=list(instrument.issuer),
        versions=[
            VersionOut(
                id=version.id,
                number=version.number,
                first_day=version.span.first,
                last_day=version.span.last,
                official=version.official,
                checked_on=version.checked_on,
                confidence=str(version.checked_against),
            )
            for version in instrument.versions
        ],
    )


@router.get("", response=PackOut)
def read_pack(request: HttpRequest) -> PackOut:
    """Tell the hash of the law pack and how much it holds. The same hash gives the same answers anywhere."""
    del request
    pack = current_pack()
    counts = {
        name: len(getattr(pack, name)) for name in ("instruments", "offences", "deadlines", "procedures", "rights")
    }
    return PackOut(law_pack=pack.hash, **counts)


@router.get("/instruments", response=Listed[InstrumentOut])
def list_instruments(
    request: HttpRequest, paging: PageQuery, on: Annotated[date | None, Query()] = None
) -> Listed[InstrumentOut]:
    """List the instruments; with a day, only those in force on it."""
    lang = lang_of(request)
    found = [one for one in current_pack().instruments.values() if on is None or one.on(on) is not None]
    return _paged(request, [instrument_out(one, lang) for one in sorted(found, key=lambda one: one.id)], paging)


Section = Annotated[str, Query(max_length=40, description="Such as deadlines, offences, penalties, remedies, values.")]


@router.get("/entries", response=Listed[EntryOut])
def list_entries(request: HttpRequest, paging: PageQuery, section: Section = "") -> Listed[EntryOut]:
    """List the ids of all entries: crimes, clocks, procedures, event kinds, rights, organs, places."""
    found = [EntryOut(section=name, id=entry.id) for name, entry in current_pack().entries() if section in {"", name}]
    return _paged(request, found, paging)


def _paged(request: HttpRequest, found: list[S], paging: PageIn) -> Listed[S]:
    start = (paging.page - 1) * paging.size
    page = Page(found[start : start + paging.size], paging.page, paging.size, len(found))
    return listed(request, page, lambda one: one)


@router.get("/entries/{path:entry_id}", response=Json)
def read_entry(request: HttpRequest, entry_id: str, on: Annotated[date | None, Query()] = None) -> Json:
    """Tell one entry (``id``, or ``section/id`` where two sections share one), as of a day or through all its versions."""
    return dict(describe(current_pack(), entry_id, lang_of(request), on))


@router.post("/assess", response=Json)
def assess_facts(request: HttpRequest, facts: Annotated[Json, Body()]) -> Json:
    """Hold facts against the criminal limits; the shape of facts and answer is that of ``zhibao law assess``."""
    return dict(assess(current_pack(), facts, today=legal_day(timezone.now())).as_json(lang_of(request)))


@router.post("/clocks", response=Json)
def derive_clocks(request: HttpRequest, events: Annotated[Json, Body()]) -> Json:
    """Derive the clocks of a list of events; the shape of both is that of ``zhibao law clocks``."""
    return clocks_json(current_pack(), events, now=timezone.now(), lang=lang_of(request))
