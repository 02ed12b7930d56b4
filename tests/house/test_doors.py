"""Writes live in actions and stores; doors never reach for the tables behind them."""

import ast

import pytest

from tests.house.source import DOORS, SRC, modules, rel, tree

WRITES = {"save", "create", "bulk_create", "update_or_create", "get_or_create", "bulk_update", "delete"}
WRITERS = {"actions", "store.py", "store", "tokens.py", "models.py"}


def table_reaches(module: ast.Module) -> list[str]:
    return [
        f"{node.lineno}: .{node.attr}"
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]


def writes(module: ast.Module) -> list[str]:
    return [
        f"{node.lineno}: .{node.func.attr}()"
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    ]


# The job table belongs to the door that runs it.
OWN_TABLES = {SRC / "jobs" / "store.py", SRC / "api" / "store.py"}


@pytest.mark.parametrize("path", [p for p in modules(*DOORS) if p not in OWN_TABLES and p.name != "models.py"], ids=rel)
def test_doors_call_actions_access_and_queries_only(path):
    assert table_reaches(tree(path)) == []


@pytest.mark.parametrize("path", [p for p in modules("apps") if not WRITERS & {p.name, p.parent.name}], ids=rel)
def test_writes_live_in_actions_and_stores(path):
    assert writes(tree(path)) == []


def test_the_rules_themselves_find_a_reach_and_a_write():
    assert table_reaches(ast.parse("Matter.objects.get(id=1)"))
    assert writes(ast.parse("matter.save()"))
    assert table_reaches(ast.parse("queries.matters(person)")) == []
