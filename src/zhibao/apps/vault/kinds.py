"""What type a file is, told from its bytes and held against its name.

Knows signatures and endings; knows nothing of where the file is kept.
"""

import codecs
import re
import zipfile
from typing import BinaryIO

import puremagic

from zhibao.apps.vault.errors import TypeMismatch
from zhibao.kernel.labels import Label

HEAD = 64 * 1024
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta|title|iframe)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"\s*<\?xml\b")
_SVG = re.compile(r"\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*|<!doctype[^>]*>\s*)*<svg\b", re.IGNORECASE | re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

OOXML = "application/vnd.openxmlformats-officedocument."
NAMES = {
    "application/pdf": Label("PDF", "PDF"),
    "application/ofd": Label("OFD", "OFD"),
    "application/zip": Label("ZIP 压缩包", "a ZIP archive"),
    "application/gzip": Label("GZIP 压缩文件", "a GZIP file"),
    "application/msword": Label("旧版 Office 文档", "an old Office document"),
    f"{OOXML}wordprocessingml.document": Label("Word 文档", "a Word document"),
    f"{OOXML}spreadsheetml.sheet": Label("Excel 表格", "an Excel workbook"),
    f"{OOXML}presentationml.presentation": Label("PowerPoint 演示文稿", "a PowerPoint deck"),
    "text/html": Label("HTML 网页", "an HTML page"),
    "text/xml": Label("XML", "XML"),
    "image/svg+xml": Label("SVG 图", "an SVG drawing"),
    "text/plain": Label("纯文本", "plain text"),
    "image/png": Label("PNG 图片", "a PNG picture"),
    "image/jpeg": Label("JPEG 图片", "a JPEG picture"),
    "image/gif": Label("GIF 图片", "a GIF picture"),
    "image/webp": Label("WebP 图片", "a WebP picture"),
    "image/bmp": Label("BMP 图片", "a BMP picture"),
    "image/tiff": Label("TIFF 图片", "a TIFF picture"),
    "video/mp4": Label("MP4 录像", "an MP4 video"),
    "audio/mpeg": Label("MP3 录音", "an MP3 recording"),
    "audio/wav": Label("WAV 录音", "a WAV recording"),
    "application/octet-stream": Label("认不出的格式", "of no known format"),
}
_TEXT = frozenset({"text/plain", "text/xml", "text/html", "image/svg+xml"})
# What an ending promises. An ending that is not here promises nothing.
ENDINGS: dict[str, frozenset[str]] = {
    "pdf": frozenset({"application/pdf"}),
    "ofd": frozenset({"application/ofd"}),
    "zip": frozenset({"application/zip"}),
    "gz": frozenset({"application/gzip"}),
    "doc": frozenset({"application/msword"}),
    "xls": frozenset({"application/msword"}),
    "ppt": frozenset({"application/msword"}),
    "docx": frozenset({f"{OOXML}wordprocessingml.document"}),
    "xlsx": frozenset({f"{OOXML}spreadsheetml.sheet"}),
    "pptx": frozenset({f"{OOXML}presentationml.presentation"}),
    "html": frozenset({"text/html"}),
    "htm": frozenset({"text/html"}),
    "svg": frozenset({"image/svg+xml"}),
    "xml": frozenset({"text/xml", "text/plain", "image/svg+xml"}),
    "txt": _TEXT,
    "log": _TEXT,
    "md": _TEXT,
    "csv": frozenset({"text/plain"}),
    "json": frozenset({"text/plain"}),
    "png": frozenset({"image/png"}),
    "jpg": frozenset({"image/jpeg"}),
    "jpeg": frozenset({"image/jpeg"}),
    "gif": frozenset({"image/gif"}),
    "webp": frozenset({"image/webp"}),
    "bmp": frozenset({"image/bmp"}),
    "tif": frozenset({"image/tiff"}),
    "tiff": frozenset({"image/tiff"}),
    "mp4": frozenset({"video/mp4"}),
    "mp3": frozenset({"audio/mpeg"}),
    "wav": frozenset({"audio/wav"}),
}
_SAME = {"audio/x-wav": "audio/wav", "audio/wave": "audio/wav", "application/x-gzip": "application/gzip"}


def ending_of(name: str) -> str:
    """Return the ending of ``name`` in lower case, without the dot; ``""`` if it has none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def tell_type(stream: BinaryIO, name: str) -> str:
    """Return the media type of the bytes of ``stream`` (seekable, read from its start).

    Raises ``TypeMismatch`` when the ending of ``name`` promises another.
    """
    stream.seek(0)
    told = _from_bytes(stream, stream.read(HEAD))
    promised = ENDINGS.get(ending_of(name))
    if promised is not None and told not in promised:
        named = NAMES[min(promised)] if len(promised) == 1 else Label(f".{ending_of(name)}", f".{ending_of(name)}")
        found = NAMES.get(told, Label(told, told))
        raise TypeMismatch(name=name, named_zh=named.zh, named_en=named.en, told_zh=found.zh, told_en=found.en)
    return told


def _from_bytes(stream: BinaryIO, head: bytes) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _from_zip(stream)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "application/msword"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    text = read_text(head)
    if text is not None:
        return _from_text(text)
    return _from_signature(head)


def _from_zip(stream: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return "application/zip"
    parts = {"word/": "wordprocessingml.document", "xl/": "spreadsheetml.sheet", "ppt/": "presentationml.presentation"}
    if "[Content_Types].xml" in names:
        for folder, kind in parts.items():
            if any(name.startswith(folder) for name in names):
                return OOXML + kind
    return "application/ofd" if "OFD.xml" in names else "application/zip"


def read_text(head: bytes) -> str | None:
    """Return the beginning of a file as text, or None when it is not text in UTF-8, UTF-16 or GB 18030."""
    encodings = ["utf-16"] if head.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:  # not final: the head may end in the middle of a character
            text = codecs.getincrementaldecoder(encoding)().decode(head, final=False)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            return text
    return None


def _from_text(text: str) -> str:
    if _HTML.match(text):
        return "text/html"
    if _SVG.match(text):
        return "image/svg+xml"
    return "text/xml" if _XML.match(text) else "text/plain"


def _from_signature(head: bytes) -> str:
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
    known = [guess.mime_type for guess in guesses if _SAME.get(guess.mime_type, guess.mime_type) in NAMES]
    best = known[0] if known else next((guess.mime_type for guess in guesses if guess.mime_type), "")
    return _SAME.get(best, best) or "application/octet-stream"
