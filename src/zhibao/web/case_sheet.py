"""案情表: the case sheet of a matter as a Word file, for the paper file.

Knows Word; what stands in it comes from the matter's page.
"""

import io
import math
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt

from zhibao.apps.cases.law import current_pack
from zhibao.web.matter_view import MatterView
from zhibao.web.parts.why import Why
from zhibao.web.templatetags.zhibao import place_name, procedure_title, right_kind_title, stage
from zhibao.web.words import lang, say, short_hash, show_day, show_moment, show_name

MARGIN = Cm(2)
LINE = Cm(21) - 2 * MARGIN  # between the margins of A4
LATIN, CHINESE, HEADING = "Times New Roman", "宋体", "黑体"


def _fonts(document: DocumentType) -> None:
    """Set the Chinese font too: Word keeps one for each script."""
    for name, font, size in (("Normal", CHINESE, 10.5), ("Heading 1", HEADING, 16), ("Heading 2", HEADING, 12)):
        style = document.styles[name]
        style.font.name = LATIN
        style.font.size = Pt(size)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _page(document: DocumentType) -> None:
    """Make the paper A4 (GB/T 148) with 2 cm around."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN


def _widths(lines: Sequence[Sequence[str]]) -> list[Length]:
    """Share the line among columns by the root of their longest text, so that long notes get room and short ones keep theirs."""
    longest = [max(len(text) for text in column) for column in zip(*lines, strict=True)]
    shares = [math.sqrt(max(length, 4)) for length in longest]
    return [Length(int(LINE * share / sum(shares))) for share in shares]


def _table(document: DocumentType, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1 + len(rows), cols=len(head), style="Table Grid")
    table.autofit = False
    widths = _widths([head, *rows])
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for line, texts in zip(table.rows, [head, *rows], strict=True):
        for cell, text, width in zip(line.cells, texts, widths, strict=True):
            cell.text, cell.width = text, width
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def note(why: Why) -> str:
    """Write a value's ground as a bracketed note, as paper shows it."""
    cites = "；".join(ground.cite for ground in why.grounds)
    sources = "；".join(source.text for source in why.sources)
    parts = [why.how, cites, sources]
    return (
        "〔" + " ".join(part for part in parts if part) + "〕"
        if lang() == "zh"
        else "[" + " ".join(filter(None, parts)) + "]"
    )


def word_sheet(view: MatterView, roles: Mapping[str, str], day: date) -> bytes:
    """Return the case sheet as the bytes of a .docx."""
    document = Document()
    _fonts(document)
    _page(document)
    matter = view.matter
    document.add_heading(matter.title, 1)
    document.add_paragraph(f"{matter.number} · {place_name(matter.place)} · {show_day(matter.opened_at)}")
    document.add_heading(_("在哪里"), 2)
    _table(
        document,
        [_("机关"), _("程序"), _("案号"), _("阶段")],
        [
            [show_name(each.organ), procedure_title(each.procedure), each.number, stage(each.procedure, each.stage)]
            for each in view.proceedings
        ],
    )
    document.add_heading(_("当事人与权利"), 2)
    state = view.derived.state
    _table(
        document, [_("名称"), _("身份")], [[party.name, roles.get(party.role, party.role)] for party in state.parties]
    )
    for right in view.rights:
        status = say(right.on.label) if right.on else _("未知")
        line = f"{right_kind_title(right.ref.kind)} {right.ref.number} {right.ref.name}：{show_day(right.day)} {status}"
        document.add_paragraph(f"{line} {note(right.why)}")
    _clocks(document, view)
    _goods(document, view)
    _assessment(document, view)
    _evidence_and_events(document, view)
    foot = _("%(day)s 打印 · 法律包 %(hash)s · 机器计算，由人认定")
    document.add_paragraph(foot % {"day": show_day(day), "hash": short_hash(current_pack().hash)})
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _clocks(document: DocumentType, view: MatterView) -> None:
    document.add_heading(_("期限"), 2)
    rows = [
        [clock.title, clock.owed_by, clock.word, clock.due, f"{clock.used} {note(clock.why)}"]
        for clock in (*view.running, *view.chances, *view.ended)
    ]
    _table(document, [_("期限"), _("谁欠"), _("情况"), _("到期"), _("依据")], rows)


def _goods(document: DocumentType, view: MatterView) -> None:
    for goods in view.goods:
        document.add_heading(_("货值与销售金额"), 2)
        rows = [
            [row.name, row.state, f"{row.quantity:,}", f"{row.price_kind} {note(row.why)}", row.price, row.amount]
            for row in goods.rows
        ]
        rows += [[name, "", "", note(why), "", amount] for name, amount, why in goods.totals]
        head = [_("商品"), _("状态"), _("件数"), _("价格种类"), _("单价，元"), _("金额，元")]
        _table(document, head, rows)


def _assessment(document: DocumentType, view: MatterView) -> None:
    for answer in view.answers:
        document.add_heading(_("评估：%(offence)s") % {"offence": answer.title}, 2)
        rows = [
            [f"{line.measure}（{line.tier}）", line.value or _("未知")]
            + [f"{cell.words} {cell.word} {note(cell.why)}" if cell else "—" for cell in line.cells]
            for line in answer.lines
        ]
        head = [_("看什么"), _("查实"), *(f"{column.name} {column.day}" for column in answer.columns)]
        _table(document, head, rows)
        document.add_paragraph(f"{answer.verdict} {answer.missing} {answer.reason} {note(answer.verdict_why)}")


def _evidence_and_events(document: DocumentType, view: MatterView) -> None:
    document.add_heading(_("证据"), 2)
    _table(
        document,
        [_("编号"), _("证据"), _("来源"), "SHA-256"],
        [[f"X-{each.it.number}", each.it.name, each.it.origin, each.it.blob.sha256] for each in view.exhibits],
    )
    document.add_heading(_("事项"), 2)
    rows = [
        [
            f"E-{row.row.seq}",
            show_moment(row.row.at),
            row.title,
            "；".join(f"{what}：{value}" for what, value in row.facts),
            show_name(row.row.organ, "short"),
        ]
        for row in reversed(view.timeline)
    ]
    _table(document, [_("编号"), _("发生"), _("事项"), _("内容"), _("机关")], rows)
