"""The ground floor reads no clock, environment, network or disk; today, randomness and bytes come in as arguments."""

import ast

import pytest

from tests.house.source import GROUND, SRC, modules, name_of, rel, tree

FORBIDDEN_CALLS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.monotonic",
    "os.getenv",
    "open",
    "input",
    "print",
    "os.urandom",
    "random.random",
    "random.choice",
    "random.randint",
    "uuid.uuid4",
    "uuid.uuid1",
    "secrets.token_bytes",
    "secrets.token_hex",
}
FORBIDDEN_MODULES = {
    "os",
    "socket",
    "subprocess",
    "sqlite3",
    "urllib.request",
    "http.client",
    "tempfile",
    "shutil",
    "random",
    "secrets",
    "time",
}
FORBIDDEN_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "unlink", "mkdir"}
# Law files are read in one place, and the shipped tables of matching in one.
MAY_READ_FILES = {SRC / "rules" / "load.py", SRC / "matching" / "tables" / "__init__.py"}


def faults(module: ast.Module, *, may_read: bool = False) -> list[str]:
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found += [f"{node.lineno}: import {a.name}" for a in node.names if a.name in FORBIDDEN_MODULES]
        if isinstance(node, ast.ImportFrom) and node.module in FORBIDDEN_MODULES:
            found.append(f"{node.lineno}: from {node.module}")
        if isinstance(node, ast.Attribute) and name_of(node) == "os.environ":
            found.append(f"{node.lineno}: os.environ")
        if isinstance(node, ast.Call):
            name = name_of(node.func)
            if name in FORBIDDEN_CALLS and not (may_read and name == "open"):
                found.append(f"{node.lineno}: {name}()")
            if not may_read and name.rsplit(".", 1)[-1] in FORBIDDEN_METHODS:
                found.append(f"{node.lineno}: {name}()")
    return found


@pytest.mark.parametrize("path", list(modules(*GROUND)), ids=rel)
def test_ground_floor_takes_the_world_as_arguments(path):
    assert faults(tree(path), may_read=path in MAY_READ_FILES) == []


@pytest.mark.parametrize(
    "bad",
    [
        "import os",
        "from time import time",
        "datetime.now()",
        "date.today()",
        "open('x')",
        "Path('x').read_text()",
        "x = os.environ",
        "uuid.uuid4()",
    ],
)
def test_the_rule_itself_finds_each_kind_of_leak(bad):
    assert faults(ast.parse(bad))


@pytest.mark.parametrize("good", ["def f(now): return now", "from datetime import date", "x.read()", "json.loads(t)"])
def test_the_rule_itself_lets_pure_code_pass(good):
    assert faults(ast.parse(good)) == []
