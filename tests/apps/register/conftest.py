"""Kinds of right without a law pack: what the register asks of it is their names."""

import pytest

from zhibao.kernel.labels import Label

KINDS = {
    "trademark": Label("注册商标", "registered trademark"),
    "patent-design": Label("外观设计专利", "design patent"),
    "copyright": Label("著作权", "copyright"),
}


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    for module in ("law", "actions.import_file", "actions.mend_rows"):
        monkeypatch.setattr(f"zhibao.apps.register.{module}.kinds_of_right", lambda: KINDS)
    return KINDS
