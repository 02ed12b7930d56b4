"""Which language a command speaks, and texts that carry both.

Help texts stand in the code as one string that holds both languages (``both``); ``pick`` takes one out.
"""

import os
from collections.abc import Mapping, Sequence

LANGS = ("zh", "en")
_SEPARATOR = "\x1f"


def both(zh: str, en: str) -> str:
    """Return one string holding the Chinese and the English text, for ``pick``."""
    return f"{zh}{_SEPARATOR}{en}"


def pick(text: str, lang: str) -> str:
    """Return the part of a ``both`` text in ``lang``; a plain text is returned as it is."""
    zh, found, en = text.partition(_SEPARATOR)
    return en if found and lang == "en" else zh


def wanted_lang(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> str:
    """Return ``zh`` or ``en``: as ``--lang`` says, else as the locale says, else Chinese.

    Read before the arguments are parsed, so that complaints about them are in the right language too.
    """
    for place, word in enumerate(argv):
        if word == "--":
            break
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and place + 1 < len(argv):
            value = argv[place + 1]
        if value in LANGS:
            return value
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return "en" if environ[name].lower().startswith("en") else "zh"
    return "zh"


def wants_json(argv: Sequence[str]) -> bool:
    """Return whether ``--json`` stands among the options."""
    options = argv[: argv.index("--")] if "--" in argv else argv
    return "--json" in options
