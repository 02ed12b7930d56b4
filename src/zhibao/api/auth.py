"""Who a request comes from: a bearer token, and how often it may come."""

import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from zhibao.api.errors import NoToken, TooManyRequests
from zhibao.apps.organs.models import Person
from zhibao.apps.organs.tokens import person_for

PER_MINUTE = 600  # requests of one person, counted by each server process
MINUTE = 60


class Bearer(HttpBearer):
    """``Authorization: Bearer …``; the person behind the token becomes ``request.auth``."""

    def __call__(self, request: HttpRequest) -> Person:
        return person_of(request)

    def authenticate(self, request: HttpRequest, token: str) -> Person:
        """Return whose token it is; raises BadToken."""
        del request
        return person_for(token, timezone.now())


def person_of(request: HttpRequest) -> Person:
    """Return whose request this is, having counted it; raises NoToken, BadToken or TooManyRequests.

    Both the idempotency front and the operation ask; the answer is kept with the request so that it is counted once.
    """
    known = getattr(request, "zhibao_person", None)
    if isinstance(known, Person):
        return known
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise NoToken
    person = person_for(token.strip(), timezone.now())
    _count(person.pk)
    request.zhibao_person = person  # type: ignore[attr-defined]  # kept for this request only
    return person


def _count(person_id: int) -> None:
    minute, second = divmod(int(time.time()), MINUTE)
    key = f"api-rate:{person_id}:{minute}"
    cache.add(key, 0, timeout=2 * MINUTE)
    if cache.incr(key) > PER_MINUTE:
        raise TooManyRequests(seconds=MINUTE - second)
