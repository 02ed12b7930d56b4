"""Files that arrived with a request and wait for the job that reads them.

Knows a folder and names it gave out itself; what is in a file is for the job. Nothing here is evidence: that is the vault's.
"""

import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from zhibao.apps.work.errors import UploadGone

KEPT_FOR = timedelta(days=7)  # longer than a job is retried; a failed job can still be run again within it
_NAME = re.compile(r"[0-9a-f]{32}")


def keep_upload(chunks: Iterable[bytes]) -> str:
    """Write an upload and return the name it can be opened by."""
    name = secrets.token_hex(16)
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{name}.partial"
    with partial.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
    partial.replace(folder / name)
    return name


@contextmanager
def open_upload(name: str) -> Iterator[BinaryIO]:
    """Yield an upload; raises UploadGone when it was cleared away or never was."""
    try:
        file = _place(name).open("rb")
    except FileNotFoundError as fault:
        raise UploadGone(where=name) from fault
    with file:
        yield file


def drop_upload(name: str) -> None:
    """Remove an upload; doing it twice is the same as once."""
    _place(name).unlink(missing_ok=True)


def drop_old_uploads(now: datetime) -> int:
    """Remove uploads that no job will read any more, and return how many."""
    ends = (now - KEPT_FOR).timestamp()
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < ends]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _folder() -> Path:
    return Path(settings.HOME) / "uploads"


def _place(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise UploadGone(where=name)
    return _folder() / name
