"""The golden-case editor: YAML in, and for each case whether it comes out; broken YAML is told with its line."""

import pytest

from tests.apps.library.statutes import CASES
from zhibao.apps.library.case_trial import KINDS, try_case
from zhibao.apps.library.errors import LawFileTooLong, LawTooDeep
from zhibao.apps.library.models import LawEvent
from zhibao.apps.organs.errors import DeedNotAllowed, LawFileName

pytestmark = pytest.mark.django_db


def test_cases_that_come_out_pass(handler):
    found = try_case(handler, "clocks-mine", CASES)
    assert found.passed
    assert [(one.name, one.passed) for one in found.results] == [("tea.reply", True)]
    assert not LawEvent.objects.exists()


def test_a_case_that_does_not_come_out_says_what_came_instead(handler):
    found = try_case(handler, "clocks-mine", CASES.replace("2026-12-16", "2026-12-18"))
    assert not found.passed
    mismatch = found.results[0].mismatches[0]
    assert mismatch.where == "law/local/cases/clocks-mine.yaml:5"
    assert "2026-12-18" in mismatch.want
    assert "2026-12-16" in mismatch.got


@pytest.mark.parametrize(
    ("content", "where"),
    [("- name: x\n\tclock: y", ":2"), ("a: 1\na: 2", ":2"), ("- name: [", ""), ("", "")],
)
def test_text_that_cannot_be_read_is_told_with_its_line(handler, content, where):
    found = try_case(handler, "clocks-mine", content)
    assert not found.passed
    assert found.fault is not None or not found.results
    if where:
        assert found.fault.where.endswith(where)


@pytest.mark.parametrize("content", ["- name: x", "- {name: x, colour: red}"])
def test_a_case_that_is_none_is_told_with_its_place(handler, content):
    found = try_case(handler, "clocks-mine", content)
    assert not found.passed
    assert found.results[0].faults or found.results[0].mismatches


def test_a_file_of_no_known_kind_is_told_with_those_there_are(handler):
    found = try_case(handler, "mine", CASES)
    assert found.results[0].faults[0].code == "law-unknown-case-kind"
    assert {"clocks", "assess"} <= set(KINDS)


def test_text_without_end_or_bottom_is_refused(handler):
    with pytest.raises(LawFileTooLong):
        try_case(handler, "clocks-mine", "#" * 1_100_000)
    with pytest.raises(LawFileName):
        try_case(handler, "../clocks-mine", CASES)
    try:
        found = try_case(handler, "clocks-mine", "[" * 100_000)
    except LawTooDeep:
        return
    assert found.fault is not None


def test_a_closed_account_tries_nothing(handler):
    handler.is_active = False
    with pytest.raises(DeedNotAllowed):
        try_case(handler, "clocks-mine", CASES)
