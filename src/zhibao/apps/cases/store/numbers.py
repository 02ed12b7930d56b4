"""Numbers of record: without gaps, one series a year.

Knows how a number is taken and written, and which case numbers are taken; knows nothing else of what is numbered.
"""

from collections.abc import Container
from datetime import datetime

from django.db import transaction
from django.db.models import F

from zhibao.apps.cases.models import Counter, Proceeding
from zhibao.apps.organs.models import Organ
from zhibao.kernel.days import legal_day


def take_numbers(series: str, count: int = 1) -> range:
    """Return the next ``count`` numbers of ``series``, from 1.

    Must be called inside the transaction that uses them: the UPDATE locks the series until then, so that two officers
    never get the same number, and a transaction that is undone gives its numbers back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("take_numbers must be called inside the transaction that uses the numbers")
    if not Counter.objects.filter(series=series).update(last=F("last") + count):
        # Two at once: the second waits here for the first, keeps its row, and counts on from it.
        Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
        Counter.objects.filter(series=series).update(last=F("last") + count)
    last = Counter.objects.get(series=series).last
    return range(last - count + 1, last + 1)


def matter_number(at: datetime) -> str:
    """Return the next matter number of the legal year of ``at``: ``M-2026-000412``."""
    year = legal_day(at).year
    return f"M-{year}-{take_numbers(f'M-{year}')[0]:06d}"


def lead_numbers(at: datetime, count: int = 1) -> list[str]:
    """Return the next lead numbers of the legal year of ``at``: ``L-2026-001187``."""
    year = legal_day(at).year
    return [f"L-{year}-{number:06d}" for number in take_numbers(f"L-{year}", count)]


def proceeding_number(
    organ: Organ, procedure: str, word: str, at: datetime, *, unwritten: Container[tuple[str, str]] = ()
) -> str:
    """Return the organ's next case number under ``procedure``: ``景市监立〔2026〕41号``.

    ``word`` is the procedure's own word of record; an organ without a 字号 is named by its short name. A number that
    came in from elsewhere is passed over, as are the (organ, number) of ``unwritten``.
    """
    year = legal_day(at).year
    while True:
        count = take_numbers(f"{organ.pk}/{procedure}/{year}")[0]
        number = f"{organ.paper_word or organ.short_zh}{word}〔{year}〕{count}号"
        if (organ.pk, number) not in unwritten and not is_taken(organ, number):
            return number


def is_taken(organ: Organ, number: str) -> bool:
    """Return whether one of the organ's proceedings has this number."""
    return Proceeding.objects.filter(organ=organ, number=number).exists()
