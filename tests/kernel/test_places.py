import pytest

from zhibao.kernel.errors import BadPlaceCode
from zhibao.kernel.places import Level, PlaceCode


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("000000", Level.COUNTRY, None),
        ("360000", Level.PROVINCE, "000000"),
        ("360100", Level.CITY, "360000"),
        ("360102", Level.COUNTY, "360100"),
        ("429004", Level.COUNTY, "420000"),
    ],
)
def test_level_and_parent(code, level, parent):
    found = PlaceCode.from_text(code)
    assert found.level is level
    assert found.parent == (PlaceCode(parent) if parent else None)
    assert str(found) == code


def test_what_lies_within_what():
    country, province, city, county = (PlaceCode(c) for c in ("000000", "360000", "360100", "360102"))
    assert all(a.contains(b) for a, b in [(country, province), (province, county), (city, county), (county, county)])
    assert not any(
        a.contains(b)
        for a, b in [(province, country), (city, PlaceCode("360200")), (county, city), (PlaceCode("350000"), county)]
    )


def test_full_width_is_read():
    assert PlaceCode.from_text(" ３６０１０２ ") == PlaceCode("360102")


@pytest.mark.parametrize("text", ["", "36", "3601022", "00360A", "360002", "000100", "000001", "江西"])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(BadPlaceCode):
        PlaceCode.from_text(text)
