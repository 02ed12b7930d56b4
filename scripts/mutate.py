"""Change the law and the engine one value at a time, and say what the golden cases notice.

    python scripts/mutate.py [--only law|engine] [--section NAME ...] [--sample N] [--workers 2]

Every number, date, length, unit, comparison, article, flag and confidence of the law files, and every comparison, and/or,
number and min/max of the engine's rooms, is changed in turn, in this process, without touching a file. Survivors are listed
with file and line; the shares go to benchmarks/results/mutation.json (``make mutate``).
"""

import argparse
import json
import multiprocessing
import os
import platform
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from scripts.mutation.code import CodeMutant
from scripts.mutation.engine import EngineRun
from scripts.mutation.excused import EQUIVALENT, LEFT_ALONE
from scripts.mutation.law import LawRun, Verdict

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results" / "mutation.json"
RULES = (
    "conditions",
    "acts",
    "assess",
    "versions",
    "outcomes",
    "penalties",
    "remedies",
    "route",
    "values",
    "fines",
    "fine_amounts",
    "fine_threats",
    "fine_weighing",
    "fine_gain",
    "fine_procedure",
    "damages",
    "damage_bases",
    "damage_defences",
    "punitive",
)
DOCKET = ("counting", "clocks", "entries")
# The part of the columns that one case runs through as well; the rest is held equal to it by tests/docket/columns.
COLUMNS = ("counting", "kernel", "limits", "tables")
SEED = 20261123
TOLD = 10
MEMORY = 3 * 1024**3  # bytes a process may hold
_state: dict[str, Any] = {}


def modules() -> list[str]:
    """Return the modules of the engine that are there."""
    source = ROOT / "src" / "zhibao"
    wanted = [f"rules/{name}" for name in RULES] + [f"docket/{name}" for name in DOCKET] + ["kernel/days"]
    wanted += [f"docket/columns/{name}" for name in COLUMNS]
    return [f"zhibao.{name.replace('/', '.')}" for name in wanted if (source / f"{name}.py").is_file()]


def try_law(numbers: Sequence[int]) -> list[Verdict]:
    """Try these mutants of law files; runs in a worker."""
    run: LawRun = _state["law"]
    mutants = _state["law_mutants"]
    return [run.judge(*mutants[number]) for number in numbers]


def try_engine(numbers: Sequence[int]) -> list[Verdict]:
    """Try these mutants of the engine; runs in a worker."""
    run: EngineRun = _state["engine"]
    mutants: list[CodeMutant] = _state["engine_mutants"]
    return [run.judge(mutants[number]) for number in numbers]


def try_units(numbers: Sequence[int]) -> list[tuple[int, str]]:
    """Try these mutants on the unit tests that mirror their modules; runs in a worker."""
    run: EngineRun = _state["engine"]
    return [(number, run.judge_by_units(_state["engine_mutants"][number])) for number in numbers]


def in_parts(work: Any, numbers: Sequence[int], workers: int, part: int) -> list[Any]:
    """Do the work in parts over so many processes, which inherit what was read; keep the order."""
    parts = [numbers[at : at + part] for at in range(0, len(numbers), part)]
    if workers == 1:
        return [one for place, held in enumerate(parts) for one in _said(work(held), place, len(parts))]
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        return [one for place, held in enumerate(pool.imap(work, parts)) for one in _said(held, place, len(parts))]


def _said(held: list[Any], place: int, parts: int) -> list[Any]:
    """Say on standard error how far the work is, every tenth of it."""
    if parts >= TOLD and place % (parts // TOLD) == 0:
        print(f"   {place} of {parts} parts", file=sys.stderr, flush=True)
    return held


def law(options: argparse.Namespace) -> list[Verdict]:
    """Try the mutants of the law files."""
    run = LawRun()
    _tell_broken(len(run.broken))
    made = list(run.mutants(options.section or run.sections()))
    if options.sample:
        made = random.Random(SEED).sample(made, min(options.sample, len(made)))
    _state.update(law=run, law_mutants=made)
    return in_parts(try_law, range(len(made)), options.workers, 50)


def engine(options: argparse.Namespace) -> list[Verdict]:
    """Try the mutants of the engine; those no golden case notices on the unit tests as well."""
    run = EngineRun(modules())
    made = run.mutants()
    if options.sample:
        made = random.Random(SEED).sample(made, min(options.sample, len(made)))
    _state.update(engine=run, engine_mutants=made)
    verdicts = in_parts(try_engine, range(len(made)), options.workers, 10)
    if options.no_units:
        return verdicts
    left = [place for place, one in enumerate(verdicts) if not one.caught and one.key not in EQUIVALENT]
    left.sort(key=lambda place: verdicts[place].section)
    for place, by in in_parts(try_units, left, options.workers, len(left) // options.workers + 1):
        if by:
            one = verdicts[place]
            verdicts[place] = Verdict(one.section, one.kind, one.key, one.where, "unit", by)
    return verdicts


def _tell_broken(number: int) -> None:
    if number:
        print(f"{number} golden cases do not hold and are left out: run zhibao law check")


def shares(verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """Return, by section, how many mutants there were and who noticed them."""
    found: dict[str, Counter[str]] = {}
    for one in verdicts:
        how = one.caught or ("equivalent" if one.key in EQUIVALENT else "survived")
        found.setdefault(one.section, Counter()).update({"mutants": 1, how: 1})
    return {section: _share(counted) for section, counted in sorted(found.items())}


def _share(counted: Counter[str]) -> dict[str, Any]:
    real = counted["mutants"] - counted["equivalent"]
    caught = counted["loader"] + counted["golden"]
    held = caught + counted["unit"]
    return {
        **dict(sorted(counted.items())),
        "share": round(caught / real, 4) if real else 1.0,
        "with_unit_tests": round(held / real, 4) if real else 1.0,
    }


def untrue(verdicts: Iterable[Verdict]) -> list[str]:
    """Return the excuses that are not true: of mutants that were caught."""
    return [one.key for one in verdicts if one.caught and one.key in EQUIVALENT]


def report(parts: dict[str, list[Verdict]], seconds: float) -> dict[str, Any]:
    """Print the shares and the survivors, and return what is kept."""
    told: dict[str, Any] = {"seconds": round(seconds, 1), "python": platform.python_version(), "left_alone": LEFT_ALONE}
    for part, verdicts in parts.items():
        told[part] = {"sections": shares(verdicts), "all": _share(Counter(_how(verdicts)))}
        print(f"== {part}: {json.dumps(told[part]['all'])}")
        for section, share in told[part]["sections"].items():
            print(f"   {section:40} {json.dumps(share)}")
        survivors = [one for one in verdicts if not one.caught and one.key not in EQUIVALENT]
        told[part]["survivors"] = [f"{one.where} {one.kind} {one.key}" for one in survivors]
        told[part]["by_unit_tests_only"] = [
            f"{one.where} {one.key} by {one.by}" for one in verdicts if one.caught == "unit"
        ]
        told[part]["excused"] = [f"{one.key}: {EQUIVALENT[one.key]}" for one in verdicts if one.key in EQUIVALENT]
    return told


def _how(verdicts: Iterable[Verdict]) -> Iterable[str]:
    for one in verdicts:
        yield "mutants"
        yield one.caught or ("equivalent" if one.key in EQUIVALENT else "survived")


def main() -> int:
    """Run what was asked for; 1 where an excuse is not true."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--only", choices=("law", "engine"))
    options.add_argument("--section", action="append", help="only these sections of the law")
    options.add_argument("--sample", type=int, help="only so many mutants of each part, always the same")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--no-units", action="store_true", help="do not try the survivors on the unit tests")
    options.add_argument("--out", type=Path, default=RESULTS)
    asked = options.parse_args()
    os.environ["NUMBA_DISABLE_JIT"] = "1"  # compiled code would not see that a function was changed
    # A mutant may gather without end: what asks for more than this fails, and has been noticed.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    started = time.monotonic()
    parts: dict[str, list[Verdict]] = {}
    if asked.only != "engine":
        parts["law"] = law(asked)
    if asked.only != "law":
        parts["engine"] = engine(asked)
    told = report(parts, time.monotonic() - started)
    asked.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    print(f"{told['seconds']} s, survivors in {asked.out}")
    wrong = [key for verdicts in parts.values() for key in untrue(verdicts)]
    print(*(f"excused, but caught: {key}" for key in wrong), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
