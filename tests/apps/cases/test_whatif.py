"""What a change would do to stored matters: by columns, and matter by matter where the change asks something new."""

from dataclasses import replace
from datetime import timedelta

import pytest

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.store.record import events_of
from zhibao.apps.cases.whatif import what_if_stored
from zhibao.docket.clocks import clocks
from zhibao.kernel.days import Length, Unit
from zhibao.rules.whatif import WhatIf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mirror_folder(settings, tmp_path):
    settings.ZHIBAO_MIRROR = tmp_path / "mirror"


def change(**fields):
    pack = current_pack()
    limit = pack.deadlines["adm.file"]
    fresh = replace(limit, **{name: make(limit) for name, make in fields.items()})
    return WhatIf(replace(pack, deadlines={**pack.deadlines, limit.id: fresh}), frozenset({("deadlines", limit.id)}))


def shorter(limit):
    return tuple(replace(one, length=Length(3, Unit.DAYS)) for one in limit.versions)


def test_a_shorter_time_changes_the_last_day_of_what_is_open(matter, now):
    found = what_if_stored(change(versions=shorter), now=now, workers=2)
    assert (dict(found.limits), found.matters, found.asked, found.by_columns) == (
        {"adm.file": 1},
        (matter.pk,),
        1,
        True,
    )
    [(where, answer)] = list(found.answers())
    assert (where, answer.id) == (matter.pk, "adm.file")
    [clock] = [one for one in clocks(current_pack(), events_of(matter.pk), now=now) if one.id == "adm.file"]
    assert answer.old["due"] == clock.due.isoformat()
    assert answer.new["due"] < answer.old["due"]


def test_a_change_that_asks_something_new_of_events_is_answered_matter_by_matter(matter, now):
    seen = []
    asking = change(starts=lambda limit: (replace(limit.starts[0], when={"from": "a letter"}),))
    found = what_if_stored(asking, now=now, progress=lambda done, total: seen.append((done, total)))
    assert (dict(found.limits), found.matters, found.by_columns) == ({"adm.file": 1}, (matter.pk,), False)
    assert seen[-1] == (1, 1)
    [(_where, answer)] = list(found.answers())
    assert answer.new is None


def test_a_change_that_touches_nobody_says_so(matter, now):
    found = what_if_stored(change(versions=lambda limit: limit.versions), now=now + timedelta(days=3))
    assert (dict(found.limits), found.matters, list(found.answers())) == ({}, (), [])
