"""Kinds of text and figures that requests carry, with the limits that keep them storable."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from zhibao.kernel.money import Fen, to_yuan

Word = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Line = Annotated[str, StringConstraints(max_length=300)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
PlaceText = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
Yuan = Annotated[str, StringConstraints(pattern=r"^\d{1,15}(\.\d{1,2})?$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Seq = Annotated[int, Field(ge=0, le=2_000_000_000)]
Json = dict[str, Any]


def _with_offset(moment: datetime) -> datetime:
    """A time without an offset could be anybody's: the contract asks for one."""
    if moment.tzinfo is None:
        raise PydanticCustomError("timezone_aware", "it needs an offset, such as 2026-09-28T10:00:00+08:00")
    return moment


def _written(value: object) -> object:
    """A bare number would be taken for seconds since 1970, and nobody writes a time of an event so."""
    if isinstance(value, str) and not value.strip().lstrip("+-").replace(".", "", 1).isdigit():
        return value
    if isinstance(value, datetime):
        return value
    raise PydanticCustomError("datetime_type", "it should be a time such as 2026-09-28T10:00:00+08:00")


When = Annotated[datetime, BeforeValidator(_written), AfterValidator(_with_offset)]


class Given(Schema):
    """What a request gives: a field nobody knows is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


def yuan(fen: int | None) -> str | None:
    """Return money as a decimal string in yuan; unknown stays unknown."""
    return None if fen is None else to_yuan(Fen(fen))
