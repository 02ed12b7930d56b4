"""The same room names in each app, tests that mirror the source, and no drawer for odds and ends."""

import pytest

from tests.house.source import APPS, DOORS, GROUND, ROOT, SRC, modules, rel

ROOMS = {"models.py", "access.py", "queries.py", "actions"}
DRAWERS = {"utils", "helpers", "misc", "common", "tools"}


@pytest.mark.parametrize("app", APPS)
def test_each_app_has_the_same_rooms(app):
    assert {path.name for path in (SRC / "apps" / app).iterdir()} >= ROOMS


def test_no_drawers():
    assert [rel(path) for path in modules() if path.stem in DRAWERS or DRAWERS & set(path.parts)] == []


@pytest.mark.parametrize("room", [*GROUND, *DOORS, *(f"apps/{app}" for app in APPS), "gateways", "project"])
def test_each_room_has_its_tests_and_none_tests_what_is_gone(room):
    tests = ROOT / "tests" / room
    assert list(tests.glob("test_*.py")), f"no tests for {room}"


@pytest.mark.parametrize("path", [p for p in modules() if p.parent.name == "actions" and p.stem != "__init__"], ids=rel)
def test_an_action_file_holds_the_verb_it_is_named_after(path):
    assert f"def {path.stem}(" in path.read_text()
