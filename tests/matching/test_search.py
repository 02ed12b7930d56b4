import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.disguises import HAN, LATIN, make_marks, make_title
from zhibao.matching.alignment import Prepared
from zhibao.matching.model import Mark
from zhibao.matching.search import Searcher, likeness


def slowly(marks, text, classes=(), top=10):
    wanted = [m for m in marks if not classes or set(classes) & set(m.classes)]
    found = [f for f in (likeness(Prepared.from_mark(m), text) for m in wanted) if f]
    return tuple(sorted(found, key=lambda f: (-f.score, f.mark.id))[:top])


@pytest.mark.parametrize("seed", range(3))
def test_the_fast_search_ranks_as_the_slow_truth_does(seed):
    rng = random.Random(seed)
    marks = [Mark(f"{n:03}", text, classes=(rng.randrange(1, 5),)) for n, text in enumerate(make_marks(rng, 150))]
    searcher = Searcher(marks)
    for _ in range(40):
        text = rng.choice((make_title(rng, [m.text for m in marks])[:12], rng.choice(marks).text))
        assert searcher.search(text, top=5) == slowly(marks, text, top=5)
        assert searcher.search(text, classes=(1, 2), top=4) == slowly(marks, text, (1, 2), 4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(HAN[:12] + LATIN, max_size=5), min_size=1, max_size=8), st.text(HAN[:12] + LATIN, max_size=6))
def test_the_fast_search_is_the_slow_truth_whatever_the_characters(texts, text):
    marks = [Mark(str(n), t) for n, t in enumerate(texts)]
    assert Searcher(marks).search(text, top=3) == slowly(marks, text, top=3)


def best(mark: str, text: str):
    (found,) = Searcher([Mark("1", mark)]).search(text)
    return found


def test_the_same_mark_comes_first_then_sound_then_other_characters():
    marks = [Mark("1", "赣江水"), Mark("2", "赣江越"), Mark("3", "赣江月"), Mark("4", "完全无关")]
    assert [f.mark.id for f in Searcher(marks).search("赣江月")] == ["3", "2", "1"]


@pytest.mark.parametrize(
    ("mark", "text", "kind", "score"),
    [
        ("赣江月", "赣江月", "exact", 100), ("赣江月", "江赣月", "order", 85), ("赣江月", "正宗赣江月茶", "inside", 75),
        ("正宗赣江月茶", "赣江月", "around", 75), ("赣江月", "赣江水", "different", 66), ("赣江月", "赣江", "around", 80),
        ("Ganyue", "Ganyu", "around", 85), ("赣江月", "赣·江月", "separator", 100), ("赣江月", "赣江越", "homophone", 95),
    ],
)  # fmt: skip
def test_why_a_mark_is_near(mark, text, kind, score):
    found = best(mark, text)
    assert (found.reasons[0].kind, found.score) == (kind, score)


def test_what_is_missing_and_added_stands_in_the_strip():
    hows = [(c.mark_char, c.seen_char, c.how) for c in best("赣江月", "白赣江越").reasons[0].columns]
    assert hows == [("", "白", "added"), ("赣", "赣", "equal"), ("江", "江", "equal"), ("月", "越", "sound")]
    assert [c.how for c in best("赣江月白", "赣水月").reasons[0].columns] == ["equal", "different", "equal", "missing"]


def test_the_classes_filter():
    marks = [Mark("1", "赣江月", classes=(30,)), Mark("2", "赣江越", classes=(9, 25))]
    assert [f.mark.id for f in Searcher(marks).search("赣江月", classes=(25,))] == ["2"]


def test_nothing_common_nothing_found():
    assert Searcher([Mark("1", "赣江月"), Mark("2", "!!!")]).search("完全无关") == ()
    assert Searcher([Mark("1", "赣江月")]).search("!!!") == ()
    assert Searcher([]).search("赣江月") == ()
    assert likeness(Prepared.from_mark(Mark("1", "!!!")), "赣") is None
