"""Take a file into the vault."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.models import Person
from zhibao.apps.vault.access import access_matter_for_keeping
from zhibao.apps.vault.archives import check_archive
from zhibao.apps.vault.kinds import tell_type
from zhibao.apps.vault.models import Blob
from zhibao.apps.vault.names import mend_name
from zhibao.apps.vault.store import files


def store_file(*, actor: Person, stream: files.Readable | Iterable[bytes], name: str | bytes, now: datetime) -> Blob:
    """Store the bytes of ``stream`` and return their record; the same bytes are kept once, whatever their names.

    Raises ``EmptyFile``, ``FileTooLarge``, ``TypeMismatch``, the archive errors, ``BadFileName``.
    """
    access_matter_for_keeping(actor, None)
    clean = mend_name(name)
    with files.receive(_chunks(stream), clean) as received:
        media_type = tell_type(received.stream, clean)
        check_archive(received.stream, clean, received.digests.size, media_type)
        received.keep()
    digests = received.digests
    with transaction.atomic():
        blob, _made = Blob.objects.get_or_create(
            sha256=digests.sha256,
            defaults={"sm3": digests.sm3, "size": digests.size, "media_type": media_type, "stored_at": now},
        )
    return blob


def _chunks(stream: files.Readable | Iterable[bytes]) -> Iterable[bytes]:
    return files.chunks_of(stream) if isinstance(stream, files.Readable) else stream
