from django.utils import translation

from zhibao.web.parts.strip import Column, columns_of, reasons_words, sign, strip

COLUMNS = (
    Column("鹭", "路", "sound", "lù", "lù"),
    Column("汀", "汀", "equal", "tīng", "tīng"),
    Column("白", "自", "confusable", "bái", "zì"),
)


def test_each_difference_is_named_and_drawn_by_its_kind():
    html = strip(COLUMNS)
    assert html.count("<li") == 3
    assert 'data-d="sound"' in html
    assert 'data-d="glyph"' in html
    assert "<i>音</i>" in html
    assert "<i>=</i>" in html


def test_the_words_of_the_title_stand_around_it():
    html = strip(COLUMNS, title="手工路汀自功夫茶具盖碗", span=(2, 5))
    assert '<li class="ctx" aria-hidden="true"><b></b><i></i><b>手工</b></li>' in html
    assert "功夫茶具盖碗" in html


def test_readings_stand_above_in_the_large_strip_only():
    assert "<small>lù</small>" in strip(COLUMNS)
    assert "<small>" not in strip(COLUMNS, small=True)


def test_an_inserted_character_has_a_dot_on_the_marks_side():
    assert "<u>·</u>" in strip([Column("", "★", "separator")])


def test_the_alignment_comes_from_the_first_reason_that_has_one():
    row = {"mark_char": "鹭", "seen_char": "路", "how": "sound", "reading_mark": "lù", "reading_seen": "lù"}
    assert columns_of([{"kind": "x"}, {"columns": [row]}]) == (COLUMNS[0],)
    assert columns_of([{"kind": "x"}]) == ()


def test_reasons_are_said_in_the_pages_language():
    reasons = [{"zh": "读音相同", "en": "sounds the same"}, {"zh": "另一条", "en": ""}]
    assert reasons_words(reasons) == "读音相同；另一条"
    with translation.override("en"):
        assert reasons_words(reasons) == "sounds the same"


def test_an_unknown_difference_is_still_named_and_tinted():
    assert sign("new-kind") == "new-kind"
    assert 'data-d="same"' in strip([Column("a", "b", "new-kind")])


def test_a_long_mark_is_drawn_smaller_so_that_it_stays_in_its_box():
    assert 'class="strip m"' in strip([Column(letter, letter, "equal") for letter in "JOVERROZETA"])
    assert 'class="strip"' in strip(COLUMNS)
