"""Exhibits, their custody and their seals, for those who were let in by ``access``.

Knows lists; whether a person may see a matter is asked of ``access_exhibit`` or of the app above.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db.models import Prefetch

from zhibao.apps.organs.models import Person
from zhibao.apps.vault.access import reads_store
from zhibao.apps.vault.errors import FileChanged, FileMissing
from zhibao.apps.vault.models import Blob, Custody, Exhibit, Sealing
from zhibao.apps.vault.services import log_signer
from zhibao.apps.vault.store import files
from zhibao.apps.vault.store.custody import check_steps
from zhibao.evidence.checkpoint import LogKey
from zhibao.evidence.report import Report
from zhibao.evidence.verifier import verify

Progress = Callable[[int, int | None], None]


def exhibits_in(matter_id: UUID) -> set[str]:
    """Return the ids of the matter's exhibits."""
    return {str(key) for key in Exhibit.objects.filter(matter_id=matter_id).values_list("pk", flat=True)}


def exhibits_of(matter_id: UUID) -> list[Exhibit]:
    """Return the matter's exhibits in order, with file and custody; two queries. The asker was let into the matter."""
    steps = Custody.objects.select_related("by", "organ")
    rows = Exhibit.objects.filter(matter_id=matter_id).select_related("blob", "organ", "by")
    return list(rows.prefetch_related(Prefetch("custody", steps)))


def own_exhibits(person: Person, *, begins: str = "") -> list[Exhibit]:
    """Return what the person's organ keeps outside any matter; nothing to those who do not read its matters.

    ``begins`` narrows it to names that begin so.
    """
    if not reads_store(person, person.organ):
        return []
    rows = Exhibit.objects.filter(matter_id=None, organ_id=person.organ_id, name__startswith=begins)
    return list(rows.select_related("blob", "by"))


def custody_of(exhibit: Exhibit) -> list[Custody]:
    """Return the exhibit's custody in order; raises ``CustodyBroken`` when the steps do not join."""
    steps = list(Custody.objects.filter(exhibit=exhibit).select_related("by", "organ"))
    check_steps(exhibit, steps)
    return steps


def sealings_of(matter_id: UUID) -> list[Sealing]:
    """Return the seals made in the matter, newest first, with their exhibits."""
    rows = Sealing.objects.filter(matter_id=matter_id).select_related("bundle", "by")
    return list(rows.prefetch_related("exhibits"))


def sealings_with(exhibit_ids: Sequence[UUID], *, by: Person, since: datetime) -> list[Sealing]:
    """Return the seals ``by`` made of exactly these exhibits since then, newest first."""
    wanted = set(exhibit_ids)
    rows = Sealing.objects.filter(by=by, at__gte=since, exhibits__in=wanted).distinct().prefetch_related("exhibits")
    return [sealing for sealing in rows if {exhibit.pk for exhibit in sealing.exhibits.all()} == wanted]


def open_blob(blob: Blob) -> BinaryIO:
    """Open the file, after finding that it is what was stored. Raises ``FileMissing``, ``FileChanged``."""
    return files.open_file(blob.sha256)


def picture(sha256: str) -> Blob | None:
    """Return the picture with that digest that was kept as a mark's drawing, which is public; None where there is none.

    A picture that is anybody's exhibit is never given: whoever enters rights could name its digest and so see evidence.
    """
    return Blob.objects.filter(pk=sha256, media_type__startswith="image/", exhibits=None).first()


def damaged_files(progress: Progress | None = None) -> Iterator[FileChanged | FileMissing]:
    """Read every file of the vault and yield what is missing or changed."""
    blobs = Blob.objects.order_by("pk").values_list("pk", flat=True)
    total = blobs.count() if progress is not None else 0
    for done, sha256 in enumerate(blobs.iterator(), start=1):
        try:
            files.open_file(sha256).close()
        except (FileChanged, FileMissing) as fault:
            yield fault
        if progress is not None:
            progress(done, total)


def verify_sealing(sealing: Sealing) -> Report:
    """Check a bundle made here as an outsider would, against this log's own key. Raises ``FileMissing``, ``FileChanged``."""
    signer = log_signer()
    with open_blob(sealing.bundle) as file:
        return verify(file, log_keys=(LogKey(signer.name, signer.public).to_text(),))
