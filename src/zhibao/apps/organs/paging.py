"""One page of a long list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

T = TypeVar("T")
M = TypeVar("M", bound=Model)

LARGEST = 500  # rows: what a browser shows and a program reads without strain


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """``items`` of page ``number`` (from 1) out of ``total``; ``size`` is the most a page holds."""

    items: Sequence[T]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """The place of the first item in the whole list, from 1; 0 when there is none."""
        return (self.number - 1) * self.size + 1 if self.items else 0

    @property
    def last(self) -> int:
        """The place of the last item in the whole list."""
        return (self.number - 1) * self.size + len(self.items)

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.pages


def page_of(rows: "QuerySet[M]", number: int = 1, size: int = 50) -> Page[M]:
    """Return a page of a query; a number outside the list gives its nearest page, so that old links keep working."""
    size = min(max(size, 1), LARGEST)
    total = rows.count()
    number = min(max(number, 1), max(1, -(-total // size)))
    return Page(list(rows[(number - 1) * size : number * size]), number, size, total)
