"""Numbers of record: without gaps, one series a year.

Knows how a number is taken and written; knows nothing of what is numbered.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from zhibao.apps.cases.models import Counter
from zhibao.apps.organs.models import Organ
from zhibao.kernel.days import legal_day


def take_number(series: str) -> int:
    """Return the next number of ``series``, from 1.

    Must be called inside the transaction that uses it: the UPDATE locks the series until then, so that two officers
    never get the same number, and a transaction that is undone gives its number back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("take_number must be called inside the transaction that uses the number")
    if not Counter.objects.filter(series=series).update(last=F("last") + 1):
        # Two at once: the second waits for the first here, keeps its row, and counts on from it.
        Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
        Counter.objects.filter(series=series).update(last=F("last") + 1)
    return Counter.objects.get(series=series).last


def matter_number(at: datetime) -> str:
    """Return the next matter number of the legal year of ``at``: ``M-2026-000412``."""
    year = legal_day(at).year
    return f"M-{year}-{take_number(f'M-{year}'):06d}"


def lead_number(at: datetime) -> str:
    """Return the next lead number of the legal year of ``at``: ``L-2026-001187``."""
    year = legal_day(at).year
    return f"L-{year}-{take_number(f'L-{year}'):06d}"


def proceeding_number(organ: Organ, procedure: str, word: str, at: datetime) -> str:
    """Return the organ's next case number under ``procedure``: ``景市监立〔2026〕41号``.

    ``word`` is the procedure's own character of record; an organ without a 字号 is named by its short name.
    """
    year = legal_day(at).year
    count = take_number(f"{organ.pk}/{procedure}/{year}")
    return f"{organ.paper_word or organ.short_zh}{word}〔{year}〕{count}号"
