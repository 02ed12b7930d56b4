"""Propose one law file of the installation's own: a deadline added by the province, a rule with its golden case."""

from datetime import datetime

from zhibao.apps.library.access import require_changing, require_trying
from zhibao.apps.library.changing import Proposal, propose
from zhibao.apps.library.errors import LawFileTooLong
from zhibao.apps.organs.law_folder import LONGEST_FILE, Candidate, check_name, write_local
from zhibao.apps.organs.models import Person


def propose_file(*, actor: Person, name: str, content: str, take: bool = False, now: datetime) -> Proposal:
    """Check the pack with this file (``deadlines/jx.file.yaml``) in its local layer; take it into use if ``take`` is set and it holds.

    An entry of the pack below is replaced only by one that cites what lets it (``replaces_under``). Raises LawFileName,
    LawFileTooLong, DeedNotAllowed, LawNotYours; what is wrong with the file stands in the proposal's complaints.
    """
    require_changing(actor) if take else require_trying(actor)
    check_name(name)
    if len(content.encode("utf-8", "replace")) > LONGEST_FILE:
        raise LawFileTooLong(where=name, limit=LONGEST_FILE // 1024)

    def write(candidate: Candidate) -> None:
        write_local(candidate, name, content)

    return propose(write, actor=actor, why=name, take=take, now=now)
