"""One row of a file as a right, or everything that is wrong with it.

Knows the fields and what they need of one another; does not know files, databases or whether the number is taken.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from zhibao.apps.register import values
from zhibao.apps.register.columns import BY_NAME
from zhibao.apps.register.errors import (
    CellBadChoice,
    CellBadKind,
    CellBadOrder,
    CellBadStatus,
    CellEmpty,
    RowFault,
    RowMisshapen,
)
from zhibao.apps.register.newcomers import ENDED, PARTY_KINDS, UNKNOWN_OWNER, Datum, NewParty, NewPeriod, NewRight
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label

T = TypeVar("T")

KIND_WORDS = {
    "商标": "trademark",
    "注册商标": "trademark",
    "mark": "trademark",
    "发明": "patent-invention",
    "发明专利": "patent-invention",
    "patent": "patent-invention",
    "实用新型": "patent-utility-model",
    "实用新型专利": "patent-utility-model",
    "外观设计": "patent-design",
    "外观设计专利": "patent-design",
    "外观": "patent-design",
    "著作权": "copyright",
    "版权": "copyright",
    "作品": "copyright",
    "作品登记": "copyright",
    "软件著作权": "copyright",
    "地理标志": "geographical-indication",
    "地理标志产品": "geographical-indication",
    "植物新品种": "plant-variety",
    "植物新品种权": "plant-variety",
    "品种权": "plant-variety",
    "集成电路布图设计": "ic-layout",
    "布图设计": "ic-layout",
    "商业秘密": "trade-secret",
    "海关备案": "customs-recordal",
    "知识产权海关备案": "customs-recordal",
}
STATUS_WORDS = {
    "有效": "in-force",
    "已注册": "in-force",
    "注册": "in-force",
    "授权": "in-force",
    "专利权维持": "in-force",
    "存续": "in-force",
    "registered": "in-force",
    "live": "in-force",
    "active": "in-force",
    "valid": "in-force",
    "申请中": "pending",
    "审查中": "pending",
    "待审": "pending",
    "实质审查": "pending",
    "filed": "pending",
    "application": "pending",
    "中止": "suspended",
    "冻结": "suspended",
    "质押冻结": "suspended",
    "期满": "expired",
    "到期": "expired",
    "届满": "expired",
    "失效": "expired",
    "终止": "expired",
    "未续展": "expired",
    "撤销": "cancelled",
    "注销": "cancelled",
    "撤回": "cancelled",
    "dead": "cancelled",
    "withdrawn": "cancelled",
    "无效": "invalidated",
    "宣告无效": "invalidated",
    "全部无效": "invalidated",
    "invalid": "invalidated",
}
STATUS_NAMES = {
    "pending": Label("申请中", "pending"),
    "in-force": Label("有效", "in-force"),
    "suspended": Label("中止", "suspended"),
    "expired": Label("期满", "expired"),
    "cancelled": Label("撤销", "cancelled"),
    "invalidated": Label("无效", "invalidated"),
}
OWNER_KINDS = {
    "企业": "company",
    "公司": "company",
    "个体工商户": "shop",
    "个体户": "shop",
    "自然人": "person",
    "个人": "person",
    "团体": "group",
}
OWNERSHIPS = ("state", "collective", "private", "foreign", "mixed")
OWNERSHIP_WORDS = {
    "国有": "state",
    "集体": "collective",
    "民营": "private",
    "私营": "private",
    "外资": "foreign",
    "混合": "mixed",
}
SIZES = ("micro", "small", "medium", "large")
SIZE_WORDS = {
    "微型": "micro",
    "小型": "small",
    "中型": "medium",
    "大型": "large",
    "微": "micro",
    "小": "small",
    "中": "medium",
    "大": "large",
}


@dataclass(slots=True)
class Row:
    """The cells of one row by field, with each column's own head, and the faults found so far."""

    cells: Mapping[str, str]
    heads: Mapping[str, str]
    faults: list[RowFault] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a cell's text, empty where the file has no such column.

        The quotation mark before a sign of reckoning is the one our own CSV export puts there against formulas.
        """
        text = self.cells.get(name, "").strip()
        return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text

    def read(self, name: str, reader: Callable[..., T], default: T, *extra: object) -> T:
        """Return a cell as a value; an empty one gives ``default``, a bad one too, and its fault is kept."""
        text = self.text(name)
        if not text:
            return default
        try:
            return reader(text, *extra, self.heads.get(name, name))
        except RowFault as fault:
            self.faults.append(fault)
            return default

    def read_labelled(self, name: str, reader: Callable[[str, Label, str], T], default: T) -> T:
        """Like ``read`` for readers that name the field in their sentence."""
        return self.read(name, reader, default, BY_NAME[name].label)

    def short(self, name: str, limit: int) -> str:
        """Return a cell's text of at most ``limit`` characters."""
        text = self.text(name)
        if not text:
            return ""
        try:
            return values.read_text(text, BY_NAME[name].label, self.heads.get(name, name), limit)
        except RowFault as fault:
            self.faults.append(fault)
            return ""

    def choice(self, name: str, known: tuple[str, ...], words: Mapping[str, str]) -> str:
        """Return one of ``known``, written as itself or as one of ``words``; nothing for an empty cell."""
        text = values.half_width(self.text(name)).casefold()
        found = words.get(text, text)
        if found and found not in known:
            label = BY_NAME[name].label
            self.faults.append(
                CellBadChoice(
                    where=self.heads.get(name, name),
                    field_zh=label.zh,
                    field_en=label.en,
                    value=text[:40],
                    known=", ".join([*words, *known]),
                )
            )
            return ""
        return found

    def require(self, *names: str) -> None:
        """Keep a fault for each cell that is empty."""
        for name in names:
            if not self.text(name):
                label = BY_NAME[name].label
                where = self.heads.get(name, label.zh)
                self.faults.append(CellEmpty(where=where, field_zh=label.zh, field_en=label.en))

    def refuse_swapped(self, name: str, *, number: bool = False) -> None:
        """Keep a fault when the cell evidently holds something else."""
        label = BY_NAME[name].label
        try:
            values.refuse_swapped(self.text(name), label, self.heads.get(name, name), number=number)
        except RowFault as fault:
            self.faults.append(fault)


@dataclass(frozen=True, slots=True)
class Frame:
    """What all rows of a file share: which head means which field, the kinds the law pack knows, the file's own kind."""

    fields: Mapping[str, str]  # by head
    kinds: Mapping[str, Label]
    kind: str

    def read(self, cells: Mapping[str, str], extra: int = 0) -> tuple[NewRight | None, list[RowFault]]:
        """Return the right a row of the file tells of, its cells given by head, or all that is wrong with it."""
        if extra:
            found, expected = len(self.fields) + extra, len(self.fields)
            return None, [RowMisshapen(found=found, expected=expected)]
        by_field = {name: cells.get(head, "") for head, name in self.fields.items()}
        return read_row(by_field, {name: head for head, name in self.fields.items()}, self.kinds, self.kind)


def problem_of(fault: ZhibaoError) -> dict[str, Any]:
    """Return a fault as it is kept: its code, column and data, its sentences and hints in both languages."""
    return {
        "code": fault.code,
        "column": fault.where,
        "zh": fault.say("zh"),
        "en": fault.say("en"),
        "hint_zh": fault.hint("zh"),
        "hint_en": fault.hint("en"),
        "data": fault.data,
    }


def read_row(
    cells: Mapping[str, str], heads: Mapping[str, str], kinds: Mapping[str, Label], default_kind: str
) -> tuple[NewRight | None, list[RowFault]]:
    """Return the right a row tells of, or None with every fault of the row.

    ``cells`` and ``heads`` are by field name; ``kinds`` are the kinds of right that the law pack knows; a file without
    such a column holds ``default_kind`` throughout.
    """
    row = Row(cells, heads)
    row.require("number", "name")
    row.refuse_swapped("number", number=True)
    row.refuse_swapped("name")
    row.refuse_swapped("owner")
    kind = _kind(row, kinds, default_kind)
    applied = row.read_labelled("applied_on", values.read_day, None)
    granted = row.read_labelled("granted_on", values.read_day, None)
    worth = row.read_labelled("worth", values.read_money, None)
    details: dict[str, Datum] = {} if worth is None else {"worth_fen": int(worth)}
    right = NewRight(
        kind=kind,
        number=values.half_width(row.short("number", 60)).removesuffix(".0"),
        name=row.short("name", 300),
        name_en=row.short("name_en", 300),
        owner=_owner(row),
        classes=row.read("classes", values.read_classes, ()),
        goods=row.short("goods", 20_000),
        applied_on=applied,
        granted_on=granted,
        industry=row.short("industry", 24),
        place=row.read("place", values.read_place, ""),
        watched=row.read_labelled("watched", values.read_flag, None),
        image_sha256=row.short("image", 64),
        periods=_periods(row, granted),
        details=details,
    )
    return (None, row.faults) if row.faults else (right, [])


def _kind(row: Row, kinds: Mapping[str, Label], default_kind: str) -> str:
    text = values.half_width(row.text("kind")).casefold()
    kind = KIND_WORDS.get(text, text) or default_kind
    if kind not in kinds:
        row.faults.append(
            CellBadKind(
                where=row.heads.get("kind", "kind"),
                value=text[:40],
                known_zh="、".join(label.zh for label in kinds.values()),
                known_en=", ".join(kinds),
            )
        )
    return kind


def _owner(row: Row) -> NewParty:
    if not row.text("owner"):
        return UNKNOWN_OWNER
    return NewParty(
        name=row.short("owner", 200),
        kind=row.choice("owner_kind", PARTY_KINDS, OWNER_KINDS) or "company",
        uscc=row.read("owner_uscc", values.read_uscc, ""),
        address=row.short("owner_address", 300),
        phone=row.short("owner_phone", 40).removesuffix(".0"),
        country=(row.short("country", 20).upper() if len(row.text("country")) == 2 else "CN"),
        ownership=row.choice("ownership", OWNERSHIPS, OWNERSHIP_WORDS),
        size=row.choice("size", SIZES, SIZE_WORDS),
    )


def _periods(row: Row, granted: date | None) -> tuple[NewPeriod, ...]:
    """Return the spans the status and its two days tell of; without a first day nothing is told."""
    status = _status(row)
    since = row.read_labelled("since", values.read_day, None) or granted
    until = row.read_labelled("until", values.read_day if status in ENDED else values.read_last_day, None)
    if since and until and until < since:
        label, other = BY_NAME["until"].label, BY_NAME["since"].label
        row.faults.append(
            CellBadOrder(
                where=row.heads.get("until", "until"),
                field_zh=label.zh,
                field_en=label.en,
                value=until.isoformat(),
                other_zh=other.zh,
                other_en=other.en,
                earlier=since.isoformat(),
            )
        )
        return ()
    if status in ENDED:
        # A right that has ended needs its last day: without one nobody could say what held on the day of an act.
        row.require("until")
        if until is None:
            return ()
        ended = NewPeriod(status, until + timedelta(days=1))
        return (NewPeriod("in-force", since, until), ended) if since else (ended,)
    if since is None:
        if status or until:
            row.require("since")
        return ()
    return (NewPeriod(status or "in-force", since, until),)


def _status(row: Row) -> str:
    text = values.half_width(row.text("status")).casefold()
    status = STATUS_WORDS.get(text, text)
    if status and status not in STATUS_NAMES:
        row.faults.append(
            CellBadStatus(
                where=row.heads.get("status", "status"),
                value=text[:40],
                known_zh="、".join(name.zh for name in STATUS_NAMES.values()),
                known_en=", ".join(STATUS_NAMES),
            )
        )
        return ""
    return status
