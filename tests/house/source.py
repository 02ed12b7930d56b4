"""The checkout as the house rules read it: files, syntax trees, names."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SRC = ROOT / "src" / "zhibao"
GROUND = ("kernel", "rules", "docket", "evidence", "matching")
DOORS = ("web", "api", "cli", "jobs")
APPS = ("organs", "work", "register", "vault", "cases", "library", "watch")


def modules(*rooms: str) -> Iterator[Path]:
    """Yield the Python files of the rooms (all of them when none is named), migrations left out."""
    for top in [SRC / room for room in rooms] or [SRC]:
        for path in sorted(top.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), str(path))


def name_of(node: ast.expr) -> str:
    """Return the dotted name of a name or attribute, an empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = name_of(node.value)
        return f"{inner}.{node.attr}" if inner else f"?.{node.attr}"
    return ""


def rel(path: Path) -> str:
    return str(path.relative_to(ROOT))
