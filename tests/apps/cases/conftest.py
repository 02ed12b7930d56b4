import pytest

from tests import factories
from zhibao.apps.cases.actions.open_matter import open_matter
from zhibao.apps.cases.actions.record_event import record_event


@pytest.fixture(autouse=True)
def _vault_folder(settings, tmp_path):
    settings.ZHIBAO_VAULT = tmp_path / "vault"
    settings.ZHIBAO_KEYS = tmp_path / "keys"


@pytest.fixture
def matter(handler, now):
    """An administrative matter whose clue came in today, opened by ``handler``."""
    right = factories.make_right()
    return open_matter(
        actor=handler, title="青釉坊茶具", place="360202", procedure="administrative", rights=[right], now=now
    )


@pytest.fixture
def proceeding(matter):
    return matter.proceedings.get()


@pytest.fixture
def tell(matter, proceeding, handler, now):
    """Record an event in the matter's first proceeding as ``handler``."""

    def tell(kind, at=None, data=None, *, actor=handler, expected_seq=None, when=None):
        moment = when or at or now
        return record_event(
            actor=actor,
            matter_id=matter.pk,
            proceeding_id=proceeding.pk,
            kind=kind,
            at=at or now,
            data=data or {},
            expected_seq=expected_seq,
            now=max(moment, now),
        )

    return tell
