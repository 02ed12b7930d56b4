"""Mutants of the engine: is each comparison held by a golden case, or at least by a unit test?

Which cases run through which function is seen once, by running them all; a mutant of that function is tried on those.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from types import CodeType, FrameType, FunctionType
from typing import Any

from scripts.mutation.code import CodeMutant, functions_of, mutants_of
from scripts.mutation.law import Verdict
from scripts.mutation.running import Case, as_case, first_to_notice, notices, within
from scripts.mutation.units import noticed_by
from zhibao.rules.load import assemble, load_cases, read_documents

Place = tuple[str, str]
LOADING_SECONDS = 120


class EngineRun:
    """The engine as it is, the golden cases by the functions they run through, and the trial of mutants."""

    def __init__(self, modules: Sequence[str]) -> None:
        self.modules = [import_module(name) for name in modules]
        self.functions = {
            (one.__name__, name): held for one in self.modules for name, held in functions_of(one).items()
        }
        self.documents = read_documents()
        self._names = {one.__file__: one.__name__ for one in self.modules}
        with self._watched() as loading:
            self.pack = assemble(read_documents())
        self.at_loading = frozenset(loading)
        cases = [as_case(table) for table in load_cases()]
        self.cases: list[Case] = []
        self.of: dict[Place, list[Case]] = {}
        for case in cases:
            with self._watched() as places:
                told = notices(self.pack, case)
            if told:
                continue
            self.cases.append(case)
            for place in places:
                self.of.setdefault(place, []).append(case)

    @contextmanager
    def _watched(self) -> Iterator[set[Place]]:
        """Yield the functions of the modules that run meanwhile."""
        seen: set[CodeType] = set()

        def watch(frame: FrameType, event: str, _argument: object) -> None:
            if event == "call":
                seen.add(frame.f_code)

        found: set[Place] = set()
        sys.setprofile(watch)
        try:
            yield found
        finally:
            sys.setprofile(None)
            for code in seen:
                if code.co_filename in self._names:
                    found.add((self._names[code.co_filename], code.co_qualname.split(".<locals>")[0]))

    def mutants(self) -> list[CodeMutant]:
        """Return every mutant of the modules."""
        return [mutant for module in self.modules for mutant in mutants_of(module)]

    def judge(self, mutant: CodeMutant) -> Verdict:
        """Try one mutant on the golden cases that run through its function; on all where the loader runs through it."""
        file = mutant.module.replace(".", "/")
        verdict = Verdict(mutant.module, "engine", mutant.key, f"src/{file}.py:{mutant.line}", "", "")
        with _put(self.functions[mutant.place], mutant.code):
            if mutant.place not in self.at_loading:
                case = first_to_notice(self.pack, self.of.get(mutant.place, ()))
                return self._told(verdict, case)
            try:
                with within(LOADING_SECONDS):
                    pack = assemble(read_documents())
            except Exception as error:  # noqa: BLE001  a loader that falls over has noticed
                return _caught(verdict, "loader", type(error).__name__)
            return self._told(verdict, first_to_notice(pack, self.cases))

    @staticmethod
    def _told(verdict: Verdict, case: Case | None) -> Verdict:
        return verdict if case is None else _caught(verdict, "golden", case.table.where)

    def judge_by_units(self, mutant: CodeMutant) -> str:
        """Return the unit test file that notices, of those that mirror the module; "" where none does."""

        def change() -> None:
            self.functions[mutant.place].__code__ = mutant.code

        return noticed_by(mutant.module, change)


def _caught(verdict: Verdict, caught: str, by: str) -> Verdict:
    return Verdict(verdict.section, verdict.kind, verdict.key, verdict.where, caught, by)


@contextmanager
def _put(function: FunctionType, code: CodeType) -> Iterator[None]:
    """Give a function other code for a while."""
    before: Any = function.__code__
    function.__code__ = code
    try:
        yield
    finally:
        function.__code__ = before
