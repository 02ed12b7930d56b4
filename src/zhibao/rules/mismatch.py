"""One expectation of a golden case that does not hold, whatever the kind of case.

Knows no runner; every runner yields these (``golden`` keeps the list of runners).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One expectation that does not hold: where it is written, what was expected, what came out."""

    where: str
    name: str
    want: str
    got: str


def compared(where: str, name: str, want: Mapping[str, Any], got: Mapping[str, Any]) -> Iterator[Mismatch]:
    """Yield a mismatch where the fields asked for differ."""
    seen = {key: got.get(key) for key in want}
    if seen != dict(want):
        yield Mismatch(where, name, str(dict(want)), str(seen))
