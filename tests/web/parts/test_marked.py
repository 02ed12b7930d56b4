import re
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from zhibao.web.parts.marked import marked_text


@dataclass
class Run:
    text: str
    mark: str


def test_what_went_is_struck_through_and_what_came_is_underlined():
    drawn = marked_text([Run("没收", "same"), Run("、销毁", "gone"), Run("侵权商品", "new")])
    assert drawn == '<div class="law"><p>没收<del>、销毁</del><ins>侵权商品</ins></p></div>'


def test_a_line_feed_begins_a_paragraph_even_inside_a_mark():
    assert marked_text([Run("一\n二", "gone")]).count("<p><del>") == 2


def test_words_cannot_become_markup():
    assert "<b>" not in marked_text([Run("<b>", "same"), Run("<i>", "new")])


@given(st.lists(st.tuples(st.text("甲乙丙<&\n", max_size=9), st.sampled_from(["same", "gone", "new"]))))
def test_every_character_is_drawn_once(runs):
    drawn = marked_text([Run(*run) for run in runs])
    plain = re.sub(r"<[^>]*>", "", drawn).replace("&lt;", "<").replace("&amp;", "&")
    assert plain == "".join(text for text, _ in runs).replace("\n", "")
