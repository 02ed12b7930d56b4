"""Issue a key for a program."""

from datetime import datetime, timedelta

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.errors import BadTokenTerm
from zhibao.apps.organs.models import ApiToken, Person
from zhibao.apps.organs.tokens import digest_of, new_token

LONGEST = timedelta(days=366)  # a year: a forgotten key must not live for ever


def issue_token(*, actor: Person, name: str, ends_at: datetime | None = None, now: datetime) -> tuple[ApiToken, str]:
    """Return the kept token and its text, which is shown this once and not kept.

    Without ``ends_at`` it ends after a year. Raises BadTokenTerm, DeedNotAllowed.
    """
    require(actor, Deed.USE_API, actor)
    ends_at = ends_at or now + LONGEST
    if not now < ends_at <= now + LONGEST:
        raise BadTokenTerm(days=LONGEST.days, where="ends_at")
    text = new_token()
    with transaction.atomic():
        kept = ApiToken.objects.create(
            person=actor, name=name.strip()[:80], start=text[:10], digest=digest_of(text), made_at=now, ends_at=ends_at
        )
    return kept, text
