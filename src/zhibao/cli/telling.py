"""JSON told to a person: indented lines, and tables whose columns line up however wide the characters are.

Knows no command; what is worth saying, the commands choose.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

INDENT = "  "
GAP = "  "


def lines_of(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield a JSON value as indented ``key: value`` lines; nulls and empty lists are left out."""
    pad = INDENT * depth
    if isinstance(value, Mapping):
        for key, held in value.items():
            yield from _field(str(key), held, depth)
        return
    if isinstance(value, list):
        for held in value:
            inner = list(lines_of(held, depth + 1))
            yield f"{pad}- {inner[0].strip()}" if inner else f"{pad}-"
            yield from inner[1:]
        return
    yield f"{pad}{value}"


def _field(key: str, held: Any, depth: int) -> Iterator[str]:
    pad = INDENT * depth
    if key == "is" or held is None or held in ([], {}, ""):  # "is" names a shape, which only a program asks for
        return
    if isinstance(held, Mapping | list):
        yield f"{pad}{key}:"
        yield from lines_of(held, depth + 1)
        return
    yield f"{pad}{key}: {held}"


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes: Chinese characters take two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a table; unknown values are blank."""
    cells = [list(heads), *[["" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(width_of(row[column]) for row in cells) for column in range(len(heads))]
    for row in cells:
        padded = [cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True)]
        yield GAP.join(padded).rstrip()
