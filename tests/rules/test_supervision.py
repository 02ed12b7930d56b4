from datetime import date

from zhibao.rules.load import load_pack
from zhibao.rules.read import read_table
from zhibao.rules.supervision import parse_finding_kind

PACK = load_pack()


def test_the_articles_are_those_of_the_day():
    kind = PACK.finding_kinds["penalised-instead-of-transferred"]
    assert [cite.to_text() for cite in kind.cites_on(date(2020, 8, 6))] == [
        "cn.transfer-rules@2001/11",
        "cn.transfer-rules@2001/3",
    ]
    assert [cite.to_text() for cite in kind.cites_on(date(2020, 8, 7))] == [
        "cn.transfer-rules@2020/11",
        "cn.transfer-rules@2020/3",
    ]
    assert kind.cites_on(date(2001, 7, 8)) == ()


def test_a_kind_may_rest_on_its_clock_alone():
    kind = parse_finding_kind(read_table("id: x\ntitle: {zh: 一, en: one}\nweight: 2\n", "x.yaml"), PACK.cites)
    assert (kind.versions, kind.idle_after, kind.weight) == ((), None, 2)
    assert PACK.finding_kinds["filed-but-idle"].idle_after.number == 60
