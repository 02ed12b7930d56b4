"""The kernel compiled by numba, where it is installed (the optional extra ``fast``); the same functions as they are, where not.

Knows which functions call which; changes nothing of what they say.
"""

from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from types import FunctionType, ModuleType
from typing import Any

from zhibao.docket.columns import counting, kernel, tables
from zhibao.kernel import day_arrays

MODULES = (day_arrays, counting, kernel)
Fold = Callable[..., int]
# The kernel makes no arrays, so nothing in it needs counting of references, which would cost more than all the rest.
OPTIONS = {"_nrt": False, "error_model": "numpy"}
# Tables are handed on by value: a call that is not inlined would copy them all.


def is_compilable() -> bool:
    """Tell whether numba is installed."""
    return find_spec("numba") is not None


@cache
def compiled_fold() -> Fold:
    """Return ``kernel.fold_matters`` compiled, free of Python's lock; as it is where numba is not installed."""
    if not is_compilable():
        return kernel.fold_matters
    jitable: Any = import_module("numba.extending").register_jitable
    for module in MODULES:
        for name in module.KERNEL:
            jitable(forceinline=True, **OPTIONS)(getattr(module, name))
    found: Fold = import_module("numba").njit(nogil=True, cache=True, **OPTIONS)(_named(kernel.fold_matters))
    return found


def _named(function: Callable[..., int]) -> Callable[..., int]:
    """Return the function under a name that holds a digest of all it calls.

    numba keeps what it compiled on disk by file and name, and would not notice a change in another file.
    """
    if not isinstance(function, FunctionType):
        raise TypeError("only a plain function can be compiled")
    named = FunctionType(function.__code__, function.__globals__, function.__name__)
    named.__qualname__ = f"{function.__qualname__}_{digest()}"
    return named


def digest() -> str:
    """Return a short digest of the kernel's code, constants and tables."""
    seen = sha256()
    for part in _parts():
        seen.update(repr(part).encode())
    return seen.hexdigest()[:12]


def _parts() -> Iterator[object]:
    for module in (*MODULES, tables):
        yield from _constants(module)
    for module in MODULES:
        for name in (*module.KERNEL, "fold_matters"):
            function = getattr(module, name, None)
            if function is not None:
                code = function.__code__
                yield name, code.co_code, code.co_consts, code.co_names


def _constants(module: ModuleType) -> Iterator[object]:
    for name, value in sorted(vars(module).items()):
        if isinstance(value, int):
            yield name, value
        elif isinstance(value, type) and issubclass(value, tuple):
            yield name, getattr(value, "_fields", ())
