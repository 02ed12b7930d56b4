from datetime import UTC, datetime, time, timedelta

from zhibao.apps.work.kinds import KINDS, RECURRING, JobKind, Recurring
from zhibao.kernel.labels import Label


def test_each_wait_is_twice_the_one_before_up_to_the_longest():
    kind = JobKind("x", Label("甲", "x"), "manage", first_wait=timedelta(seconds=5), longest_wait=timedelta(seconds=30))
    assert [kind.wait_after(n).total_seconds() for n in range(1, 6)] == [5, 10, 20, 30, 30]


def test_a_daily_job_is_due_at_its_time_in_shanghai():
    daily = Recurring("x", "tidy", daily_at=time(2, 30))
    before = datetime(2026, 11, 22, 18, 29, tzinfo=UTC)  # 02:29 on the 23rd in Shanghai
    due = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    assert daily.next_after(before) == due
    assert daily.next_after(due) == due + timedelta(days=1)


def test_recurring_jobs_are_of_known_kinds_and_have_one_rhythm():
    assert len({recurring.name for recurring in RECURRING}) == len(RECURRING)
    for recurring in RECURRING:
        assert recurring.kind in KINDS
        assert (recurring.every is None) != (recurring.daily_at is None)
