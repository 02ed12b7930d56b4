"""Reading law/ from disk into a checked ``Pack``: the only room of the ground floor's law that opens files.

Every fault names file, line and remedy. A pack with a fault does not load; ``check_pack`` lists all faults instead.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from zhibao.kernel.canonical import Json, canonical_bytes, sha256_hex
from zhibao.kernel.days import Calendar
from zhibao.rules.deadlines import check_deadline, parse_deadline
from zhibao.rules.errors import LawFault, LawNoRoot, LawNotUtf8, LawReplaces, LawSameId, LawUnknownFolder
from zhibao.rules.instruments import Cites, parse_instrument
from zhibao.rules.offences import check_offence, parse_offence
from zhibao.rules.pack import Entry, Pack, Problem
from zhibao.rules.pricing import parse_price_order
from zhibao.rules.procedures import check_event_kind, check_procedure, parse_event_kind, parse_procedure
from zhibao.rules.read import Node, Series, Table, as_table, read_node
from zhibao.rules.registers import (
    make_calendar,
    parse_calendar_year,
    parse_measure,
    parse_organ_kind,
    parse_places,
    parse_right_kind,
)
from zhibao.rules.supervision import parse_finding_kind
from zhibao.rules.transfer import parse_transfer_rule

PACKS = ("cn", "cn-jx")


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of entry: its field of ``Pack``, the folder (or file) it is kept in, its parser and its check.

    ``check`` runs when all entries are there and yields what does not fit together.
    """

    name: str
    folder: str
    parse: Callable[[Table, Cites, Pack], Any]
    check: Callable[[Any, Pack], Iterable[LawFault]] | None = None


# Instruments come first, since everything cites them; measures before offences, which name them.
SECTIONS = (
    Section("instruments", "instruments", lambda doc, _cites, _pack: parse_instrument(doc)),
    Section("measures", "measures", lambda doc, cites, _pack: parse_measure(doc, cites)),
    Section("years", "calendars", lambda doc, cites, _pack: parse_calendar_year(doc, cites)),
    Section("offences", "offences", lambda doc, cites, pack: parse_offence(doc, cites, pack.measures), check_offence),
    Section("triggers", "transfer", lambda doc, cites, _pack: parse_transfer_rule(doc, cites)),
    Section(
        "procedures",
        "procedures",
        lambda doc, cites, _pack: parse_procedure(doc, cites),
        lambda entry, pack: check_procedure(entry, pack.event_kinds),
    ),
    Section(
        "event_kinds",
        "events",
        lambda doc, cites, _pack: parse_event_kind(doc, cites),
        lambda entry, pack: check_event_kind(entry, pack.event_kinds, pack.procedures),
    ),
    Section(
        "deadlines",
        "deadlines",
        lambda doc, cites, _pack: parse_deadline(doc, cites),
        lambda entry, pack: check_deadline(entry, pack.event_kinds, pack.procedures, pack.finding_kinds),
    ),
    Section("price_orders", "pricing", lambda doc, cites, _pack: parse_price_order(doc, cites)),
    Section("finding_kinds", "findings", lambda doc, cites, _pack: parse_finding_kind(doc, cites)),
    Section("rights", "rights", lambda doc, cites, _pack: parse_right_kind(doc, cites)),
    Section("organ_kinds", "organs", lambda doc, cites, _pack: parse_organ_kind(doc, cites)),
    Section("places", "places", lambda doc, cites, _pack: parse_places(doc, cites)),
)
# Read by ``golden``; they say what the law leads to and are no law.
CASES = "cases"


def default_roots() -> tuple[Path, ...]:
    """Return the packs of the checkout, or those shipped with the package."""
    here = Path(__file__).resolve()
    top = next((top for top in (here.parents[3] / "law", here.parents[1] / "law") if (top / PACKS[0]).is_dir()), None)
    if top is None:
        raise LawNoRoot(where="law", folder="law")
    return tuple(top / name for name in PACKS if (top / name).is_dir())


def load_pack(*roots: Path) -> Pack:
    """Load the packs in order, the national one first. Raises the first ``LawFault`` found."""
    pack, problems = _load(roots or default_roots())
    for problem in problems:
        raise problem.error
    return pack


def check_pack(*roots: Path) -> list[Problem]:
    """Return everything that is wrong with the packs; an empty list is a pack that loads."""
    return _load(roots or default_roots())[1]


def load_cases(*roots: Path, kind: str = "") -> list[Table]:
    """Return the golden cases of the packs whose file name begins with ``kind``, each as a table."""
    found: list[Table] = []
    for root in roots or default_roots():
        for path in sorted((root / CASES).glob(f"{kind}*.yaml")):
            found += _tables(_read(path, root))
    return found


def _load(roots: Iterable[Path]) -> tuple[Pack, list[Problem]]:
    problems: list[Problem] = []
    documents = list(_documents(roots, problems))
    pack = Pack(hash="", calendar=Calendar.from_years({}))
    for section in SECTIONS:
        entries = _parse_section(section, [doc for doc in documents if doc.section is section], pack, problems)
        cast("dict[str, Entry]", getattr(pack, section.name)).update(entries)
    for section in SECTIONS:
        for entry in getattr(pack, section.name).values() if section.check else ():
            problems += [Problem(fault) for fault in (section.check(entry, pack) if section.check else ())]
    whole: dict[str, list[Json]] = {}
    for doc in documents:
        whole.setdefault(doc.file, []).append(doc.table.json())
    sealed = Pack(
        hash=sha256_hex(canonical_bytes(whole)),
        calendar=make_calendar(pack.years),
        **{section.name: getattr(pack, section.name) for section in SECTIONS},
    )
    return sealed, sorted(problems, key=lambda problem: _place_key(problem.where))


def _place_key(where: str) -> tuple[str, int]:
    file, _, line = where.rpartition(":")
    return file, int(line) if line.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class _Document:
    """One entry as read, not yet parsed: where it is kept and which pack it belongs to."""

    section: Section
    root: str
    file: str
    table: Table


def _documents(roots: Iterable[Path], problems: list[Problem]) -> Iterator[_Document]:
    for root in roots:
        if not root.is_dir():
            raise LawNoRoot(where=str(root), folder=root.name)
        for path in sorted(root.rglob("*.yaml")):
            folder = path.relative_to(root).parts[0].removesuffix(".yaml")
            if folder == CASES:
                continue
            name = _name(path, root)
            try:
                section = _section_of(folder, name)
                for table in _tables(_read(path, root)):
                    yield _Document(section, root.name, name, table)
            except LawFault as fault:
                problems.append(Problem(fault))


def _section_of(folder: str, name: str) -> Section:
    found = next((section for section in SECTIONS if section.folder == folder), None)
    if found is None:
        known = ", ".join(sorted(section.folder for section in SECTIONS))
        raise LawUnknownFolder(where=f"{name}:1", folder=folder, known=known)
    return found


def _name(path: Path, root: Path) -> str:
    return f"{root.parent.name}/{root.name}/{path.relative_to(root).as_posix()}"


def _read(path: Path, root: Path) -> Node:
    name = _name(path, root)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise LawNotUtf8(where=f"{name}:1") from None
    return read_node(text, name)


def _tables(node: Node) -> list[Table]:
    """Return the entries of a file: the file itself, or each item of its list."""
    return [as_table(item, "file") for item in node.items] if isinstance(node, Series) else [as_table(node, "file")]


def _parse_section(
    section: Section, documents: list[_Document], pack: Pack, problems: list[Problem]
) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    packs: dict[str, str] = {}
    for doc in documents:
        try:
            basis, table = _without_basis(doc.table)
            parsed = section.parse(table, pack.cites, pack)
            for entry in parsed if isinstance(parsed, tuple) else (parsed,):
                if entry.id in entries and packs[entry.id] == doc.root:
                    raise LawSameId(where=entry.where, id=entry.id, other=entries[entry.id].where)
                if entry.id in entries:
                    _check_replacement(entry, basis, pack)
                entries[entry.id], packs[entry.id] = entry, doc.root
        except LawFault as fault:
            problems.append(Problem(fault))
    return entries


def _without_basis(table: Table) -> tuple[Table | None, Table]:
    """Take out what lets a province replace a national entry, so that parsers see only their own fields."""
    if "replaces_under" not in table:
        return None, table
    fields = {key: node for key, node in table.fields.items() if key != "replaces_under"}
    return table.table("replaces_under"), Table(fields, table.places, table.where)


def _check_replacement(entry: Entry, basis: Table | None, pack: Pack) -> None:
    """Refuse a second pack's entry with the same id, unless it cites what lets a province decide otherwise."""
    if basis is None:
        raise LawReplaces(where=entry.where, id=entry.id)
    basis.only("cite", "from")
    pack.cites.read(basis, on=basis.day("from"))
