"""The fast index and the slow truth say the same, on made and on real titles."""

import gzip
import os
import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.house.source import ROOT
from tests.matching.disguises import AWKWARD, HAN, LATIN, SIGNS, make_marks, make_title
from zhibao.matching.model import Mark
from zhibao.matching.reference import screen_slowly
from zhibao.matching.registry import CHANNELS
from zhibao.matching.screen import Screener

DATA = Path(os.environ.get("ZHIBAO_DATA", ROOT.parent / "shared" / "data"))


def register(texts: list[str], rng: random.Random) -> list[Mark]:
    return [Mark(f"{number:04}", text, watched=rng.random() < 0.8) for number, text in enumerate(texts)]


@pytest.mark.parametrize("seed", range(4))
def test_same_matches_on_made_titles_with_planted_disguises(seed):
    rng = random.Random(seed)
    marks = register(make_marks(rng, 120), rng)
    screener, channels = Screener(marks), Counter()
    for _ in range(120):
        title = make_title(rng, [mark.text for mark in marks])
        truth = screen_slowly(marks, title)
        assert screener.screen(title) == truth, repr(title)
        channels.update(match.channel for match in truth)
    assert set(channels) >= set(CHANNELS) - {"width"}, (
        channels
    )  # the made titles exercise the channels, not only agree on nothing


TEXT = st.lists(st.sampled_from([*HAN[:14], *LATIN, *SIGNS, *AWKWARD]), max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=6), TEXT)
def test_same_matches_whatever_the_characters(texts, title):
    marks = [Mark(str(number), text) for number, text in enumerate(texts)]
    assert Screener(marks).screen(title) == screen_slowly(marks, title)


@given(TEXT.filter(bool))
def test_places_are_code_points_of_the_raw_title(text):
    title = f"😀{text}赣江越{text}"
    for match in Screener([Mark("1", "赣江月")]).screen(title):
        assert title[match.start : match.end] == match.surface
        assert 0 <= match.score <= 100


def test_the_order_of_the_register_does_not_matter():
    rng = random.Random(7)
    marks = register(make_marks(rng, 60), rng)
    shuffled = random.Random(8).sample(marks, len(marks))
    titles = [make_title(rng, [mark.text for mark in marks]) for _ in range(40)]
    one, other = Screener(marks), Screener(shuffled)
    assert [one.screen(title) for title in titles] == [other.screen(title) for title in titles]
    assert one.digest() == other.digest()


@pytest.mark.data
def test_same_matches_on_real_titles():
    if not DATA.is_dir():
        pytest.skip(f"the measuring data is not at {DATA}; name its folder in ZHIBAO_DATA")
    rng = random.Random(2026)
    with gzip.open(DATA / "titles_zh" / "titles_zh.txt.gz", "rt", encoding="utf-8") as file:
        titles = rng.sample([line.rstrip("\n").split("\t")[0] for line in file], 60)
    with gzip.open(DATA / "brands_zh" / "brands_zh.txt.gz", "rt", encoding="utf-8") as file:
        names = [line.rstrip("\n").split("\t")[0] for line in file]
    everything = "\n".join(titles)
    marks = [
        Mark(name, name) for name in {*rng.sample(names, 100), *(n for n in names if len(n) > 1 and n in everything)}
    ]
    marks = sorted(marks, key=lambda mark: mark.id)[:250]
    screener = Screener(marks)
    found = 0
    for title in titles:
        truth = screen_slowly(marks, title)
        assert screener.screen(title) == truth
        found += len(truth)
    assert found > 20
