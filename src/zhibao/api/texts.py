"""Kinds of text and figures that requests carry, with the limits that keep them storable."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from zhibao.kernel.days import LEGAL_TZ
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
    """A time without an offset is legal time."""
    return moment if moment.tzinfo else moment.replace(tzinfo=LEGAL_TZ)


When = Annotated[datetime, AfterValidator(_with_offset)]


class Given(Schema):
    """What a request gives: a field nobody knows is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


def yuan(fen: int | None) -> str | None:
    """Return money as a decimal string in yuan; unknown stays unknown."""
    return None if fen is None else to_yuan(Fen(fen))
