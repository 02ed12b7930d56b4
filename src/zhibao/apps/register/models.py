"""What is protected, for whom, and what was true of it on a day; and the imports that brought it in."""

import uuid

from django.db import models

from zhibao.apps.organs.models import Organ, Person


class Party(models.Model):
    """当事人: a company, shop, person or group. An identity number is kept only as a keyed hash."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12)  # company, shop, person, group, unknown
    name = models.CharField(max_length=200, db_index=True)
    name_en = models.CharField(max_length=200, blank=True)
    uscc = models.CharField(max_length=18, blank=True, db_index=True)
    id_hash = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=6, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, default="CN")
    ownership = models.CharField(max_length=12, blank=True)  # state, private, foreign, …; "" is unknown
    size = models.CharField(max_length=8, blank=True)  # micro, small, medium, large; "" is unknown

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Right(models.Model):
    """权利: anything protected. Whether it was in force on a day is answered from its periods."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=24, db_index=True)  # an id in law/**/rights
    number = models.CharField(max_length=60)  # registration, grant or recordal number
    name = models.CharField(max_length=300, db_index=True)  # the mark, the title
    name_en = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(Party, models.PROTECT, related_name="rights")
    classes = models.JSONField(default=list)  # Nice classes as integers, where the kind has them
    goods = models.TextField(blank=True)
    applied_on = models.DateField(null=True, blank=True)
    granted_on = models.DateField(null=True, blank=True)
    industry = models.CharField(max_length=24, blank=True)  # aviation, electronics, tcm, equipment, energy, materials
    place = models.CharField(max_length=6, blank=True)
    watched = models.BooleanField(default=False, db_index=True)
    image_sha256 = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)  # what only this kind of right has
    sought = models.TextField(
        blank=True
    )  # what a search looks through: name, number and owner, folded (store.sought_text)

    class Meta:
        ordering = ["kind", "number"]
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="right_number_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class RightPeriod(models.Model):
    """A span of days in which a right had one status; the last day is included, an open end is null."""

    right = models.ForeignKey(Right, models.CASCADE, related_name="periods")
    status = models.CharField(max_length=16)  # pending, in-force, suspended, expired, cancelled, invalidated
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["right_id", "from_day"]

    def __str__(self) -> str:
        return f"{self.status} {self.from_day} – {self.to_day or ''}"


class ImportRun(models.Model):
    """导入: one file brought in, with how far it came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    format = models.CharField(max_length=12, blank=True)  # csv, excel, st96, jsonl
    kind = models.CharField(max_length=24, default="trademark")  # what its rows are where the file has no such column
    encoding = models.CharField(max_length=12, blank=True)  # utf-8, utf-8-sig, gb18030: told from the bytes
    columns = models.JSONField(default=list)  # the file's own column heads, for the workbook of rows to mend
    started_at = models.DateTimeField()
    alive_at = models.DateTimeField(null=True, blank=True)  # when whoever reads it last said so
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, default="running")  # running, done, failed
    rows = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    problem = models.JSONField(null=True, blank=True)  # a whole-file problem, as the error's JSON in both languages

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.file_name} {self.started_at:%Y-%m-%d %H:%M}"


class ImportRow(models.Model):
    """A row that was not taken, with why, kept until it is mended and run again."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="bad_rows")
    number = models.PositiveIntegerField()  # the row's number in the file, as its user counts it
    raw = models.JSONField()
    problems = models.JSONField()  # [{code, column, zh, en, hint_zh, hint_en}]
    mended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run_id", "number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"
