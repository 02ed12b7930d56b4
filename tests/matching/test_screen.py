import pytest

from zhibao.matching.model import Column, Mark
from zhibao.matching.screen import Screener


def screen(mark: str, title: str, *, watched: bool = True):
    return Screener([Mark("1", mark, watched=watched)]).screen(title)


def only(mark: str, title: str):
    (match,) = screen(mark, title)
    return match


def test_several_disguises_at_once_make_one_match_named_by_the_weakest():
    match = only("云龙泉", "正品 雲·龍全 ")
    assert (match.channel, match.surface, match.start, match.end) == ("homophone", "雲·龍全", 3, 7)
    assert [reason.kind for reason in match.reasons] == ["homophone", "separator", "variant"]
    assert match.reasons[0].columns == (
        Column("云", "雲", "variant"),
        Column("", "·", "separator"),
        Column("龙", "龍", "variant"),
        Column("泉", "全", "sound", "quan", "quan"),
    )
    assert all(reason.columns == () for reason in match.reasons[1:])


def test_sentences_say_what_stands_for_what_in_both_languages():
    reason = only("诗山泉", "思\u200b山泉").reasons
    assert reason[0].zh == "同音或近音字代替：诗→思(shi≈si)。"
    assert reason[0].en == "Characters of the same or a near sound: 诗→思(shi≈si)."
    assert reason[1].zh == "字间插入或去掉了符号：「」→「U+200B」。"


def test_reasons_as_json_hold_the_strip_and_readings_only_where_there_are_some():
    found = only("赣江月", "赣江越").reasons[0].as_json()
    assert found["columns"][0] == {"mark_char": "赣", "seen_char": "赣", "how": "equal"}
    assert found["columns"][2] == {
        "mark_char": "月",
        "seen_char": "越",
        "how": "sound",
        "reading_mark": "yue",
        "reading_seen": "yue",
    }


def test_a_match_is_told_once_for_each_mark_and_span():
    marks = [Mark("b", "赣江月"), Mark("a", "赣江月"), Mark("c", "赣江")]
    found = Screener(marks).screen("赣江月和赣江越")
    assert [(m.start, m.end, m.mark_id, m.channel) for m in found] == [
        (0, 2, "c", "exact"), (0, 3, "a", "exact"), (0, 3, "b", "exact"),
        (4, 6, "c", "exact"), (4, 7, "a", "homophone"), (4, 7, "b", "homophone"),
    ]  # fmt: skip


@pytest.mark.parametrize(("mark", "title"), [("赣江月", "赣江越"), ("Ganyue", "GANYUE"), ("云龙台", "雲龍臺")])
def test_a_mark_that_is_not_watched_is_found_only_exactly(mark, title):
    assert screen(mark, title, watched=False) == ()
    assert [match.channel for match in screen(mark, f"{mark} {title}", watched=False)] == ["exact"]


@pytest.mark.parametrize(("mark", "title"), [("云龙", "雲龍"), ("LG", "lg"), ("赣", "赣")])
def test_marks_of_fewer_than_three_characters_are_found_only_exactly(mark, title):
    assert {match.channel for match in screen(mark, title)} <= {"exact"}


@pytest.mark.parametrize(
    ("mark", "title", "found"),
    [
        ("鲜", "海鲜大礼", False), ("鲜", "「鲜」大礼", True), ("鲜", "鲜", True), ("X", "X光", False), ("X", "X 光", True),
        ("LG", "LG电视", True), ("LG", "ALG", False), ("LG", "LG3", False), ("LG", "买LG", True),
        ("nike", "nikes", False), ("nike", "nike2024", True), ("nike", "买nike鞋", True), ("nike", "snike", False),
        ("3m", "13m", False), ("3m胶", "3m胶带", True), ("361度", "1361度", False), ("江南nike", "江南nikes", False),
    ],
)  # fmt: skip
def test_where_short_marks_and_words_end(mark, title, found):
    assert bool(screen(mark, title, watched=False)) is found


def test_a_disguise_keeps_word_bounds_too():
    assert screen("Ganyue", "GANYUES") == ()
    assert screen("Ganyue", "AGANYUE") == ()
    assert screen("Gan360", "GAN3601") == ()


def test_at_most_half_of_a_mark_may_be_plain_look_alikes():
    assert [m.channel for m in screen("easa", "3asa")] == ["confusable"]
    assert screen("easa", "3454") == ()


def test_signs_read_as_letters_do_not_hide_the_word_beside_them():
    assert [m.surface for m in screen("yodo", "easy!yodo")] == ["yodo"]
    assert [m.surface for m in screen("yodo", "y@do")] == []
    assert [m.surface for m in screen("Ganyue", "G@nyue")] == ["G@nyue"]


def test_sound_alone_is_not_enough_where_the_words_are_ordinary():
    assert [m.channel for m in screen("巧棵力", "巧克利")] == ["homophone"]
    assert screen("巧棵力", "大金球巧克力") == ()
    assert screen("伟多利", "维多利亚的维多利亚") == ()


def test_when_every_character_only_sounds_alike_each_must_have_the_very_syllable():
    assert [m.channel for m in screen("赣江月", "甘姜越")] == ["homophone"]
    assert screen("诗山泉", "思三全") == ()


def test_an_ordinary_word_scores_less_and_says_so():
    match = only("生活", "品质生活馆")
    assert match.score == 60
    assert match.reasons[0].zh == "与商标完全相同。但它也是常用词。"
    assert match.reasons[0].en == "The same as the mark. It is also an ordinary word."
    assert only("质生", "品质生活馆").score == 40
    assert only("赣江月", "正品赣江月").score == 100
    word = only("办公室", "辦公室")
    assert (word.channel, word.score) == ("variant", 60)
    assert word.reasons[0].en.endswith("It is also an ordinary word.")


def test_separators_may_be_in_the_mark_and_long_gaps_are_none():
    assert only("赣·江·月", "赣江月").channel == "separator"
    assert screen("赣江月", "赣江" + "。" * 9 + "月") == ()


def test_expansions_count_whole_code_points_only():
    assert only("株式会社月", "㍿月").surface == "㍿月"
    assert screen("式会社", "㍿") == ()
    assert screen("株式会", "㍿") == ()


def test_a_mark_without_letters_is_not_sought_and_told():
    screener = Screener([Mark("1", "!!!"), Mark("2", ""), Mark("3", "赣江月"), Mark("4", "赣江", watched=True)])
    assert (screener.unsought, screener.exact, screener.disguised) == (("1", "2"), 2, 1)
    assert screener.screen("") == ()
    assert screener.screen("!!!") == ()


def test_half_a_surrogate_pair_is_itself_and_nothing_else():
    assert [m.channel for m in screen("赣\ud800江月", "赣\ud800江月")] == ["exact"]
    assert [m.channel for m in screen("赣\ud800江月", "赣\ufffd江月")] == ["separator"]


def test_an_empty_register_finds_nothing():
    assert Screener([]).screen("赣江月") == ()


def test_the_digest_changes_with_the_marks():
    one = Screener([Mark("1", "赣江月")]).digest()
    assert one != Screener([Mark("1", "赣江月", watched=False)]).digest()
    assert one != Screener([Mark("1", "赣江越")]).digest()
    assert one == Screener([Mark("1", "赣江月", classes=(9,))]).digest()
