"""In which encoding a text table is: UTF-8 or UTF-16 with a mark, UTF-8 without, or GB 18030 without.

Knows nothing of rows and columns. The whole file is looked through once, because one late line can decide.
"""

from dataclasses import dataclass
from pathlib import Path

from zhibao.cli.tables.errors import LineUndecodable

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB 18030"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """A file's encoding, and how many lines it has."""

    name: str
    lines: int


def encoding_of(path: Path) -> Encoding:
    """Return the encoding of a text file; raises LineUndecodable naming the first line that fits none.

    A line with Chinese in GB 18030 is hardly ever valid UTF-8. So a file in which most such lines are valid UTF-8 is a
    torn UTF-8 file, not a GB 18030 one, and is refused instead of being read as gibberish.
    """
    with path.open("rb") as file:
        start = file.read(4)
    for mark, name in _BOMS:
        if start.startswith(mark):
            return Encoding(name, _checked(path, name))
    good, bad, first_bad, lines = 0, 0, 0, 0
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            lines = number
            if line.isascii():
                continue
            if _fits(line, "utf-8"):
                good += 1
            else:
                bad, first_bad = bad + 1, first_bad or number
    if not bad:
        return Encoding("utf-8", lines)
    if good >= bad:
        raise LineUndecodable(where=f"{path}:{first_bad}", path=str(path), line=first_bad, encoding="UTF-8")
    return Encoding("gb18030", _checked(path, "gb18030"))


def _fits(line: bytes, name: str) -> bool:
    try:
        line.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _checked(path: Path, name: str) -> int:
    """Return the number of lines of a file all of which is in the encoding."""
    lines = 0
    try:
        with path.open(encoding=name, newline="\n") as file:
            for lines, _ in enumerate(file, start=1):  # noqa: B007  the count is wanted, not the lines
                pass
    except UnicodeDecodeError as error:
        raise _undecodable(path, name) from error
    return lines


def _undecodable(path: Path, name: str) -> LineUndecodable:
    """Return the error naming the line. GB 18030 has no newline inside a character, UTF-16 does: its line is a guess."""
    bad = lines = 0
    with path.open("rb") as file:
        for lines, line in enumerate(file, start=1):
            if name != "utf-16" and not _fits(line, name):
                bad = lines
                break
    number = bad or lines
    return LineUndecodable(where=f"{path}:{number}", path=str(path), line=number, encoding=NAMES[name])
