"""Two-character words are found on both databases; what was true of a right on a day is told with its reason."""

from datetime import date

import pytest

from tests.factories import make_party, make_person, make_right
from zhibao.apps.organs.errors import DeedNotAllowed
from zhibao.apps.register import queries
from zhibao.apps.register.access import access_right
from zhibao.apps.register.errors import RightNotFound
from zhibao.apps.register.models import RightPeriod

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def names(person, text, **more):
    return [found.right.name for found in queries.search_rights(person, text, as_of=DAY, **more).items]


@pytest.fixture
def rights(handler):
    owner = make_party("窑里红茶厂")
    return [
        make_right("青釉坊", number="10000001"),
        make_right("釉", number="10000002"),
        make_right("窑里红 YAOLI", number="10000003", owner=owner),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青釉", ["青釉坊", "釉"]),  # by the owner's name too
        ("釉坊", ["青釉坊"]),
        ("窯裡紅", ["窑里红 YAOLI"]),  # traditional characters find simplified ones
        ("窑里", ["窑里红 YAOLI"]),
        ("ｙａｏ", ["窑里红 YAOLI"]),
        ("茶厂 yaoli", ["窑里红 YAOLI"]),
        ("10000002", ["釉"]),
        ("", ["青釉坊", "釉", "窑里红 YAOLI"]),
        ("100%", []),
        ("青_坊", []),
    ],
)
def test_words_of_any_length_are_found(handler, rights, text, expected):
    assert names(handler, text) == expected


def test_paging_and_kinds(handler, rights):
    make_right("釉上花", kind="copyright", number="c1")
    page = queries.search_rights(handler, as_of=DAY, page=2, size=3)
    assert (page.number, page.total, page.pages, page.first, page.last, page.has_next) == (2, 4, 2, 4, 4, False)
    assert queries.search_rights(handler, as_of=DAY, page=99, size=3).number == 2
    assert names(handler, "", kind="copyright") == ["釉上花"]
    assert queries.count_by_kind(handler) == {"copyright": 1, "trademark": 3}


def test_only_rights_in_force_on_the_day(handler):
    make_right("老窑", number="1", since=date(2000, 1, 1), until=date(2009, 12, 31))
    make_right("新窑", number="2")
    assert names(handler, "窑", in_force_only=True) == ["新窑"]


def test_a_closed_account_searches_nothing(agency):
    with pytest.raises(DeedNotAllowed):
        queries.search_rights(make_person(agency, is_active=False), as_of=DAY)


@pytest.mark.parametrize(
    ("day", "status", "in_force"),
    [
        (date(2008, 3, 6), "not-yet", False),
        (date(2008, 3, 7), "in-force", True),
        (date(2018, 3, 6), "in-force", True),
        (date(2018, 3, 7), "suspended", False),
        (date(2018, 9, 30), "suspended", False),
        (date(2018, 10, 1), "unknown", None),
        (date(2019, 1, 1), "in-force", True),
        (date(2028, 12, 31), "in-force", True),
        (date(2029, 1, 1), "expired", False),
    ],
)
def test_what_was_true_on_a_day(agency, day, status, in_force):
    right = make_right(since=date(2008, 3, 7), until=date(2018, 3, 6))
    RightPeriod.objects.create(
        right=right, status="suspended", from_day=date(2018, 3, 7), to_day=date(2018, 9, 30), reason="质押冻结"
    )
    RightPeriod.objects.create(right=right, status="in-force", from_day=date(2019, 1, 1), to_day=date(2028, 12, 31))
    on = queries.right_as_of(right, day)
    assert (on.status, on.in_force) == (status, in_force)
    assert on.label.zh
    assert on.label.en


def test_nothing_known_is_unknown(agency):
    on = queries.right_as_of(make_right(since=None), DAY)
    assert on.status == "unknown"
    assert on.in_force is None
    assert on.reason.en == "The register does not hold its days."


def test_a_right_by_id_or_kind_and_number(handler):
    right = make_right(number="10000001")
    assert access_right(handler, right.pk) == right
    assert access_right(handler, "trademark 10000001") == right
    with pytest.raises(RightNotFound):
        access_right(handler, "trademark 1")


def test_parties(handler):
    party = make_party(uscc="91350100M000100Y43")
    right = make_right(owner=party)
    assert list(queries.parties_with(handler, "青釉").items) == [party]
    assert list(queries.parties_with(handler, "91350100m000100y43").items) == [party]
    assert queries.parties_with(handler, "").total == 1
    assert queries.rights_of(handler, party) == [right]
