"""The pack in use: what it is, the installation's own files, years of the calendar, golden cases, and how it changes."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from zhibao.api.auth import person_of
from zhibao.api.language import lang_of
from zhibao.api.law_answers import Day
from zhibao.api.law_coming import SHEET, sheet_answer
from zhibao.api.texts import Given
from zhibao.apps.library import queries
from zhibao.apps.library.actions.activate_pack import activate_pack
from zhibao.apps.library.actions.export_local_pack import export_local_pack
from zhibao.apps.library.actions.propose_calendar_year import propose_calendar_year
from zhibao.apps.library.actions.propose_case import propose_case
from zhibao.apps.library.actions.propose_file import propose_file
from zhibao.apps.library.actions.withdraw_file import withdraw_file
from zhibao.apps.library.case_trial import CaseResult, try_case
from zhibao.apps.library.changing import Proposal
from zhibao.apps.organs.law_trial import Complaint

router = Router(tags=["law"])
Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Content = Annotated[str, StringConstraints(max_length=1_048_576)]


class OldPackOut(Schema):
    """A pack that was in use."""

    hash: str
    since: str
    by: str
    why: str


class PackInUseOut(Schema):
    """The pack in use. ``since`` is null for a pack read as it was shipped."""

    law_pack: str
    since: str | None
    local_files: list[str]
    before: list[OldPackOut]
    may_change: bool


class ComplaintOut(Schema):
    """What keeps a pack out: code, file and line, sentence, how to mend it."""

    code: str
    where: str
    message: str
    hint: str


class TouchedOut(Schema):
    """An entry that the change makes new, other, or gone."""

    section: str
    id: str
    how: str


class ProposalOut(Schema):
    """What came of a proposed change. ``taken``: it is in use now; ``holds``: it could be."""

    taken: bool
    holds: bool
    law_pack: str
    cases: int
    complaints: list[ComplaintOut]
    touched: list[TouchedOut]
    content: str


class ActivationOut(Schema):
    """Whether the packs on disk are in use now."""

    activated: bool
    changed: bool
    law_pack: str
    cases: int
    complaints: list[ComplaintOut]


class FileIn(Given):
    """A law file of the installation's own. ``take`` false: only try it."""

    name: Name = Field(description="folder/name.yaml, such as deadlines/jx.file.yaml")
    content: Content
    take: bool = False


class CaseIn(Given):
    """Golden cases in YAML; the name begins with their kind, such as clocks-mine."""

    name: Name
    content: Content
    take: bool = False


class NameIn(Given):
    """One of the installation's own files."""

    name: Name
    take: bool = False


class YearIn(Given):
    """What a notice says of one year."""

    year: int = Field(ge=1900, le=2199)
    number: Annotated[str, StringConstraints(max_length=60)]
    official: Annotated[str, StringConstraints(max_length=300)]
    holidays: list[Day] = Field(max_length=366)
    makeup_workdays: list[Day] = Field(default_factory=list, max_length=366)
    confirmed: bool = False
    take: bool = False


class YearOut(Schema):
    """A year of the calendar."""

    year: int
    provisional: bool
    local: bool
    may_edit: bool
    notice: str | None
    holidays: list[date]
    makeup_workdays: list[date]


class FileOut(Schema):
    """A law file of the installation's own; empty where there is none of that name."""

    name: str
    content: str


class MismatchOut(Schema):
    """One expectation that does not hold."""

    where: str
    name: str
    want: str
    got: str


class CaseOut(Schema):
    """One golden case."""

    name: str
    where: str
    passed: bool
    mismatches: list[MismatchOut]
    faults: list[ComplaintOut]


class CaseTrialOut(Schema):
    """All of them. ``fault`` where the text cannot be read."""

    passed: bool
    fault: ComplaintOut | None
    results: list[CaseOut]


def _complaint_out(one: Complaint, lang: str) -> ComplaintOut:
    return ComplaintOut(**one.as_json(lang))


def _proposal_out(done: Proposal, lang: str) -> ProposalOut:
    return ProposalOut(
        taken=done.taken,
        holds=done.holds,
        law_pack=done.pack_hash,
        cases=done.cases,
        complaints=[_complaint_out(one, lang) for one in done.complaints],
        touched=[TouchedOut.from_orm(one) for one in done.touched],
        content=done.content,
    )


@router.get("/pack", response=PackInUseOut)
def read_pack_in_use(request: HttpRequest) -> PackInUseOut:
    """Tell which pack is in use, which were before, and which files this installation added."""
    found = queries.pack_in_use(person_of(request))
    return PackInUseOut(
        law_pack=found.pack.hash,
        since=found.since or None,
        local_files=list(found.local_files),
        before=[OldPackOut.from_orm(one) for one in found.before],
        may_change=found.may_change,
    )


@router.post("/pack/activate", response=ActivationOut)
def activate_packs(request: HttpRequest) -> ActivationOut:
    """Check the packs on disk and take them into use if they hold; a pack that does not never replaces the one in use."""
    done = activate_pack(actor=person_of(request), now=timezone.now())
    lang = lang_of(request)
    return ActivationOut(
        activated=done.activated,
        changed=done.changed,
        law_pack=done.pack_hash,
        cases=done.cases,
        complaints=[_complaint_out(one, lang) for one in done.complaints],
    )


@router.get("/pack/file", response=FileOut)
def read_local_file(request: HttpRequest, name: Annotated[str, Query(min_length=1, max_length=120)]) -> FileOut:
    """Tell one of the installation's own law files."""
    return FileOut(name=name, content=queries.local_file(person_of(request), name))


@router.post("/pack/files", response=ProposalOut)
def propose_law_file(request: HttpRequest, body: FileIn) -> ProposalOut:
    """Try a law file on a copy of the pack in use; with ``take``, take it into use if the pack holds and its golden cases come out."""
    done = propose_file(
        actor=person_of(request), name=body.name, content=body.content, take=body.take, now=timezone.now()
    )
    return _proposal_out(done, lang_of(request))


@router.post("/pack/withdrawals", response=ProposalOut)
def withdraw_law_file(request: HttpRequest, body: NameIn) -> ProposalOut:
    """Try the pack without one of the installation's own files; with ``take``, take it out."""
    done = withdraw_file(actor=person_of(request), name=body.name, take=body.take, now=timezone.now())
    return _proposal_out(done, lang_of(request))


@router.post("/pack/cases", response=ProposalOut)
def propose_golden_cases(request: HttpRequest, body: CaseIn) -> ProposalOut:
    """Keep golden cases in the installation's own layer, if they come out as written."""
    done = propose_case(
        actor=person_of(request), name=body.name, content=body.content, take=body.take, now=timezone.now()
    )
    return _proposal_out(done, lang_of(request))


def _case_out(one: CaseResult, lang: str) -> CaseOut:
    return CaseOut(
        name=one.name,
        where=one.where,
        passed=one.passed,
        mismatches=[MismatchOut.from_orm(each) for each in one.mismatches],
        faults=[_complaint_out(each, lang) for each in one.faults],
    )


@router.post("/pack/cases/try", response=CaseTrialOut)
def try_golden_cases(request: HttpRequest, body: CaseIn) -> CaseTrialOut:
    """Run golden cases on the pack in use and tell which come out; nothing is kept."""
    lang = lang_of(request)
    found = try_case(person_of(request), body.name, body.content)
    return CaseTrialOut(
        passed=found.passed,
        fault=_complaint_out(found.fault, lang) if found.fault else None,
        results=[_case_out(one, lang) for one in found.results],
    )


@router.get("/pack/years", response=list[YearOut])
def list_calendar_years(request: HttpRequest) -> list[YearOut]:
    """List the years of the calendar; a provisional one is computed, because no notice was published yet."""
    lang = lang_of(request)
    return [
        YearOut(
            year=one.year.year,
            provisional=one.provisional,
            local=one.local,
            may_edit=one.may_edit,
            notice=one.year.days.notice.say(lang) if one.year.days.notice else None,
            holidays=list(one.year.days.holidays),
            makeup_workdays=list(one.year.days.makeup_workdays),
        )
        for one in queries.calendar_years(person_of(request))
    ]


@router.post("/pack/years", response=ProposalOut)
def propose_year(request: HttpRequest, body: YearIn) -> ProposalOut:
    """Put a published notice in the place of the days computed for a year. What no year has had must be ``confirmed``."""
    done = propose_calendar_year(actor=person_of(request), now=timezone.now(), **body.dict())
    return _proposal_out(done, lang_of(request))


@router.get("/pack/export", response=None, openapi_extra=SHEET)
def export_own_files(request: HttpRequest) -> HttpResponse:
    """Give the installation's own law files as a zip, to be sent upstream."""
    return sheet_answer(export_local_pack(actor=person_of(request), now=timezone.now()), "law-local.zip")
