"""Stored evidence: files by their digest, what each is kept for, and who had it in hand."""

import uuid

from django.db import models

from zhibao.apps.organs.models import Organ, Person


class Blob(models.Model):
    """A file's bytes, kept once under its SHA-256."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    sm3 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)  # told from the bytes, not from the name
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Exhibit(models.Model):
    """证据: something kept as proof, with where it came from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter_id = models.UUIDField(null=True, blank=True, db_index=True)  # cases stand above the vault
    number = models.PositiveIntegerField()  # … within the matter
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="exhibits")
    name = models.CharField(max_length=255)
    origin = models.CharField(max_length=300)  # how and where it was obtained, in words
    captured_at = models.DateTimeField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proves = models.JSONField(default=list)  # ids of elements it proves
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["matter_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["matter_id", "number"], name="exhibit_number_once"),
            models.UniqueConstraint(
                fields=["organ", "number"],
                condition=models.Q(matter_id=None),
                name="exhibit_number_once_without_matter",
            ),
        ]

    def __str__(self) -> str:
        return f"X-{self.number} {self.name}"


class Custody(models.Model):
    """保管: one step of an exhibit's custody, chained to the step before. Never edited."""

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="custody")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)  # received, viewed, copied, sealed, handed-over, returned, destroyed
    at = models.DateTimeField()
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["exhibit_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["exhibit", "seq"], name="custody_once")]

    def __str__(self) -> str:
        return f"{self.exhibit_id} {self.seq} {self.kind}"


class LogLeaf(models.Model):
    """One entry of the evidence log: an append-only Merkle tree, kept once in each hash (RFC 6962)."""

    index = models.PositiveBigIntegerField(primary_key=True)  # counts from 0, without gaps
    record = models.BinaryField()  # the leaf's bytes; digests and ids only, never anything about a person
    sha256 = models.CharField(max_length=64)  # leaf hashes, with the 0x00 prefix
    sm3 = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["index"]

    def __str__(self) -> str:
        return f"{self.index}"


class Sealing(models.Model):
    """封存: a bundle made of exhibits on one day, itself kept as a file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter_id = models.UUIDField(null=True, blank=True, db_index=True)
    exhibits = models.ManyToManyField(Exhibit, related_name="sealings")
    bundle = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    tree_size = models.PositiveBigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "id"]

    def __str__(self) -> str:
        return f"{self.pk}"
