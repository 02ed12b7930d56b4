"""Golden cases of the law: which runner works out which kind of case file, and running all of them.

A case file law/**/cases/<kind>-<name>.yaml holds a list of cases; ``RUNNERS`` is the one list of kinds. Knows no file:
``load.load_cases`` reads them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from zhibao.kernel.errors import ZhibaoError
from zhibao.rules.assess_golden import check_case
from zhibao.rules.damages_golden import check_damages_case
from zhibao.rules.errors import LawFault
from zhibao.rules.fines_golden import check_fine_case
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Pack
from zhibao.rules.read import Table
from zhibao.rules.route_golden import check_route_case
from zhibao.rules.shows_golden import check_shown, check_year
from zhibao.rules.sure_golden import check_sure
from zhibao.rules.values_golden import check_value_case

Runner = Callable[[Pack, Table], Iterable[Mismatch]]

# The beginning of a case file's name, and what runs one case of it. Kinds of rooms above stand there (docket/golden).
RUNNERS: Mapping[str, Runner] = {
    "assess-": check_case,
    "calendar-": check_year,
    "shows-": check_shown,
    "sure-": check_sure,
    "values-": check_value_case,
    "route-": check_route_case,
    "damages-": check_damages_case,
    "fines-": check_fine_case,
}


class LawUnknownCaseKind(LawFault):
    """No runner knows case files of this name."""

    code = "law-unknown-case-kind"
    zh = "例案文件「{file}」不知道按哪一种算。"
    en = "It is not known how to work out the case file “{file}”."
    hint_zh = "文件名的开头说明种类，可以是：{known}。"
    hint_en = "The beginning of the file name tells the kind, and may be: {known}."


@dataclass(slots=True)
class GoldenRun:
    """What running cases showed: how many there were, what did not come out as written, and which are no cases."""

    cases: int = 0
    mismatches: list[Mismatch] = field(default_factory=list)
    faults: list[ZhibaoError] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every case came out as written."""
        return not self.mismatches and not self.faults


def run_golden(pack: Pack, cases: Iterable[Table], runners: Mapping[str, Runner]) -> GoldenRun:
    """Run each case by the runner of its file; a case that cannot be run is a fault with its file and line."""
    run = GoldenRun()
    for case in cases:
        run.cases += 1
        try:
            run.mismatches += runner_of(case, runners)(pack, case)
        except LawFault as fault:
            run.faults.append(fault)
        except ZhibaoError as error:
            # Faults of facts and events name a place inside the case; the case itself says in which file.
            error.where = f"{case.where} {error.where}".strip()
            run.faults.append(error)
    return run


def runner_of(case: Table, runners: Mapping[str, Runner]) -> Runner:
    """Return the runner of the file a case stands in. Raises LawUnknownCaseKind for a file of no known kind."""
    file = case.where.rpartition(":")[0]
    name = file.rpartition("/")[2]
    for prefix, runner in runners.items():
        if name.startswith(prefix):
            return runner
    raise LawUnknownCaseKind(where=f"{file}:1", file=name, known=", ".join(f"{prefix}…" for prefix in runners))
