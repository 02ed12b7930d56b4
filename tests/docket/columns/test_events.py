"""Rows read straight into columns, and what only the docket itself can read."""

from datetime import UTC, datetime

import pytest

from zhibao.docket.columns.events import Gatherer, NotPlainError, microseconds
from zhibao.docket.columns.limits import tables_of

AT = microseconds(datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("kind", "text"), [("decided", "[]"), ("decided", '"penalty"'), ("corrected", "{}"), ("decided", "{")]
)
def test_data_that_are_no_table_are_left_to_the_docket_and_nothing_is_gathered(pack, kind, text):
    gatherer = Gatherer(tables_of(pack.deadlines).encoding)
    rows = [(AT, "filed", "{}", "p", "o"), (AT + 1, kind, text, "p", "o")]
    with pytest.raises(NotPlainError):
        gatherer.add_rows(rows, {"p": "administrative"})
    assert gatherer.columns().matters == 0
