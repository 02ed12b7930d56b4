"""Ids, units and fields of the law in words of both languages."""

from zhibao.rules.words import VALUES, fact_words, key_word, length_words, say, value_words


def test_lengths_are_told_in_words():
    assert length_words("15 working-days", "zh") == "15个工作日"
    assert length_words("1 months", "en") == "1 month"
    assert length_words("open", "en") == "open"


def test_fields_and_values_have_words(pack):
    assert (key_word("length", "zh"), key_word("last_day", "en"), key_word("no_word", "zh")) == (
        "长度",
        "last day",
        "no_word",
    )
    assert value_words(pack, "event", "filed", "en") == pack.event_kinds["filed"].title.en
    assert value_words(pack, "procedure", "criminal", "zh") == pack.procedures["criminal"].title.zh
    assert value_words(pack, "held_by", "police", "zh") == pack.organ_kinds["police"].title.zh
    assert value_words(pack, "rights", "trademark", "zh") == "注册商标"
    assert value_words(pack, "finding", "overdue", "zh") == pack.finding_kinds["overdue"].title.zh
    assert value_words(pack, "replaces", "cn.fashi-2004-19", "zh") == pack.instruments["cn.fashi-2004-19"].short.zh
    assert value_words(pack, "measure", "illegal_gain", "zh") == "违法所得数额"
    assert value_words(pack, "kinds", "trade-secret", "en") == pack.act_kinds["trade-secret"].kinds["trade-secret"].en
    assert value_words(pack, "levels", "city", "zh") == "设区的市"
    assert fact_words(pack, "illegal_gain+priors", "zh") == "违法所得数额 + 以前受过的处罚"
    assert value_words(pack, "length", "15 days", "zh") == "15日"
    assert say(VALUES["yes"], "True", "zh") == "是"
