"""The golden-case editor's live result: YAML in, and for each case whether it comes out as written, and what came instead.

Keeps nothing.
"""

from dataclasses import dataclass

from zhibao.apps.library.access import require_reading
from zhibao.apps.library.errors import LawFileTooLong, LawTooDeep
from zhibao.apps.organs.law import current_pack
from zhibao.apps.organs.law_folder import LONGEST_FILE, check_name
from zhibao.apps.organs.law_trial import Complaint, complaint_of
from zhibao.apps.organs.models import Person
from zhibao.docket.golden import RUNNERS
from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.golden import run_golden
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.read import Series, Table, as_table, read_node


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: its name, file and line, what did not come out, and what keeps it from being a case at all."""

    name: str
    where: str
    mismatches: tuple[Mismatch, ...]
    faults: tuple[Complaint, ...]

    @property
    def passed(self) -> bool:
        """Whether it came out as written."""
        return not self.mismatches and not self.faults


@dataclass(frozen=True, slots=True)
class CaseTrial:
    """The whole text. ``fault`` is there when it cannot be read, with its line."""

    fault: Complaint | None
    results: tuple[CaseResult, ...]

    @property
    def passed(self) -> bool:
        """Whether there is at least one case and every one came out as written."""
        return self.fault is None and bool(self.results) and all(one.passed for one in self.results)


KINDS = tuple(prefix.removesuffix("-") for prefix in RUNNERS)


def try_case(person: Person, name: str, content: str) -> CaseTrial:
    """Run the cases of ``content`` on the pack in use. ``name`` begins with the kind, such as clocks-mine.

    Raises LawFileName, LawFileTooLong, LawTooDeep, DeedNotAllowed.
    """
    require_reading(person)
    file = f"cases/{name.removesuffix('.yaml')}.yaml"
    check_name(file)
    if len(content.encode("utf-8", "replace")) > LONGEST_FILE:
        raise LawFileTooLong(where="content", limit=LONGEST_FILE // 1024)
    try:
        node = read_node(content, f"law/local/{file}")
        tables = [as_table(one, "file") for one in node.items] if isinstance(node, Series) else [as_table(node, "file")]
    except RecursionError:
        raise LawTooDeep(where=file) from None
    except ZhibaoError as error:
        return CaseTrial(complaint_of(error), ())
    return CaseTrial(None, tuple(_run(table) for table in tables))


def _run(table: Table) -> CaseResult:
    run = run_golden(current_pack(), [table], RUNNERS)
    name = str(table.fields["name"].text) if "name" in table.fields and hasattr(table.fields["name"], "text") else ""
    return CaseResult(name, table.where, tuple(run.mismatches), tuple(map(complaint_of, run.faults)))
