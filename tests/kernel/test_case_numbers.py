import pytest

from zhibao.kernel.case_numbers import CaseNumber
from zhibao.kernel.errors import BadCaseNumber


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("（2019）赣04刑终319号", (2019, "赣", "04", "", "刑终", ((319, 319),), "")),
        ("（2020）赣0703刑初208号", (2020, "赣", "0703", "", "刑初", ((208, 208),), "")),
        ("（2019）最高法知民终1号", (2019, "最高法", "", "知", "民终", ((1, 1),), "")),
        ("（2021）赣民申12号之一", (2021, "赣", "", "", "民申", ((12, 12),), "之一")),
        ("（2021）赣01民初3827、3828号", (2021, "赣", "01", "", "民初", ((3827, 3827), (3828, 3828)), "")),
        ("（2021）粤0106民初18775-18776号", (2021, "粤", "0106", "", "民初", ((18775, 18776),), "")),
        ("（2026）赣0191诉前调5号之十三", (2026, "赣", "0191", "", "诉前调", ((5, 5),), "之十三")),
    ],
)
def test_case_numbers_and_their_parts(text, parts):
    found = CaseNumber.from_text(text)
    assert (found.year, found.court, found.court_code, found.special, found.kind, found.numbers, found.suffix) == parts
    assert found.to_text() == text


@pytest.mark.parametrize("text", ["(2019)赣04刑终319号", "〔2019〕赣04刑终319号", "（２０１９） 赣 04 刑终 319 号"])
def test_other_brackets_and_widths_mean_the_same(text):
    assert CaseNumber.from_text(text).to_text() == "（2019）赣04刑终319号"


def test_a_dash_is_a_dash():
    assert CaseNumber.from_text("（2021）赣01民初5—7号").numbers == ((5, 7),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "赣04刑终319号",
        "（2019）赣04刑终319",
        "（2019）赣刑终号",
        "（2014）洪民三初字第12号",
        "（2019）赣4刑终3号",
        "（2019）赣04刑终0号",
        "（2019）赣04刑终9-3号",
        "（19）赣04刑终3号",
        "（2019）X04刑终3号",
    ],
)
def test_what_is_no_case_number_is_refused(text):
    with pytest.raises(BadCaseNumber):
        CaseNumber.from_text(text)
