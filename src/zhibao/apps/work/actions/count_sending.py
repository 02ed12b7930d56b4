"""Count what comes from one address, for pages that anyone may use."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from zhibao.apps.work.models import Tally

AN_HOUR = timedelta(hours=1)


def count_sending(*, what: str, address: str, now: datetime) -> int:
    """Count one more and return how often ``address`` did ``what`` within an hour of its first time.

    The count stands in the database, so that every process of the server and every restart goes by the same one; the
    address does not: a digest under the installation's key is all that is kept, and only until the hour is over.
    """
    sender = salted_hmac("zhibao.work.tally", f"{what} {address}", algorithm="sha256").hexdigest()
    return _one_more(sender, now) or _begin(sender, now) or _one_more(sender, now)


def _one_more(sender: str, now: datetime) -> int:
    running = Tally.objects.filter(sender=sender, ends_at__gt=now)
    return running.values_list("count", flat=True).get() if running.update(count=F("count") + 1) else 0


def _begin(sender: str, now: datetime) -> int:
    """Begin at one; 0 where another request of the same sender has just begun."""
    ends = now + AN_HOUR
    if Tally.objects.filter(sender=sender, ends_at__lte=now).update(count=1, ends_at=ends):
        return 1
    try:
        with transaction.atomic():
            Tally.objects.create(sender=sender, count=1, ends_at=ends)
    except IntegrityError:
        return 0
    return 1
