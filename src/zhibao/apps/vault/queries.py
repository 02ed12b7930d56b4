"""Exhibits, their custody and their seals, for those who were let in by ``access``.

Knows lists; whether a person may see a matter is asked of ``access_exhibit`` or of the app above.
"""

from collections.abc import Iterator
from typing import BinaryIO
from uuid import UUID

from django.db.models import Prefetch

from zhibao.apps.organs.models import Person
from zhibao.apps.vault.errors import FileChanged, FileMissing
from zhibao.apps.vault.models import Blob, Custody, Exhibit, Sealing
from zhibao.apps.vault.store import files
from zhibao.apps.vault.store.custody import check_steps


def exhibits_in(matter_id: UUID) -> set[str]:
    """Return the ids of the matter's exhibits."""
    return {str(key) for key in Exhibit.objects.filter(matter_id=matter_id).values_list("pk", flat=True)}


def exhibits_of(matter_id: UUID) -> list[Exhibit]:
    """Return the matter's exhibits in order, with file and custody; two queries. The asker was let into the matter."""
    steps = Custody.objects.select_related("by", "organ")
    rows = Exhibit.objects.filter(matter_id=matter_id).select_related("blob", "organ", "by")
    return list(rows.prefetch_related(Prefetch("custody", steps)))


def own_exhibits(person: Person) -> list[Exhibit]:
    """Return what the person's organ keeps outside any matter."""
    return list(Exhibit.objects.filter(matter_id=None, organ_id=person.organ_id).select_related("blob", "by"))


def custody_of(exhibit: Exhibit) -> list[Custody]:
    """Return the exhibit's custody in order; raises ``CustodyBroken`` when the steps do not join."""
    steps = list(Custody.objects.filter(exhibit=exhibit).select_related("by", "organ"))
    check_steps(exhibit, steps)
    return steps


def sealings_of(matter_id: UUID) -> list[Sealing]:
    """Return the seals made in the matter, newest first, with their exhibits."""
    rows = Sealing.objects.filter(matter_id=matter_id).select_related("bundle", "by")
    return list(rows.prefetch_related("exhibits"))


def open_blob(blob: Blob) -> BinaryIO:
    """Open the file, after finding that it is what was stored. Raises ``FileMissing``, ``FileChanged``."""
    return files.open_file(blob.sha256)


def damaged_files() -> Iterator[FileChanged | FileMissing]:
    """Read every file of the vault and yield what is missing or changed; for ``zhibao check``."""
    for sha256 in Blob.objects.order_by("pk").values_list("pk", flat=True).iterator():
        try:
            files.open_file(sha256).close()
        except (FileChanged, FileMissing) as fault:
            yield fault
