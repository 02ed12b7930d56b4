import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import BadCitation


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("cn.fashi-2025-5@2025/3/1/1", ("cn.fashi-2025-5", "2025", "3", 1, 1)),
        ("cn.fashi-2025-5/3/1/1", ("cn.fashi-2025-5", None, "3", 1, 1)),
        ("cn.criminal-law@2021-03-01/219-1", ("cn.criminal-law", "2021-03-01", "219-1", None, None)),
        ("cn-jx.penalty/18/2", ("cn-jx.penalty", None, "18", 2, None)),
        ("cn.penalty/annex-2", ("cn.penalty", None, "annex-2", None, None)),
    ],
)
def test_citations_and_their_parts(text, parts):
    assert Citation.from_text(text) == Citation(*parts)
    assert Citation.from_text(text).to_text() == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cn.law",
        "cn.law/",
        "cn.law/0x",
        "law/3",
        "cn.law/3/0",
        "cn.law/3/1/1/1",
        "cn.law@/3",
        "CN.law/3",
        "cn.law/3/一",
        " cn.law/3",
    ],
)
def test_what_is_no_citation_is_refused(text):
    with pytest.raises(BadCitation):
        Citation.from_text(text)


@given(
    st.sampled_from([None, "2025", "a.1"]),
    st.integers(1, 999),
    st.none() | st.integers(1, 20),
    st.none() | st.integers(1, 20),
)
def test_what_is_written_is_read_back(version, article, paragraph, item):
    cite = Citation("cn.law", version, str(article), paragraph, item if paragraph else None)
    assert Citation.from_text(cite.to_text()) == cite
