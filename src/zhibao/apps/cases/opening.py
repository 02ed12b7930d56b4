"""What a proceeding begins with.

Knows which procedure may be opened at which organ and the first events of each; writes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from zhibao.apps.cases.errors import NotCompetent
from zhibao.apps.cases.models import Proceeding
from zhibao.apps.cases.store.record import Step
from zhibao.apps.organs.models import Organ
from zhibao.apps.register.models import Party, Right
from zhibao.docket.errors import UnknownProcedure
from zhibao.docket.events import Json
from zhibao.rules.pack import Pack
from zhibao.rules.procedures import Procedure


@dataclass(frozen=True, slots=True)
class JoinedParty:
    """A party of the register and what it is in the matter (``suspect``, ``right-holder`` …)."""

    party: Party
    role: str


def procedure_at(pack: Pack, procedure: str, organ: Organ) -> Procedure:
    """Return the procedure if the pack has it and ``organ`` may handle it.

    Raises ``UnknownProcedure`` and ``NotCompetent``.
    """
    found = pack.procedures.get(procedure)
    if found is None:
        near = get_close_matches(procedure, pack.procedures, n=3, cutoff=0.3) or sorted(pack.procedures)
        raise UnknownProcedure(where="procedure", seen=procedure, near=", ".join(near))
    if procedure not in organ.competences:
        raise NotCompetent(
            where="procedure",
            organ_zh=organ.name_zh,
            organ_en=organ.name_en,
            procedure_zh=found.title.zh,
            procedure_en=found.title.en,
        )
    return found


def opening_steps(
    proceeding: Proceeding,
    procedure: Procedure,
    *,
    lead: str,
    rights: Iterable[Right],
    parties: Iterable[JoinedParty],
    received_at: datetime,
    now: datetime,
) -> Iterator[Step]:
    """Yield the first events: that it was opened, what it begins with in law, then rights and parties."""
    opened: Mapping[str, Json] = {"procedure": procedure.id, "organ": proceeding.organ_id}
    yield Step(proceeding, "proceeding-opened", now, {**opened, "lead": lead} if lead else opened)
    if procedure.opens_with and procedure.opens_with != "proceeding-opened":
        yield Step(proceeding, procedure.opens_with, received_at)
    for right in rights:
        attached: Mapping[str, Json] = {
            "right": str(right.pk),
            "kind": right.kind,
            "number": right.number,
            "name": right.name,
        }
        yield Step(proceeding, "right-attached", now, attached)
    for joined in parties:
        party: Mapping[str, Json] = {"party": str(joined.party.pk), "name": joined.party.name, "role": joined.role}
        yield Step(proceeding, "party-joined", now, party)
