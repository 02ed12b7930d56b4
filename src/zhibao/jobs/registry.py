"""Which function does which kind of job. One explicit line for each."""

from collections.abc import Callable, Mapping

from zhibao.apps.work.kinds import Json
from zhibao.jobs.hold import Hold
from zhibao.jobs.tasks.import_file import import_file
from zhibao.jobs.tasks.mend_file import mend_file
from zhibao.jobs.tasks.screen_feed import screen_feed
from zhibao.jobs.tasks.seal import seal
from zhibao.jobs.tasks.sweep import sweep
from zhibao.jobs.tasks.tidy import tidy

Task = Callable[[Hold], Json]

TASKS: Mapping[str, Task] = {
    "import-file": import_file,
    "mend-file": mend_file,
    "screen-feed": screen_feed,
    "seal": seal,
    "sweep": sweep,
    "tidy": tidy,
}
