from datetime import datetime

import pytest

from zhibao.docket.events import Event
from zhibao.rules.load import load_pack


@pytest.fixture(scope="session")
def pack():
    return load_pack()


def moment(text: str) -> datetime:
    """Read 2026-09-28 (ten o'clock), 2026-09-28T09:30 or a full time; without an offset it is +08:00."""
    whole = text if "T" in text else f"{text}T10:00"
    return datetime.fromisoformat(whole if "+" in whole or whole.endswith("Z") else f"{whole}+08:00")


def event(kind: str, at: str, /, *, seq: int = 0, **data) -> Event:
    """An event of no proceeding; everything named is its data."""
    return Event(kind=kind, at=moment(at), data=data, seq=seq)
