"""The evidence log in the database: leaves in order, never changed.

Knows rows; what a leaf says and how trees are built is in ``evidence``.
"""

from collections.abc import Iterable
from datetime import datetime

from zhibao.apps.vault.models import LogLeaf
from zhibao.evidence.bundle import LogState, NewLeaf


def lock_log() -> LogState:
    """Return all leaves so far, and hold the log's end until the caller's transaction ends.

    Nobody else adds meanwhile, so that no two checkpoints of one size are ever signed for different trees. (While the
    log is empty there is no end to hold; the second of two first entries is then refused by its number.)
    """
    LogLeaf.objects.select_for_update().order_by("-index").first()
    return read_log()


def read_log() -> LogState:
    """Return the leaf hashes of both trees, in order; one query."""
    rows = list(LogLeaf.objects.order_by("index").values_list("sha256", "sm3"))
    return LogState([bytes.fromhex(sha256) for sha256, _ in rows], [bytes.fromhex(sm3) for _, sm3 in rows])


def keep_leaves(leaves: Iterable[NewLeaf], now: datetime) -> None:
    """Add leaves at the end, inside the transaction that holds it."""
    LogLeaf.objects.bulk_create(
        LogLeaf(index=leaf.index, record=leaf.record, sha256=leaf.sha256, sm3=leaf.sm3, added_at=now) for leaf in leaves
    )
