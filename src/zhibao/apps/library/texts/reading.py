"""One file as a text of law, ready to be kept: its lines, its head, its articles, its digests."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhibao.apps.library.texts.decoding import read_lines
from zhibao.apps.library.texts.folding import printable
from zhibao.apps.library.texts.heading import Head, head_of, read_sidecar, take_front_matter
from zhibao.apps.library.texts.splitting import Split, split_text
from zhibao.kernel.canonical import Json, canonical_bytes, sha256_hex


@dataclass(frozen=True, slots=True)
class ReadText:
    """A file read. ``text_sha256`` is of numbers and words of the articles, the same for Word and Markdown."""

    name: str
    kind: str
    encoding: str
    size: int
    sha256: str
    text_sha256: str
    head: Head
    split: Split


def read_text(
    raw: bytes, name: str, *, sidecar: bytes | None = None, told: Mapping[str, str] | None = None
) -> ReadText:
    """Read a file; what ``told`` says goes before the sidecar, the sidecar before the front matter, that before the text.

    Raises a TextFault that says what is wrong with it.
    """
    name = printable(name) or "?"
    lines = read_lines(raw, name)
    front, rest = take_front_matter(lines.lines, name)
    beside = read_sidecar(sidecar, f"{name}.yaml") if sidecar is not None else {}
    spoken = {key: value for key, value in (told or {}).items() if value}
    fields = {**front, **beside, **spoken}
    split = split_text(rest, name)
    how = "command" if spoken else "sidecar" if beside else "front-matter"
    words: list[Json] = [[one.number, "".join(one.body.split())] for one in split.articles]
    return ReadText(
        name=name,
        kind=lines.kind,
        encoding=lines.encoding,
        size=len(raw),
        sha256=sha256_hex(raw),
        text_sha256=sha256_hex(canonical_bytes(words)),
        head=head_of(split, name, fields, how),
        split=split,
    )
