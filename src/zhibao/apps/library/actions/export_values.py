"""Write out the legal values with who last checked them, to be worked through on paper or in a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from zhibao.apps.library.access import require_reading
from zhibao.apps.library.sheets import write_sheet
from zhibao.apps.library.values import ValueFilters, ValueView, each_value
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.models import Person
from zhibao.kernel.days import legal_day
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack

_HEADS = (
    Label("编号", "id"),
    Label("名称", "title"),
    Label("起", "from"),
    Label("止", "to"),
    Label("条文", "article"),
    Label("状态", "state"),
    Label("法律文件写明核对于", "checked in the law file on"),
    Label("本机最近核对于", "last checked here on"),
    Label("核对人", "by"),
    Label("对照", "against"),
    Label("备注", "note"),
    Label("文件", "file"),
)


def export_values(
    *,
    actor: Person,
    out: BinaryIO,
    format: str,  # noqa: A002  the word the page uses
    filters: ValueFilters | None = None,
    now: datetime,
) -> int:
    """Write the values the filters let through to ``out`` as csv or xlsx; return how many. Raises BadExportFormat."""
    del now
    require_reading(actor)
    pack, lang = current_pack(), actor.language
    rows = _rows(pack, lang, each_value(pack, filters or ValueFilters()))
    return write_sheet(out, format, "法律值 Values", [head.say(lang) for head in _HEADS], rows)


def _rows(pack: Pack, lang: str, found: Iterator[ValueView]) -> Iterator[list[str]]:
    for view in found:
        value, check = view.value, view.check
        yield [
            value.id,
            value.title.say(lang),
            value.first.isoformat() if value.first else "",
            value.last.isoformat() if value.last else "",
            "; ".join(pack.show_cite(cite, lang) for cite in value.cites),
            view.state,
            value.checked_on.isoformat() if value.checked_on else "",
            legal_day(check.at).isoformat() if check else "",
            check.by.say(lang) if check else "",
            check.against if check else "",
            check.note if check else "",
            value.where,
        ]
