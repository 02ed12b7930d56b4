"""A supposed change of the law: written in the law files' own words, put into their documents in memory, loaded anew.

Knows how a change is written and where it goes, not what it leads to. Nothing on disk is touched, and the changed pack
passes the same checks as any other: what the loader would refuse in a law file is refused here, with its file and line.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from zhibao.rules.load import Document, assemble
from zhibao.rules.pack import Pack
from zhibao.rules.read import Node, Scalar, Series, Table, as_day, as_table
from zhibao.rules.versions import ONE_DAY
from zhibao.rules.whatif_errors import (
    ChangeOfNoEntry,
    ChangeOfNoField,
    ChangeOfNoPath,
    ChangeOfNothing,
    ChangeOfNoVersion,
)

_STEP = re.compile(r"(?:^|\.)([^.\[\]]+)|\[([^\[\]]+)\]")
# What names an item of a list, in the order in which it is asked.
_NAMES = ("id", "from", "event", "name", "kind", "number")
VERSIONS = "versions"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: a ``field`` of an entry set to a node (None: removed), or a whole version added (``field`` empty).

    ``version`` is the first day of the version the field is in; None: the entry itself. ``held``: an added version takes
    over what it does not say from the version it follows.
    """

    entry: str
    listed: str
    version: date | None
    field: str
    to: Node | None
    held: bool
    where: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The pack as changed, and the entries (section, id) that say something else in it."""

    pack: Pack
    entries: frozenset[tuple[str, str]]

    def of(self, section: str) -> frozenset[str]:
        """Return the ids of one section that changed."""
        return frozenset(entry for name, entry in self.entries if name == section)


def read_change(doc: Table) -> tuple[Edit, ...]:
    """Read a file of changes: ``{title?, changes: [{entry, version?, field, to | remove} | {entry, add, otherwise?}]}``."""
    doc.only("title", "changes")
    edits = tuple(_read_edit(row) for row in doc.tables("changes"))
    if not edits:
        raise ChangeOfNothing(where=doc.where)
    return edits


def _read_edit(row: Table) -> Edit:
    entry, listed = row.text("entry"), row.text("list", VERSIONS)
    if "add" in row:
        row.only("entry", "list", "add", "otherwise")
        held = "otherwise" in row and bool(row.choice("otherwise", ("as-before",)))
        return Edit(entry, listed, None, "", row.table("add"), held, row.where)
    row.only("entry", "list", "version", "field", "to", "remove")
    to = None if "remove" in row and row.flag("remove") else row.node("to")
    return Edit(entry, listed, row.day_or_none("version"), row.text("field"), to, held=False, where=row.where)


def what_if(documents: Sequence[Document], before: Pack, edits: Sequence[Edit]) -> WhatIf:
    """Return the pack that these changes make of ``documents``, of which ``before`` is made.

    Raises a LawFault: a change that leads nowhere, or anything the loader refuses in the pack that comes out.
    """
    changed = list(documents)
    for edit in edits:
        place = _place_of(changed, edit)
        changed[place] = replace(changed[place], table=_edited(changed[place].table, edit))
    after = assemble(changed)
    return WhatIf(after, frozenset(_differing(before, after)))


def _differing(before: Pack, after: Pack) -> list[tuple[str, str]]:
    old, new = ({(section, entry.id): entry for section, entry in pack.entries()} for pack in (before, after))
    found = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return found + [
        ("years", key) for key in {**before.years, **after.years} if before.years.get(key) != after.years.get(key)
    ]


def _place_of(documents: Sequence[Document], edit: Edit) -> int:
    """Return which document an edit is for: the last with that id, since a province's stands for the national one."""
    section, _, entry = edit.entry.rpartition("/")
    known = {}
    for place, doc in enumerate(documents):
        if "id" in doc.table and section in {"", doc.section.name}:
            known[doc.table.text("id")] = place
    if entry not in known:
        near = get_close_matches(entry, known, n=5, cutoff=0.4) or sorted(known)[:5]
        raise ChangeOfNoEntry(where=edit.where, id=edit.entry, near=", ".join(near))
    return known[entry]


def _edited(table: Table, edit: Edit) -> Table:
    if not edit.field:
        return _with_version(table, edit)
    steps = _steps(edit)
    if edit.version is not None:
        steps = [edit.listed, f"[{_version(table, edit)}]", *steps]
    return as_table(_put(table, steps, edit, 0), "entry")


def _steps(edit: Edit) -> list[str]:
    """Split ``tiers.base.any[goods.gain].when`` into its steps; items of lists keep their brackets."""
    found = list(_STEP.finditer(edit.field))
    if "".join(one.group() for one in found) != edit.field:
        raise ChangeOfNoPath(where=edit.where, path=edit.field)
    return [one.group(1) or one.group() for one in found]


def _version(table: Table, edit: Edit) -> str:
    rows = [as_table(node, edit.listed) for node in table.series(edit.listed)]
    begins = [row.day("from").isoformat() for row in rows]
    day = edit.version.isoformat() if edit.version else ""
    if day not in begins:
        raise ChangeOfNoVersion(where=edit.where, id=edit.entry, day=day, known=", ".join(begins))
    return day


def _put(node: Node, steps: Sequence[str], edit: Edit, at: int) -> Node:
    """Return ``node`` with what lies at the end of ``steps`` changed; refuses a path that leads nowhere."""
    step = steps[at]
    last = at == len(steps) - 1
    if step.startswith("["):
        return _put_item(node, steps, edit, at)
    if not isinstance(node, Table) or (step not in node and (not last or edit.to is None)):
        raise _no_field(node, steps, edit, at)
    fields, places = dict(node.fields), dict(node.places)
    if not last:
        fields[step] = _put(node.fields[step], steps, edit, at + 1)
    elif edit.to is None:
        del fields[step], places[step]
    else:
        fields[step], places[step] = edit.to, edit.where
    return Table(fields, places, node.where)


def _put_item(node: Node, steps: Sequence[str], edit: Edit, at: int) -> Node:
    items: list[Node] = list(node.items) if isinstance(node, Series) else [node]
    place = _item(items, steps[at][1:-1])
    if place is None:
        raise _no_field(node, steps, edit, at)
    if at < len(steps) - 1:
        items[place] = _put(items[place], steps, edit, at + 1)
    elif edit.to is None:
        del items[place]
    else:
        items[place] = edit.to
    return Series(tuple(items), node.where) if isinstance(node, Series) else items[0]


def _item(items: Sequence[Node], name: str) -> int | None:
    """Return which item is meant: by its name, else by its place counted from 1."""
    for place, item in enumerate(items):
        if name in _names(item):
            return place
    return int(name) - 1 if name.isdecimal() and 0 < int(name) <= len(items) else None


def _names(item: Node) -> list[str]:
    if isinstance(item, Scalar):
        return [item.text]
    if isinstance(item, Series):
        return [one.text for one in item.items[:1] if isinstance(one, Scalar)]
    return [one.text for name in _NAMES if isinstance(one := item.fields.get(name), Scalar)]


def _no_field(node: Node, steps: Sequence[str], edit: Edit, at: int) -> ChangeOfNoField:
    if isinstance(node, Table):
        known = list(node)
    elif isinstance(node, Series):
        known = [name for item in node.items for name in _names(item)[:1]]
    else:
        known = []
    return ChangeOfNoField(where=edit.where, path=edit.field, step=steps[at], known=", ".join(known) or "—")


def _with_version(table: Table, edit: Edit) -> Table:
    """Add a version; the one in force the day before ends then, unless it had ended already."""
    assert edit.to is not None
    new = as_table(edit.to, "add")
    first = new.day("from")
    rows = [as_table(node, edit.listed) for node in table.series(edit.listed)]
    before = max((row for row in rows if row.day("from") < first), key=lambda row: row.day("from"), default=None)
    if edit.held and before is not None:
        new = _over(before, new)
    ended = [_ended(row, first, edit) if row is before else row for row in rows]
    fields = {**table.fields, edit.listed: Series((*ended, new), table.place(edit.listed))}
    return Table(fields, table.places, table.where)


def _over(before: Table, new: Table) -> Table:
    """Return ``new`` with what only ``before`` says, its last day excepted."""
    kept = {key: node for key, node in before.fields.items() if key not in new and key != "to"}
    places: Mapping[str, str] = {**{key: before.places[key] for key in kept}, **new.places}
    return Table({**kept, **new.fields}, places, new.where)


def _ended(row: Table, first: date, edit: Edit) -> Table:
    last = as_day(row.fields["to"], "to") if "to" in row else None
    if last is not None and last < first:
        return row
    to = Scalar((first - ONE_DAY).isoformat(), plain=True, where=edit.where)
    return Table({**row.fields, "to": to}, {**row.places, "to": edit.where}, row.where)
