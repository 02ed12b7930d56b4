"""Take a file out of the installation's own layer of the law pack."""

from datetime import datetime

from zhibao.apps.library.access import require_changing, require_trying
from zhibao.apps.library.changing import Proposal, propose
from zhibao.apps.library.errors import LawFileNotFound
from zhibao.apps.organs.law_folder import Candidate, check_name, local_files
from zhibao.apps.organs.models import Person


def withdraw_file(*, actor: Person, name: str, take: bool = False, now: datetime) -> Proposal:
    """Check the pack without that local file; take it into use if ``take`` is set and it holds. Raises LawFileNotFound."""
    require_changing(actor) if take else require_trying(actor)
    check_name(name)
    if name not in local_files():
        raise LawFileNotFound(where="name", name=name)

    def remove(candidate: Candidate) -> None:
        (candidate.local / name).unlink()

    return propose(remove, actor=actor, why=f"- {name}", take=take, now=now)
