"""Law files keep their file and line, and every accessor refuses what it cannot read, by name."""

from datetime import date

import pytest

from zhibao.kernel.labels import Label
from zhibao.rules import errors
from zhibao.rules.read import Scalar, Series, Table, as_table, as_text, read_node, read_table

GOOD = """
id: x
day: 2025-04-26
days: [2025-01-01, 2025-01-02]
number: 12
yes: true
nothing: null
empty:
quoted: "12"
words: [a, b]
one: a
title: {zh: 名称, en: name}
inner:
  deep: 1
rows:
  - {a: 1}
  - {a: 2}
"""


def test_each_kind_of_field_is_read():
    doc = read_table(GOOD, "f.yaml")
    assert (doc.text("id"), doc.day("day"), doc.whole("number"), doc.flag("yes")) == ("x", date(2025, 4, 26), 12, True)
    assert doc.days("days") == (date(2025, 1, 1), date(2025, 1, 2))
    assert (doc.words("words"), doc.words("one"), doc.words("absent")) == (("a", "b"), ("a",), ())
    assert doc.label("title") == Label("名称", "name")
    assert doc.table("inner").whole("deep") == 1
    assert [row.whole("a") for row in doc.tables("rows")] == [1, 2]
    assert doc.choice("one", ("a", "b")) == "a"
    assert "id" in doc
    assert next(iter(doc)) == "id"


def test_what_is_left_out_has_its_default():
    doc = read_table(GOOD, "f.yaml")
    assert (doc.text("absent", ""), doc.whole("absent", 3), doc.flag("absent", default=False)) == ("", 3, False)
    assert doc.day_or_none("absent") is None
    assert doc.table_or_none("absent") is None
    assert doc.label_or_none("absent") is None
    assert doc.day_or_none("day") == date(2025, 4, 26)
    assert doc.table_or_none("inner") is not None
    assert doc.label_or_none("title") == Label("名称", "name")
    assert (doc.series("absent"), doc.tables("absent"), doc.days("absent")) == ((), (), ())


def test_the_plain_form_keeps_types_and_quotes():
    doc = read_table(GOOD, "f.yaml")
    plain = doc.json()
    assert plain["number"] == 12
    assert plain["quoted"] == "12"
    assert plain["nothing"] is None
    assert plain["empty"] is None
    assert plain["yes"] is True
    assert plain["day"] == "2025-04-26"
    assert plain["rows"] == [{"a": 1}, {"a": 2}]


def test_every_value_knows_its_line():
    doc = read_table(GOOD, "f.yaml")
    assert doc.place("day") == "f.yaml:3"
    assert doc.place("absent") == "f.yaml:2"
    assert doc.node("words").where == "f.yaml:10"


@pytest.mark.parametrize(
    ("ask", "fault", "where"),
    [
        (lambda d: d.text("absent"), errors.LawMissing, "f.yaml:2"),
        (lambda d: d.text("words"), errors.LawWrongShape, "f.yaml:10"),
        (lambda d: d.text("inner"), errors.LawWrongShape, "f.yaml:14"),
        (lambda d: d.text("empty"), errors.LawWrongShape, "f.yaml:8"),
        (lambda d: d.whole("id"), errors.LawWrongShape, "f.yaml:2"),
        (lambda d: d.whole("yes"), errors.LawWrongShape, "f.yaml:6"),
        (lambda d: d.whole("quoted"), errors.LawWrongShape, "f.yaml:9"),
        (lambda d: d.flag("number"), errors.LawWrongShape, "f.yaml:5"),
        (lambda d: d.day("number"), errors.LawDateIsNumber, "f.yaml:5"),
        (lambda d: d.day("id"), errors.LawBadDay, "f.yaml:2"),
        (lambda d: d.day("words"), errors.LawWrongShape, "f.yaml:10"),
        (lambda d: d.table("id"), errors.LawWrongShape, "f.yaml:2"),
        (lambda d: d.series("id"), errors.LawWrongShape, "f.yaml:2"),
        (lambda d: d.label("id"), errors.LawNoLabel, "f.yaml:2"),
        (lambda d: d.choice("id", ("a",)), errors.LawNotOneOf, "f.yaml:2"),
        (lambda d: d.only("id"), errors.LawUnknownKey, "f.yaml:3"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(ask, fault, where):
    with pytest.raises(fault) as caught:
        ask(read_table(GOOD, "f.yaml"))
    assert caught.value.where == where


@pytest.mark.parametrize("text", ["2025-W17-6", "20250426", "2025-4-26", "2025-02-29"])
def test_a_day_is_written_one_way_only(text):
    with pytest.raises(errors.LawFault):
        read_table(f"day: {text}", "f.yaml").day("day")


def test_a_quoted_day_is_a_day():
    assert read_table('day: "2025-04-26"', "f.yaml").day("day") == date(2025, 4, 26)


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: [1", 1), ("a: 1\n b: 2", 2), ("", 1), ("? [a]\n: 1", 1), ("a: \x00", 1), ("--- 1\n--- 2", 2), ("a: b: c", 1)],
)
def test_broken_yaml_is_refused_with_its_line(text, line):
    with pytest.raises(errors.LawNotRead) as caught:
        read_node(text, "f.yaml")
    assert caught.value.where == f"f.yaml:{line}"


def test_a_file_that_is_a_list_is_no_table():
    node = read_node("[1, 2]", "f.yaml")
    assert isinstance(node, Series)
    with pytest.raises(errors.LawWrongShape, match="a table"):
        as_table(node, "file")


def test_block_text_is_text():
    assert as_text(read_table("a: |\n  12\n", "f.yaml").node("a"), "a") == "12\n"
    assert Scalar("true", plain=False, where="").json() == "true"
    assert Table({}, {}, "").json() == {}
