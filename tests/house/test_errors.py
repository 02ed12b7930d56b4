"""Every error has a code of its own and a whole sentence in each language, with the same data in both."""

import importlib
import string

import pytest

from tests.house.source import SRC, modules
from zhibao.kernel.errors import ZhibaoError


def all_errors() -> list[type[ZhibaoError]]:
    for path in modules():
        if path.stem == "errors" or "Error" in path.read_text() or "BadInput" in path.read_text():
            dotted = ".".join(("zhibao", *path.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__")
            importlib.import_module(dotted)
    found: list[type[ZhibaoError]] = []
    queue = [ZhibaoError]
    while queue:
        cls = queue.pop()
        found.append(cls)
        queue += cls.__subclasses__()
    return sorted(
        {cls for cls in found if cls.__module__.startswith("zhibao.")}, key=lambda cls: (cls.__module__, cls.__name__)
    )


def fields(template: str) -> set[str]:
    """Names of the data; a datum that is itself words comes as a pair, ``why_zh`` and ``why_en``."""
    return {
        name.removesuffix("_zh").removesuffix("_en") for _, name, _, _ in string.Formatter().parse(template) if name
    }


ERRORS = all_errors()


def test_codes_are_unique():
    codes = [cls.code for cls in ERRORS if "code" in vars(cls)]
    assert sorted(set(codes)) == sorted(codes)


@pytest.mark.parametrize("cls", [c for c in ERRORS if "zh" in vars(c) or "en" in vars(c)], ids=lambda c: c.__name__)
def test_both_languages_say_the_same(cls):
    assert cls.zh.rstrip().endswith(("。", "？")), cls.zh
    assert cls.en.rstrip().endswith((".", "?")), cls.en
    assert fields(cls.zh) == fields(cls.en)
    assert bool(cls.hint_zh) == bool(cls.hint_en)


@pytest.mark.parametrize("cls", [c for c in ERRORS if not c.__subclasses__()], ids=lambda c: c.__name__)
def test_a_leaf_has_its_own_code_and_sentences(cls):
    assert {"code", "zh", "en"} <= set(vars(cls)), f"{cls.__module__}.{cls.__name__}"
