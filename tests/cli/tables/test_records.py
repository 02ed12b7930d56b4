from datetime import date

import pytest

from zhibao.cli.tables.columns import LISTINGS, REGISTER
from zhibao.cli.tables.reading import read_table
from zhibao.cli.tables.records import Faults, Listed, Span, classes_of, read_listings, read_register


def register(tmp_path, text):
    path = tmp_path / "r.csv"
    path.write_text(text, encoding="utf-8")
    return read_register(read_table(str(path), REGISTER))


def test_marks_with_classes_watch_and_status(tmp_path):
    found = register(
        tmp_path,
        '编号,商标,类别,监测,状态\n1,赣江月,"第9类、第25类",是,有效\n2,云龙台,,,已注销\n3,诗山泉,30,否,\n4,米,99,是,\n5,米,9,也许,\n1,米,9,是,\n,米,,,\n',
    )
    assert [(m.id, m.classes, m.watched) for m in found.marks] == [("1", (9, 25), True), ("3", (30,), False)]
    assert found.ended == 1
    assert found.faults.count == 4
    assert [fault.code for fault in found.faults.first] == [
        "table-class-unknown",
        "table-flag-unknown",
        "table-id-twice",
        "table-cell-empty",
    ]
    assert [fault.data["line"] for fault in found.faults.first] == [5, 6, 7, 8]


def test_without_the_column_watch_every_mark_is_watched(tmp_path):
    assert [m.watched for m in register(tmp_path, "id,mark\n1,赣江月\n").marks] == [True]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("", ()),
        ("9", (9,)),
        ("25, 9", (9, 25)),
        ("[9,25]", (9, 25)),
        ("第９类；第35類", (9, 35)),
        ("9.0", (9,)),
        ("46", "46"),
        ("9,衣服", "衣服"),
        ("0", "0"),
    ],
)
def test_classes_as_people_write_them(text, classes):
    assert classes_of(text) == classes


def test_listings_keep_the_first_of_an_id(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,title\n1,茶\n1,酒\n2,\n", encoding="utf-8")
    faults = Faults(kept=1)
    assert list(read_listings(read_table(str(path), LISTINGS), faults)) == [Listed("1", "茶", None)]
    assert (faults.count, [fault.code for fault in faults.first]) == (2, ["table-id-twice"])
    assert faults.first[0].where == "3:id"


def test_columns_that_changed_places_are_told(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,title\n正品赣江月茶叶,10086\n10087,2024\n", encoding="utf-8")
    faults = Faults()
    assert list(read_listings(read_table(str(path), LISTINGS), faults)) == [Listed("10087", "2024", None)]
    assert [fault.code for fault in faults.first] == ["table-cells-swapped"]
    assert [fault.code for fault in register(tmp_path, "id,mark\n赣江月,7\n").faults.first] == ["table-cells-swapped"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("2026年2月3日", date(2026, 2, 3)),
        ("2026-11-23T23:30:00Z", date(2026, 11, 24)),
        ("2026-11-23 09:00:00", date(2026, 11, 23)),
        ("", None),
    ],
)
def test_the_day_a_listing_was_seen_is_its_day_in_shanghai(tmp_path, text, day):
    path = tmp_path / "t.csv"
    path.write_text(f"id,title,seen_at\n1,茶,{text}\n", encoding="utf-8")
    assert [listed.day for listed in read_listings(read_table(str(path), LISTINGS), Faults())] == [day]


def test_days_that_do_not_exist_are_told(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id,title,seen_at\n1,茶,2026.2.30\n2,茶,2026-11-23T25:00\n", encoding="utf-8")
    faults = Faults()
    assert list(read_listings(read_table(str(path), LISTINGS), faults)) == []
    assert faults.first[0].say("zh") == "第 2 行：seen_at 的「2026.2.30」不是一个存在的日子。"
    assert faults.count == 2
    found = register(tmp_path, "id,mark,from,to\n1,赣江月,2020-01-01,\n2,米,2020-13-01,\n3,米,,x\n4,米,,\n")
    assert found.spans == {"1": Span(date(2020, 1, 1), None)}
    assert [fault.where for fault in found.faults.first] == ["3:from", "4:to"]


def test_a_span_includes_both_its_days_and_leaves_open_what_is_not_known():
    span = Span(date(2020, 1, 1), date(2021, 1, 1))
    assert [span.holds(day) for day in (date(2019, 12, 31), date(2020, 1, 1), date(2021, 1, 1), date(2021, 1, 2))] == [
        False,
        True,
        True,
        False,
    ]
    assert Span(None, None).holds(date(1990, 1, 1))


def test_reading_tells_how_far_it_is(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text("id,mark\n" + "".join(f"{n},赣江月\n" for n in range(2500)), encoding="utf-8")
    told = []
    assert len(read_register(read_table(str(path), REGISTER), told.append).marks) == 2500
    assert told == [1000, 1000]
