from zhibao.matching.alignment import Prepared, align, compare, strip
from zhibao.matching.fold import cells_of, fold
from zhibao.matching.gates import admits_disguise
from zhibao.matching.indexes.disguised import _letter
from zhibao.matching.model import Mark


def kinds(mark: str, seen: str) -> tuple[str, ...] | None:
    pair = compare(cells_of(mark)[0], cells_of(seen)[0])
    return pair.kinds if pair else None


def test_each_difference_is_named_by_what_explains_it():
    assert kinds("月", "月") == ()
    assert kinds("A", "a") == ("case",)
    assert kinds("A", "Ａ") == ("width",)
    assert kinds("A", "ａ") == ("case", "width")
    assert kinds("Ａ", "ａ") == ("case",)
    assert kinds("Ａ", "𝐀") == ("width",)
    assert kinds("發", "髮") == ("variant",)
    assert kinds("发", "髮") == ("variant",)
    assert kinds("月", "山") is None


def test_parts_of_two_expansions_that_meet_are_a_difference_of_width():
    one, other = cells_of("ᾳ")[1], cells_of("ᾲ")[1]
    assert one.char == other.char
    pair = compare(one, other)
    assert pair is not None
    assert (pair.kinds, pair.likeness) == (("width",), 98)


def test_the_very_text_aligns_without_a_kind_and_is_not_a_disguise():
    alignment = align(Prepared.from_mark(Mark("1", "赣·江月")), fold("赣·江月"), 0)
    assert alignment is not None
    assert alignment.kinds == ()
    assert alignment.score == 100
    assert not admits_disguise(alignment)


def test_the_strip_shows_the_folded_character_of_an_expansion():
    alignment = align(Prepared.from_mark(Mark("1", "株式会社")), fold("㍿"), 0)
    assert alignment is not None
    assert [(c.mark_char, c.seen_char, c.how) for c in strip(alignment)][:2] == [
        ("株", "株", "width"),
        ("式", "式", "width"),
    ]


def test_a_window_past_the_end_does_not_align():
    assert align(Prepared.from_mark(Mark("1", "赣江月")), fold("赣江"), 0) is None


def test_private_letters_never_fall_among_the_surrogates():
    letters = {str(n): "x" for n in range(0xD800 - ord("!"))}
    assert ord(_letter(letters, "new")) == 0xE000
