from datetime import date

import pytest

from zhibao.rules.errors import LawFault
from zhibao.rules.load import load_pack
from zhibao.rules.pricing import parse_price_order
from zhibao.rules.read import read_table

PACK = load_pack()
GOOD = """\
id: g
title: {zh: 价, en: price}
keyed_on: act
versions:
  - from: 2025-04-26
    sold: [actual]
    unsold: [marked]
    cite: cn.fashi-2025-5/28/1
    sales_cite: cn.fashi-2025-5/28/3
    unsold_cite: cn.fashi-2025-5/28/2
    confidence: text
"""


def test_the_order_is_that_of_the_day():
    order = parse_price_order(read_table(GOOD, "x.yaml"), PACK.cites)
    assert order.version_on(date(2025, 4, 25)) is None
    version = order.version_on(date(2025, 4, 26))
    assert (version.sold, version.unsold, version.unlabelled_cite) == (("actual",), ("marked",), None)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("[marked]", "[]", "law-missing"),
        ("[marked]", "[wished]", "law-not-one-of"),
        ("    sold: [actual]\n", "", "law-missing"),
    ],
)
def test_an_order_without_known_prices_is_refused(old, new, code):
    with pytest.raises(LawFault) as caught:
        parse_price_order(read_table(GOOD.replace(old, new), "x.yaml"), PACK.cites)
    assert caught.value.code == code
