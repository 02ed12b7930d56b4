"""A Word file (.docx) as lines: its paragraphs in order, with the numbers Word itself puts before them.

Reads two parts of the package and nothing else; opens no link, picture or program.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from zhibao.apps.library.errors import TextBomb, TextBroken, TextHasMacros, TextWrongKind
from zhibao.rules.citing import chinese_number

MIB = 1024 * 1024
PART_LIMIT = 64 * MIB  # the unpacked body of the longest code is below ten
RATIO = 200  # honest XML packs some twentyfold
SMALL = MIB
MANY = 5000  # parts of a package
BODY, NUMBERING = "word/document.xml", "word/numbering.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting"}


@dataclass(slots=True)
class _Level:
    """One level of a numbered list: how its number is written (第%1条) and where it starts."""

    form: str
    text: str
    start: int = 1


@dataclass(slots=True)
class _Counter:
    """The numbers given out so far, by list and level."""

    lists: Mapping[str, Mapping[int, _Level]]
    given: dict[tuple[str, int], int] = field(default_factory=dict)

    def next(self, list_id: str, level: int) -> str:
        levels = self.lists.get(list_id, {})
        if level not in levels:
            return ""
        key = (list_id, level)
        self.given[key] = self.given.get(key, levels[level].start - 1) + 1
        for other in [one for one in self.given if one[0] == list_id and one[1] > level]:
            del self.given[other]  # deeper levels begin anew
        text = levels[level].text
        for deep, shape in levels.items():
            number = self.given.get((list_id, deep), shape.start)
            text = text.replace(f"%{deep + 1}", chinese_number(number) if shape.form in _CHINESE else str(number))
        return text


def lines_of_word(raw: bytes, name: str) -> list[str]:
    """Return the paragraphs of a .docx. Raises TextHasMacros, TextBomb, TextBroken or TextWrongKind."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _check_package(package, raw, name)
            body = fromstring(package.read(BODY))
            numbering = fromstring(package.read(NUMBERING)) if NUMBERING in package.namelist() else None
    except DefusedXmlException:
        raise TextBroken(
            where=name,
            name=name,
            why_zh="里面声明了实体，Word 不写这种东西",
            why_en="it declares entities, which Word never does",
        ) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ):
        raise TextBroken(where=name, name=name, why_zh="读不到末尾", why_en="it cannot be read to its end") from None
    counter = _Counter(_lists(numbering) if numbering is not None else {})
    return [line for paragraph in body.iter(f"{_W}p") for line in _lines(paragraph, counter)]


def _check_package(package: zipfile.ZipFile, raw: bytes, name: str) -> None:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if any(part.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in names):
        raise TextHasMacros(where=name, name=name)
    if BODY not in names:
        raise TextWrongKind(
            where=name, name=name, kind_zh="压缩文件，不是 Word 文件", kind_en="an archive, not a Word file"
        )
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MANY or len(entries) != len(names):
        raise TextBomb(where=name, name=name)
    for part in (BODY, NUMBERING):
        if part in names and package.getinfo(part).file_size > PART_LIMIT:
            raise TextBomb(where=name, name=name)
    if unpacked > SMALL and unpacked > RATIO * len(raw):
        raise TextBomb(where=name, name=name)


def _lists(numbering: Element) -> dict[str, dict[int, _Level]]:
    shapes: dict[str, dict[int, _Level]] = {}
    for shape in numbering.iter(f"{_W}abstractNum"):
        levels = shapes.setdefault(shape.get(f"{_W}abstractNumId", ""), {})
        for level in shape.iter(f"{_W}lvl"):
            start = _value(level, "start") or "1"
            levels[int(level.get(f"{_W}ilvl", "0"))] = _Level(
                _value(level, "numFmt"), _value(level, "lvlText"), int(start) if start.isdecimal() else 1
            )
    found: dict[str, dict[int, _Level]] = {}
    for each in numbering.iter(f"{_W}num"):
        found[each.get(f"{_W}numId", "")] = shapes.get(_value(each, "abstractNumId"), {})
    return found


def _value(element: Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return "" if child is None else child.get(f"{_W}val", "")


def _lines(paragraph: Element, counter: _Counter) -> Iterator[str]:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and style.get(f"{_W}val", "").lower().startswith("toc"):
        return  # the table of contents that Word makes
    text = _text(paragraph)
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr")
    if numbered is not None and text.strip():
        level = _value(numbered, "ilvl")
        mark = counter.next(_value(numbered, "numId"), int(level) if level.isdecimal() else 0)
        text = f"{mark}　{text.strip()}" if mark else text
    yield from text.split("\n")


def _text(paragraph: Element) -> str:
    """Return the text of a paragraph as it stands now: insertions included, deletions not, boxes left to themselves."""
    parts: list[str] = []
    for run in paragraph.iter():
        if run.tag == f"{_W}t":
            parts.append(run.text or "")
        elif run.tag in {f"{_W}br", f"{_W}cr"}:
            parts.append("\n")
        elif run.tag == f"{_W}tab":
            parts.append(" ")
    return "".join(parts)
