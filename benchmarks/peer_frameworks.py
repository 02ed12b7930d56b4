"""OpenFisca, SpiffWorkflow and eventsourcing on the same made-up histories, each in its own way of working.

They are the optional extra ``bench``. What each does and does not do here stands beside its figure.
"""

import time
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from importlib.util import find_spec

import numpy as np

from benchmarks.histories import CHINA, DAY, Histories

NOW = date(2026, 11, 25).toordinal()
UNIX = 719_163


def open_fisca(found: Histories, _sample: int, pack) -> dict[str, object]:
    """Vectorised formulas over all cases, from first days by kind that numpy has already pivoted; all in one process."""
    if find_spec("openfisca_core") is None:
        return {"not_installed": "openfisca-core"}
    facts = _first_days(found)
    system, period = _tax_system(pack), "2026-11"
    from openfisca_core.simulation_builder import SimulationBuilder

    simulation = SimulationBuilder().build_default_simulation(system, found.cases)
    began = time.perf_counter()
    for name, column in facts.items():
        simulation.set_input(name, period, column)
    given = time.perf_counter() - began
    overdue = sum(
        int(simulation.calculate(name, period).sum())
        for name in ("file_overdue", "decide_overdue", "serve_overdue", "publish_overdue")
    )
    seconds = time.perf_counter() - began
    return {
        "version": version("openfisca-core"), "cases_timed": found.cases, "inputs_s": round(given, 3),
        "s_for_all_cases": round(seconds, 3), "overdue": overdue,
        "does": "four last days and whether overdue, from given first days; no pivot of events, no pauses, one version of"
        " the law, calendar days for working days; no findings, no account",
    }  # fmt: skip


FACTS = {
    "clue": ("clue-received",), "filed": ("filed",), "checked": ("filed", "not-filed"), "decided": ("decided",),
    "ended": ("decided", "terminated", "closed"), "served": ("decision-served",), "published": ("published",),
}  # fmt: skip


def _first_days(found: Histories) -> dict[str, np.ndarray]:
    """Return the first day of each fact as an ordinal, 0 where there is none."""
    day = ((found.at + CHINA) // DAY + UNIX).astype(np.int64)
    facts = {}
    for name, kinds in FACTS.items():
        mine = np.isin(found.kind, [found.kinds.index(kind) for kind in kinds])
        first = np.full(found.cases, 1 << 40, dtype=np.int64)
        np.minimum.at(first, found.case[mine], day[mine])
        facts[name] = np.where(first == 1 << 40, 0, first).astype(np.float64)
    return facts


def _tax_system(_pack):
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import MONTH
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    case = build_entity(key="case", plural="cases", label="case", is_person=True)
    system = TaxBenefitSystem([case])

    def given(name):
        return type(name, (Variable,), {
            "value_type": float, "entity": case, "definition_period": MONTH, "label": name,
        })  # fmt: skip

    def overdue(name, start, done, days):
        def formula(case, period):
            begun, ended = case(start, period), case(done, period)
            return (begun > 0) * (ended == 0) * (begun + days < NOW)

        return type(name, (Variable,), {
            "value_type": bool, "entity": case, "definition_period": MONTH, "label": name, "formula": formula,
        })  # fmt: skip

    for name in FACTS:
        system.add_variable(given(name))
    for name, start, done, days in (
        ("file_overdue", "clue", "checked", 21), ("decide_overdue", "filed", "ended", 90),
        ("serve_overdue", "decided", "served", 9), ("publish_overdue", "decided", "published", 28),
    ):  # fmt: skip
        system.add_variable(overdue(name, start, done, days))
    return system


def spiff_workflow(found: Histories, sample: int, _pack) -> dict[str, object]:
    """A workflow of ten manual steps run through for each case: where a case stands, not what it owes."""
    if find_spec("SpiffWorkflow") is None:
        return {"not_installed": "SpiffWorkflow"}
    from SpiffWorkflow import TaskState, Workflow
    from SpiffWorkflow.specs import Simple, WorkflowSpec

    spec = WorkflowSpec(name="case", addstart=True)
    before = spec.start
    for number in range(10):
        step = Simple(spec, f"step-{number}")
        step.manual = True
        before.connect(step)
        before = step
    count = max(1, min(sample, 300))
    began = time.perf_counter()
    for _ in range(count):
        workflow = Workflow(spec)
        while ready := workflow.get_tasks(state=TaskState.READY):
            for task in ready:
                task.run()
    seconds = (time.perf_counter() - began) / count
    return {
        "version": version("SpiffWorkflow"), "cases_timed": count, "s_a_case": round(seconds, 6),
        "s_for_all_cases": round(seconds * found.cases, 1),
        "does": "ten steps of a workflow in memory, nothing kept; no days, no law, no findings",
    }  # fmt: skip


def event_sourcing(found: Histories, sample: int, _pack) -> dict[str, object]:
    """Aggregates rebuilt from their stored events, first days by kind kept in each; its own storage in memory."""
    if find_spec("eventsourcing") is None:
        return {"not_installed": "eventsourcing"}
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Case(Aggregate):
        @event("Opened")
        def __init__(self) -> None:
            self.first: dict[str, str] = {}

        @event("Happened")
        def happen(self, kind: str, day: str) -> None:
            self.first.setdefault(kind, day)

    application: Application = Application()
    count = max(1, min(sample, 1_000))
    ids = []
    for case in range(count):
        one = Case()
        for i in range(found.begins[case], found.ends[case]):
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(found.at[i]))
            one.happen(kind=found.kinds[found.kind[i]], day=moment.date().isoformat())
        application.save(one)
        ids.append(one.id)
    began = time.perf_counter()
    for key in ids:
        application.repository.get(key)
    seconds = (time.perf_counter() - began) / count
    return {
        "version": version("eventsourcing"), "cases_timed": count, "s_a_case": round(seconds, 6),
        "s_for_all_cases": round(seconds * found.cases, 1),
        "does": "rebuilds each case from its events, first days by kind; no days owed, no law, no findings",
    }  # fmt: skip
