"""How sure the values are stands in a ledger beside the files; a slip in either is noticed."""

from dataclasses import replace

import pytest

from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.read import read_table
from zhibao.rules.sure_golden import check_sure, unsure_of
from zhibao.rules.versions import Confidence


def wrong(pack, text):
    return [(one.want, one.got) for one in check_sure(pack, read_table(text, "f"))]


def test_what_is_not_read_in_the_text_must_be_listed_and_nothing_else(pack):
    one = pack.triggers["cn.transfer"]
    assert unsure_of(one) == {"2001-07-09": "secondary"}
    good = "name: x\nsection: triggers\nunsure: {cn.transfer: {2001-07-09: secondary}}\n"
    assert wrong(pack, good) == []
    assert len(wrong(pack, "name: x\nsection: triggers\nunsure: {}\n")) == 1
    assert len(wrong(pack, good.replace("secondary}", "unconfirmed}"))) == 1
    assert len(wrong(pack, good.replace("unsure: {", "unsure: {cn.nothing: {2001-07-09: secondary}, "))) == 1


def test_values_of_one_day_are_counted(pack):
    year = pack.years["cn.calendar.2026"]
    assert unsure_of(year) == {"entry": "secondary"}
    crime = pack.offences["cn.criminal.213"]
    unsure = replace(crime.statute[0], confidence=Confidence.UNCONFIRMED)
    twice = replace(crime, statute=(unsure, unsure, crime.statute[0]))
    assert unsure_of(twice)["1997-10-01"] == "secondary, unconfirmed 2"


def test_a_section_that_is_none_is_refused(pack):
    with pytest.raises(LawUnknownReference):
        wrong(pack, "name: x\nsection: weather\nunsure: {}\n")
