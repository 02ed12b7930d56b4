"""The jobs there are: which deed one must be allowed to ask for each, how often it is tried, and what runs at set times.

What each does stands in ``zhibao.jobs``; a test holds the two lists equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from zhibao.apps.organs.access import Deed
from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.labels import Label

Json = None | bool | int | str | list["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of job. ``tries`` counts all attempts; the wait before the n-th retry is ``first_wait`` doubled n-1 times.

    ``shared`` work belongs to nobody in particular: whoever may ask for it may see it, and a second asker is led to it.
    """

    id: str
    title: Label
    deed: str
    tries: int = 4
    first_wait: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(minutes=10)
    shared: bool = False

    def wait_after(self, attempts: int) -> timedelta:
        """Return how long to wait after the given number of attempts."""
        doublings: int = 2 ** max(attempts - 1, 0)
        return min(self.first_wait * doublings, self.longest_wait)


KINDS: Mapping[str, JobKind] = {
    kind.id: kind
    for kind in (
        JobKind("screen-feed", Label("筛查来源", "Screen a feed"), Deed.SCREEN, shared=True),
        JobKind("import-file", Label("导入权利文件", "Import a file of rights"), Deed.REGISTER),
        JobKind("mend-file", Label("收改好的表", "Take mended rows"), Deed.REGISTER),
        JobKind("sweep", Label("重新计算到期的案件", "Derive matters that fell due"), Deed.MANAGE),
        JobKind("seal", Label("封存证据", "Seal exhibits"), Deed.SEAL),
        JobKind("tidy", Label("清理过期的记录", "Clear what has run out"), Deed.MANAGE),
    )
}


@dataclass(frozen=True, slots=True)
class Recurring:
    """A job the clock asks for: every so often, or daily at a time of the day in Asia/Shanghai."""

    name: str
    kind: str
    every: timedelta | None = None
    daily_at: time | None = None
    data: Mapping[str, Json] = field(default_factory=dict)

    def next_after(self, moment: datetime) -> datetime:
        """Return the first due moment strictly after ``moment``. Slots that were slept through are not made up."""
        if self.daily_at is not None:
            local = moment.astimezone(LEGAL_TZ)
            due = datetime.combine(local.date(), self.daily_at, tzinfo=LEGAL_TZ)
            return due if due > local else due + timedelta(days=1)
        assert self.every is not None
        return moment + self.every


RECURRING: tuple[Recurring, ...] = (
    Recurring("sweep", "sweep", every=timedelta(minutes=5)),
    Recurring("screen-feeds", "screen-feed", daily_at=time(2, 30)),
    Recurring("tidy", "tidy", daily_at=time(3, 30)),
)
