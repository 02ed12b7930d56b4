"""What stands at the head of a text, and what is told beside it: title, number, days; a front matter block; a sidecar.

Reads; decides nothing: which version a text is, ``matching`` says.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import yaml

from zhibao.apps.library.errors import TextBadHead
from zhibao.apps.library.texts.folding import printable
from zhibao.apps.library.texts.splitting import Split
from zhibao.kernel.days import parse_day
from zhibao.kernel.errors import ZhibaoError

FIELDS = ("instrument", "version", "title", "number", "from", "source")
SIDECAR = ".yaml"  # 商标法.md.yaml beside 商标法.md
LONGEST_HEAD = 64 * 1024  # bytes
_DAY = r"[12][0-9０-９]{3}\s*年\s*[0-9０-９]{1,2}\s*月\s*[0-9０-９]{1,2}\s*日"
_ADOPTED = re.compile(rf"({_DAY})[^。；]*?(?:通过|修订|修正|修改|公布|发布|批准|令第)")
_STARTS = re.compile(rf"自\s*({_DAY})\s*起\s*(?:施行|实施|生效)|({_DAY})\s*(?:起)?\s*(?:施行|实施|生效)")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}[〔\[（(﹝](?:19|20)\d\d[〕\]）)﹞]\s*\d{1,4}\s*号|[\u4e00-\u9fff]{2,24}令\s*(?:〔\d{4}〕)?第?\s*\d{1,4}\s*号"
)
_NAMED_DAY = re.compile(r"[(（]((?:19|20)\d\d-\d\d-\d\d)[)）]")


@dataclass(frozen=True, slots=True)
class Head:
    """What a text says of itself and what was told of it. ``adopted``: the last day on which it was passed or amended."""

    title: str = ""
    numbers: tuple[str, ...] = ()
    adopted: date | None = None
    starts: tuple[date, ...] = ()
    instrument: str = ""
    version: str = ""
    source: str = ""
    told: str = ""  # command, front-matter, sidecar, or empty


def take_front_matter(lines: Sequence[str], name: str) -> tuple[Mapping[str, str], list[str]]:
    """Return the fields of a block between --- lines at the very top, and the lines with that block blanked.

    Fields of other tools are passed over. Raises TextBadHead for a block that is not YAML.
    """
    if not lines or lines[0].strip() != "---":
        return {}, list(lines)
    end = next((place for place, line in enumerate(lines[1:60], 1) if line.strip() in {"---", "..."}), None)
    if end is None:
        return {}, list(lines)
    fields = _fields("\n".join(lines[1:end]), name, strict=False)
    return fields, [""] * (end + 1) + list(lines[end + 1 :])


def read_sidecar(raw: bytes, name: str) -> Mapping[str, str]:
    """Return the fields of a sidecar file. Raises TextBadHead for one that is not YAML or has a field of another name."""
    if len(raw) > LONGEST_HEAD:
        raise _bad(name, "太长", "it is too long")
    try:
        return _fields(raw.decode("utf-8-sig"), name, strict=True)
    except UnicodeDecodeError:
        raise _bad(name, "不是 UTF-8", "it is not UTF-8") from None


def _fields(text: str, name: str, *, strict: bool) -> dict[str, str]:
    try:
        found = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  BaseLoader makes nothing but texts, lists and mappings
    except (yaml.YAMLError, RecursionError):
        raise _bad(name, "不是 YAML", "it is not YAML") from None
    if found in (None, ""):
        return {}
    if not isinstance(found, dict):
        raise _bad(name, "应当是一行一个字段", "it should have one field a line")
    for key, value in found.items():
        if key not in FIELDS and strict:
            raise _bad(name, f"没有「{key}」这个字段", f"there is no field '{key}'")
        if key in FIELDS and not isinstance(value, str):
            raise _bad(name, f"「{key}」应当是文字", f"'{key}' should be text")
    plain = {key: printable(value).strip() for key, value in found.items() if key in FIELDS}
    return {key: value for key, value in plain.items() if value}


def _bad(name: str, why_zh: str, why_en: str) -> TextBadHead:
    return TextBadHead(where=name, where_zh=name, where_en=name, why_zh=why_zh, why_en=why_en)


def head_of(split: Split, name: str, told: Mapping[str, str], how: str) -> Head:
    """Return what the text says of itself, overruled by what was told. Raises TextBadHead for a ``from`` that is no day."""
    tops = [split.title, *split.preamble[:40]]
    ends = [one.body for one in split.articles[-3:]]
    named = _NAMED_DAY.search(name)
    adopted = [*_days(_ADOPTED, tops), *([parse_day(named[1])] if named and _is_day(named[1]) else [])]
    found = Head(
        title=clean_title(split.title),
        numbers=tuple(dict.fromkeys(plain_number(one) for line in tops for one in _NUMBER.findall(line))),
        adopted=max(adopted, default=None),
        starts=tuple(dict.fromkeys([*_days(_STARTS, tops), *_days(_STARTS, ends)])),
    )
    return _overruled(found, told, how, name) if told else found


def _overruled(found: Head, told: Mapping[str, str], how: str, name: str) -> Head:
    starts = found.starts
    if "from" in told:
        try:
            starts = (parse_day(told["from"]),)
        except ZhibaoError as error:
            raise TextBadHead(
                where=name, where_zh=name, where_en=name, why_zh=error.say("zh"), why_en=error.say("en")
            ) from None
    used = how if {"instrument", "version", "title", "number", "from"} & told.keys() else ""
    return replace(
        found,
        title=clean_title(told["title"]) if "title" in told else found.title,
        numbers=(plain_number(told["number"]),) if "number" in told else found.numbers,
        starts=starts,
        adopted=None if "from" in told else found.adopted,
        instrument=told.get("instrument", ""),
        version=told.get("version", ""),
        source=told.get("source", ""),
        told=used,
    )


def _days(pattern: re.Pattern[str], lines: Sequence[str]) -> Iterator[date]:
    for line in lines:
        for found in pattern.finditer(line):
            text = next(part for part in found.groups() if part)
            if _is_day(text):
                yield parse_day(text)


def _is_day(text: str) -> bool:
    try:
        parse_day(text)
    except ZhibaoError:
        return False
    return True


def clean_title(title: str) -> str:
    """Return a title without what printers add: spaces, a date or edition in brackets at its end."""
    plain = re.sub(r"\s+", " ", title).strip()
    return re.sub(r"\s*[(（](?:\d{4}[-年.][^)）]*|\d{4}\s*年?\s*(?:修正|修订|修改|公布)[^)）]*)[)）]\s*$", "", plain)


def plain_number(number: str) -> str:
    """Return a document number in one form: 法释[2025]5 号 -> 法释〔2025〕5号."""
    plain = re.sub(r"\s", "", number)
    return re.sub(r"[\[（(﹝](\d{4})[\]）)﹞]", r"〔\1〕", plain)
