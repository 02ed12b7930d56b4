"""What of the law changes between two days: field by field, article by article, and what rests on an instrument."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Length, Unit
from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen
from zhibao.rules.describe import NoSuchEntry, tell_value
from zhibao.rules.diff import DiffBackwards, changes, citations, coming, diff
from zhibao.rules.diff_words import change_json, diff_json, diff_lines, path_words
from zhibao.rules.differences import Change, differences, later_number
from zhibao.rules.instruments import Article, Instrument, InstrumentVersion
from zhibao.rules.versions import Confidence, Span


def on(pack, entry, first, second):
    return diff(pack, entry, date.fromisoformat(first), date.fromisoformat(second))


def told(pack, found, lang="zh"):
    return "\n".join(diff_lines(pack, found, lang))


# --- deadlines and crimes of the pack ------------------------------------------------------------------------------


def test_a_length_that_changes_is_told_with_both_values(pack):
    found = on(pack, "cmp.mediate", "2024-06-30", "2026-04-15")
    assert found.how == "changed"
    assert "长度：45个工作日 → 60日" in told(pack, found)
    assert "length: 45 working days → 60 days" in told(pack, found, "en")
    row = next(one for one in diff_json(pack, found, "zh")["changes"] if one["path"] == ["versions", "length"])
    assert (row["old"], row["new"], row["how"]) == ("45 working-days", "60 days", "changed")


def test_both_versions_are_shown_as_of_their_days(pack):
    document = diff_json(pack, on(pack, "cmp.mediate", "2024-06-30", "2026-04-15"), "zh")
    assert document["old"]["versions"][0]["length"] == "45 working-days"
    assert document["new"]["versions"][0]["length"] == "60 days"
    assert (document["old_span"]["to"], document["new_span"]) == (
        "2024-06-30",
        {"from": "2026-04-15", "to": None},
    )


def test_a_limit_is_told_as_a_lawyer_reads_it(pack):
    found = on(pack, "cn.criminal.215", "2025-04-25", "2025-04-26")
    assert "标识数量20000以上 → 标识数量10000以上" in told(pack, found)
    assert "法释〔2004〕19号第三条第一款第（一）项 → 法释〔2025〕5号第六条第一款第（一）项" in told(pack, found)
    assert any(change.how == "added" and change.path[-1] == "[repeat]" for change in found.changes)
    assert "labels · cites" in told(pack, found, "en")


def test_a_statute_band_changes_on_its_own_day(pack):
    found = on(pack, "cn.criminal.213", "2021-02-28", "2021-03-01")
    assert {change.path[0] for change in found.changes} == {"statute", "versions"}
    assert "没有标准的情形" in told(pack, found), "services became a crime, and no limit was set for them"
    assert "最长（月）：84 → 120" in told(pack, found)


def test_an_entry_that_comes_into_force_begins(pack):
    found = on(pack, "cn.criminal.219-1", "1990-01-01", "2021-03-01")
    assert found.how == "begins"
    document = diff_json(pack, found, "en")
    assert (document["old"], document["says"]) == (None, "comes into force")
    assert document["new"] is not None
    assert "no version in force" in told(pack, found, "en")


def test_an_entry_without_dates_never_changes(pack):
    found = on(pack, "illegal_gain", "1990-01-01", "2030-01-01")
    assert (found.how, found.changes) == ("same", ())
    assert "不分版本" in told(pack, found)
    assert "nothing changes." in told(pack, found, "en")


def test_days_the_wrong_way_round_and_unknown_entries_are_refused(pack):
    with pytest.raises(DiffBackwards):
        on(pack, "cmp.mediate", "2026-04-15", "2024-06-30")
    with pytest.raises(NoSuchEntry):
        on(pack, "no.such", "2024-06-30", "2026-04-15")


# --- instruments ---------------------------------------------------------------------------------------------------


def test_the_new_trademark_law_renumbers_its_articles(pack):
    found = on(pack, "cn.trademark-law", "2026-12-31", "2027-01-01")
    pairs = {(one.old.number, one.new.number) for one in found.articles if one.how == "renumbered"}
    assert {("60", "74"), ("63", "77")} <= pairs
    assert "第60条 → 第74条" in told(pack, found)
    assert "art. 60 → art. 74" in told(pack, found, "en")


def test_what_rests_on_an_instrument_and_changes_is_listed_with_it(pack):
    found = on(pack, "cn.trademark-law", "2026-12-31", "2027-01-01")
    rests = {one.entry.id: one for one in found.resting}
    assert "trademark" in rests
    assert all(any(cite.instrument == "cn.trademark-law" for cite in citations(one.entry)) for one in found.resting)
    assert "也跟着变的" in told(pack, found)
    document = diff_json(pack, found, "en")
    assert {one["id"] for one in document["resting"]} == set(rests)


def test_what_a_day_changes_is_every_entry_and_nothing_else(pack):
    day = date(2027, 1, 1)
    found = {(one.section, one.entry.id): one for one in changes(pack, day)}
    assert ("instruments", "cn.trademark-law") in found
    for section, entry in pack.entries():
        one = diff(pack, f"{section}/{entry.id}", date(2026, 12, 31), day)
        assert ((section, entry.id) in found) == (one.how != "same")
    assert list(found) == sorted(found)


def test_coming_lists_the_days_in_order_without_those_outside(pack):
    found = coming(pack, date(2026, 4, 14), date(2027, 1, 1))
    assert list(found) == sorted(found)
    assert {date(2026, 4, 15), date(2027, 1, 1)} <= set(found)
    assert date(2027, 1, 1) not in coming(pack, date(2026, 4, 14), date(2026, 12, 31))
    assert date(2026, 4, 15) not in coming(pack, date(2026, 4, 15), date(2026, 12, 31))


def test_a_change_of_one_entry_is_told_without_the_full_versions(pack):
    row = change_json(pack, on(pack, "cmp.mediate", "2024-06-30", "2026-04-15"), "en")
    assert "old" not in row
    assert (row["id"], row["how"]) == ("cmp.mediate", "changed")


# --- an instrument of our own, each way an article can go ------------------------------------------------------------


def article(number, gist, paragraphs=None):
    return Article(number, Label(gist, gist), paragraphs or {}, Confidence.TEXT, "f:1")


def version(name, first, last, *articles):
    span = Span(date.fromisoformat(first), last and date.fromisoformat(last))
    held = {one.number: one for one in articles}
    return InstrumentVersion(name, span, "", held, "", None, Confidence.TEXT, Confidence.TEXT, True, "f:1")


OLD = version("1", "2000-01-01", "2019-12-31", *(article(str(n), f"甲{n}") for n in range(1, 6)))
NEW = version(
    "2",
    "2020-01-01",
    None,
    article("1", "甲1"),
    article("2", "改2"),
    article("6", "甲3"),
    article("4", "别4"),
    article("9", "新9"),
)


@dataclass(frozen=True)
class Sum:
    cite: Citation
    amount: Fen
    extra: Fen | None


@dataclass(frozen=True)
class Dated:
    span: Span
    sums: tuple[Sum, ...]
    words: tuple[str, ...]
    length: Length | None
    flag: bool
    cites: tuple[Citation, ...]


@dataclass(frozen=True)
class Thing:
    id: str
    versions: tuple[Dated, ...]
    cite: Citation
    lost: Citation
    where: str = "f:1"


def cite(text):
    return Citation.from_text(text)


@pytest.fixture
def small(pack):
    def made(renumbered):
        name = Label("甲法", "Act A")
        law = Instrument("cn.a", name, name, "", ("甲",), "statute", (OLD, NEW), (), renumbered, "f:1")
        return replace(pack, instruments={"cn.a": law}, deadlines={}, offences={})

    return made


def ways(pack):
    found = on(pack, "cn.a", "2019-12-31", "2020-01-01")
    return {(one.how, one.old and one.old.number, one.new and one.new.number) for one in found.articles}


def test_articles_keep_their_numbers_where_no_table_speaks(small):
    assert ways(small({})) == {
        ("changed", "2", "2"), ("dropped", "3", None), ("changed", "4", "4"), ("dropped", "5", None),
        ("added", None, "6"), ("added", None, "9"),
    }  # fmt: skip


def test_a_table_decides_and_what_it_leaves_out_is_the_same_only_if_it_says_the_same(small):
    pack = small({("1", "2"): ("2", "2"), ("1", "3"): ("2", "6")})
    assert ways(pack) == {
        ("changed", "2", "2"), ("renumbered", "3", "6"), ("dropped", "4", None), ("dropped", "5", None),
        ("added", None, "4"), ("added", None, "9"),
    }  # fmt: skip
    lines = told(pack, on(pack, "cn.a", "2019-12-31", "2020-01-01"))
    assert "第2条 内容有变：甲2 → 改2" in lines
    assert "没有对应的新条文：第4条" in lines
    assert "新增 第9条" in lines
    english = told(pack, on(pack, "cn.a", "2019-12-31", "2020-01-01"), "en")
    assert "no later article is known for art. 5" in english
    assert later_number(pack, cite("cn.a@1/1"), NEW) == "1"
    taken = small({("1", "3"): ("2", "1")})
    assert later_number(taken, cite("cn.a@1/1"), NEW) is None


def thing(old, new, **also):
    versions = (Dated(OLD.span, *old), Dated(NEW.span, *new))
    return Thing("x", versions, also.get("cite", cite("cn.a@1/3")), also.get("lost", cite("cn.a@1/5")))


def test_every_kind_of_field_is_compared_and_told(small):
    pack = small({("1", "3"): ("2", "6")})
    old = (
        (Sum(cite("cn.a@1/1"), Fen(100), None), Sum(cite("cn.a@1/2"), Fen(5), Fen(7))),
        ("a", "b"),
        None,
        True,
        (cite("cn.a@1/3"), cite("cn.a@1/4")),
    )
    new = (
        (Sum(cite("cn.a@2/1"), Fen(30000), Fen(200)),),
        ("b",),
        Length(3, Unit.DAYS),
        False,
        (cite("cn.a@2/6"), cite("cn.a@2/9")),
    )
    found = differences(pack, thing(old, new), date(2019, 12, 31), date(2020, 1, 1))
    hows = {(change.path[1:] or change.path, change.how): change for change in found}
    assert hows[("sums", "[1]", "cite"), "carried"].new == cite("cn.a@2/1")
    money = hows[("sums", "[1]", "amount"), "changed"]
    assert (money.old, money.new, money.money) == (100, 30000, True)
    assert hows[("sums", "[1]", "extra"), "added"].money
    assert hows[("sums", "[2]"), "dropped"].new is None
    assert hows[("words",), "dropped"].old == ("a",)
    assert hows[("length",), "added"].new == Length(3, Unit.DAYS)
    assert hows[("flag",), "changed"].old is True
    assert hows[("cites",), "renumbered"].new == cite("cn.a@2/6")
    assert (hows[("cites",), "changed"].old, hows[("cites",), "changed"].new) == (
        (cite("cn.a@1/4"),),
        (cite("cn.a@2/9"),),
    )
    assert hows[("cite",), "lapses"].new == cite("cn.a@2/6")
    assert hows[("lost",), "lapses"].new is None
    whole = replace(pack, values={"x": thing(old, new)})
    lines = told(whole, on(whole, "values/x", "2019-12-31", "2020-01-01"))
    for words in (
        "1.00元 → 300.00元", "新增 2.00元", "条号 甲法第三条 → 甲法第六条", "条号不变，换了版本", "删去 a",
        "甲法第三条（1 版） 的版本已到期，现行的是 甲法第六条", "甲法第五条（1 版） 的版本已到期", "是 → 否",
        "删去 依据：甲法第二条；",
    ):  # fmt: skip
        assert words in lines, words
    rows = diff_json(whole, on(whole, "values/x", "2019-12-31", "2020-01-01"), "en")["changes"]
    assert [row["new"] for row in rows if row["path"][-1] == "amount"] == ["300.00"]
    assert [row["new_id"] for row in rows if row["path"][-1] == "cites" and row["how"] == "changed"] == [["cn.a@2/9"]]
    assert rows[-2]["new_id"] == "cn.a@2/6"


def test_how_much_a_change_weighs(small):
    pack = small({("1", "3"): ("2", "6")})

    def how(old, new, **also):
        whole = replace(pack, values={"x": thing(old, new, **also)})
        return on(whole, "values/x", "2019-12-31", "2020-01-01").how

    same = ((), ("a",), None, True, (cite("cn.a@1/1"),))
    kept = {"cite": cite("cn.a@2/1"), "lost": cite("cn.a@2/1")}
    assert how(same, same, **kept) == "lapses"
    assert how(same, (*same[:4], (cite("cn.a@2/1"),)), **kept) == "carried"
    assert how((*same[:4], (cite("cn.a@1/3"),)), (*same[:4], (cite("cn.a@2/6"),)), **kept) == "renumbered"
    assert how(same, ((), ("b",), None, True, (cite("cn.a@2/1"),)), **kept) == "changed"
    none = (*same[:4], ())
    assert how(none, none, **kept) == "carried", "the version changed, though it says the same"


def test_a_whole_new_version_says_so_where_only_one_list_of_versions_begins(pack):
    found = on(pack, "cn.criminal.219-1", "2020-01-01", "2021-03-01")
    assert any(change.path == ("statute",) or "kinds" in change.path for change in found.changes)


def test_an_instrument_that_ends_is_told_as_ended(small):
    pack = small({})
    old = replace(pack.instruments["cn.a"], versions=(OLD,))
    ended = replace(pack, instruments={"cn.a": old})
    found = on(ended, "cn.a", "2019-12-31", "2020-01-01")
    assert (found.how, found.articles) == ("ends", ())
    whole = replace(ended, values={"x": thing(((), (), None, True, ()), ((), (), None, True, ()))})
    change = differences(whole, whole.values["x"], date(2019, 12, 31), date(2020, 1, 1))[0]
    assert (change.how, change.new) == ("lapses", None)


def test_things_without_an_id_are_paired_by_what_names_them(pack):
    @dataclass(frozen=True)
    class Row:
        event: str
        number: int

    @dataclass(frozen=True)
    class Held:
        id: str
        span: Span
        rows: tuple[Row, ...]

    @dataclass(frozen=True)
    class Both:
        id: str
        versions: tuple[Held, ...]

    first, second = Held("1", OLD.span, (Row("e", 1), Row("e", 2))), Held("2", NEW.span, (Row("e", 1), Row("e", 3)))
    found = differences(pack, Both("b", (first, second)), date(2019, 12, 31), date(2020, 1, 1))
    assert found == (Change(("versions", "rows", "[e#2]", "number"), "changed", 2, 3, "number"),)


def test_values_are_told_in_both_languages(pack):
    assert path_words(pack, ("versions", "tiers", "[base]", "[gain]", "tree"), "zh") == "第一档 · gain"
    assert path_words(pack, ("versions",), "en") == "versions"
    assert path_words(pack, ("kinds", "[2]"), "zh").endswith("第2项")
    assert tell_value(pack, 5, "zh", money=True) == "0.05"
    assert tell_value(pack, True, "zh") is True
