"""Which kinds of right the law pack in force knows, by their names in both languages."""

from collections.abc import Mapping

from zhibao.apps.organs.law import current_pack
from zhibao.apps.register.errors import CellBadKind
from zhibao.kernel.labels import Label


def kinds_of_right() -> Mapping[str, Label]:
    """Return the names of all kinds of right."""
    return {kind.id: kind.title for kind in current_pack().rights.values()}


def require_kind(kind: str) -> None:
    """Raise CellBadKind for a kind the law pack does not know."""
    kinds = kinds_of_right()
    if kind not in kinds:
        raise CellBadKind(
            where="kind",
            value=kind,
            known_zh="、".join(label.zh for label in kinds.values()),
            known_en=", ".join(kinds),
        )
