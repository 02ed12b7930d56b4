"""Say whether a finding is right, and why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhibao.apps.cases.access import access_matter, may_answer
from zhibao.apps.cases.errors import BadVerdict, FindingNotFound, NoReason
from zhibao.apps.cases.models import FindingAnswer
from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person

VERDICTS = ("right", "wrong", "answered")


def answer_finding(
    *, actor: Person, matter_id: UUID | str, key: str, verdict: str, why: str, now: datetime, purpose: str = ""
) -> FindingAnswer:
    """Keep the actor's answer to the finding ``key`` beside it; earlier answers stay.

    The organ concerned, organs of its kind above it, and supervisors of its place answer. Raises ``FindingNotFound``, ``BadVerdict``, ``NoReason``,
    ``DeedNotAllowed``.
    """
    matter = access_matter(actor, matter_id, purpose, now=now)
    finding = matter.finding_rows.select_related("organ").filter(key=key).first()
    if finding is None:
        raise FindingNotFound(what=key)
    if not may_answer(actor, finding.organ):
        require(actor, Deed.ANSWER, finding.organ)
    if verdict not in VERDICTS:
        raise BadVerdict(where="verdict", verdict=verdict)
    if not why.strip():
        raise NoReason(where="why")
    with transaction.atomic():
        return FindingAnswer.objects.create(
            matter=matter, kind=finding.kind, key=key, by=actor, at=now, verdict=verdict, why=why.strip()[:500]
        )
