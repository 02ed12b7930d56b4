"""How many planted disguises the watch finds, by kind, in real titles.

    python -m benchmarks.watch_planted [--each N] [--out FILE]

Marks are the seeded 16,000 watched names of watch_real.py. The disguises are made from other tables than the matcher's:
SIGHAN's sound-alikes and jionlp's traditional forms from the measuring data, and short lists below for Latin. A plant is
found when the mark is among the matches and its place is the planted one. It says nothing of false alarms (watch_real.py).
"""

import argparse
import gzip
import json
import random
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.watch_real import DATA, ROOT, SEED, read_feed, read_names, register, wilson
from zhibao.matching import tables
from zhibao.matching.fold import fold
from zhibao.matching.screen import Screener

SIGNS = [" ", "·", "-", "🍵", "\u200b", "\u2060", "★", "/", "。", "👨‍👩‍👧", "_", "～"]
CYRILLIC = dict(zip("aceopxyiABEKMHOPCTX", "асеорхуіАВЕКМНОРСТХ", strict=True))
LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "l": "1"}
Plant = Callable[[random.Random, str], str]


def sounds(field: str) -> dict[str, str]:
    with gzip.open(DATA / "glyphs" / "sighan_sound_confusion.jsonl.gz", "rt", encoding="utf-8") as file:
        return {row["char"]: row[field] for row in map(json.loads, file) if row[field]}


def traditional() -> dict[str, str]:
    with gzip.open(DATA / "glyphs" / "sim2tra_char.txt.gz", "rt", encoding="utf-8") as file:
        return {s: t for s, t in (line.rstrip("\n").split("\t") for line in file) if s != t}


def swap(table: dict[str, str], count: int | None) -> Plant:
    """Swap ``count`` characters that the table has (all of them for None); an unchanged text is no plant."""

    def plant(rng: random.Random, mark: str) -> str:
        places = [n for n, char in enumerate(mark) if char in table]
        if count is not None and len(places) < count:
            return mark
        chosen = set(places if count is None else rng.sample(places, count))
        return "".join(rng.choice(table[char]) if n in chosen else char for n, char in enumerate(mark))

    return plant


def part(rng: random.Random, mark: str) -> str:
    cuts = set(rng.sample(range(1, len(mark)), rng.randrange(1, len(mark))))
    return "".join((rng.choice(SIGNS) if n in cuts else "") + char for n, char in enumerate(mark))


def widen(_rng: random.Random, mark: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in mark)


def kinds() -> dict[str, tuple[Plant, Callable[[str], bool]]]:
    same, near, full = sounds("same_sound_same_tone"), sounds("near_sound_same_tone"), traditional()

    def is_han(mark: str) -> bool:
        return all(char >= "一" for char in mark)

    def is_latin(mark: str) -> bool:
        return mark.isascii() and mark.isalpha()

    def mixed(rng: random.Random, mark: str) -> str:
        return part(rng, swap(full, None)(rng, swap(same, 1)(rng, mark)))

    return {
        "same sound, one character": (swap(same, 1), is_han),
        "same sound, two characters": (swap(same, 2), is_han),
        "same sound, all characters": (lambda rng, mark: swap(same, len(mark))(rng, mark), is_han),
        "near sound, one character": (swap(near, 1), is_han),
        "traditional": (swap(full, None), is_han),
        "signs between": (part, is_han),
        "sound, traditional and signs": (mixed, is_han),
        "full width": (widen, is_latin),
        "other case": (lambda _rng, mark: mark.swapcase(), is_latin),
        "Cyrillic": (swap(CYRILLIC, None), is_latin),
        "digits, one": (swap(LEET, 1), is_latin),
        "letters spaced": (lambda _rng, mark: " ".join(mark), is_latin),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--each", type=int, default=500)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "watch_planted.json")
    args = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: the measuring data is not at {DATA}; name its folder in ZHIBAO_DATA", file=sys.stderr)
        return
    marks = [mark for mark in register(read_names()) if mark.watched]
    titles = [text for source, _, _, text in read_feed() if source == "titles"]
    screener = Screener(marks)
    result: dict[str, object] = {"tables": tables.digest(), "seed": SEED, "marks": len(marks), "recall": {}}
    for kind, (plant, suits) in kinds().items():
        rng = random.Random(f"{SEED} {kind}")
        suitable = [mark for mark in marks if suits(mark.text) and len(fold(mark.text).cells) == len(mark.text)]
        planted = found = 0
        for _ in range(args.each * 20):
            mark, title = rng.choice(suitable), rng.choice(titles)
            text = plant(rng, mark.text)
            if text == mark.text:
                continue
            at = rng.randrange(len(title) + 1)
            before = title[:at] + ("" if mark.text[0] >= "一" else " ")
            whole = f"{before}{text}{'' if mark.text[-1] >= '一' else ' '}{title[at:]}"
            span = mark.id, len(before), len(before) + len(text)
            found += any((m.mark_id, m.start, m.end) == span for m in screener.screen(whole))
            planted += 1
            if planted == args.each:
                break
        share = round(found / planted, 3) if planted else None
        result["recall"][kind] = {
            "planted": planted,
            "found": found,
            "share": share,
            "interval_95": wilson(found, planted),
        }
    args.out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for kind, row in result["recall"].items():
        print(f"{kind:32} {row['found']:5}/{row['planted']:<5} {row['share']}")


if __name__ == "__main__":
    main()
