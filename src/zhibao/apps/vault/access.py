"""Who may keep and see evidence.

Knows organs and roles; of matters only that the app above tells whether a person may see or work on one.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from zhibao.apps.organs.access import Deed, can, require
from zhibao.apps.organs.models import Organ, Person
from zhibao.apps.vault.errors import ExhibitNotFound, SealingNotFound
from zhibao.apps.vault.models import Exhibit, Sealing


class MatterGate(Protocol):
    """What the app above answers: both raise when the answer is no."""

    def may_see(self, person: Person, matter_id: UUID, *, purpose: str, now: datetime) -> None:
        """Return when ``person`` may see the matter."""

    def may_work(self, person: Person, matter_id: UUID) -> None:
        """Return when ``person`` may add to the matter."""


_gate: list[MatterGate] = []


def set_matter_gate(gate: MatterGate) -> Callable[[], None]:
    """Put ``gate`` in front of all exhibits of matters; called once when the apps are ready. Returns how to take it back."""
    _gate.append(gate)

    def take_back() -> None:
        _gate.remove(gate)

    return take_back


def access_matter_for_keeping(person: Person, matter_id: UUID | None) -> None:
    """Raise unless ``person`` may add evidence to the matter (None: to their organ's own store)."""
    require(person, Deed.HANDLE, person.organ)
    if matter_id is not None:
        _the_gate().may_work(person, matter_id)


def access_exhibit(person: Person, exhibit_id: UUID, *, purpose: str = "", now: datetime) -> Exhibit:
    """Return the exhibit, if ``person`` may see it: its matter decides, or its organ where it has none."""
    exhibit = Exhibit.objects.select_related("blob", "organ", "by").filter(pk=exhibit_id).first()
    if exhibit is None:
        raise ExhibitNotFound
    if exhibit.matter_id is not None:
        _the_gate().may_see(person, exhibit.matter_id, purpose=purpose, now=now)
    elif not reads_store(person, exhibit.organ):
        raise ExhibitNotFound
    return exhibit


def access_sealing(person: Person, sealing_id: UUID, *, purpose: str = "", now: datetime) -> Sealing:
    """Return the seal, if ``person`` may see what was sealed: the matter decides, or the organ where there is none."""
    sealing = Sealing.objects.select_related("bundle", "by", "by__organ").filter(pk=sealing_id).first()
    if sealing is None:
        raise SealingNotFound
    if sealing.matter_id is not None:
        _the_gate().may_see(person, sealing.matter_id, purpose=purpose, now=now)
    elif not reads_store(person, sealing.by.organ):
        raise SealingNotFound
    return sealing


def reads_store(person: Person, organ: Organ) -> bool:
    """Return whether ``person`` may see what ``organ`` keeps outside any matter: those of that organ who read its matters."""
    return organ.pk == person.organ_id and can(person, Deed.READ, organ)


def _the_gate() -> MatterGate:
    if not _gate:
        raise ExhibitNotFound  # nobody can say who may see it, so nobody may
    return _gate[-1]
