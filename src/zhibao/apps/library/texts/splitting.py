"""A text of law split into what is cited: articles, their paragraphs (款) and items (项), under their headings.

Works on lines and knows no file. What cannot be told apart is refused (two articles of one number); what looks odd but can
be cited (a gap in the numbers) is noted.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from zhibao.apps.library.errors import TextNoArticles, TextTwice
from zhibao.apps.library.texts.numerals import NUMERAL, read_number
from zhibao.kernel.labels import Label
from zhibao.rules.citing import chinese_number

LEVELS = ("编", "分编", "部分", "章", "节")
_RANK = {level: rank for rank, level in enumerate(("编", "部分", "分编", "章", "节"))}
_ARTICLE = re.compile(
    rf"第\s*(?P<n>{NUMERAL}(?:\s{NUMERAL})*)\s*条(?:之(?P<of>{NUMERAL}))?(?P<gap>[\s:：、]*)(?P<rest>.*)", re.DOTALL
)
_HEADING = re.compile(rf"第\s*({NUMERAL})\s*(分编|编|部分|章|节)(?:\s+|$|(?=[^的规所和、，。]))\s*(.*)")
_ITEM = re.compile(rf"[（(]\s*({NUMERAL})\s*[）)]\s*(.*)", re.DOTALL)
_POINT = re.compile(r"(?P<n>[零〇一二两三四五六七八九十百]+)、\s*(?P<rest>.*)", re.DOTALL)
_ANNEX = re.compile(r"附\s*(?:件|录|表|图)?\s*([一二三四五六七八九十\d]*)\s*(?:[:：.、]|$)\s*(.*)")
_CONTENTS = re.compile(r"目\s*[录次]")
_LEADER = re.compile(r"(?:[.…·]{3,}|\s{3,})\s*\d+\s*$")
_REFERS = re.compile(r"(?:第|规定|至|到|和|或|与|、|，|及|所|的|之|中|对|作|以|修改|删去|增加|改为)")
_ENDS = "。；：！？”』」）)…;:.!?】》—"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS = re.compile(r"\*\*|__|^#{1,6}\s+|^>\s+|\\(?=[\[\]()*_.])")


@dataclass(frozen=True, slots=True)
class Item:
    """项: one numbered item of a paragraph."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """款: one paragraph of an article, with its items."""

    text: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class SplitArticle:
    """条: ``number`` as citations write it ("219-1", "annex-2"), ``label`` as people do, ``path`` its headings."""

    number: str
    label: str
    path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    line: int

    @property
    def body(self) -> str:
        """The whole article, one paragraph or item a line."""
        lines = [line for one in self.paragraphs for line in (one.text, *(item.text for item in one.items))]
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that does not keep the text from being used: a gap in the numbers, an article without text."""

    line: int
    says: Label


@dataclass(frozen=True, slots=True)
class Split:
    """A whole text. ``unit`` is 条 for articles, 点 for texts (decisions, notices) that count by 一、二、."""

    title: str
    preamble: tuple[str, ...]
    articles: tuple[SplitArticle, ...]
    unit: str
    notes: tuple[Note, ...]


@dataclass(slots=True)
class _Open:
    """The article being read."""

    number: str
    label: str
    path: tuple[str, ...]
    line: int
    lines: list[tuple[str, int]] = field(default_factory=list)


def split_text(lines: Sequence[str], name: str) -> Split:
    """Split ``lines``. Raises TextNoArticles and TextTwice; ``name`` is the file's, for the sentences."""
    plain = list(_plain(lines))
    unit = "条" if any(_heads_article(text, (0, 0)) for _, text in plain) else "点"
    reader = _Reader(unit)
    for number, text in plain:
        reader.take(number, text)
    reader.close()
    if not any(not one.number.startswith("annex") for one in reader.done):
        raise TextNoArticles(where=name, name=name)
    articles = tuple(_made(one) for one in reader.done)
    _refuse_twins(articles, name)
    title, preamble = _title_of(reader.head)
    return Split(title, preamble, articles, unit, (*_notes(articles), *_stray(reader.stray)))


def _stray(lines: Sequence[tuple[int, str]]) -> Iterator[Note]:
    """Note what stands between a heading and the next article: it belongs to none and is not kept."""
    for line, text in lines:
        shown = text[:30]
        yield Note(
            line, Label(f"「{shown}」不在任何一条里，没有收。", f"'{shown}' stands in no article and was not kept.")
        )


def _plain(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield line number and text, without Markdown's marks, comments and empty lines."""
    for number, line in enumerate(_without_comments(lines), 1):
        text = _MARKS.sub("", line.strip()).strip()
        if text and not set(text) <= set("-=*_ "):
            yield number, text


def _without_comments(lines: Sequence[str]) -> list[str]:
    """Blank out comments, which may run over lines, keeping the numbers of the lines."""
    joined = _COMMENT.sub(lambda found: "\n" * found.group().count("\n"), "\n".join(lines))
    return joined.split("\n")


def _heads_article(text: str, last: tuple[int, int]) -> re.Match[str] | None:
    """Return the match where a line begins an article, not where it only begins by naming one.

    With a space (or the end) after 条 the line is a heading unless what follows goes on as a reference; without one only the
    next number in order is.
    """
    found = _ARTICLE.match(text)
    number = read_number(found["n"]) if found else None
    if found is None or number is None:
        return None
    this = (number, (read_number(found["of"]) or 0) if found["of"] else 0)
    refers = _REFERS.match(found["rest"]) is not None
    if found["gap"] or not found["rest"]:
        return None if refers and this <= last else found
    follows = this in {(last[0] + 1, 0), (last[0], last[1] + 1)}
    return found if follows and not refers else None


class _Reader:
    """Takes line after line and keeps headings, articles and what stands before and after them."""

    def __init__(self, unit: str) -> None:
        self.unit = unit
        self.head: list[str] = []
        self.stray: list[tuple[int, str]] = []
        self.done: list[_Open] = []
        self._open: _Open | None = None
        self._path: dict[int, str] = {}
        self._contents = False
        self._last = (0, 0)

    def take(self, line: int, text: str) -> None:
        if _CONTENTS.fullmatch(text) and not self.done and self._open is None:
            self._contents = True
            return
        if self._contents and _LEADER.search(text):
            return
        if self._begin(line, text) or self._heading(text) or self._annex(line, text):
            return
        if self._open is not None:
            self._open.lines.append((text, line))
        elif self.done:
            self.stray.append((line, text))
        else:
            self.head.append(text)

    def close(self) -> None:
        if self._open is not None:
            self.done.append(self._open)
            self._open = None

    def _begin(self, line: int, text: str) -> bool:
        found = _heads_article(text, self._last) if self.unit == "条" else _POINT.match(text)
        number = read_number(found["n"]) if found else None
        if found is None or number is None:
            return False
        of = found.groupdict().get("of")
        sub = read_number(of) if of else None
        self.close()
        self._contents, self._last = False, (number, sub or 0)
        label = f"第{chinese_number(number)}条" if self.unit == "条" else f"{chinese_number(number)}、"
        label += f"之{chinese_number(sub)}" if sub else ""
        key = f"{number}-{sub}" if sub else str(number)
        self._open = _Open(key, label, tuple(self._path[rank] for rank in sorted(self._path)), line)
        if found["rest"].strip():
            self._open.lines.append((found["rest"].strip(), line))
        return True

    def _heading(self, text: str) -> bool:
        found = _HEADING.match(text)
        if found is None or len(text) > 60 or text.endswith(("。", "；", "，")):
            return False
        rank = _RANK[found[2]]
        number = read_number(found[1]) or 0
        title = re.sub(r"\s+", "", found[3])
        self._path = {one: held for one, held in self._path.items() if one < rank}
        self._path[rank] = f"第{chinese_number(number)}{found[2]} {title}".strip() if number else text
        if not self._contents:
            self.close()
        return True

    def _annex(self, line: int, text: str) -> bool:
        found = _ANNEX.fullmatch(text) if self._last > (0, 0) else None
        if found is None or len(text) > 60:
            return False
        self.close()
        count = 1 + sum(1 for one in self.done if one.number.startswith("annex"))
        number = read_number(found[1]) or count
        self._open = _Open(f"annex-{number}", f"附件{number}", (), line)
        if found[2]:
            self._open.path = (found[2],)
        return True


def _made(one: _Open) -> SplitArticle:
    return SplitArticle(one.number, one.label, one.path, tuple(_paragraphs(one.lines)), one.line)


def _paragraphs(lines: Sequence[tuple[str, int]]) -> Iterator[Paragraph]:
    """Yield the paragraphs: a new line is a new paragraph, an item belongs to the one before it, a torn line is joined."""
    text, items = "", list[Item]()
    for line, _ in lines:
        found = _ITEM.match(line)
        number = read_number(found[1]) if found else None
        if found and number is not None and (text or items):
            items.append(Item(number, line))
        elif _is_torn(items[-1].text if items else text):
            text, items = _joined(text, items, line)
        elif items and re.match(r"(?:\d+|[０-９]+)\s*[.．、]|[①-⑳]", line):
            items[-1] = Item(items[-1].number, f"{items[-1].text}\n{line}")  # below an item: 1., 2.
        else:
            if text or items:
                yield Paragraph(text, tuple(items))
            text, items = line, []
    if text or items:
        yield Paragraph(text, tuple(items))


def _is_torn(text: str) -> bool:
    """Whether a line was broken in the middle of a sentence."""
    return bool(text) and text[-1] not in _ENDS


def _joined(text: str, items: list[Item], line: str) -> tuple[str, list[Item]]:
    if items:
        last = items[-1]
        return text, [*items[:-1], Item(last.number, last.text + line)]
    return text + line, items


def _refuse_twins(articles: Sequence[SplitArticle], name: str) -> None:
    seen: dict[str, int] = {}
    for one in articles:
        if one.number in seen:
            raise TextTwice(
                where=f"{name}:{one.line}", name=name, label=one.label, first=seen[one.number], second=one.line
            )
        seen[one.number] = one.line


def _notes(articles: Sequence[SplitArticle]) -> Iterator[Note]:
    last = 0
    for one in articles:
        if not one.paragraphs:
            yield Note(one.line, Label(f"{one.label}没有内容。", f"{one.label} has no text."))
        head = one.number.partition("-")[0]
        if not head.isdecimal():
            continue
        number = int(head)
        if number < last:
            yield Note(one.line, Label(f"{one.label}排在后面的条之后。", f"{one.label} stands after a later one."))
        elif number > last + 1 and last:
            first, until = last + 1, number - 1
            span = f"第{first}条" if first == until else f"第{first}条至第{until}条"
            en = f"article {first} is" if first == until else f"articles {first} to {until} are"
            yield Note(one.line, Label(f"{one.label}之前缺{span}。", f"{en} missing before {one.label}."))
        yield from _item_notes(one)
        last = max(last, number)


def _item_notes(article: SplitArticle) -> Iterator[Note]:
    for place, paragraph in enumerate(article.paragraphs, 1):
        numbers = [item.number for item in paragraph.items]
        if numbers != list(range(1, len(numbers) + 1)):
            shown = "、".join(map(str, numbers))
            yield Note(
                article.line,
                Label(
                    f"{article.label}第{place}款的项号不连续：{shown}。",
                    f"{article.label}: items of paragraph {place} run {shown}.",
                ),
            )


def _title_of(head: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the title, which may stand on two lines (issuer above), and what stands between it and the first article."""
    if not head:
        return "", ()
    first, rest = head[0], list(head[1:])
    while rest and len(first) < 30 and _is_issuer(first) and not re.search(r"\d{4}\s*年", rest[0]):
        first += rest.pop(0)
    return first, tuple(rest)


def _is_issuer(text: str) -> bool:
    return bool(re.fullmatch(r"(?:[^，。《》]{2,20}?(?:法院|检察院|国务院|公安部|总局|委员会|部|局|署)[\s、]*)+", text))
