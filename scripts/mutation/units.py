"""The unit tests that mirror a module of the engine: those of its room that name it. Do they notice what no golden case does?"""

import os
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

from scripts.mutation.running import within

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("rules", "docket", "kernel")
HOLDS_WITHIN = 45  # what takes longer as things are is no test for a mutant
SECONDS = 90
LEFT = "tests/rules/test_mutation_left.py"  # written for what earlier runs left; quick, so tried first
# Parts of a module that no test names: they are tried by the tests of the whole.
WHOLE = {
    "zhibao.rules.acts": "zhibao.rules.assess",
    "zhibao.rules.outcomes": "zhibao.rules.assess",
    "zhibao.rules.fine_amounts": "zhibao.rules.penalties",
    "zhibao.rules.fine_threats": "zhibao.rules.penalties",
    "zhibao.rules.fine_gain": "zhibao.rules.penalties",
    "zhibao.rules.damage_bases": "zhibao.rules.remedies",
    "zhibao.rules.damage_defences": "zhibao.rules.remedies",
    "zhibao.rules.punitive": "zhibao.rules.remedies",
    "zhibao.docket.counting": "zhibao.docket.clocks",
    "zhibao.docket.columns.counting": "zhibao.docket.clocks",
    "zhibao.docket.columns.kernel": "zhibao.docket.clocks",
    "zhibao.docket.columns.tables": "zhibao.docket.clocks",
}
# They try mutants themselves: a mutant of a mutant says nothing.
MUTATING = frozenset({"test_mutation.py", "test_mutation_tool.py", "test_mutated_law.py"})


@cache
def mirrors(module: str) -> tuple[str, ...]:
    """Return the test files that name the module, from the folder of its room, or those of what it is a part of."""
    module = WHOLE.get(module, module)
    package, _, name = module.rpartition(".")
    room = ROOT / "tests" / package.split(".")[1]
    told = (f"{module} import", f"import {module}", f"from {package} import {name}", f'"{module}"')
    found = [path for path in sorted(room.rglob("test_*.py")) if path.name not in MUTATING]
    found = [one for one in found if one.stem == f"test_{name}" or any(word in one.read_text() for word in told)]
    found.sort(key=lambda one: one.stem != f"test_{name}")  # its own tests first
    return (LEFT, *(str(one.relative_to(ROOT)) for one in found if one.name != Path(LEFT).name))


def noticed_by(module: str, change: Callable[[], object]) -> str:
    """Return the mirror that fails after the change and passes without it; "" where there is none."""
    for one in mirrors(module):
        if one not in _fail_anyway and fails([one], change):
            if _holds(one):
                return one
            _fail_anyway.add(one)
    return ""


_fail_anyway: set[str] = set()  # a test that fails, or takes too long, as things are would notice every mutant


@cache
def _holds(test: str) -> bool:
    return not fails([test], lambda: None, HOLDS_WITHIN)


def fails(tests: list[str], change: Callable[[], object], seconds: int = SECONDS) -> bool:
    """Tell whether a test fails after the change, in a process of its own; what was imported is not imported again."""
    child = os.fork()
    if child == 0:
        os._exit(_run(tests, change, seconds))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) != 0


def _run(tests: list[str], change: Callable[[], object], seconds: int) -> int:
    import pytest  # noqa: PLC0415  only this part runs tests

    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"]
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        try:
            change()
            with within(seconds):
                return int(bool(pytest.main([*options, *(str(ROOT / one) for one in tests)])))
        except BaseException:  # noqa: BLE001  a test that never ends, or ends the process, has noticed
            return 1
