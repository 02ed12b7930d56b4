"""Seal exhibits into a bundle."""

from uuid import UUID

from zhibao.apps.vault.actions.seal_exhibits import seal_exhibits
from zhibao.apps.vault.models import Sealing
from zhibao.apps.vault.queries import sealings_with
from zhibao.apps.work.kinds import Json
from zhibao.jobs.errors import NobodyAsked
from zhibao.jobs.hold import Hold


def seal(hold: Hold) -> Json:
    """Seal the exhibits of ``data.exhibits``, those of ``data.withheld`` by their digests only.

    A job done again after its worker died finds the bundle it made and does not seal twice.
    """
    if hold.asked_by is None:
        raise NobodyAsked(where="seal")
    wanted = [UUID(key) for key in hold.data["exhibits"]]
    made = sealings_with(wanted, by=hold.asked_by, since=hold.asked_at)
    if made:
        return _told(made[0])
    withheld = [UUID(key) for key in hold.data.get("withheld", [])]
    return _told(seal_exhibits(actor=hold.asked_by, exhibit_ids=wanted, withheld=withheld, now=hold.now))


def _told(sealing: Sealing) -> Json:
    return {"sealing": str(sealing.pk), "bundle": sealing.bundle_id, "tree_size": sealing.tree_size}
