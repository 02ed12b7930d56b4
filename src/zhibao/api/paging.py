"""Long lists in pages: ``?page=&size=``, with the total and links to the pages around."""

from collections.abc import Callable
from typing import Annotated, Generic, TypeVar

from django.http import HttpRequest
from ninja import Query, Schema
from pydantic import Field

from zhibao.apps.organs.paging import Page

T = TypeVar("T")
S = TypeVar("S")
LARGEST_PAGE = 1_000_000


class PageIn(Schema):
    """Which page is wanted."""

    page: int = Field(1, ge=1, le=LARGEST_PAGE)
    size: int = Field(50, ge=1, le=500)


PageQuery = Annotated[PageIn, Query()]


class Links(Schema):
    """Addresses of this page and those around it; null where there is none."""

    self: str
    first: str
    last: str
    prev: str | None
    next: str | None


class Listed(Schema, Generic[S]):
    """One page of a list."""

    items: list[S]
    page: int
    size: int
    total: int
    links: Links


def listed(request: HttpRequest, page: Page[T], view: Callable[[T], S]) -> Listed[S]:
    """Return a page as it goes out, each item through ``view``."""
    return Listed(
        items=[view(item) for item in page.items],
        page=page.number,
        size=page.size,
        total=page.total,
        links=links_of(request, page.number, page.pages),
    )


def links_of(request: HttpRequest, number: int, pages: int) -> Links:
    """Return the links around page ``number`` of ``pages``."""

    def to(target: int) -> str:
        query = request.GET.copy()
        query["page"] = str(target)
        return f"{request.path}?{query.urlencode()}"

    return Links(
        self=to(number),
        first=to(1),
        last=to(pages),
        prev=to(number - 1) if number > 1 else None,
        next=to(number + 1) if number < pages else None,
    )
