"""Batches are compared with what is there: made, changed, the same, or refused."""

from datetime import date

import pytest

from zhibao.apps.register.actions.change_status import change_status
from zhibao.apps.register.folding import fold_text
from zhibao.apps.register.models import Party, Right, RightPeriod
from zhibao.apps.register.newcomers import NewParty, NewPeriod, NewRight
from zhibao.apps.register.queries import right_as_of
from zhibao.apps.register.store import Outcome, put_rights

pytestmark = pytest.mark.django_db

OWNER = NewParty("景德镇青釉瓷业有限公司", uscc="91350100M000100Y43")


def new(number="1", name="青釉坊", owner=OWNER, **more):
    return NewRight(kind="trademark", number=number, name=name, owner=owner, **more)


def outcomes(*rights):
    return [put.outcome for put in put_rights(rights)]


def test_made_once_then_the_same():
    batch = [new(str(n), periods=(NewPeriod("in-force", date(2018, 3, 7)),)) for n in range(3)]
    assert outcomes(*batch) == [Outcome.MADE] * 3
    assert outcomes(*batch) == [Outcome.SAME] * 3
    assert (Right.objects.count(), Party.objects.count(), RightPeriod.objects.count()) == (3, 1, 3)


def test_what_a_file_tells_changes_and_what_it_leaves_out_stays():
    put_rights([new(goods="瓷器", classes=(21,), watched=True, details={"worth_fen": 1})])
    assert outcomes(new(classes=(21, 30), details={"note": "x"})) == [Outcome.CHANGED]
    right = Right.objects.get()
    assert (right.goods, right.classes, right.watched, right.details) == (
        "瓷器",
        [21, 30],
        True,
        {"worth_fen": 1, "note": "x"},
    )
    assert outcomes(new(watched=False)) == [Outcome.CHANGED]


def test_new_days_replace_the_old_ones():
    put_rights([new(periods=(NewPeriod("in-force", date(2008, 3, 7), date(2018, 3, 6)),))])
    assert outcomes(new(periods=(NewPeriod("in-force", date(2008, 3, 7), date(2028, 3, 6)),))) == [Outcome.CHANGED]
    assert [p.to_day for p in RightPeriod.objects.all()] == [date(2028, 3, 6)]


def test_a_number_of_quite_another_right_is_refused():
    put_rights([new()])
    put = put_rights([new(name="窑里红", owner=NewParty("窑里红茶厂"))])[0]
    assert put.outcome is Outcome.REFUSED
    assert "景德镇青釉瓷业有限公司" in put.fault.say("zh")
    assert Right.objects.get().name == "青釉坊"
    assert not Party.objects.filter(name="窑里红茶厂").exists()


def test_an_owner_is_told_by_code_then_by_name():
    put_rights([new("1"), new("2", owner=NewParty("窑里红茶厂"))])
    assert outcomes(new("1", owner=NewParty("景德镇青釉瓷业有限公司"))) == [Outcome.SAME]
    put_rights([new("3", owner=NewParty("窑里红茶厂")), new("4", owner=NewParty("改名后的公司", uscc=OWNER.uscc))])
    assert Party.objects.count() == 2
    assert Right.objects.get(number="4").owner.name == "景德镇青釉瓷业有限公司"


def test_a_transfer_moves_the_right_to_its_new_owner():
    put_rights([new()])
    assert outcomes(new(owner=NewParty("窑里红茶厂"))) == [Outcome.CHANGED]
    assert Right.objects.get().owner.name == "窑里红茶厂"


def test_a_batch_costs_few_queries(django_assert_max_num_queries):
    batch = [new(str(n), name=f"青釉{n}", owner=NewParty(f"厂{n}")) for n in range(400)]
    with django_assert_max_num_queries(20):  # SQLite takes the rows of one INSERT in several
        put_rights(batch)


def test_folding():
    assert fold_text(" ＱＬ　景德鎮  Porcelain ") == "ql 景德镇 porcelain"


def test_an_older_file_does_not_bring_a_right_back_that_was_declared_invalid(registrar, now):
    kept = new(periods=(NewPeriod("in-force", date(2018, 3, 7), date(2028, 3, 6)),))
    put_rights([kept])
    right = Right.objects.get()
    change_status(actor=registrar, right_id=right.pk, status="invalidated", since=date(2026, 5, 1), now=now)
    assert outcomes(kept) == [Outcome.SAME]
    assert right_as_of(Right.objects.get(), date(2026, 6, 1)).status == "invalidated"
    renewed = new(periods=(NewPeriod("in-force", date(2026, 9, 1), date(2036, 8, 31)),))
    assert outcomes(renewed) == [Outcome.CHANGED]
    assert right_as_of(Right.objects.get(), date(2026, 10, 1)).status == "in-force"
