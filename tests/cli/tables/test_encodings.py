import pytest

from zhibao.cli.tables.encodings import Encoding, encoding_of
from zhibao.cli.tables.errors import LineUndecodable

TEXT = "编号,标题\n1,赣江月茶叶\n2,tea\n"


@pytest.mark.parametrize(
    ("written", "found"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("gb18030", "gb18030")]
)
def test_the_encoding_is_told_from_the_bytes(tmp_path, written, found):
    path = tmp_path / "t.csv"
    path.write_bytes(TEXT.encode(written))
    assert encoding_of(path) == Encoding(found, 3)


def test_one_late_line_decides(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"id,title\n" + b"1,tea\n" * 5000 + "2,茶\n".encode("gb18030"))
    assert encoding_of(path).name == "gb18030"


@pytest.mark.parametrize("good", [3, 1])
def test_a_torn_utf_8_file_is_refused_naming_the_line_and_not_read_as_gibberish(tmp_path, good):
    path = tmp_path / "t.csv"
    path.write_bytes("编号,标题\n".encode() + "1,赣江月\n".encode() * good + b"2,\xe8\xb5\n")
    with pytest.raises(LineUndecodable) as caught:
        encoding_of(path)
    assert caught.value.data["line"] == good + 2
    assert "UTF-8" in caught.value.say("zh")


def test_bytes_of_no_encoding_are_refused_naming_the_line(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("编号,标题\n".encode("gb18030") + b"1,\xff\xff\xff\n")
    with pytest.raises(LineUndecodable) as caught:
        encoding_of(path)
    assert caught.value.data["line"] == 2
    assert "GB 18030" in caught.value.say("en")


def test_a_torn_utf_16_file_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(TEXT.encode("utf-16") + b"\x00")
    with pytest.raises(LineUndecodable):
        encoding_of(path)
