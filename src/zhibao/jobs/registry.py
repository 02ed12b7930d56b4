"""Which function does which kind of job. One explicit line for each."""

from collections.abc import Callable, Mapping

from zhibao.apps.work.kinds import Json
from zhibao.jobs.hold import Hold
from zhibao.jobs.tasks.tidy import tidy

Task = Callable[[Hold], Json]

TASKS: Mapping[str, Task] = {
    "tidy": tidy,
}
