"""The form of an event: each type of field, drawn and read back."""

import pytest
from django.http import QueryDict

from zhibao.kernel.labels import Label
from zhibao.rules.procedures import Choice, DataField, EventKind
from zhibao.web.event_form import controls, price_name, read_data, state_name

NAME = Label("一项", "a field")


def kind(*fields):
    return EventKind("x", Label("事", "event"), (), fields, (), once=False, where="test")


def field(type_, name="f", choices=(), *, required=False):
    return DataField(name, type_, NAME, required, tuple(Choice(each, Label(each, each)) for each in choices))


def post(**values):
    query = QueryDict(mutable=True)
    for name, value in values.items():
        query.setlist(f"d.{name.replace('__', '.')}", value if isinstance(value, list) else [value])
    return query


@pytest.mark.parametrize(
    ("type_", "typed", "kept"),
    [
        ("text", "  话  ", "话"),
        ("day", "2026.2.3", "2026-02-03"),
        ("moment", "2026-11-23T16:30", "2026-11-23T16:30:00+08:00"),
        ("moment", "2026-11-23 16:30", "2026-11-23T16:30:00+08:00"),
        ("moment", "2026年11月23日 16：30", "2026-11-23T16:30:00+08:00"),
        ("whole", "1,840", 1840),
        ("event", "7", 7),
        ("yuan", "3.1万", "31000.00"),
        ("flag", "true", True),
        ("flag", "false", False),
        ("organ", "jx-1", "jx-1"),
    ],
)
def test_each_type_is_read(type_, typed, kept):
    found = read_data(kind(field(type_)), post(f=typed))
    assert found.data == {"f": kept}
    assert not found.bad


def test_a_length_is_a_number_with_its_unit():
    assert read_data(kind(field("length")), post(f="30", f__unit="working-days")).data == {"f": "30 working-days"}


@pytest.mark.parametrize(
    ("type_", "typed"), [("day", "2026.2.30"), ("whole", "很多"), ("yuan", "一堆"), ("moment", "明天")]
)
def test_what_cannot_be_read_is_named_at_its_field(type_, typed):
    found = read_data(kind(field(type_)), post(f=typed))
    assert found.data == {}
    assert found.bad["f"]


def test_a_choice_is_one_of_those_offered():
    spec = field("choice", choices=("a", "b"))
    assert read_data(kind(spec), post(f="a")).data == {"f": "a"}
    assert read_data(kind(spec), post(f="z")).bad == {"f": "选其中一项。"}


def test_empty_is_unknown_and_left_out_unless_it_is_needed():
    assert read_data(kind(field("yuan")), post(f=" ")).data == {}
    assert read_data(kind(field("yuan", required=True)), post(f=" ")).bad == {"f": "这一项要写。"}
    assert read_data(kind(field("flag")), post(f="")).data == {}


def test_a_line_with_a_bad_price_is_named_by_its_number():
    lines = {
        "lines__name": ["盖碗", "杯"],
        "lines__quantity": ["1", "2"],
        "lines__state": ["sold", "sold"],
        "lines__actual": ["1", "贵"],
    }
    assert read_data(kind(field("lines", "lines")), post(**lines)).bad["lines"].startswith("第 2 行：")


def test_a_line_keeps_its_right():
    lines = {"lines__name": ["盖碗"], "lines__quantity": ["1"], "lines__state": [""], "lines__right": ["r-1"]}
    made = read_data(kind(field("lines", "lines")), post(**lines)).data["lines"]
    assert made == [{"name": "盖碗", "quantity": 1, "state": "sold", "prices": {}, "right": "r-1"}]


def test_the_form_shows_what_the_event_holds():
    spec = kind(
        field("length", "len"),
        field("moment", "when"),
        field("flag", "yes"),
        field("lines", "lines"),
        field("text", "why"),
    )
    data = {
        "len": "15 working-days",
        "when": "2026-11-23T16:30:00+08:00",
        "yes": True,
        "lines": [{"name": "盖碗", "quantity": 3, "state": "sold", "prices": {"actual": "68.00"}}, "not a line"],
    }
    shown = {control.name: control for control in controls(spec, {}, data=data)}
    assert (shown["len"].value, shown["len"].unit) == ("15", "working-days")
    assert shown["when"].value == "2026-11-23 16:30"
    assert shown["yes"].value == "true"
    assert shown["lines"].rows[0]["actual"] == "68.00"
    assert len(shown["lines"].rows) == 5
    assert shown["why"].kind == "long"


def test_a_field_that_names_a_thing_offers_the_things_there_are():
    made = controls(kind(field("organ"), field("acts", "kind")), {"organ": [("a", "甲局")]})
    assert [control.kind for control in made] == ["choice", "choice"]
    assert list(made[0].choices) == [("a", "甲局")]


def test_prices_and_states_have_names():
    assert price_name("marked") == "标价"
    assert price_name("other") == "other"
    assert state_name("unlabelled") == "未贴标识"
