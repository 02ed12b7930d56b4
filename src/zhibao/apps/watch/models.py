"""What is sold, what of it resembles a right, and what is worth a person's time."""

import uuid

from django.db import models

from zhibao.apps.cases.models import Matter
from zhibao.apps.organs.models import Organ, Person
from zhibao.apps.register.models import Right


class Feed(models.Model):
    """来源: a stream of listings from one platform or market."""

    id = models.SlugField(primary_key=True, max_length=40)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.id


class Listing(models.Model):
    """商品信息: something offered."""

    id = models.BigAutoField(primary_key=True)
    feed = models.ForeignKey(Feed, models.PROTECT, related_name="listings")
    external_id = models.CharField(max_length=80)
    title = models.CharField(max_length=500)
    shop = models.CharField(max_length=120, blank=True, db_index=True)
    price_fen = models.BigIntegerField(null=True, blank=True)
    category = models.CharField(max_length=120, blank=True)
    url = models.CharField(max_length=500, blank=True)
    image_sha256 = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=6, blank=True)
    seen_at = models.DateTimeField()
    screened_with = models.CharField(
        max_length=64, blank=True
    )  # digest of the marks it was last held against; "" is not yet

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "external_id"], name="listing_once")]
        indexes = [models.Index(fields=["feed", "screened_with"])]

    def __str__(self) -> str:
        return self.title


class Lead(models.Model):
    """线索: a suspicion worth a person's time. One for each right and series (shop); a machine makes leads, a person a case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=20, unique=True)  # L-2026-001187
    source = models.CharField(max_length=12)  # watch, report, owner, organ
    right = models.ForeignKey(Right, models.PROTECT, null=True, blank=True, related_name="leads")
    series = models.CharField(max_length=160, blank=True)  # what holds its listings together: feed and shop
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)  # what the reporter said
    place = models.CharField(max_length=6, db_index=True)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="leads")  # whose desk it is on
    score = models.PositiveSmallIntegerField(default=0)  # only orders the list
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="new", db_index=True)  # new, kept, dismissed, authorised, opened
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, blank=True, related_name="leads")
    contact = models.CharField(max_length=120, blank=True)  # what the reporter left to be reached by; may be nothing
    claim_digest = models.CharField(max_length=64, blank=True, db_index=True)  # SHA-256 of the reporter's claim code

    class Meta:
        ordering = ["-score", "-raised_at", "number"]
        indexes = [models.Index(fields=["organ", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["right", "series"], condition=models.Q(source="watch"), name="lead_once_per_right_and_series"
            )
        ]

    def __str__(self) -> str:
        return self.number


class Hit(models.Model):
    """命中: a match of a listing against a right, with the place in the raw title and the reasons."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="hits")
    right = models.ForeignKey(Right, models.CASCADE, related_name="hits")
    lead = models.ForeignKey(Lead, models.SET_NULL, null=True, blank=True, related_name="hits")
    channel = models.CharField(max_length=16)
    start = models.PositiveSmallIntegerField()  # code points in the raw title
    end = models.PositiveSmallIntegerField()
    surface = models.CharField(max_length=200)
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField()

    class Meta:
        ordering = ["listing_id", "start", "end", "right_id", "channel"]
        constraints = [models.UniqueConstraint(fields=["listing", "right", "channel", "start", "end"], name="hit_once")]

    def __str__(self) -> str:
        return f"{self.surface} {self.channel}"


class LeadDecision(models.Model):
    """A person's answer to a lead. Undoing is a further row, so nothing is lost and the record of signals stays honest."""

    lead = models.ForeignKey(Lead, models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=12)  # like, unlike, authorised, shop-allowed, opened, undone
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.verdict}"
