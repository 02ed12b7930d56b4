"""A file as rows, whatever its format: what every reader gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhibao.apps.register.errors import RowFault


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it stands in the file: its number as the file's user counts it, and its cells by column head.

    ``fault`` is why it could not be taken apart into cells at all.
    """

    number: int
    cells: Mapping[str, str]
    extra: int = 0  # cells beyond the last column head
    fault: RowFault | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file being read. ``rows`` is read once, from front to back, and may raise a FileFault on the way."""

    format: str
    columns: Sequence[str]
    rows: Iterator[RawRow]
    encoding: str = ""
    total: int | None = None  # rows, where the format tells it beforehand
