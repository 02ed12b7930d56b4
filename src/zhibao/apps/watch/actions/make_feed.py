"""Enter a feed."""

import re
from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.watch.errors import BadFeed, FeedKept
from zhibao.apps.watch.models import Feed


def make_feed(*, actor: Person, id: str, name_zh: str, name_en: str, now: datetime) -> Feed:  # noqa: A002  # the model's name for it
    """Enter a feed and return it. Raises ``BadFeed``, ``FeedKept``, ``DeedNotAllowed``."""
    del now  # feeds carry no time of their own; every action takes it
    require(actor, Deed.SCREEN)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id) or len(id) > 40:
        raise BadFeed(where="id", feed=id)
    with transaction.atomic():
        feed, made = Feed.objects.get_or_create(id=id, defaults={"name_zh": name_zh, "name_en": name_en})
    if not made:
        raise FeedKept(where="id", feed=id)
    return feed
