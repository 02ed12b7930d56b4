"""Goods and their value, line by line, each with the kind of price used and why.

Knows the docket's valuation; reckons nothing itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhibao.apps.cases.law import current_pack
from zhibao.docket.events import Event
from zhibao.docket.facts import ActGoods
from zhibao.docket.goods import SOLD, ValuedLine
from zhibao.web.clock_view import sources_of
from zhibao.web.event_form import price_name, state_name
from zhibao.web.grounds import ground
from zhibao.web.limits import kind_words
from zhibao.web.parts.why import Why
from zhibao.web.words import entitle, show_fen


@dataclass(frozen=True, slots=True)
class GoodsRow:
    """One line: what it is, the price used and why, and what it comes to."""

    name: str
    state: str
    sold: bool
    quantity: int
    price_kind: str
    price: str
    amount: str
    why: Why
    right: str


@dataclass(frozen=True, slots=True)
class GoodsView:
    """The goods of one act with the sums, each with its article."""

    act: str
    rows: Sequence[GoodsRow]
    totals: Sequence[tuple[str, str, Why]]
    unpriced: int


def _how(line: ValuedLine) -> str:
    if not line.counts:
        return _("没有贴标识的货，行为时的规定不计入。")
    if not line.price_kind:
        return _("还不知道任何一种价格：金额未知，不是零。")
    told = _("用%(kind)s：次序在前的价格已查明就用它。") % {"kind": price_name(line.price_kind)}
    if line.derived:
        told += _("平均价由同种已售货物的实际售价算出。")
    return told


def _unit_price(line: ValuedLine) -> str:
    if line.value is None:
        return _("未知")
    if line.price_kind in line.line.prices:
        return show_fen(line.line.prices[line.price_kind])
    return show_fen(line.value // line.line.quantity) if line.line.quantity else _("未知")


def _row(line: ValuedLine, rights: Mapping[str, str], events: Mapping[int, Event], confidence: str) -> GoodsRow:
    return GoodsRow(
        name=line.line.name,
        state=state_name(line.line.state),
        sold=line.line.state == SOLD,
        quantity=line.line.quantity,
        price_kind=price_name(line.price_kind) if line.price_kind else _("未知"),
        price=_unit_price(line),
        amount=_("不计入") if not line.counts else show_fen(line.value),
        why=Why(
            _("价格：%(name)s") % {"name": line.line.name},
            _how(line),
            [ground(line.cite, confidence)],
            sources_of([line.line.event], events),
            current_pack().hash,
        ),
        right=rights.get(line.line.right, line.line.right),
    )


def view_goods(goods: ActGoods, rights: Mapping[str, str], events: Mapping[int, Event]) -> GoodsView:
    """Return the goods of one act as the page shows them; ``rights`` names the matter's rights by id."""
    value, order = goods.value, goods.value.order
    confidence = str(order.confidence)
    seqs = sorted({line.line.event for line in value.lines})
    sums = (
        (_("销售金额"), value.sales, order.sales_cite),
        (_("未销售货值"), value.unsold_value, order.unsold_cite),
        (_("非法经营数额（已售加未售）"), value.turnover, order.cite),
    )
    totals = [
        (
            name,
            show_fen(fen),
            Why(name, _("上面各行相加。"), [ground(cite, confidence)], sources_of(seqs, events), current_pack().hash),
        )
        for name, fen, cite in sums
    ]
    return GoodsView(
        act=entitle(kind_words(goods.act.kind)) if goods.act else "",
        rows=[_row(line, rights, events, confidence) for line in value.lines],
        totals=totals,
        unpriced=len(value.unpriced),
    )
