"""Where the engine can be wrong by one operator: comparisons, and/or, not, numbers, plus/minus, min/max; one at a time.

A mutant is the changed code object of one function, put into that function in place: every reference to it sees the change,
and nothing is imported anew.
"""

import ast
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

OPS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
SWAPPED = {"min": "max", "max": "min", "any": "all", "all": "any"}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
}


@dataclass(frozen=True)
class CodeMutant:
    """One function with one operator changed."""

    module: str
    function: str
    line: int
    old: str
    new: str
    code: CodeType

    @property
    def key(self) -> str:
        """What names the mutant, whatever line it stands on."""
        return f"{self.module}:{self.function}: {self.old} ⇒ {self.new}"

    @property
    def place(self) -> tuple[str, str]:
        """Module and function."""
        return self.module, self.function


def functions_of(module: ModuleType) -> dict[str, FunctionType]:
    """Return the functions and methods a module defines, by their qualified names."""
    found: dict[str, FunctionType] = {}
    for value in vars(module).values():
        _gather(value, module.__name__, found)
    return found


def _gather(value: object, module: str, found: dict[str, FunctionType]) -> None:
    plain = inspect.unwrap(
        getattr(value, "__func__", None) or getattr(value, "fget", None) or getattr(value, "func", None) or value
    )  # type: ignore[arg-type]
    plain = getattr(plain, "py_func", plain)
    if isinstance(plain, FunctionType) and plain.__module__ == module and plain.__code__.co_filename != "<string>":
        found.setdefault(plain.__qualname__, plain)
    elif isinstance(value, type) and value.__module__ == module:
        for held in vars(value).values():
            _gather(held, module, found)


def mutants_of(module: ModuleType) -> Iterator[CodeMutant]:
    """Yield every mutant of a module's functions, in the order of the file."""
    source = inspect.getsource(module)
    tree = ast.parse(source)
    file = module.__file__ or ""
    functions = functions_of(module)
    for name, node in _defined(tree, ""):
        if name not in functions:
            continue
        spots = list(ast.walk(node))
        line = functions[name].__code__.co_firstlineno
        for change, place in list(_changes(node)):
            spot = spots[place]
            around = _shown(node, spot)
            old = ast.unparse(around)
            with _changed(spot, change):
                new = ast.unparse(around)
                code = _code(compile(tree, file, "exec"), name, line)
            if code is not None:
                yield CodeMutant(module.__name__, name, getattr(spot, "lineno", node.lineno), old, new, code)


@contextmanager
def _changed(spot: ast.AST, change: Callable[[Any], None]) -> Iterator[None]:
    """Change a node of the tree for a while; everything else of the tree is left as it is."""
    before = {name: list(held) if isinstance(held, list) else held for name, held in vars(spot).items()}
    function = getattr(spot, "func", None)
    called = getattr(function, "id", None)
    change(spot)
    ast.fix_missing_locations(spot)
    try:
        yield
    finally:
        vars(spot).clear()
        vars(spot).update(before)
        if isinstance(function, ast.Name) and called is not None:
            function.id = called


def _defined(node: ast.AST, above: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield f"{above}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _defined(child, f"{above}{child.name}.")


def _code(whole: CodeType, name: str, line: int) -> CodeType | None:
    for const in whole.co_consts:
        if isinstance(const, CodeType):
            if const.co_qualname == name and const.co_firstlineno == line:
                return const
            found = _code(const, name, line)
            if found is not None:
                return found
    return None


def _shown(function: ast.AST, spot: ast.AST) -> ast.AST:
    """Return the whole expression or condition around a spot, so that a mutant can be read and named."""
    best: ast.AST = spot
    for node in ast.walk(function):
        if isinstance(node, ast.expr) and any(one is spot for one in ast.walk(node)):
            best = node
            break
    return best


def _changes(function: ast.FunctionDef) -> Iterator[tuple[Callable[[Any], None], int]]:
    """Yield what may be changed: how, and which node of ``ast.walk`` it is."""
    skipped = _skipped(function)
    for place, node in enumerate(ast.walk(function)):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Compare):
            for index, op in enumerate(node.ops):
                yield from ((_set_op(index, other), place) for other in OPS.get(type(op), ()))
        elif isinstance(node, ast.BoolOp):
            yield _set_bool, place
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield _drop_not, place
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield from ((_set_number(step), place) for step in (-1, 1))
        elif isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            yield _set_arithmetic, place
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SWAPPED:
            yield _swap, place


def _skipped(function: ast.FunctionDef) -> set[int]:
    """Return the nodes that are no behaviour: annotations, decorators, the texts of assertions."""
    found: set[int] = set()
    for node in ast.walk(function):
        held: list[ast.AST] = []
        if isinstance(node, ast.FunctionDef):
            held += [*node.decorator_list, *([node.returns] if node.returns else [])]
        if isinstance(node, ast.arg) and node.annotation:
            held.append(node.annotation)
        if isinstance(node, ast.AnnAssign):
            held.append(node.annotation)
        if isinstance(node, ast.Assert):
            held.append(node)
        for one in held:
            found.update(id(inner) for inner in ast.walk(one))
    return found


def _set_op(index: int, other: type[ast.cmpop]) -> Callable[[Any], None]:
    def change(node: ast.Compare) -> None:
        node.ops[index] = other()

    return change


def _set_bool(node: ast.BoolOp) -> None:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()


def _drop_not(node: ast.UnaryOp) -> None:
    node.op = ast.UAdd()
    node.operand = ast.Call(ast.Name("bool", ast.Load()), [node.operand], [])


def _set_number(step: int) -> Callable[[Any], None]:
    def change(node: ast.Constant) -> None:
        node.value += step

    return change


def _set_arithmetic(node: ast.BinOp) -> None:
    node.op = ARITHMETIC[type(node.op)]()


def _swap(node: ast.Call) -> None:
    assert isinstance(node.func, ast.Name)
    node.func.id = SWAPPED[node.func.id]
