"""Conditions in words, in both languages."""

from fractions import Fraction

import pytest

from zhibao.rules.conditions import All, Any, AtLeast, Compare, Exists, Repeat, Which
from zhibao.rules.wording import tell, tell_limit

GOODS = Which(("counterfeit-mark-goods",))


@pytest.mark.parametrize(
    ("tree", "zh", "en"),
    [
        (Compare(("illegal_gain",), GOODS, ">=", 3_000_000, "yuan"), "违法所得数额30,000.00元以上", "illegal gain: 30,000.00 yuan or more"),
        (
            Compare(("illegal_gain",), GOODS, ">", 3_000_000, "yuan", factor=Fraction(10)),
            "违法所得数额超过300,000.00元", "illegal gain: more than 300,000.00 yuan",
        ),
        (Compare(("labels",), GOODS, "<", 5, "count"), "标识数量不满5", "number of labels: less than 5"),
        (Compare(("labels",), GOODS, "<=", 5, "count"), "标识数量5以下", "number of labels: 5 or less"),
        (Compare(("labels",), GOODS, "=", 5, "count"), "标识数量正好5", "number of labels: exactly 5"),
        (
            Compare(("sales", "unsold_value"), GOODS, ">=", 100, "yuan"),
            "销售金额与尚未销售的货值金额合计1.00元以上", "sales plus value of unsold goods: 1.00 yuan or more",
        ),
        (Exists(Which((), fact="owner_bankrupt")), "直接导致权利人破产、倒闭", "directly made the owner bankrupt or closed"),
        (Exists(GOODS), "行为已经查实", "the act is proved"),
        (
            Exists(Which((), role="seller", repeat=Repeat(2, (), ()))),
            "销售他人制造的，2年内受过刑事或者行政处罚后再次实施", "sold by one who did not make them, again within 2 years of a penalty",
        ),
    ],
)  # fmt: skip
def test_each_kind_of_condition(pack, tree, zh, en):
    assert (tell(pack, tree, "zh"), tell(pack, tree, "en")) == (zh, en)


def test_parts_are_joined_by_what_joins_them(pack):
    a, b = Compare(("labels",), GOODS, ">=", 1, "count"), Compare(("copies",), GOODS, ">=", 2, "count")
    assert tell(pack, All((a, b)), "zh") == "标识数量1以上，复制品数量2以上"
    assert tell(pack, Any((a, b)), "en") == "number of labels: 1 or more or number of copies: 2 or more"
    assert tell(pack, AtLeast(2, (a, b)), "zh") == "下列各项中有2项：标识数量1以上；复制品数量2以上"


def test_every_limit_of_the_shipped_law_has_words(pack):
    for offence in pack.offences.values():
        for version in offence.versions:
            for limit in (limit for limits in version.tiers.values() for limit in limits):
                assert tell_limit(pack, limit, "zh")
                assert tell_limit(pack, limit, "en")
