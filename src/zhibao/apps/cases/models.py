"""Dockets: matters, their proceedings, the events that are the record, and what was last derived from them.

Only ``Event`` is the truth. ``ClockRow`` and ``FindingRow`` are projections for looking up: they can be dropped and
rebuilt (``zhibao rebuild``), and a test holds them equal to what is derived afresh.
"""

import uuid

from django.db import models

from zhibao.apps.organs.models import Organ, Person


class Matter(models.Model):
    """案件: one set of facts, holding one or more proceedings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)  # M-2026-000412
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=6, db_index=True)
    opened_at = models.DateTimeField()
    head_seq = models.PositiveIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    derived_seq = models.PositiveIntegerField(default=0)  # the events the projections below were made from
    derived_pack = models.CharField(max_length=64, blank=True)
    next_due = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-opened_at", "number"]

    def __str__(self) -> str:
        return self.number


class Counter(models.Model):
    """The last number given out in one series, e.g. ``M-2026``. Locked while a number is taken, so numbers have no gaps."""

    series = models.CharField(primary_key=True, max_length=160)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"


class Proceeding(models.Model):
    """程序: one organ's handling of a matter under one procedure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="proceedings")
    procedure = models.CharField(max_length=24, db_index=True)  # an id in law/**/procedures
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="proceedings")
    number = models.CharField(max_length=60)  # the organ's own case number, 景市监立〔2026〕41号
    handler = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="proceedings")
    opened_at = models.DateTimeField()
    stage = models.CharField(max_length=40, blank=True)  # projection of the fold
    closed_at = models.DateTimeField(null=True, blank=True)  # projection of the fold

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="proceeding_number_once")]

    def __str__(self) -> str:
        return self.number


class Event(models.Model):
    """事项: something that happened. The database itself refuses to change or delete one.

    Events are found through their matter, or by when they were recorded; each further index would be one more page to
    write for every event, so there is none.
    """

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="events", db_index=False)
    kind = models.CharField(max_length=40)  # an id in law/**/events
    at = models.DateTimeField()  # when it happened
    recorded_at = models.DateTimeField()  # when it was written down
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", db_index=False)
    actor = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    data = models.JSONField(default=dict)
    exhibits = models.JSONField(default=list)  # exhibit ids
    law_pack = models.CharField(max_length=64)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["matter_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["matter", "seq"], name="event_seq_once")]
        indexes = [models.Index(fields=["recorded_at"])]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.seq} {self.kind}"


class ClockRow(models.Model):
    """期限: a derived clock, for lists by due day."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="clock_rows")
    proceeding = models.ForeignKey(Proceeding, models.CASCADE, related_name="clock_rows")
    clock = models.CharField(max_length=40)
    entry = models.PositiveIntegerField()  # the how-manieth start of this clock in this matter
    state = models.CharField(max_length=12, db_index=True)
    started = models.DateTimeField()
    due = models.DateTimeField(null=True, blank=True, db_index=True)  # the moment after which it is late
    organ = models.ForeignKey(
        Organ, models.CASCADE, null=True, related_name="clock_rows"
    )  # who owes it, if an organ does
    view = models.JSONField()  # the clock as CONTRACT prints it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "clock", "entry"], name="clock_once")]
        indexes = [models.Index(fields=["organ", "state", "due"])]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.clock} {self.entry}"


class FindingRow(models.Model):
    """监督发现: something a supervisor should look at, with the events and articles behind it."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="finding_rows")
    organ = models.ForeignKey(Organ, models.CASCADE, null=True, related_name="finding_rows")
    kind = models.CharField(max_length=40, db_index=True)
    key = models.CharField(max_length=120)  # what makes it the same finding when derived again
    since = models.DateField(db_index=True)
    weight = models.PositiveIntegerField()
    view = models.JSONField()

    class Meta:
        ordering = ["-weight", "since", "id"]
        constraints = [models.UniqueConstraint(fields=["matter", "key"], name="finding_once")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.key}"


class FindingAnswer(models.Model):
    """What a person said of a finding: right, wrong, and why. Kept beside the finding's key, so it outlives a rebuild."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="finding_answers")
    kind = models.CharField(max_length=40, db_index=True)  # kept here too: the finding itself may be gone
    key = models.CharField(max_length=120)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=8)  # right, wrong, answered
    why = models.CharField(max_length=500)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.key}: {self.verdict}"
