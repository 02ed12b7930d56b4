"""Whether the vault still holds what it was given, for whoever runs the installation.

Knows no person: the operator asks for the whole. Repairs nothing.
"""

from collections.abc import Callable, Iterator

from zhibao.apps.vault.errors import CustodyBroken, LogBroken
from zhibao.apps.vault.models import Exhibit, LogLeaf
from zhibao.apps.vault.queries import custody_of, damaged_files
from zhibao.evidence.digests import Algorithm
from zhibao.evidence.merkle import leaf_hash
from zhibao.kernel.errors import ZhibaoError

Progress = Callable[[int, int | None], None]


def vault_faults(progress: Progress | None = None) -> Iterator[ZhibaoError]:
    """Yield every file that is missing or changed, custody that does not join, and leaf that is not what it hashes to."""
    yield from damaged_files(progress)
    for exhibit in Exhibit.objects.order_by("pk").iterator():
        try:
            custody_of(exhibit)
        except CustodyBroken as fault:
            yield fault
    yield from _log_faults()


def _log_faults() -> Iterator[LogBroken]:
    for place, leaf in enumerate(LogLeaf.objects.order_by("index").iterator()):
        record = bytes(leaf.record)
        whole = (
            leaf_hash(Algorithm.SHA256, record).hex() == leaf.sha256
            and leaf_hash(Algorithm.SM3, record).hex() == leaf.sm3
        )
        if leaf.index != place or not whole:
            yield LogBroken(index=place)
