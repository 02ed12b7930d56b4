import io
import zipfile

import pytest

from zhibao.apps.vault.errors import TypeMismatch
from zhibao.apps.vault.kinds import OOXML, read_text, tell_type

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01"
HTML = "<!-- 页面 -->\n<!DOCTYPE html><html><body>青釉坊</body></html>".encode()


def zipped(*names):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (PDF, "判决书.pdf", "application/pdf"),
        (PNG, "a.PNG", "image/png"),
        (JPEG, "a.jpeg", "image/jpeg"),
        (HTML, "a.html", "text/html"),
        (HTML, "没有结尾", "text/html"),
        (b"\xef\xbb\xbf<html>", "a.htm", "text/html"),
        ("商品,价格\n茶杯,12".encode("gb18030"), "清单.csv", "text/plain"),
        ("商品,价格\n".encode("utf-16"), "清单.txt", "text/plain"),
        (b'<?xml version="1.0"?><a/>', "a.xml", "text/xml"),
        (b'<?xml version="1.0"?><svg xmlns="x"/>', "a.svg", "image/svg+xml"),
        (zipped("[Content_Types].xml", "word/document.xml"), "a.docx", f"{OOXML}wordprocessingml.document"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "a.xlsx", f"{OOXML}spreadsheetml.sheet"),
        (zipped("OFD.xml"), "发票.ofd", "application/ofd"),
        (zipped("a.txt"), "a.zip", "application/zip"),
        (zipped(), "空.zip", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "application/msword"),
        (b"\x00\x01\x02\x03" * 9, "抓包.dat", "application/octet-stream"),
        (b"PK\x03\x04 not really", "a.zip", "application/zip"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "a.gz", "application/gzip"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00", "录音.wav", "audio/wav"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "现场.mp4", "video/mp4"),
    ],
)
def test_the_type_is_told_from_the_bytes(content, name, told):
    assert tell_type(io.BytesIO(content), name) == told


@pytest.mark.parametrize(
    ("content", "name", "zh", "en"),
    [
        (HTML, "判决书.pdf", ("PDF", "HTML 网页"), ("PDF", "an HTML page")),
        (PDF, "照片.png", ("PNG 图片", "PDF"), ("a PNG picture", "PDF")),
        (HTML, "导出.xls", ("旧版 Office 文档", "HTML 网页"), ("an old Office document", "an HTML page")),
        (bytes(40), "判决书.pdf", ("PDF", "认不出的格式"), ("PDF", "of no known format")),
        (PNG, "说明.txt", (".txt", "PNG 图片"), (".txt", "a PNG picture")),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00", "发票.pdf", ("PDF",), ("PDF",)),
    ],
)
def test_a_name_that_says_otherwise_is_refused_naming_both(content, name, zh, en):
    with pytest.raises(TypeMismatch) as refused:
        tell_type(io.BytesIO(content), name)
    assert all(word in refused.value.say("zh") for word in (name, *zh))
    assert all(word in refused.value.say("en") for word in (name, *en))


def test_text_cut_inside_a_character_is_still_text():
    assert read_text("茶杯".encode()[:-1]) == "茶"
    assert read_text("茶杯".encode("gb18030")[:-1]) == "茶"
    assert read_text(b"a\x00b") is None
    assert read_text(b"\xff\xfe\x00\xd8\x00\x00") is None
