"""Ask for a job that reads a file which came with the request."""

from collections.abc import Iterable
from datetime import datetime

from zhibao.apps.organs.access import require
from zhibao.apps.organs.models import Person
from zhibao.apps.work.actions.ask_job import ask_job
from zhibao.apps.work.kinds import KINDS, Json
from zhibao.apps.work.models import Job
from zhibao.apps.work.uploads import drop_upload, keep_upload


def ask_with_file(
    *, actor: Person, kind: str, chunks: Iterable[bytes], name: str, data: dict[str, Json], now: datetime
) -> Job:
    """Keep a file and put the job that reads it into the queue: its data names the file (``upload``, ``name``).

    Nothing is kept for whoever may not ask for the job (raises DeedNotAllowed). ``name`` is cut to its last 200 characters.
    """
    require(actor, KINDS[kind].deed)
    upload = keep_upload(chunks)
    try:
        return ask_job(actor=actor, kind=kind, data={**data, "upload": upload, "name": name[-200:]}, now=now)
    except BaseException:
        drop_upload(upload)
        raise
