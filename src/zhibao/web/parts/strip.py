"""对照条: the mark above, what was sold below, one column for each character, each difference named and drawn by its kind.

Knows no signal: the columns come with the match's reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhibao.web.parts.markup import element
from zhibao.web.words import lang

# how a column differs -> how it is drawn
DRAWN = {
    "sound": "sound",
    "pinyin": "sound",
    "confusable": "glyph",
    "glyph": "glyph",
    "split": "split",
    "separator": "insert",
    "added": "insert",
    "missing": "insert",
    "variant": "same",
    "width": "same",
    "case": "same",
    "meaning": "same",
    "order": "order",
}
LARGE = 6  # columns in the largest size; longer marks are drawn smaller
BEFORE_AND_AFTER = 8  # characters of the title shown on each side


@dataclass(frozen=True, slots=True)
class Column:
    """One character of the mark over one of the title. ``how`` is ``equal`` or a kind of difference."""

    mark: str
    seen: str
    how: str
    reading_mark: str = ""
    reading_seen: str = ""


def sign(how: str) -> str:
    """Return the character that names a kind of difference."""
    return {
        "equal": "=",
        "sound": pgettext("对照", "音"),
        "pinyin": pgettext("对照", "拼音"),
        "confusable": pgettext("对照", "形"),
        "glyph": pgettext("对照", "形"),
        "split": pgettext("对照", "拆"),
        "separator": pgettext("对照", "隔"),
        "added": pgettext("对照", "多"),
        "missing": pgettext("对照", "缺"),
        "variant": pgettext("对照", "繁"),
        "width": pgettext("对照", "宽"),
        "case": pgettext("对照", "大小写"),
        "meaning": pgettext("对照", "意"),
        "order": pgettext("对照", "序"),
    }.get(how, how)


def columns_of(reasons: Sequence[Mapping[str, Any]]) -> tuple[Column, ...]:
    """Return the alignment carried by a match's reasons: the first that has columns, or nothing."""
    for reason in reasons:
        rows = reason.get("columns") or ()
        if rows:
            return tuple(
                Column(
                    mark=row.get("mark_char") or "",
                    seen=row.get("seen_char") or "",
                    how=row.get("how") or "equal",
                    reading_mark=row.get("reading_mark") or "",
                    reading_seen=row.get("reading_seen") or "",
                )
                for row in rows
            )
    return ()


def reasons_words(reasons: Sequence[Mapping[str, Any]]) -> str:
    """Return the reasons' own sentences in the page's language."""
    told = [str(reason.get(lang()) or "") for reason in reasons]
    return ("；" if lang() == "zh" else "; ").join(part for part in told if part)


def _letter(text: str, reading: str, *, small: bool) -> SafeString:
    above = [element("small", reading)] if reading and not small else []
    return element("b", *above, element("u", text or "·"))


def _column(column: Column, *, small: bool) -> SafeString:
    differs = None if column.how == "equal" else DRAWN.get(column.how, "same")
    return element(
        "li",
        _letter(column.mark, column.reading_mark, small=small),
        element("i", sign(column.how)),
        _letter(column.seen, column.reading_seen, small=small),
        data_d=differs,
    )


def _context(text: str) -> list[SafeString]:
    if not text.strip():
        return []
    return [element("li", element("b"), element("i"), element("b", text), cls="ctx", aria_hidden="true")]


def strip(
    columns: Sequence[Column], *, title: str = "", span: tuple[int, int] = (0, 0), small: bool = False
) -> SafeString:
    """Draw the strip, with the words of the title around it in grey where ``title`` and ``span`` are given."""
    start, end = span
    before = title[max(start - BEFORE_AND_AFTER, 0) : start]
    after = title[end : end + BEFORE_AND_AFTER] if end else ""
    name = _("注册商标 %(mark)s；商品标题 %(seen)s") % {
        "mark": "".join(column.mark for column in columns),
        "seen": "".join(column.seen for column in columns),
    }
    size = " s" if small else " m" if len(columns) > LARGE else ""
    return element(
        "ol",
        *_context(before),
        *(_column(column, small=small) for column in columns),
        *_context(after),
        cls=f"strip{size}",
        aria_label=name,
    )
