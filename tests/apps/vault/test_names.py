import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.apps.vault.errors import BadFileName
from zhibao.apps.vault.names import LONGEST, mend_name


@pytest.mark.parametrize(
    "given_name",
    [
        "商标侵权照片.pdf".encode("gb18030"),
        "商标侵权照片.pdf".encode(),
        "商标侵权照片.pdf",
        "商标侵权照片.pdf".encode("gb18030").decode("latin-1"),
        "商标侵权照片.pdf".encode().decode("latin-1"),
        "商标侵权照片.pdf".encode("gb18030").decode("cp437"),
        "商标侵权照片.pdf".encode("gb18030").decode("utf-8", "surrogateescape"),
        "C:\\案卷\\商标侵权照片.pdf",
        "../../商标侵权照片.pdf",
        "商标侵权\u202e照片.pdf",
    ],
)
def test_a_misread_or_dressed_up_name_is_put_right(given_name):
    assert mend_name(given_name) == "商标侵权照片.pdf"


@pytest.mark.parametrize(
    "name", ["Café Señor.pdf", "Übersicht Größe.docx", "naïve résumé.txt", "scan-001.png", "收据（2）.jpg"]
)
def test_a_readable_name_is_left_alone(name):
    assert mend_name(name) == name


@pytest.mark.parametrize("name", ["", "...", "/", "\u202e", "  ", "a/\x00"])
def test_a_name_of_nothing_is_refused(name):
    with pytest.raises(BadFileName):
        mend_name(name)


def test_a_long_name_keeps_its_ending():
    mended = mend_name("长" * 400 + ".pdf")
    assert len(mended) == LONGEST
    assert mended.endswith("长.pdf")
    assert len(mend_name("长" * 400)) == LONGEST


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_mending_twice_changes_nothing_and_no_folder_is_left(name):
    try:
        mended = mend_name(name)
    except BadFileName:
        return
    assert mend_name(mended) == mended
    assert not set("/\\\x00\u202e") & set(mended)
    assert 0 < len(mended) <= LONGEST


@given(st.lists(st.sampled_from("商标侵权照片证据扫描件第一页"), min_size=2, max_size=20))
def test_every_everyday_chinese_name_survives_a_trip_through_latin_1(characters):
    name = "".join(characters) + ".pdf"
    assert mend_name(name.encode("gb18030").decode("latin-1")) == name
