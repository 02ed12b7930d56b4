"""Reading law/ from disk into a checked ``Pack``: the only room of the ground floor's law that opens files.

Every fault names file, line and remedy. A pack with a fault does not load; ``check_pack`` lists all faults instead.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from zhibao.kernel.canonical import Json, canonical_bytes, sha256_hex
from zhibao.kernel.days import Calendar
from zhibao.rules.conflicts import conflicts
from zhibao.rules.credit import parse_credit
from zhibao.rules.deadline_checks import check_deadline
from zhibao.rules.deadlines import parse_deadline
from zhibao.rules.errors import (
    LawFault,
    LawNoRoot,
    LawNotUtf8,
    LawReplaces,
    LawSameId,
    LawUnknownFolder,
    LawWrongEnding,
)
from zhibao.rules.evidence_matrix import check_matrix, parse_matrix
from zhibao.rules.forms import check_form, parse_form
from zhibao.rules.instruments import Cites, parse_instrument
from zhibao.rules.jurisdiction import check_court, check_rule, parse_court, parse_court_limit, parse_rule
from zhibao.rules.offences import check_offence, parse_offence
from zhibao.rules.pack import Entry, Pack, Problem
from zhibao.rules.penalties import check_penalty, parse_penalty
from zhibao.rules.pricing import parse_price_order
from zhibao.rules.procedures import check_event_kind, check_procedure, parse_event_kind, parse_procedure
from zhibao.rules.publicity import parse_display
from zhibao.rules.read import Node, Series, Table, as_table, read_node
from zhibao.rules.registers import (
    make_calendar,
    parse_calendar_year,
    parse_measure,
    parse_organ_kind,
    parse_places,
    parse_right_kind,
)
from zhibao.rules.remedies import parse_remedy
from zhibao.rules.rewards import parse_reward
from zhibao.rules.supervision import parse_finding_kind
from zhibao.rules.transfer import parse_transfer_rule
from zhibao.rules.values import parse_value

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
    Section("values", "values", lambda doc, cites, _pack: parse_value(doc, cites)),
    Section(
        "forms",
        "forms",
        lambda doc, cites, _pack: parse_form(doc, cites),
        lambda entry, pack: check_form(entry, pack.event_kinds, pack.procedures),
    ),
    Section(
        "evidence_matrices",
        "evidence",
        lambda doc, cites, _pack: parse_matrix(doc, cites),
        lambda entry, pack: check_matrix(entry, pack.rights),
    ),
    Section("displays", "publicity", lambda doc, cites, _pack: parse_display(doc, cites)),
    Section("credit", "credit", lambda doc, cites, _pack: parse_credit(doc, cites)),
    Section("rewards", "rewards", lambda doc, cites, _pack: parse_reward(doc, cites)),
    Section("fine_facts", "fine-facts", lambda doc, cites, _pack: parse_measure(doc, cites)),
    Section(
        "penalties",
        "penalties",
        lambda doc, cites, pack: parse_penalty(doc, cites, {**pack.measures, **pack.fine_facts}),
        check_penalty,
    ),
    Section("remedies", "remedies", lambda doc, cites, _pack: parse_remedy(doc, cites)),
    Section(
        "jurisdiction",
        "jurisdiction",
        lambda doc, cites, _pack: parse_rule(doc, cites),
        lambda entry, pack: check_rule(entry, pack.jurisdiction, pack.rights, pack.organ_kinds),
    ),
    Section(
        "courts",
        "courts",
        lambda doc, cites, _pack: parse_court(doc, cites),
        lambda entry, pack: check_court(entry, pack.jurisdiction),
    ),
    Section("court_limits", "court-limits", lambda doc, cites, _pack: parse_court_limit(doc, cites)),
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
    return assemble(read_documents(*roots))


def read_documents(*roots: Path) -> tuple["Document", ...]:
    """Return every entry of the packs as written, not yet parsed. Raises the first ``LawFault`` found."""
    problems: list[Problem] = []
    documents = tuple(_documents(roots or default_roots(), problems))
    for problem in problems:
        raise problem.error
    return documents


def assemble(documents: Sequence["Document"]) -> Pack:
    """Make the pack of these entries, all or nothing: raises the first ``LawFault`` found."""
    problems: list[Problem] = []
    pack = _assemble(documents, problems)
    for problem in _in_order(problems):
        raise problem.error
    return pack


def check_pack(*roots: Path) -> list[Problem]:
    """Return everything that is wrong with the packs; an empty list is a pack that loads."""
    problems: list[Problem] = []
    _assemble(list(_documents(roots or default_roots(), problems)), problems)
    return _in_order(problems)


def load_cases(*roots: Path, kind: str = "") -> list[Table]:
    """Return the golden cases of the packs whose file name begins with ``kind``, each as a table."""
    found: list[Table] = []
    for root in roots or default_roots():
        for path in sorted((root / CASES).glob(f"{kind}*.yaml")):
            found += _tables(_read(path, root))
    return found


def _assemble(documents: Sequence["Document"], problems: list[Problem]) -> Pack:
    pack = Pack(hash="", calendar=Calendar.from_years({}))
    for section in SECTIONS:
        entries = _parse_section(section, [doc for doc in documents if doc.section is section], pack, problems)
        cast("dict[str, Entry]", getattr(pack, section.name)).update(entries)
    for section in SECTIONS:
        for entry in getattr(pack, section.name).values() if section.check else ():
            problems += [Problem(fault) for fault in (section.check(entry, pack) if section.check else ())]
    problems += [Problem(fault) for fault in conflicts(pack)]
    whole: dict[str, list[Json]] = {}
    for doc in documents:
        whole.setdefault(doc.file, []).append(doc.table.json())
    return Pack(
        hash=sha256_hex(canonical_bytes(whole)),
        calendar=make_calendar(pack.years),
        **{section.name: getattr(pack, section.name) for section in SECTIONS},
    )


def _in_order(problems: list[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda problem: _place_key(problem.where))


def _place_key(where: str) -> tuple[str, int]:
    file, _, line = where.rpartition(":")
    return file, int(line) if line.isdecimal() else 0


@dataclass(frozen=True, slots=True)
class Document:
    """One entry as read, not yet parsed: where it is kept and which pack it belongs to."""

    section: Section
    root: str
    file: str
    table: Table


def _documents(roots: Iterable[Path], problems: list[Problem]) -> Iterator[Document]:
    for root in roots:
        if not root.is_dir():
            raise LawNoRoot(where=str(root), folder=root.name)
        problems += [Problem(LawWrongEnding(where=f"{_name(path, root)}:1")) for path in sorted(root.rglob("*.yml"))]
        for path in sorted(root.rglob("*.yaml")):
            folder = path.relative_to(root).parts[0].removesuffix(".yaml")
            if folder == CASES:
                continue
            name = _name(path, root)
            try:
                section = _section_of(folder, name)
                for table in _tables(_read(path, root)):
                    yield Document(section, root.name, name, table)
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
    section: Section, documents: list[Document], pack: Pack, problems: list[Problem]
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
