"""Whether a candidate pack may be taken into use: it loads without a fault, and the golden cases hold.

The cases of the shipped packs are run on the shipped packs: a year's calendar that was published since, and stands in the
local layer, does not break what they promise. Those of the local layer are run on everything.
"""

from dataclasses import dataclass
from pathlib import Path

from zhibao.apps.organs.law_folder import LOCAL, Candidate
from zhibao.docket.golden import RUNNERS
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.rules.golden import run_golden
from zhibao.rules.load import check_pack, load_cases, load_pack
from zhibao.rules.mismatch import Mismatch
from zhibao.rules.pack import Pack, Problem


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that keeps a candidate out, with its file and line."""

    code: str
    where: str
    says: Label
    hint: Label

    def as_json(self, lang: str) -> dict[str, str]:
        """Return it as an error is told."""
        return {"code": self.code, "where": self.where, "message": self.says.say(lang), "hint": self.hint.say(lang)}


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a candidate. ``pack`` is there when it loads; ``cases`` counts the golden cases run."""

    pack: Pack | None
    cases: int
    complaints: tuple[Complaint, ...]

    @property
    def holds(self) -> bool:
        """Whether it may be taken into use."""
        return self.pack is not None and not self.complaints


def try_candidate(candidate: Candidate, *, all_layers: bool) -> Trial:
    """Load the candidate and run its golden cases; with ``all_layers`` those of the shipped packs too, else the local ones only."""
    try:
        pack = load_pack(*candidate.paths)
    except ZhibaoError as first:
        listed = [complaint_of(problem.error) for problem in _all_problems(candidate)]
        return Trial(None, 0, tuple(listed or [complaint_of(first)]))
    lower = [root for root in candidate.paths if root.name != LOCAL]
    has_own = any(candidate.local.rglob("*.yaml"))
    count, complaints = 0, list[Complaint]()
    if all_layers:
        count, complaints = run_cases(load_pack(*lower) if has_own else pack, *lower)
    if has_own:
        own, told = run_cases(pack, candidate.local)
        count, complaints = count + own, complaints + told
    return Trial(pack, count, tuple(complaints))


def _all_problems(candidate: Candidate) -> list[Problem]:
    """Return everything that is wrong, where it can be listed: a file nobody can read ends the reading."""
    try:
        return check_pack(*candidate.paths)
    except ZhibaoError:
        return []


def run_cases(pack: Pack, *roots: Path) -> tuple[int, list[Complaint]]:
    """Run the golden cases that stand in these layers; return how many, and what did not come out."""
    try:
        cases = load_cases(*roots)
    except ZhibaoError as error:
        return 0, [complaint_of(error)]
    run = run_golden(pack, cases, RUNNERS)
    return run.cases, [*map(complaint_of, run.faults), *map(_mismatch, run.mismatches)]


def complaint_of(error: ZhibaoError) -> Complaint:
    """Return an error as a complaint."""
    return Complaint(
        error.code, error.where, Label(error.say("zh"), error.say("en")), Label(error.hint("zh"), error.hint("en"))
    )


def _mismatch(one: Mismatch) -> Complaint:
    says = Label(
        f"例案「{one.name}」：应为 {one.want}，算出 {one.got}。",
        f"Golden case '{one.name}': {one.want} wanted, {one.got} found.",
    )
    hint = Label("核对例案和条文，改对的那一处。", "Check case and article, and mend whichever is wrong.")
    return Complaint("golden-case", one.where, says, hint)
