"""The hand-read hits hold places and verdicts, no titles and no marks."""

import csv
from collections import Counter

from tests.house.source import ROOT
from zhibao.matching.registry import CHANNELS

LABELS = ROOT / "tests" / "vectors" / "watch_labels.csv"


def labels():
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_label_is_a_place_and_a_verdict():
    for row in labels():
        assert list(row) == ["line", "source", "start", "end", "channel", "verdict"]
        assert int(row["line"]) > 0
        assert 0 <= int(row["start"]) < int(row["end"])
        assert row["source"] in {"titles", "queries"}
        assert row["channel"] in CHANNELS
        assert row["verdict"] in {"true", "false"}


def test_no_place_is_judged_twice_and_disguises_were_read_most():
    rows = labels()
    assert len({tuple(row.values())[:5] for row in rows}) == len(rows) >= 200
    assert Counter(row["channel"] for row in rows).most_common(1)[0][0] == "homophone"
