"""The form of an event, drawn from its kind in the law pack, and what a person typed read back from it.

Knows the types of fields, not what an event means: whether a step may be taken is the docket's to say.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from zhibao.docket.events import Json
from zhibao.kernel.days import LEGAL_TZ, Length, parse_day, parse_moment
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.money import parse_yuan, to_yuan
from zhibao.rules.procedures import DataField, EventKind
from zhibao.web.limits import measure_name
from zhibao.web.words import entitle, lang, say

Choices = Sequence[tuple[str, str]]
PRICE_KINDS = ("actual", "actual_average", "marked", "market_middle")
PREFIX = "d."  # in the form, an event's own fields never meet those of the page (kind, at)
STATES = ("sold", "unsold", "unlabelled")
LINES_SHOWN = 5
UNITS = ("hours", "days", "working-days", "months", "years")


class Mended(ValueError):
    """What is wrong with one field, in the page's language."""


@dataclass(frozen=True, slots=True)
class Control:
    """One field as the form draws it: ``kind`` picks the control."""

    name: str
    kind: str
    label: str
    required: bool
    value: str = ""
    choices: Choices = ()
    bad: str = ""
    unit: str = ""
    rows: Sequence[Mapping[str, str]] = ()


@dataclass(slots=True)
class Typed:
    """What was read: the data for the event and what is wrong, field by field."""

    data: dict[str, Json] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)


def price_name(kind: str) -> str:
    """Return what a kind of price is called."""
    return {
        "actual": _("实际售价"),
        "actual_average": _("实际售价平均"),
        "marked": _("标价"),
        "market_middle": _("市场中间价"),
    }.get(kind, kind)


def state_name(state: str) -> str:
    """Return what a state of goods is called."""
    return {"sold": _("已售"), "unsold": _("未售"), "unlabelled": _("未贴标识")}.get(state, state)


def _say_error(error: ZhibaoError) -> str:
    return error.say(lang())


def _read_moment(text: str) -> datetime:
    """Read a moment in ISO form, or a day as ``parse_day`` reads it followed by the time: 2026年11月23日 16:30."""
    day, _space, clock = text.rpartition(" ")
    if day and "T" not in text:
        text = f"{parse_day(day).isoformat()}T{unicodedata.normalize('NFKC', clock)}"
    moment = parse_moment(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=LEGAL_TZ)


def read_at(post: QueryDict) -> datetime:
    """Read when it happened, from ``at`` (``2026-11-23T16:30``, legal time). Raises Mended."""
    text = post.get("at", "").strip()
    if not text:
        raise Mended(_("写下发生的时间。"))
    try:
        return _read_moment(text)
    except ZhibaoError as error:
        raise Mended(_say_error(error)) from None


def _whole(text: str) -> int:
    plain = text.replace(",", "").replace("，", "")
    if not plain.isdecimal():
        raise Mended(_("「%(text)s」不是整数。") % {"text": text})
    return int(plain)


def _length(text: str, unit: str) -> str:
    number = _whole(text)
    return Length.from_text(f"{number} {unit}").to_text()


def _one(spec: DataField, text: str, post: QueryDict) -> Json:
    """Read one plain value. Raises Mended or one of our own errors."""
    if spec.type == "day":
        return parse_day(text).isoformat()
    if spec.type == "moment":
        return _read_moment(text).isoformat()
    if spec.type in {"whole", "event"}:
        return _whole(text)
    if spec.type == "yuan":
        return to_yuan(parse_yuan(text))
    if spec.type == "length":
        return _length(text, post.get(f"{PREFIX}{spec.name}.unit", "days"))
    if spec.type == "choice" and text not in {choice.id for choice in spec.choices}:
        raise Mended(_("选其中一项。"))
    return text


def goods_lines(post: QueryDict, name: str) -> list[dict[str, str]]:
    """Return the typed goods lines, empty ones left out."""
    columns = ("name", "right", "quantity", "state", *PRICE_KINDS)
    count = len(post.getlist(f"{PREFIX}{name}.name"))
    rows = [
        {column: (post.getlist(f"{PREFIX}{name}.{column}")[place : place + 1] or [""])[0].strip() for column in columns}
        for place in range(count)
    ]
    return [row for row in rows if row["name"] or row["quantity"]]


def _goods(rows: Sequence[Mapping[str, str]]) -> Json:
    lines: list[Json] = []
    for place, row in enumerate(rows, 1):
        try:
            prices: dict[str, Json] = {kind: to_yuan(parse_yuan(row[kind])) for kind in PRICE_KINDS if row[kind]}
            line: dict[str, Json] = {
                "name": row["name"],
                "quantity": _whole(row["quantity"]),
                "state": row["state"] or "sold",
                "prices": prices,
            }
        except ZhibaoError as error:
            raise Mended(_("第 %(n)s 行：%(what)s") % {"n": place, "what": _say_error(error)}) from None
        except Mended as error:
            raise Mended(_("第 %(n)s 行：%(what)s") % {"n": place, "what": error}) from None
        lines.append({**line, "right": row["right"]} if row["right"] else line)
    return lines


def _value(spec: DataField, post: QueryDict) -> Json:
    if spec.type == "flag":
        return {"true": True, "false": False}.get(post.get(f"{PREFIX}{spec.name}", ""))
    if spec.type == "lines":
        rows = goods_lines(post, spec.name)
        return _goods(rows) if rows else None
    text = post.get(f"{PREFIX}{spec.name}", "").strip()
    return _one(spec, text, post) if text else None


def read_data(kind: EventKind, post: QueryDict) -> Typed:
    """Read the data of an event of ``kind``; what cannot be read is named field by field."""
    typed = Typed()
    for spec in kind.fields:
        try:
            value = _value(spec, post)
        except Mended as error:
            typed.bad[spec.name] = str(error)
            continue
        except ZhibaoError as error:
            typed.bad[spec.name] = _say_error(error)
            continue
        if value is not None:
            typed.data[spec.name] = value
        elif spec.required:
            typed.bad[spec.name] = _("这一项要写。")
    return typed


def _written(value: Json) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _line_rows(lines: Json) -> list[dict[str, str]]:
    rows = []
    for line in lines if isinstance(lines, list) else ():
        if isinstance(line, Mapping):
            prices = line.get("prices")
            row = {name: _written(line.get(name)) for name in ("name", "right", "quantity", "state")}
            rows.append(
                row | {kind: _written(prices.get(kind)) if isinstance(prices, Mapping) else "" for kind in PRICE_KINDS}
            )
    return rows


def _empty_rows(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    more = max(LINES_SHOWN - len(rows), 2)
    return rows + [dict.fromkeys(("name", "right", "quantity", "state", *PRICE_KINDS), "") for _n in range(more)]


def controls(
    kind: EventKind,
    choices: Mapping[str, Choices],
    *,
    post: QueryDict | None = None,
    data: Mapping[str, Json] | None = None,
    bad: Mapping[str, str] | None = None,
) -> list[Control]:
    """Return the form's fields with what was typed (``post``) or what the event holds (``data``).

    ``choices`` gives the options of the types that name a thing: organ, party, right, exhibit, event, proceeding.
    """
    made = []
    for spec in kind.fields:
        kept = (data or {}).get(spec.name)
        value = post.get(f"{PREFIX}{spec.name}", "") if post is not None else _written(kept)
        unit = post.get(f"{PREFIX}{spec.name}.unit", "") if post is not None else ""
        if spec.type == "length" and post is None and isinstance(kept, str) and " " in kept:
            value, unit = kept.split(" ", 1)
        rows = goods_lines(post, spec.name) if post is not None else _line_rows(kept)
        options = [(choice.id, say(choice.title)) for choice in spec.choices] or list(choices.get(spec.type, ()))
        made.append(
            Control(
                name=spec.name,
                kind=_control(spec, options),
                label=entitle(spec.title) or measure_name(spec.name),
                required=spec.required,
                value=value[:16].replace("T", " ") if spec.type == "moment" else value,
                choices=options,
                bad=(bad or {}).get(spec.name, ""),
                unit=unit,
                rows=_empty_rows(rows) if spec.type == "lines" else (),
            )
        )
    return made


def _control(spec: DataField, options: Choices) -> str:
    if spec.type in {"choice", "flag", "lines", "length", "day", "moment", "whole", "yuan"}:
        return spec.type
    if options or spec.type == "acts":
        return "choice"
    return "long" if spec.name in {"text", "why", "reasons", "reason", "content"} else "text"
