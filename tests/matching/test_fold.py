import pytest

from zhibao.matching.fold import cells_of, fold, has_soft_signs, is_letter, soft_cells_of


@pytest.mark.parametrize(
    ("char", "folded"),
    [
        ("Ａ", "a"),
        ("龍", "龙"),
        ("㍿", "株式会社"),
        ("①", "1"),
        ("ß", "ss"),
        ("İ", "i"),
        ("é", "é"),
        ("裏", "里"),
        ("沢", "泽"),
        ("が", "が"),
        ("7", "7"),
    ],
)
def test_a_code_point_is_folded_by_width_case_and_variant(char, folded):
    assert "".join(cell.char for cell in cells_of(char)) == folded


@pytest.mark.parametrize("char", [" ", "·", "🍵", "\u200b", "\u0301", "\ud800", "™", "©", "$", "\x00", "\u3000", "。"])
def test_what_is_neither_letter_nor_number_separates(char):
    assert cells_of(char) == ()
    assert not is_letter(char)


def test_four_signs_are_letters_in_the_soft_view_only():
    assert [cell.char for cell in fold("a$ap", soft=True).cells] == ["a", "$", "a", "p"]
    assert [cell.char for cell in fold("a$ap").cells] == ["a", "a", "p"]
    assert has_soft_signs("a@b")
    assert not has_soft_signs("ab")
    assert soft_cells_of("a") is cells_of("a")


def test_places_and_gaps_are_of_the_raw_text():
    folded = fold("𠮷· 月")
    assert folded.at == (0, 3)
    assert folded.gap(1) == "· "


def test_an_expansion_knows_its_first_and_last_cell():
    cells = cells_of("㍿")
    assert [cell.first for cell in cells] == [True, False, False, False]
    assert [cell.last for cell in cells] == [False, False, False, True]


def test_scripts_with_spaces_and_digits_have_bounds():
    assert cells_of("g")[0].is_spaced
    assert cells_of("ж")[0].is_spaced
    assert cells_of("７")[0].is_digit
    assert not cells_of("月")[0].is_spaced
