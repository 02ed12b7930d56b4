"""On whose desk a lead lands.

Knows places and what each kind of organ may handle (law/**/organs); does not know what the lead is about.
"""

from collections.abc import Iterable

from zhibao.apps.organs.access import covers
from zhibao.apps.organs.models import Organ
from zhibao.apps.watch.errors import NoOrganForLead
from zhibao.rules.pack import Pack

PROCEDURE = "administrative"  # a machine's or a citizen's suspicion is first a clue for an administrative organ


class Desks:
    """The organs that may take clues on one kind of right, looked up once for many leads."""

    def __init__(self, pack: Pack, organs: Iterable[Organ], right_kind: str) -> None:
        self._able = [organ for organ in organs if _may_handle(pack, organ, right_kind)]

    def desk_for(self, *places: str) -> Organ:
        """Return the lowest able organ that covers the first of ``places`` any organ covers (county before prefecture).

        Raises ``NoOrganForLead``.
        """
        for place in filter(None, places):
            near = [organ for organ in self._able if covers(organ.place, place)]
            if near:
                return max(near, key=lambda organ: (_depth(organ), organ.pk))
        raise NoOrganForLead(place=next(filter(None, places), "?"))

    def desk_or_widest(self, *places: str) -> Organ:
        """Like ``desk_for``; where no place is known or covered here, the able organ with the widest place.

        For what a machine found: a listing that does not say where it is sold from must not hold up the rest of its feed.
        Raises ``NoOrganForLead`` where no organ may handle the right at all.
        """
        try:
            return self.desk_for(*places)
        except NoOrganForLead:
            if not self._able:
                raise
            return min(self._able, key=lambda organ: (_depth(organ), organ.pk))


def _depth(organ: Organ) -> int:
    return len(organ.place.rstrip("0"))


def _may_handle(pack: Pack, organ: Organ, right_kind: str) -> bool:
    kind = pack.organ_kinds.get(organ.kind)
    if kind is None or PROCEDURE not in organ.competences:
        return False
    able = [competence for competence in kind.competences if competence.procedure == PROCEDURE]
    return any(not right_kind or right_kind in competence.rights for competence in able)
