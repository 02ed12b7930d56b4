"""Write out what a day will change, with the open matters it touches."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO

from zhibao.apps.library.access import require_reading
from zhibao.apps.library.coming import Touch, touched_matters
from zhibao.apps.library.sheets import write_sheet
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.models import Person
from zhibao.kernel.days import legal_day
from zhibao.kernel.labels import Label
from zhibao.rules.diff_words import HOWS
from zhibao.rules.pack import Pack
from zhibao.rules.words import say, value_words

_HEADS = (
    Label("案件", "matter"),
    Label("案名", "title"),
    Label("地区", "place"),
    Label("变化的规则", "rule that changes"),
    Label("名称", "name"),
    Label("怎样变", "how"),
    Label("因为", "by"),
    Label("期限到期日", "last day of the clock"),
)
PAGE = 500
_BY = {
    "clock": (Label("期限在走", "a running clock"), "deadline"),
    "act": (Label("有这种行为", "an act of this kind"), "kinds"),
    "right": (Label("有这种权利", "a right of this kind"), "rights"),
}


def export_coming(
    *,
    actor: Person,
    out: BinaryIO,
    format: str,  # noqa: A002  the word the page uses
    day: date,
    entry_id: str = "",
    now: datetime,
) -> int:
    """Write a row for each open matter and each change that touches it, as csv or xlsx; return how many. Raises BadExportFormat."""
    del now
    require_reading(actor)
    lang = actor.language
    rows = _rows(actor, day, entry_id, lang)
    return write_sheet(out, format, "变化 Changes", [head.say(lang) for head in _HEADS], rows)


def _because(pack: Pack, touch: Touch, lang: str) -> str:
    label, key = _BY[touch.by]
    value = pack.deadlines[touch.value].title.say(lang) if touch.value in pack.deadlines else touch.value
    return Label("：", ": ").say(lang).join([label.say(lang), value_words(pack, key, value, lang)])


def _rows(actor: Person, day: date, entry_id: str, lang: str) -> Iterator[list[str]]:
    pack, number = current_pack(), 1
    while True:
        page = touched_matters(pack, actor, day, entry_id=entry_id, number=number, size=PAGE)
        for one in page.items:
            for touch in one.touches:
                due = touch.clock.due if touch.clock else None
                yield [
                    one.matter.number,
                    one.matter.title,
                    one.matter.place,
                    touch.id,
                    touch.title.say(lang),
                    say(HOWS, touch.how, lang),
                    _because(pack, touch, lang),
                    legal_day(due).isoformat() if due else "",
                ]
        if not page.has_next:
            return
        number += 1
