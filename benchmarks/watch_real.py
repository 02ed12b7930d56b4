"""The watch on real input: 275,550 names against 21,252 listing titles and 101,000 shopping queries.

    python -m benchmarks.watch_real [--rounds N] [--out FILE]

Exact over the whole register, the other signals for a seeded sample of 16,000 watched names of three and more characters.
Peers run in the same process, interleaved: the times are CPU seconds, the median of the rounds. The labels in
tests/vectors/watch_labels.csv were read by hand; rules were fitted on even lines, so only odd lines are reported.
"""

import argparse
import csv
import gzip
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from statistics import median

from ahocorasick_rs import AhoCorasick, Implementation
from rapidfuzz import fuzz, process

from zhibao.matching import tables
from zhibao.matching.alignment import Prepared
from zhibao.matching.fold import fold
from zhibao.matching.gates import is_sought
from zhibao.matching.indexes.exact import ExactIndex
from zhibao.matching.model import Mark
from zhibao.matching.screen import Screener

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("ZHIBAO_DATA", ROOT.parent / "shared" / "data"))
LABELS = ROOT / "tests" / "vectors" / "watch_labels.csv"
SEED, WATCHED, LEAD_SCORE = 2026, 16_000, 75
FUZZY_TITLES, WINDOW_TITLES = 100, 5_000


def read_names() -> list[str]:
    with gzip.open(DATA / "brands_zh" / "brands_zh.txt.gz", "rt", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t")[0] for line in file]


def read_feed() -> list[tuple[str, int, str, str]]:
    """Source, line number, series (the data has no shops: the set a title comes from stands for one) and text."""
    with gzip.open(DATA / "titles_zh" / "titles_zh.txt.gz", "rt", encoding="utf-8") as file:
        titles = [("titles", n, *reversed(line.rstrip("\n").split("\t")[:2])) for n, line in enumerate(file, 1)]
    with gzip.open(DATA / "titles_zh" / "taobao_queries_multicpr.jsonl.gz", "rt", encoding="utf-8") as file:
        queries = [("queries", n, "queries", json.loads(line)["query"]) for n, line in enumerate(file, 1)]
    return titles + queries


def register(names: list[str]) -> list[Mark]:
    long = [number for number, name in enumerate(names) if len(fold(name).cells) >= 3]
    watched = set(random.Random(SEED).sample(long, WATCHED))
    return [Mark(str(number + 1), name, watched=number in watched) for number, name in enumerate(names)]


def rss_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * resource.getpagesize() / 2**20, 1)


def timed(work) -> tuple[float, object]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def windows(names: set[str], titles: list[str]) -> int:
    """Plain Python: every window of up to the longest usual length, looked up in a set."""
    longest = 12
    return sum(
        title[start:end] in names
        for title in titles
        for start in range(len(title))
        for end in range(start + 1, min(start + longest, len(title)) + 1)
    )


def wilson(good: int, total: int) -> tuple[float, float]:
    """95 % interval of a share."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, good / total
    middle = share + z * z / (2 * total)
    spread = z * ((share * (1 - share) + z * z / (4 * total)) / total) ** 0.5
    return round((middle - spread) / (1 + z * z / total), 3), round((middle + spread) / (1 + z * z / total), 3)


def precision(screener: Screener, feed: list[tuple[str, int, str, str]]) -> dict[str, object]:
    """Share of true hits by channel among the labelled hits of odd lines that are still found."""
    texts = {(source, line): text for source, line, _, text in feed}
    found: dict[str, list[bool]] = defaultdict(list)
    dropped: dict[str, Counter[bool]] = defaultdict(Counter)
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if int(row["line"]) % 2 == 0:
                continue
            true, channel = row["verdict"] == "true", row["channel"]
            span = int(row["start"]), int(row["end"]), channel
            matches = screener.screen(texts[row["source"], int(row["line"])])
            scores = [m.score for m in matches if (m.start, m.end, m.channel) == span]
            if not scores:
                dropped[channel][true] += 1
                continue
            found[channel].append(true)
            if channel == "exact":
                found["exact, not a word nor cut out of one" if max(scores) == 100 else "exact, a word or cut"].append(
                    true
                )
    return {
        channel: {
            "read": len(verdicts),
            "true": sum(verdicts),
            "share": round(sum(verdicts) / len(verdicts), 3),
            "interval_95": wilson(sum(verdicts), len(verdicts)),
            "dropped_by_rules": {"true": dropped[channel][True], "false": dropped[channel][False]},
        }
        for channel, verdicts in sorted(found.items())
    }


def hits_of(screener: Screener, feed: list[tuple[str, int, str, str]]) -> dict[str, object]:
    channels: dict[str, Counter[str]] = defaultdict(Counter)
    listings, clean, leads, strong = Counter(), Counter(), set(), set()
    for source, _, series, text in feed:
        matches = screener.screen(text)
        listings[source] += 1
        clean[source] += not matches
        for match in matches:
            channels[source][match.channel] += 1
            leads.add((match.mark_id, series))
            if match.score >= LEAD_SCORE:
                strong.add((match.mark_id, series))
    return {
        "texts": dict(listings),
        "texts_without_hit": dict(clean),
        "hits_by_channel": {source: dict(counts) for source, counts in channels.items()},
        "leads_one_per_right_and_series": len(leads),
        f"leads_scored_{LEAD_SCORE}_and_more": len(strong),
    }


def peers(screener: Screener, marks: list[Mark], titles: list[str], rounds: int) -> dict[str, object]:
    """Titles per CPU second: ours with all signals and exact only, and three peers."""
    names = [mark.text.strip() for mark in marks if mark.text.strip()]
    watched = [mark.text for mark in marks if mark.watched]
    build, machine = timed(
        lambda: AhoCorasick(names, implementation=Implementation.ContiguousNFA, store_patterns=False)
    )
    name_set = set(names)
    sought = ExactIndex([p for p in map(Prepared.from_mark, marks) if is_sought(p)])
    some, few = titles[:WINDOW_TITLES], random.Random(SEED).sample(titles, FUZZY_TITLES)
    # The peer that knows no folding is handed the folded text: its time is for finding alone.
    folded = ["".join(cell.char for cell in fold(title).cells) for title in titles]
    work = {
        "ours, all signals, with reasons": (lambda: [screener.screen(t) for t in titles], len(titles)),
        "ours, exact only, with reasons": (lambda: [list(sought.find(t)) for t in titles], len(titles)),
        "ahocorasick_rs, exact, folded text given": (
            lambda: [machine.find_matches_as_indexes(t, overlapping=True) for t in folded],
            len(titles),
        ),
        "python set, windows to 12, exact": (lambda: windows(name_set, some), len(some)),
        "rapidfuzz partial_ratio >= 90, watched only": (
            lambda: [process.extract(t, watched, scorer=fuzz.partial_ratio, score_cutoff=90, limit=None) for t in few],
            len(few),
        ),
    }
    seconds: dict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, (run, _size) in work.items():
            seconds[name].append(timed(run)[0])
    rates = {name: round(work[name][1] / median(times), 1) for name, times in seconds.items()}
    ours = rates["ours, all signals, with reasons"]
    ratios = {
        f"ours, all signals / {name}": round(ours / rate, 2) for name, rate in rates.items() if "ours" not in name
    }
    return {"titles_per_cpu_second": rates, "ratios": ratios, "ahocorasick_rs_build_cpu_seconds": round(build, 2)}


def command_line(marks: list[Mark], feed: list[tuple[str, int, str, str]]) -> dict[str, object]:
    """The whole way from files to a file through ``zhibao watch screen``, wall time."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        with (here / "register.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [("id", "mark", "watch"), *((m.id, m.text, str(m.watched).lower()) for m in marks)]
            )
        with (here / "listings.jsonl").open("w", encoding="utf-8") as file:
            for source, line, series, text in feed:
                file.write(
                    json.dumps({"id": f"{source}-{line:06}", "title": text, "shop": series}, ensure_ascii=False) + "\n"
                )
        command = [sys.executable, "-m", "zhibao.cli", "watch", "screen", str(here / "listings.jsonl"), "--register"]
        command += [str(here / "register.csv"), "--out", str(here / "hits.jsonl"), "--json"]
        found = {}
        for workers in (1, 2):
            start = time.perf_counter()
            ran = subprocess.run([*command, "--workers", str(workers)], capture_output=True, text=True, check=True)
            seconds = time.perf_counter() - start
            summary = json.loads(ran.stdout)
            found[f"{workers} workers"] = {
                "seconds": round(seconds, 1),
                "listings_per_second": round(summary["listings"] / seconds),
                "hits": summary["hits"],
                "bad_listings": summary["bad_listings"],
                "bad_marks": summary["bad_marks"],
            }
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        return found | {"largest_process_mb": round(largest / 1024)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "results" / "watch_real.json")
    args = parser.parse_args()
    if not DATA.is_dir():
        print(f"skipped: the measuring data is not at {DATA}; name its folder in ZHIBAO_DATA", file=sys.stderr)
        return
    feed, marks = read_feed(), register(read_names())
    before = rss_mb()
    build, screener = timed(lambda: Screener(marks))
    after = rss_mb()
    titles = [text for source, _, _, text in feed if source == "titles"]
    result = {
        "machine": {"python": platform.python_version(), "processors": os.cpu_count(), "model": platform.machine()},
        "tables": tables.digest(),
        "seed": SEED,
        "register": {"marks": len(marks), "watched": WATCHED, "build_cpu_seconds": round(build, 2)},
        "memory_mb": {"before_the_index": before, "after": after, "index": round(after - before, 1)},
        "found": hits_of(screener, feed),
        "read_by_hand": precision(screener, feed),
        "speed": peers(screener, marks, titles, args.rounds),
        "command_line": command_line(marks, feed),
    }
    args.out.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
