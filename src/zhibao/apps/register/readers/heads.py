"""Where the column names stand, and rows cut to them: the same for CSV and Excel."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from zhibao.apps.register.columns import BY_NAME, NEEDED, fields_of, is_head_row
from zhibao.apps.register.errors import FileEmpty, FileFault, NoHeads
from zhibao.apps.register.limits import HEAD_ROWS
from zhibao.apps.register.readers.sheet import RawRow

Numbered = tuple[int, Sequence[str]]


class _Peeked(Iterator[Numbered]):
    """Rows whose first ones may be looked at before they are read. A fault met while looking is raised in its turn."""

    def __init__(self, rows: Iterable[Numbered]) -> None:
        self._rows = iter(rows)
        self._ahead: list[Numbered] = []
        self._fault: FileFault | None = None

    def peek(self, count: int) -> list[Numbered]:
        try:
            for row in islice(self._rows, count - len(self._ahead)):
                self._ahead.append(row)
        except FileFault as fault:
            self._fault = fault
        return self._ahead[:count]

    def __next__(self) -> Numbered:
        if self._ahead:
            return self._ahead.pop(0)
        if self._fault:
            raise self._fault
        return next(self._rows)


def _find_heads(rows: _Peeked) -> tuple[list[str], int]:
    """Read on to the row of column names and return them with its number; titles and notes above are passed over.

    Raises FileEmpty, NoHeads, HeadTwice.
    """
    looked = rows.peek(HEAD_ROWS)
    if not looked:
        raise FileEmpty
    for number, cells in looked:
        if is_head_row(cells):
            heads = [cell.strip() for cell in cells]
            while heads and not heads[-1]:
                heads.pop()
            fields_of(heads)
            return heads, number
    needed = [BY_NAME[name].label for name in NEEDED]
    raise NoHeads(
        looked=len(looked),
        needed_zh="、".join(label.zh for label in needed),
        needed_en=" and ".join(label.en for label in needed),
    )


def cut(rows: Iterable[Numbered]) -> tuple[list[str], Iterator[RawRow]]:
    """Return the column heads and the rows below them, empty ones left out."""
    peeked = _Peeked(rows)
    heads, head_row = _find_heads(peeked)
    return heads, _below(peeked, heads, head_row)


def _below(rows: Iterator[Numbered], heads: Sequence[str], head_row: int) -> Iterator[RawRow]:
    for number, cells in rows:
        if number <= head_row or not any(cell.strip() for cell in cells):
            continue
        extra = sum(1 for cell in cells[len(heads) :] if cell.strip())
        padded = [*cells, *[""] * (len(heads) - len(cells))]
        yield RawRow(number, {head: padded[place] for place, head in enumerate(heads) if head}, extra)
