from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.evidence.samples import custody
from zhibao.evidence.custody import custody_hash, first_broken_step

STEPS = custody("x", "ab" * 32)


def test_an_unbroken_chain_has_no_broken_step():
    assert first_broken_step("x", "ab" * 32, STEPS) == 0
    assert first_broken_step("x", "ab" * 32, ()) == 0


@pytest.mark.parametrize(
    ("changed", "at"),
    [
        ({"note": "他人"}, 2),
        ({"by": "q"}, 2),
        ({"organ": "q"}, 2),
        ({"kind": "copied"}, 2),
        ({"seq": 3}, 2),
        ({"prev": "0"}, 2),
        ({"at": datetime(2026, 1, 1, tzinfo=UTC)}, 2),
        ({"hash": "0" * 64}, 2),
    ],
)
def test_each_field_of_a_step_is_bound(changed, at):
    assert first_broken_step("x", "ab" * 32, (STEPS[0], replace(STEPS[1], **changed), *STEPS[2:])) == at


def test_a_step_cannot_be_left_out_or_moved_to_another_exhibit():
    assert first_broken_step("x", "ab" * 32, (STEPS[0], *STEPS[2:])) == 2
    assert first_broken_step("y", "ab" * 32, STEPS) == 1
    assert first_broken_step("x", "cd" * 32, STEPS) == 1


def test_the_same_moment_in_another_zone_is_the_same_step():
    moved = replace(STEPS[0], at=STEPS[0].at.astimezone(timezone(timedelta(hours=8))))
    assert custody_hash("x", "ab" * 32, moved) == STEPS[0].hash
