"""End a key."""

from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.errors import TokenNotFound
from zhibao.apps.organs.models import ApiToken, Person


def revoke_token(*, actor: Person, token_id: int, now: datetime) -> ApiToken:
    """End one of the actor's own tokens now; one that has ended stays as it is. Raises TokenNotFound."""
    with transaction.atomic():
        kept = ApiToken.objects.select_for_update().filter(pk=token_id, person=actor).first()
        if kept is None:
            raise TokenNotFound
        if kept.ends_at is None or kept.ends_at > now:
            kept.ends_at = now
            kept.save(update_fields=["ends_at"])
    return kept
