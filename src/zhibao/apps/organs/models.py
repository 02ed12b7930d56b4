"""Agencies and the people who work in them.

Places are GB/T 2260 codes; their names, and the kinds of organ with what each may handle, are data of the law pack.
"""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Role(models.TextChoices):
    """What a person does in their organ; what that permits is decided in ``access.py``."""

    HANDLER = "handler", "承办"
    HEAD = "head", "负责人"
    REGISTRAR = "registrar", "登记"
    ANALYST = "analyst", "监测"
    SUPERVISOR = "supervisor", "监督"
    LAW_OFFICER = "law-officer", "法规"
    ADMIN = "admin", "管理"


class Organ(models.Model):
    """机关: an agency, police body, procuratorate, court, customs, centre, mediation body or supervisor."""

    id = models.SlugField(primary_key=True, max_length=80)  # e.g. jx-360200-market-regulation
    kind = models.CharField(max_length=40, db_index=True)  # an id in law/**/organs
    level = models.CharField(max_length=12)  # country, province, city, county: told by the place
    place = models.CharField(max_length=6, db_index=True)  # GB/T 2260
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=200)
    short_zh = models.CharField(max_length=40)
    short_en = models.CharField(max_length=80)
    paper_word = models.CharField(max_length=12, blank=True)  # 字号 that opens its papers' numbers, e.g. 景市监
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    competences = models.JSONField(default=list)  # procedure ids this organ may handle

    class Meta:
        ordering = ["place", "kind", "id"]

    def __str__(self) -> str:
        return self.name_zh


class PersonManager(BaseUserManager["Person"]):
    """Finds people by log-in name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """人员: somebody who logs in, for one organ, with one or more roles."""

    username = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=100)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="people")
    roles = models.JSONField(default=list)  # Role values
    language = models.CharField(max_length=2, default="zh", choices=[("zh", "中文"), ("en", "English")])
    single_keys = models.BooleanField(default=True)  # single-key shortcuts can be turned off
    is_active = models.BooleanField(default=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["organ_id", "username"]

    def __str__(self) -> str:
        return self.name_zh

    def has_role(self, *roles: str) -> bool:
        """Return whether the person has at least one of ``roles``."""
        return any(role in self.roles for role in roles)


class Reading(models.Model):
    """阅卷记录: who read what, when and why. Supervisors must give a purpose."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)  # matter, exhibit, …
    object_id = models.CharField(max_length=64)
    purpose = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["kind", "object_id", "at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.object_id}"


class ApiToken(models.Model):
    """A key for programs: only its digest is kept, and it can be ended."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    start = models.CharField(max_length=10)  # its first characters, so that its owner can tell it from the others
    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the token
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.start}…"
