"""Reading the small text files a command is given: which bytes, which encoding, and where the JSON is broken.

Tables of listings and registers are not read here (``tables.py``), nor files that go to the vault (they are streamed).
"""

import json
import os
import re
import stat
import sys
from pathlib import Path
from typing import Any

from zhibao.cli.errors import BadJson, FileMissing, FileTooLarge, NotAFile, NotText, WrongShape
from zhibao.cli.machine import file_closed
from zhibao.cli.session import Session

STDIN = "-"
MEGABYTE = 1024 * 1024
TEXT_LIMIT = 64 * MEGABYTE  # the facts or events of one matter are some kilobytes
_DIGITS = re.compile(r"[0-9]+")
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def shown(path: str) -> str:
    """Return how a path is called in sentences."""
    return "stdin" if path == STDIN else path


def checked_file(path: str) -> Path:
    """Return the path of an existing regular file; raises FileMissing, NotAFile or FileClosed."""
    try:
        found = os.stat(path)  # noqa: PTH116  Path.stat would refuse NUL bytes with another error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise FileMissing(where=path, path=path) from error
    except OSError as error:
        raise file_closed(path, error) from error
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISFIFO(found.st_mode):
        raise NotAFile(where=path, path=path)
    return Path(path)


def read_bytes(path: str, *, limit: int = TEXT_LIMIT) -> bytes:
    """Return a file's bytes, or standard input's for ``-``; refuses more than ``limit`` bytes before reading them all."""
    try:
        if path == STDIN:
            raw = sys.stdin.buffer.read(limit + 1)
        else:
            with checked_file(path).open("rb") as file:
                raw = file.read(limit + 1)
    except OSError as error:
        raise file_closed(path, error) from error
    if len(raw) > limit:
        raise FileTooLarge(where=shown(path), path=shown(path), limit=limit // MEGABYTE)
    return raw


def read_text(path: str, voice: Session) -> str:
    """Return a file as text: UTF-8 or UTF-16 with or without mark, else GB 18030 (said on standard error)."""
    raw = read_bytes(path)
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decoded(raw, encoding, path)
    if b"\x00" in raw:
        raise NotText(where=shown(path), path=shown(path))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = _decoded(raw, "gb18030", path)
    voice.note(f"「{shown(path)}」按 GB 18030 读。", f"'{shown(path)}' was read as GB 18030.")
    return text


def _decoded(raw: bytes, encoding: str, path: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(where=shown(path), path=shown(path)) from error


class _TwiceError(ValueError):
    """A key stands twice in one object."""


class _NotANumberError(ValueError):
    """NaN or Infinity, which JSON does not have."""


def read_json(path: str, voice: Session) -> Any:
    """Return the JSON of a file. Broken JSON is told with line and column; a key that stands twice is refused."""
    text = read_text(path, voice)
    try:
        return _whole(json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant), text)
    except json.JSONDecodeError as error:
        zh, en = "这里不是 JSON", f"this is not JSON ({error.msg})"
        raise _bad_json(path, error.lineno, error.colno, zh, en) from error
    except _TwiceError as error:
        line, column = _place_of(text, f'"{error}"')
        zh, en = f"「{error}」在同一个对象里写了两次", f"'{error}' stands twice in one object"
        raise _bad_json(path, line, column, zh, en) from error
    except _NotANumberError as error:
        line, column = _place_of(text, str(error))
        zh, en = f"{error} 不是 JSON 里的数", f"{error} is not a number in JSON"
        raise _bad_json(path, line, column, zh, en) from error
    except RecursionError as error:
        raise _bad_json(path, 1, 1, "嵌套太深", "it is nested too deeply") from error
    except UnicodeEncodeError as error:
        escape = f"\\u{ord(error.object[error.start]):04x}"
        zh, en = f"{escape} 只是半个字符", f"{escape} is half a character"
        raise _bad_json(path, *_place_of(text.lower(), escape), zh, en) from error
    except ValueError as error:
        raise _bad_json(path, *_place_of_digits(text), "这个数太长", "this number is too long") from error


def read_object(path: str, voice: Session) -> dict[str, Any]:
    """Return the JSON object of a file; raises WrongShape for anything else."""
    found = read_json(path, voice)
    if not isinstance(found, dict):
        raise WrongShape(where=shown(path), path=shown(path), want_zh="一个 JSON 对象", want_en="one JSON object")
    return found


def _whole(document: Any, text: str) -> Any:
    """Return ``document``; raises UnicodeEncodeError for half of a character beyond U+FFFF, which no encoding holds."""
    if "\\ud" in text.lower():
        json.dumps(document, ensure_ascii=False).encode()
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise _TwiceError(key)
        seen[key] = value
    return seen


def _no_constant(name: str) -> Any:
    raise _NotANumberError(name)


def _place_of(text: str, piece: str) -> tuple[int, int]:
    """Return line and column of the last place where ``piece`` stands."""
    return _place_at(text, max(text.rfind(piece), 0))


def _place_of_digits(text: str) -> tuple[int, int]:
    """Return line and column of the longest run of digits."""
    longest = max(_DIGITS.finditer(text), key=lambda run: run.end() - run.start(), default=None)
    return _place_at(text, longest.start() if longest else 0)


def _place_at(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def _bad_json(path: str, line: int, column: int, zh: str, en: str) -> BadJson:
    name = shown(path)
    return BadJson(where=f"{name}:{line}:{column}", path=name, line=line, column=column, why_zh=zh, why_en=en)
