import pytest

from zhibao.matching.fold import cells_of
from zhibao.matching.model import Mark
from zhibao.matching.naming import difference, name_of
from zhibao.matching.registry import BY_NAME
from zhibao.matching.screen import Screener
from zhibao.matching.search import Searcher


@pytest.mark.parametrize(
    ("char", "zh", "en"),
    [
        ("T", "拉丁字母", "Latin"), ("Т", "西里尔字母", "Cyrillic"), ("ο", "希腊字母", "Greek"), ("é", "带符号的拉丁字母", "accented Latin"),
        ("0", "数字", "digit"), ("@", "符号", "sign"), ("Ｔ", "全角", "full-width"), ("①", "圈码", "circled"), ("Ⓐ", "圈码", "circled"),
        ("𝐓", "数学字母", "mathematical"), ("月", "汉字", "Han"), ("あ", "字符", "character"), ("\ue000", "字符", "character"),
    ],
)  # fmt: skip
def test_each_script_and_style_has_its_name(char, zh, en):
    assert (name_of(char).zh, name_of(char).en) == (zh, en)


def test_what_the_eye_cannot_tell_is_named_with_its_code_point():
    (match,) = Screener([Mark("1", "GanTuo")]).screen("GanТuо")
    assert (
        match.reasons[0].zh
        == "以形近的字母、数字代替：拉丁字母 T→西里尔字母 Т（U+0422）、拉丁字母 o→西里尔字母 о（U+043E）。"
    )
    assert (
        match.reasons[0].en
        == "Look-alike letters or digits: Latin T → Cyrillic Т (U+0422), Latin o → Cyrillic о (U+043E)."
    )
    (match,) = Screener([Mark("1", "GanTuo")]).screen("Gan7uo")
    assert match.reasons[0].zh.endswith("拉丁字母 T→数字 7。")
    (match,) = Screener([Mark("1", "GanTuo")]).screen("GanＴuo")
    assert match.reasons[0].zh == "全角、圈码等特殊写法：拉丁字母 T→全角 Ｔ（U+FF34）。"


def test_what_the_eye_can_tell_is_shown():
    (match,) = Screener([Mark("1", "赣江月")]).screen("赣江越")
    assert match.reasons[0].en == "Characters of the same or a near sound: 月→越(yue)."
    assert difference(BY_NAME["variant"], cells_of("龙")[0], cells_of("龍")[0]).zh == "龙→龍"


def test_an_expansion_is_named_as_it_stands():
    (match,) = Screener([Mark("1", "株式会社")]).screen("㍿")
    assert match.reasons[0].zh.startswith("全角、圈码等特殊写法：汉字 株→方块字 ㍿（U+337F）")


def test_a_search_says_the_same():
    (found,) = Searcher([Mark("1", "GanTuo")]).search("GanТuo")
    assert found.reasons[0].en == "Look-alike letters or digits: Latin T → Cyrillic Т (U+0422)."
