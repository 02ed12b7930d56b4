"""Enter an organ."""

import re
from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.errors import BadOrgan, OrganKept
from zhibao.apps.organs.models import Organ, Person
from zhibao.kernel.places import PlaceCode


def _check(organ: Organ) -> None:
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", organ.pk):
        raise BadOrgan(
            field_zh="编号",
            field_en="id",
            value=organ.pk,
            why_zh="只能用小写字母、数字和连字符",
            why_en="only small letters, digits and hyphens may stand in it",
            where="id",
        )
    if not organ.name_zh.strip() or not organ.name_en.strip():
        raise BadOrgan(
            field_zh="名称",
            field_en="name",
            value=organ.name_zh or organ.name_en,
            why_zh="中英文都要写",
            why_en="it is needed in both languages",
            where="name",
        )


def make_organ(
    *,
    actor: Person | None,
    id: str,  # noqa: A002 (the organ's own id, as in the model)
    kind: str,
    place: str,
    name_zh: str,
    name_en: str,
    short_zh: str = "",
    short_en: str = "",
    paper_word: str = "",
    parent: str | None = None,
    competences: tuple[str, ...] = (),
    now: datetime,
) -> Organ:
    """Enter an organ and return it.

    ``actor`` is None only for the very first organ of an installation, made from the command line. The level is
    told by the place. Raises BadPlaceCode, BadOrgan, OrganKept, DeedNotAllowed.
    """
    del now  # organs carry no time of their own; every action takes it
    code = PlaceCode.from_text(place)
    organ = Organ(
        id=id,
        kind=kind,
        level=code.level.value,
        place=code.code,
        name_zh=name_zh,
        name_en=name_en,
        short_zh=short_zh or name_zh[:40],
        short_en=short_en or name_en[:80],
        paper_word=paper_word,
        parent_id=parent,
        competences=list(competences),
    )
    with transaction.atomic():
        if actor is not None or Organ.objects.exists():
            # Nobody holds no role, so the rule says no in the usual words.
            require(actor or Person(organ=organ, roles=[]), Deed.FOUND, organ)
        _check(organ)
        if Organ.objects.filter(pk=id).exists():
            raise OrganKept(organ=id)
        organ.save(force_insert=True)
    return organ
