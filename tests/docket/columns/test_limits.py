"""Law as tables: what cannot be asked of events encoded for another law is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.docket.conftest import event
from zhibao.docket.columns.encoding import NotEncodedError, encoding_of
from zhibao.docket.columns.events import Gatherer, microseconds, stated_length
from zhibao.docket.columns.limits import LimitTables, tables_of
from zhibao.docket.entries import extension_length
from zhibao.docket.errors import EventBadTime
from zhibao.docket.timeline import timeline
from zhibao.kernel.days import Length, Unit


def changed(pack, name, **fields):
    return {**pack.deadlines, name: replace(pack.deadlines[name], **fields)}


def first_trigger(pack, name, **fields):
    start = pack.deadlines[name].starts[0]
    return (replace(start, **fields), *pack.deadlines[name].starts[1:])


def test_tables_of_one_pack_are_made_once(pack):
    assert tables_of(pack.deadlines) is tables_of(pack.deadlines)
    assert tables_of(dict(pack.deadlines)) is not tables_of(pack.deadlines)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("adm.file", {"starts": {"when": {"from": "a letter"}}}),
        ("adm.file", {"starts": {"counts_from": "found_on"}}),
        ("adm.file", {"from_receipt": True}),
    ],
)
def test_a_law_that_asks_something_new_of_events_needs_them_encoded_anew(pack, name, fields):
    given = {key: first_trigger(pack, name, **value) if key == "starts" else value for key, value in fields.items()}
    with pytest.raises(NotEncodedError):
        LimitTables(changed(pack, name, **given).values(), tables_of(pack.deadlines).encoding)


def test_the_hash_of_an_encoding_is_that_of_what_it_asks(pack):
    encoding = tables_of(pack.deadlines).encoding
    assert encoding_of(pack.deadlines.values()).hash == encoding.hash
    version = pack.deadlines["adm.file"].versions[-1]
    longer = changed(pack, "adm.file", versions=(replace(version, length=Length(99, Unit.DAYS)),))
    assert encoding_of(longer.values()).hash == encoding.hash
    asking = changed(pack, "adm.file", starts=first_trigger(pack, "adm.file", when={"from": "a letter"}))
    assert encoding_of(asking.values()).hash != encoding.hash


def test_hours_cannot_lengthen_a_count_of_days(pack):
    version = pack.deadlines["adm.file"].versions[-1]
    rule = replace(version.extensions[0], length=Length(3, Unit.HOURS))
    with pytest.raises(ValueError, match="hours"):
        LimitTables(
            changed(pack, "adm.file", versions=(replace(version, extensions=(rule,)),)).values(),
            tables_of(pack.deadlines).encoding,
        )


def test_numbers_given_out_stay_when_columns_are_continued(pack):
    first = Gatherer(tables_of(pack.deadlines).encoding)
    first.add(timeline([event("clue-received", "2026-03-02"), event("filed", "2026-03-05")]))
    part = first.columns()
    second = Gatherer(first.encoding, signatures=part.signatures, procedures=part.procedures, organs=part.organs)
    second.add(timeline([event("filed", "2026-03-05"), event("closed", "2026-03-06")]))
    more = second.columns()
    assert more.signatures[: len(part.signatures)] == part.signatures
    assert more.steps.code[0] == part.steps.code[1]
    assert (part.matters, part.longest, more.organs) == (1, 2, part.organs)


def test_what_an_event_says_besides_has_a_row_of_its_own(pack):
    gatherer = Gatherer(tables_of(pack.deadlines).encoding)
    gatherer.add(
        timeline(
            [
                event("clue-received", "2026-03-02", note="nothing that counts"),
                event("examination-started", "2026-03-03", ref="a"),
                event("examination-started", "2026-03-04", ref="b"),
                event("decision-extended", "2026-03-05", length="20 days"),
                event("refusal-received", "2026-03-06", received_at="2026-03-01T09:00:00+08:00"),
            ]
        )
    )
    found = gatherer.columns()
    assert found.steps.extra.tolist() == [0, 1, 2, 3, 4]
    assert found.extras.ref.tolist() == [0, 1, 2, 0, 0]
    assert found.extras.number.tolist() == [0, 0, 0, 20, 0]
    assert found.extras.received_at[4] == microseconds(event("x", "2026-03-01T09:00:00+08:00").at)


def test_a_day_that_is_none_is_refused_with_its_place(pack):
    gatherer = Gatherer(tables_of(pack.deadlines).encoding)
    with pytest.raises(EventBadTime) as caught:
        gatherer.add(timeline([event("hearing-notice-served", "2026-03-02", hearing_at="soon")]))
    assert caught.value.where == "hearing-notice-served.hearing_at"


@pytest.mark.parametrize("text", ["", "soon", "3 hours", "401 days"])
def test_a_length_that_cannot_be_meant_is_none(text):
    assert stated_length({"length": text}) is None


@pytest.mark.parametrize(
    ("text", "granted"), [("20 days", "20 days"), ("45 days", "30 days"), ("1 months", "30 days"), ("", "30 days")]
)
def test_a_decision_may_grant_less_than_the_law_allows_and_not_more(pack, text, granted):
    [rule] = pack.deadlines["adm.seizure"].versions[-1].extensions
    assert extension_length(rule, {"length": text}).to_text() == granted


def test_a_length_stated_is_read():
    assert stated_length({"length": "2 months"}) == Length(2, Unit.MONTHS)
    assert microseconds(event("x", "1970-01-02T08:00:00+08:00").at) == timedelta(days=1) / timedelta(microseconds=1)
