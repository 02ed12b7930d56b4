"""Gather the texts of pages and code and compile the English catalogue. Pure Python: no gettext program is needed.

`messages.py` brings src/zhibao/locale/en/LC_MESSAGES/django.po up to date (new texts come in empty, texts no longer used
go) and compiles django.mo; it lists what still has no English. `messages.py --check` changes nothing and exits 1 when a
text is missing or empty, a placeholder differs, or a file is not what it would write. The msgids are Chinese: what a page
says stands in the page.
"""

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "zhibao"
PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)  # a fixed date: the file changes only when a text does
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
Message = tuple[str | tuple[str, ...], str | None, str]


def texts_of(path: Path) -> Iterator[Message]:
    """Give (msgid, context, file) for each text in a module or template."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # templatize leaves the shape of the page; the tokenizer minds indentation, so it goes.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).splitlines())
    found = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS, comment_tags=())
    for _line, msgid, _comments, context in found:
        if msgid and any(CHINESE.search(part) for part in ([msgid] if isinstance(msgid, str) else msgid)):
            yield msgid, context, path.relative_to(ROOT).as_posix()


def gathered() -> Catalog:
    """Return a catalogue of every text now used, without translations."""
    catalog = Catalog(locale="en", project="zhibao", charset="utf-8", creation_date=LONG_AGO, revision_date=LONG_AGO)
    catalog.header_comment = "# What the pages say, in English."
    paths = [*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]
    for path in sorted(paths):
        for msgid, context, name in texts_of(path):
            catalog.add(msgid, locations=[(name, 1)], context=context)
    return catalog


def brought_up_to_date() -> Catalog:
    """Return the kept catalogue with the texts of now: kept translations, empty new ones, nothing unused."""
    now = gathered()
    if PO.exists():
        kept = read_po(io.BytesIO(PO.read_bytes()), locale="en")
        for message in now:
            before = kept.get(message.id, message.context) if message.id else None
            if before is not None and before.string:
                message.string = before.string
    return now


def written(catalog: Catalog) -> tuple[bytes, bytes]:
    """Return the bytes of the .po and the .mo."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalog, width=110, sort_output=True, include_lineno=False)
    write_mo(mo, catalog)
    return po.getvalue(), mo.getvalue()


def faults(catalog: Catalog) -> Iterator[str]:
    """Name every text without English, and every translation whose placeholders differ."""
    for message in catalog:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        where = message.locations[0][0] if message.locations else ""
        if not all(strings):
            yield f"no English: {ids[0]!r} ({where})"
        elif not _same_placeholders(ids[0], strings):
            yield f"other placeholders: {ids[0]!r} ({where})"
        elif any(CHINESE.search(text) for text in strings) and "「" not in ids[0]:
            yield f"Chinese in the English: {ids[0]!r} ({where})"


def _same_placeholders(msgid: str, strings: list[str]) -> bool:
    """Tell whether a translation has the msgid's placeholders; the singular ("once") may do without its number."""
    wanted = set(PLACEHOLDER.findall(msgid))
    *singular, last = [set(PLACEHOLDER.findall(text)) for text in strings]
    return last == wanted and all(found <= wanted for found in singular)


def main(arguments: list[str]) -> int:
    """Update the files, or with ``--check`` say what is missing or stale."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    catalog = brought_up_to_date()
    po, mo = written(catalog)
    problems = list(faults(catalog))
    if "--check" in arguments:
        for path, wanted in ((PO, po), (MO, mo)):
            if not path.exists() or path.read_bytes() != wanted:
                problems.append(f"stale: {path.relative_to(ROOT)}; run `make messages` and commit what it writes")
        print("\n".join(problems) or "the English catalogue is complete")
        return 1 if problems else 0
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po)
    MO.write_bytes(mo)
    print("\n".join(problems) or "the English catalogue is complete")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
