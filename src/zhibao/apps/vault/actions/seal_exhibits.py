"""Seal exhibits into a bundle anybody can check without us."""

import secrets
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction

from zhibao.apps.organs.access import Deed, require
from zhibao.apps.organs.models import Person
from zhibao.apps.vault.access import access_exhibit, access_matter_for_keeping
from zhibao.apps.vault.errors import ExhibitsOfSeveralMatters, NothingToSeal
from zhibao.apps.vault.models import Blob, Exhibit, Sealing
from zhibao.apps.vault.queries import custody_of
from zhibao.apps.vault.services import log_signer, time_authority
from zhibao.apps.vault.store import files
from zhibao.apps.vault.store.custody import add_step, as_step
from zhibao.apps.vault.store.log import keep_leaves, lock_log
from zhibao.evidence.bundle import Sealed, SealedItem, seal
from zhibao.evidence.digests import Digests

BUNDLE_TYPE = "application/zip"


def seal_exhibits(
    *,
    actor: Person,
    exhibit_ids: Sequence[UUID],
    now: datetime,
    withheld: Collection[UUID] = (),
    about: Mapping[str, str] | None = None,
) -> Sealing:
    """Enter the exhibits in the log, have the checkpoint signed and stamped, and keep the bundle; all or nothing.

    ``withheld`` exhibits are sealed by their digests only: their bytes stay here. ``about`` (such as the matter's
    number) stands in the bundle's manifest. Raises ``NothingToSeal``, ``ExhibitsOfSeveralMatters``, ``FileChanged``,
    ``FileMissing``, and what the signer and the authority raise.
    """
    exhibits = [access_exhibit(actor, key, now=now) for key in dict.fromkeys(exhibit_ids)]
    if not exhibits:
        raise NothingToSeal(where="exhibits")
    if len({exhibit.matter_id for exhibit in exhibits}) > 1:
        raise ExhibitsOfSeveralMatters(where="exhibits")
    access_matter_for_keeping(actor, exhibits[0].matter_id)
    require(actor, Deed.SEAL, actor.organ)
    manifest = {"organ": actor.organ_id, **(about or {})}
    with transaction.atomic(), _scratch() as out:
        for exhibit in exhibits:
            add_step(exhibit, "sealed", by=actor, at=now)
        sealed = _seal(exhibits, frozenset(withheld), manifest, out, now)
        keep_leaves(sealed.leaves, now)
        sealing = Sealing.objects.create(
            matter_id=exhibits[0].matter_id, bundle=_keep(out, now), tree_size=sealed.tree_size, by=actor, at=now
        )
        sealing.exhibits.set(exhibits)
    return sealing


def _seal(
    exhibits: Sequence[Exhibit], withheld: frozenset[UUID], about: Mapping[str, str], out: BinaryIO, now: datetime
) -> Sealed:
    items = [_item(exhibit, withheld=exhibit.pk in withheld) for exhibit in exhibits]
    return seal(
        items,
        log=lock_log(),
        signer=log_signer(),
        authority=time_authority(),
        about=about,
        now=now,
        salt=secrets.token_bytes(16),
        out=out,
    )


def _item(exhibit: Exhibit, *, withheld: bool) -> SealedItem:
    blob = exhibit.blob

    def chunks() -> Iterator[bytes]:
        with files.open_file(blob.sha256) as file:
            yield from files.chunks_of(file)

    if withheld:
        files.open_file(blob.sha256).close()  # what is not there or not the same is not sealed, seen or unseen
    return SealedItem(
        id=str(exhibit.pk),
        name=exhibit.name,
        digests=Digests(blob.sha256, blob.sm3, blob.size),
        media_type=blob.media_type,
        origin=exhibit.origin,
        captured_at=exhibit.captured_at,
        custody=tuple(as_step(step) for step in custody_of(exhibit)),
        chunks=None if withheld else chunks,
    )


@contextmanager
def _scratch() -> Iterator[BinaryIO]:
    """A file without a name beside the vault's own, gone when it is closed."""
    folder = Path(settings.ZHIBAO_VAULT) / "arriving"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as out:
        yield cast("BinaryIO", out)


def _keep(out: BinaryIO, now: datetime) -> Blob:
    out.seek(0)
    with files.receive(files.chunks_of(out), "bundle.zip") as received:
        received.keep()
        digests = received.digests
    return Blob.objects.create(
        sha256=digests.sha256, sm3=digests.sm3, size=digests.size, media_type=BUNDLE_TYPE, stored_at=now
    )
