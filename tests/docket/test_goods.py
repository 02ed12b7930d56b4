from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.docket.goods import GoodsLine, value_goods
from zhibao.kernel.money import parse_yuan

OLD, NEW = date(2025, 4, 25), date(2025, 4, 26)


def line(quantity, state, name="酒", right="r", act="", **prices):
    return GoodsLine(name, right, quantity, state, {kind: parse_yuan(price) for kind, price in prices.items()}, act, 1)


def valued(pack, *lines, on=NEW):
    return value_goods(pack.price_orders["goods-value"], lines, on=on)


def test_sold_goods_count_at_the_actual_price(pack):
    value = valued(pack, line(10, "sold", actual="120.00", marked="300.00"))
    assert value.measures() == {"turnover": "1200.00", "sales": "1200.00"}
    assert value.lines[0].cite.to_text() == "cn.fashi-2025-5@2025/28/1"


@pytest.mark.parametrize(
    ("prices", "kind", "unit"),
    [
        ({"actual_average": "100.00", "marked": "300.00", "market_middle": "500.00"}, "actual_average", "100.00"),
        ({"marked": "300.00", "market_middle": "500.00"}, "marked", "300.00"),
        ({"market_middle": "500.00"}, "market_middle", "500.00"),
    ],
)
def test_unsold_goods_take_the_first_price_known_in_the_order_of_2025(pack, prices, kind, unit):
    value = valued(pack, line(1, "unsold", **prices))
    assert value.lines[0].price_kind == kind
    assert value.measures() == {"turnover": unit, "unsold_value": unit}


def test_before_2025_the_marked_price_came_first_by_reading(pack):
    prices = {"actual_average": "100.00", "marked": "300.00"}
    assert valued(pack, line(1, "unsold", **prices), on=OLD).measures()["unsold_value"] == "300.00"
    assert valued(pack, line(1, "unsold", **prices), on=NEW).measures()["unsold_value"] == "100.00"
    assert valued(pack, line(1, "unsold", **prices), on=OLD).order.note is not None


def test_no_text_before_2004_12_22(pack):
    assert valued(pack, line(1, "sold", actual="1.00"), on=date(2004, 12, 21)) is None
    assert valued(pack, line(1, "sold", actual="1.00"), on=date(2004, 12, 22)) is not None


def test_the_average_of_what_was_sold_values_what_was_not(pack):
    value = valued(
        pack,
        line(1, "sold", actual="100.00"),
        line(2, "sold", actual="130.00"),
        line(10, "unsold", marked="999.00"),
        line(1, "unsold", name="茶", marked="7.00"),
    )
    assert value.lines[2].derived
    assert value.lines[2].price_kind == "actual_average"
    assert value.measures() == {"turnover": "1567.00", "sales": "360.00", "unsold_value": "1207.00"}


def test_an_average_is_rounded_down_to_the_fen(pack):
    value = valued(pack, line(1, "sold", actual="0.01"), line(2, "sold", actual="0.02"), line(1, "unsold"))
    assert value.lines[2].value == 1


def test_goods_not_yet_labelled_count_from_2025_with_their_article(pack):
    value = valued(pack, line(5, "unlabelled", marked="2.00"))
    assert value.measures() == {"turnover": "10.00", "unsold_value": "10.00"}
    assert value.lines[0].cite.to_text() == "cn.fashi-2025-5@2025/29/2"
    old = valued(pack, line(5, "unlabelled", marked="2.00"), on=OLD)
    assert not old.lines[0].counts
    assert old.measures() == {}
    assert old.unpriced == ()


def test_what_has_no_price_is_unknown_not_zero(pack):
    value = valued(pack, line(5, "unsold"), line(1, "sold", name="茶", actual="8.00"))
    assert value.unsold_value is None
    assert value.measures() == {"turnover": "8.00", "sales": "8.00"}
    assert [one.line.quantity for one in value.unpriced] == [5]


def test_each_line_prints_the_price_chosen_and_why(pack):
    printed = valued(pack, line(3, "sold", right="", actual="12.50"), line(1, "unsold", right="")).lines
    shown = [one.as_json(lambda cite: pack.show_cite(cite, "zh", "table")) for one in printed]
    assert shown[0]["value"] == "37.50"
    assert shown[0]["price_kind"] == "actual"
    assert "第28条第1款" in shown[0]["cite"]
    assert shown[1]["price_kind"] == "actual_average"
    assert shown[1]["right"] is None
    nothing = valued(pack, line(1, "unsold")).lines[0].as_json(str)
    assert (nothing["value"], nothing["price_kind"]) == (None, None)


STATES = st.sampled_from(["sold", "unsold", "unlabelled"])
PRICES = st.dictionaries(
    st.sampled_from(["actual", "actual_average", "marked", "market_middle"]),
    st.integers(0, 10**6).map(lambda fen: f"{fen // 100}.{fen % 100:02d}"),
)


@given(st.lists(st.tuples(st.integers(0, 500), STATES, PRICES), max_size=8))
def test_turnover_is_sales_and_unsold_value_together(pack, rows):
    value = valued(pack, *[line(quantity, state, **prices) for quantity, state, prices in rows])
    parts = [part for part in (value.sales, value.unsold_value) if part is not None]
    assert value.turnover == (sum(parts) if parts else None)
