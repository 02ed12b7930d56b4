"""Keys for programs: how one looks, what of it is kept, and whose it is.

Knows no request; a door reads the header and passes the text.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from zhibao.apps.organs.errors import BadToken
from zhibao.apps.organs.models import ApiToken, Person

MARK = "zb_"  # lets scanners of leaked secrets know one
USED_EVERY = timedelta(minutes=5)  # a busy program would otherwise write with every request


def new_token() -> str:
    """Return a fresh token of 256 random bits."""
    return MARK + secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is kept of a token. 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_for(token: str, now: datetime) -> Person:
    """Return whose token this is; raises BadToken when it is unknown, ended, or its person's account is closed."""
    kept = ApiToken.objects.select_related("person__organ").filter(digest=digest_of(token)).first()
    if kept is None or (kept.ends_at is not None and kept.ends_at <= now) or not kept.person.is_active:
        raise BadToken
    if kept.last_used_at is None or now - kept.last_used_at >= USED_EVERY:
        ApiToken.objects.filter(pk=kept.pk).update(last_used_at=now)
    return kept.person
