"""Jobs, the times at which some are asked for by the clock, answers kept for programs that ask again, and
how often a public page was used from one address.

A job is *taken* under a lease that ends by itself. ``lease`` counts how often it was taken and is the fencing token:
only the taker who holds the current number may report on the job, so a worker thought dead cannot answer late.
"""

import uuid

from django.db import models

from zhibao.apps.organs.models import Person


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "已做完"
    FAILED = "failed", "没做成"


OPEN_STATES = (JobState.WAITING, JobState.RUNNING)


class Job(models.Model):
    """任务: something the machine is to do outside of a request."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)  # an id in kinds.py
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=120, blank=True)  # at most one open job for each kind and key
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")  # null: the clock
    asked_at = models.DateTimeField()
    run_after = models.DateTimeField()
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    worker = models.CharField(max_length=80, blank=True)  # who holds or last held the lease
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)  # how far it came, of ``total`` where that is known
    total = models.PositiveIntegerField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    problem = models.JSONField(null=True, blank=True)  # why the last attempt did not end well, in both languages

    class Meta:
        ordering = ["-asked_at", "id"]
        indexes = [models.Index(fields=["state", "run_after"]), models.Index(fields=["asked_by", "asked_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state__in=["waiting", "running"]) & ~models.Q(key=""),
                name="job_open_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Schedule(models.Model):
    """When a recurring job is due next. Moved on by compare-and-set, so that several workers ask for it once."""

    name = models.CharField(primary_key=True, max_length=40)
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """The answer to a request with an idempotency key, given again to whoever repeats the request."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, address and body
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.BinaryField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="kept_answer_once")]

    def __str__(self) -> str:
        return self.key


class Tally(models.Model):
    """How often one sender did something since a moment. The address itself is not kept, only a keyed digest of it."""

    sender = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)  # from then on counting begins anew

    def __str__(self) -> str:
        return self.sender[:12]
