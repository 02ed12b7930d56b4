from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zhibao.web.parts.route import Line, Move, Row, Stop, folded, lay_out, name_lines, text_width

START = datetime(2026, 1, 5, 2, tzinfo=UTC)
ROWS = [Row("adm", "市场监管局", "行政", "adm"), Row("pol", "公安局", "刑事", "cri")]


def stop(key, row="adm", day=0, **more):
    return Stop(key, row, START + timedelta(days=day), key, **more)


def place(layout):
    return {item.stop.key: item.column for item in layout.placed}


def test_columns_are_in_order_of_time_whatever_the_order_given():
    layout = lay_out(Line(ROWS, [stop("b", day=3), stop("a", day=1)]), pitch=64)
    assert place(layout) == {"a": 0, "b": 1}


def test_both_ends_of_a_handing_share_a_column():
    line = Line(ROWS, [stop("filed"), stop("sent", day=2), stop("got", "pol", 2)], moves=[Move("sent", "got")])
    layout = lay_out(line, pitch=64)
    assert place(layout) == {"filed": 0, "sent": 1, "got": 1}


def test_a_receipt_after_another_step_stands_in_its_own_column():
    stops = [stop("sent"), stop("seized", day=1), stop("got", "pol", 2)]
    assert place(lay_out(Line(ROWS, stops, moves=[Move("sent", "got")]), pitch=64))["got"] == 2


def test_what_is_still_to_come_stands_last():
    layout = lay_out(Line(ROWS, [stop("due", day=-9, plan=True), stop("a"), stop("b", day=1)]), pitch=64)
    assert place(layout)["due"] == 2
    assert layout.first_planned == 2


def test_long_runs_of_plain_steps_are_folded_past_eighteen_columns():
    stops = [stop(f"s{n}", day=n) for n in range(30)] + [stop("here", day=31, here=True)]
    layout = lay_out(Line(ROWS, stops), pitch=64)
    assert layout.columns == 18
    assert [fold.count for fold in layout.folds] == [14]
    assert "here" in place(layout)
    assert layout.places["s5"][0] == layout.folds[0].column


def test_stops_between_organs_refusals_and_late_ones_are_folded_last():
    stops = [stop(f"s{n}", day=n) for n in range(20)]
    stops[10] = stop("no", day=10, kind="refused")
    layout = lay_out(Line(ROWS, stops), pitch=64)
    assert "no" in place(layout)


def test_where_nothing_is_plain_the_oldest_fold_together():
    stops = [stop(f"s{n}", day=n, kind="refused") for n in range(25)]
    layout = lay_out(Line(ROWS, stops), pitch=64)
    assert layout.columns == 18
    assert layout.folds[0].column == 1


def test_a_name_moves_to_the_side_without_an_arrow():
    line = Line(ROWS, [stop("sent"), stop("got", "pol")], moves=[Move("sent", "got")])
    sides = {item.stop.key: item.above for item in lay_out(line, pitch=64).placed}
    assert sides == {"sent": True, "got": False}


def test_long_names_side_by_side_alternate():
    stops = [stop(f"一个很长的事项名称{n}", day=n) for n in range(3)]
    sides = [item.above for item in sorted(lay_out(Line(ROWS, stops), pitch=64).placed, key=lambda item: item.column)]
    assert sides == [True, False, True]


def test_chinese_letters_are_counted_wider():
    assert text_width("立案") == 24
    assert text_width("ab") < 14


@given(st.integers(1, 60), st.sets(st.integers(0, 59)), st.integers(4, 20))
def test_folding_keeps_every_column_in_order_and_never_more_than_allowed(count, special, most):
    columns = [[stop(f"s{n}", day=n, kind="refused" if n in special else "step")] for n in range(count)]
    groups = folded(columns, most)
    assert [column for group in groups for column in group] == columns
    assert len(groups) <= max(most, 1) or count <= most


def test_a_long_name_is_broken_at_a_space_or_in_the_middle():
    assert name_lines("立案", 60) == ["立案"]
    assert name_lines("Handed over to the police", 100) == ["Handed over", "to the police"]
    assert name_lines("Suspended", 40) == ["Suspended"]
    assert name_lines("送权利人辨认真假结果", 60) == ["送权利人辨", "认真假结果"]
