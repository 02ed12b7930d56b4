"""Imported texts of law with their articles, what law officers did about the law, and what of open matters the law may turn on.

``LawEvent`` is never changed or removed: the database itself refuses. ``MatterTrait`` is a projection that can be rebuilt.
"""

from django.db import models

from zhibao.apps.cases.models import Matter
from zhibao.apps.organs.models import Organ, Person


class LawText(models.Model):
    """法律文本: one file that was imported. The text of a law itself is outside copyright (著作权法第五条)."""

    CURRENT, REPLACED, UNMATCHED = "current", "replaced", "unmatched"

    state = models.CharField(max_length=10, db_index=True)
    instrument = models.CharField(max_length=80, blank=True, db_index=True)  # an id in law/**/instruments
    version = models.CharField(max_length=20, blank=True)  # of that instrument
    how = models.CharField(max_length=12, blank=True)  # told, number, title: by what it was given to that version
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=120, blank=True)  # 法释〔2025〕5号, as the head of the text has it
    adopted = models.DateField(null=True)  # last passed or amended on
    starts = models.DateField(null=True)  # in force from, as the text says
    unit = models.CharField(max_length=1)  # 条, or 点 where it counts by 一、二、
    preamble = models.TextField(blank=True)
    notes = models.JSONField(default=list)  # what looks odd: {line, zh, en}
    why = models.JSONField(default=dict)  # why it is unmatched, or what to know of its match: {code, zh, en}
    source_name = models.CharField(max_length=200)
    source = models.CharField(max_length=400, blank=True)  # where the file says it is from
    kind = models.CharField(max_length=10)  # markdown, word
    encoding = models.CharField(max_length=12, blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)  # of the file
    text_sha256 = models.CharField(max_length=64, db_index=True)  # of the articles, however the file was packed
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["title", "starts", "id"]
        indexes = [models.Index(fields=["instrument", "version", "state"])]

    def __str__(self) -> str:
        return f"{self.title} {self.version}".strip()


class LawArticle(models.Model):
    """条: one article of an imported text."""

    text = models.ForeignKey(LawText, models.CASCADE, related_name="articles")
    place = models.PositiveIntegerField()  # order in the text, from 1
    number = models.CharField(max_length=20)  # as citations write it: 60, 219-1, annex-2
    label = models.CharField(max_length=40)  # as people do: 第二百一十九条之一
    path = models.JSONField(default=list)  # 编、章、节 it stands under
    paragraphs = models.JSONField()  # [{"text": …, "items": [{"number": 1, "text": …}]}]
    body = models.TextField()  # all of it, a line each
    sought = models.TextField()  # folded for search: see texts/folding.py
    line = models.PositiveIntegerField()  # where it begins in the file

    class Meta:
        ordering = ["text_id", "place"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="law_article_once")]

    def __str__(self) -> str:
        return f"{self.text_id} {self.label}"


class LawEvent(models.Model):
    """法规事项: what was done about the law: a text imported, a value checked, a pack taken into use or refused."""

    IMPORTED, TOLD, CHECKED, ACTIVATED, REFUSED = (
        "text-imported", "text-told", "value-checked", "pack-activated", "pack-refused",
    )  # fmt: skip

    kind = models.CharField(max_length=20, db_index=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")  # None: the installation itself
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    subject = models.CharField(max_length=240, db_index=True)  # the value's id, the text's number, the pack's hash
    version = models.CharField(max_length=40, blank=True)  # the version's first day, or its id
    against = models.CharField(max_length=400, blank=True)  # what it was checked against
    verdict = models.CharField(max_length=10, blank=True)  # confirmed, differs
    note = models.CharField(max_length=1000, blank=True)
    law_pack = models.CharField(max_length=64)
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["kind", "subject", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class MatterTrait(models.Model):
    """What of an open matter the law may turn on: a kind of right or of act, or a limit its facts meet now. Derived."""

    RIGHT, ACT, LIMIT = "right", "act", "limit"

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8)
    value = models.CharField(max_length=80)  # the kind of right or act; for a limit the crime
    limit = models.CharField(max_length=80, blank=True)  # tier:limit, e.g. base:goods.gain
    cite = models.CharField(max_length=120, blank=True)  # of the limit, with its version

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "kind", "value", "limit", "cite"], name="matter_trait_once")
        ]
        indexes = [models.Index(fields=["kind", "value"]), models.Index(fields=["cite"])]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind} {self.value}"


class MatterRead(models.Model):
    """Up to which event, under which pack and as of which day the traits of a matter were derived."""

    matter = models.OneToOneField(Matter, models.CASCADE, primary_key=True, related_name="+")
    seq = models.PositiveIntegerField()
    law_pack = models.CharField(max_length=64)
    day = models.DateField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.seq}"
