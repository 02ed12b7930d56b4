"""Propose golden cases: facts or events on a day, and the answer worked out from the articles."""

from datetime import datetime

from zhibao.apps.library.actions.propose_file import propose_file
from zhibao.apps.library.changing import Proposal
from zhibao.apps.organs.models import Person


def propose_case(*, actor: Person, name: str, content: str, take: bool = False, now: datetime) -> Proposal:
    """Keep the cases as ``cases/NAME.yaml`` of the local layer if ``take`` is set and they come out as written.

    ``name`` begins with its kind (``clocks-``, ``assess-`` …). For the live result without keeping anything, see
    ``case_trial.try_case``. Raises as ``propose_file`` does.
    """
    return propose_file(
        actor=actor, name=f"cases/{name.removesuffix('.yaml')}.yaml", content=content, take=take, now=now
    )
