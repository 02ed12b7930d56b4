"""Ids are found among many where they stand."""

from uuid import UUID, uuid4

import numpy as np
import pytest

from zhibao.apps.cases.store.mirror_ids import places_of


def table(ids):
    return np.array([list(one.bytes) for one in ids], dtype=np.uint8).reshape(-1, 16)


@pytest.mark.parametrize("make", [lambda _n: uuid4(), lambda n: UUID(int=n), lambda n: UUID(int=n << 64)])
def test_ids_are_found_where_they_stand_and_others_are_not(make):
    ids = [make(number) for number in range(3_000)]
    wanted = [*ids[5:2_000:7], *(uuid4() for _ in range(50))]
    assert places_of(wanted, table(ids)) == {one: ids.index(one) for one in ids[5:2_000:7]}


def test_nothing_is_found_in_nothing():
    assert places_of([uuid4()], table([])) == {}
    assert places_of([], table([uuid4()])) == {}
