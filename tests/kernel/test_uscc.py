from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.kernel.errors import BadUscc, UsccCharacter, UsccCheckDigit, UsccLength
from zhibao.kernel.uscc import ALPHABET, Uscc, check_character

VECTORS = (Path(__file__).resolve().parents[1] / "vectors" / "uscc" / "valid.txt").read_text().split()


@pytest.mark.parametrize("code", VECTORS)
def test_published_codes_hold(code):
    found = Uscc.from_text(code)
    assert found.code == code
    assert found.organisation_check_holds


@pytest.mark.parametrize("code", VECTORS)
def test_every_single_wrong_character_is_found(code):
    for place in range(18):
        for other in ALPHABET.replace(code[place], ""):
            with pytest.raises(BadUscc):
                Uscc.from_text(code[:place] + other + code[place + 1 :])


def test_parts_and_copies_in_full_width():
    found = Uscc.from_text(" ９１４４０３００ 71526726xg ")
    assert (found.code, found.place, found.organisation) == ("9144030071526726XG", "440300", "71526726X")


def test_the_wrong_character_is_named():
    with pytest.raises(UsccCharacter) as caught:
        Uscc.from_text("9144O30071526726XG")
    assert (caught.value.data["position"], caught.value.data["character"]) == (5, "O")
    with pytest.raises(UsccCharacter):
        Uscc.from_text("91A403001922038216")


def test_the_right_check_character_is_named():
    with pytest.raises(UsccCheckDigit) as caught:
        Uscc.from_text("913600006124469430")
    assert caught.value.data["expected"] == "8"
    assert "第 18 位是「0」" in caught.value.say("zh")


@pytest.mark.parametrize("text", ["", "110000123456789", "9133010079965505800"])
def test_a_wrong_length_is_told(text):
    with pytest.raises(UsccLength) as caught:
        Uscc.from_text(text)
    assert caught.value.data["length"] == len(text)


@given(st.from_regex(r"[19Y][1-9][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True))
def test_the_check_character_makes_the_weighted_sum_zero(first17):
    code = first17 + check_character(first17)
    assert (
        sum(ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17])) % 31 == -ALPHABET.index(code[17]) % 31
    )
    assert Uscc.from_text(code).code == code


def test_an_organisation_code_that_does_not_hold_is_told_and_not_refused():
    first17 = "91360100123456780"
    assert not Uscc.from_text(first17 + check_character(first17)).organisation_check_holds
