"""Small, and small in the tail: functions of at most 80 lines, files of at most 600."""

import ast

import pytest

from tests.house.source import ROOT, modules, rel, tree

LONGEST_FUNCTION = 80
LONGEST_FILE = 600


def long_functions(module: ast.Module) -> list[str]:
    return [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]


ALL = [*modules(), *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "scripts").glob("*.py"))]


@pytest.mark.parametrize("path", ALL, ids=rel)
def test_files_and_functions_stay_short(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE
    assert long_functions(tree(path)) == []


def test_the_rule_itself_sees_a_long_function():
    body = "\n".join("    x = 1" for _ in range(LONGEST_FUNCTION))
    assert long_functions(ast.parse(f"def f():\n{body}\n"))
