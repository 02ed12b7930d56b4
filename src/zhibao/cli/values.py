"""Values on the command line that mean more than their text: days and moments.

Unreadable ones are the kernel's own errors, with its sentences.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

import click

from zhibao.kernel.days import LEGAL_TZ, legal_day, parse_day, parse_moment
from zhibao.kernel.errors import ZhibaoError

T = TypeVar("T")


class Day(click.ParamType[date]):
    """A day, written in any way ``parse_day`` reads."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; raises BadDay or NoSuchDay."""
        del ctx
        return value if isinstance(value, date) else _placed(parse_day, str(value), param)


class Moment(click.ParamType[datetime]):
    """A moment, ISO 8601; a day alone is its first moment in Asia/Shanghai."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment; raises BadMoment."""
        del ctx
        return value if isinstance(value, datetime) else _placed(parse_moment, str(value), param)


def _placed(read: Callable[[str], T], text: str, param: click.Parameter | None) -> T:
    """Read a value, and let an error say which option it stood under."""
    try:
        return read(text)
    except ZhibaoError as error:
        error.where = param.opts[0] if param is not None else ""
        raise


def now() -> datetime:
    """Return the present moment in legal time. The doors read the clock; the rooms below are told."""
    return datetime.now(LEGAL_TZ)


def today() -> date:
    """Return the present day in legal time."""
    return legal_day(now())
