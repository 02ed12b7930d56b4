import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.kernel.errors import BadMoney
from zhibao.kernel.money import LARGEST, Fen, parse_yuan, show_yuan, to_yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("30000", 3000000),
        ("30000.00", 3000000),
        ("1,234.5", 123450),
        ("１２", 1200),
        ("１，２３４．５", 123450),
        ("3.1万", 3100000),
        ("3.1万元", 3100000),
        ("¥30,000元", 3000000),
        ("￥ 8.88", 888),
        ("0", 0),
        ("0.01", 1),
        ("1.2亿", 12000000000),
        ("3.12345万", 3123450),
        ("100.000", 10000),
    ],
)
def test_amounts_as_people_write_them(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-5",
        "三万",
        "1,23",
        "12,34,567",
        "1.234",
        "3.1234567万",
        "1e5",
        "５O",
        "3万5",
        "9" * 17,
        "1" * 50,
        "12.",
        "$5",
    ],
)
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(BadMoney) as caught:
        parse_yuan(text)
    assert "分" in caught.value.hint("zh")


@given(st.integers(0, LARGEST))
def test_what_is_written_is_read_back(fen):
    assert parse_yuan(to_yuan(Fen(fen))) == fen
    assert parse_yuan(show_yuan(Fen(fen))) == fen


def test_written_for_programs_and_for_people():
    assert (to_yuan(Fen(3000000)), show_yuan(Fen(3000000))) == ("30000.00", "30,000.00")
    assert (to_yuan(Fen(-5)), show_yuan(Fen(-123456789))) == ("-0.05", "-1,234,567.89")
