"""The golden cases, run against a pack until one of them notices that something is wrong.

Knows which cases speak of which entries, and how long a case may take: a mutant that never ends is noticed as well.
"""

import re
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

from zhibao.docket.golden import RUNNERS
from zhibao.kernel.canonical import Json
from zhibao.rules.golden import runner_of
from zhibao.rules.pack import Pack
from zhibao.rules.read import Table

SECONDS = 5  # a case takes milliseconds
_WORDS = re.compile(r"[\w.\-]+")


class TooLong(Exception):
    """A case did not end in time."""


@dataclass(frozen=True)
class Case:
    """One golden case: where it stands, the words in it, and the clocks it expects (none: it is no clock case)."""

    table: Table
    words: frozenset[str]
    limits: frozenset[str]

    @property
    def kind(self) -> str:
        """The beginning of its file's name."""
        return self.table.where.rpartition("/")[2].partition("-")[0]


def as_case(table: Table) -> Case:
    """Return a case with what it speaks of."""
    words = frozenset(_words(table.json()))
    limits: frozenset[str] = frozenset()
    if "clock" in table:
        limits = frozenset({table.text("clock")})
    elif table.where.rpartition("/")[2].startswith("clocks-"):
        limits = frozenset(key.split("#")[0] for key in table.table("expect"))
    return Case(table, words, limits)


def _words(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        for key, held in value.items():
            yield from _words(key)
            yield from _words(held)
    elif isinstance(value, list):
        for held in value:
            yield from _words(held)
    elif isinstance(value, str):
        yield value
        yield from _WORDS.findall(value)


def _ring(_signal: int, _frame: object) -> None:
    raise TooLong


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Stop what runs inside after so many seconds."""
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def notices(pack: Pack, case: Case) -> bool:
    """Tell whether a case comes out otherwise than it is written, or cannot be worked out at all."""
    narrowed = (
        replace(pack, deadlines={one: pack.deadlines[one] for one in case.limits if one in pack.deadlines})
        if case.limits
        else pack
    )
    try:
        with within(SECONDS):
            return any(True for _ in runner_of(case.table, RUNNERS)(narrowed, case.table))
    except Exception:  # noqa: BLE001  whatever goes wrong in a mutant is noticed
        return True


def first_to_notice(pack: Pack, cases: Iterable[Case]) -> Case | None:
    """Return the first case that notices, None where all come out as written."""
    return next((case for case in cases if notices(pack, case)), None)


def by_word(cases: Iterable[Case]) -> Mapping[str, tuple[Case, ...]]:
    """Return the cases that hold each word."""
    found: dict[str, list[Case]] = {}
    for case in cases:
        for word in case.words:
            found.setdefault(word, []).append(case)
    return {word: tuple(held) for word, held in found.items()}


Progress = Callable[[str], None]
