"""A law pack with one invented law on top of the national one, and people who work on the law."""

from pathlib import Path

import pytest

from tests import factories
from tests.apps.library import statutes
from tests.conftest import one_of
from zhibao.apps.organs.models import Role

law_officer = one_of("province_agency", Role.LAW_OFFICER, "law-officer", name_zh="周衡", name_en="Zhou Heng")


@pytest.fixture(scope="session")
def tea_pack(tmp_path_factory) -> Path:
    """The folder of the invented layer."""
    return statutes.write_layer(tmp_path_factory.mktemp("tea"))


@pytest.fixture(scope="session")
def product_packs(tmp_path_factory) -> tuple[Path, ...]:
    """The product's packs."""
    return statutes.copy_packs(tmp_path_factory.mktemp("product"))


@pytest.fixture(autouse=True)
def law(settings, tmp_path, product_packs, tea_pack):
    """An installation of its own whose packs are the product's with the invented layer on top."""
    settings.HOME = tmp_path
    settings.ZHIBAO_VAULT, settings.ZHIBAO_KEYS = tmp_path / "vault", tmp_path / "keys"
    settings.ZHIBAO_LAW = (*product_packs, tea_pack)


@pytest.fixture
def county_officer(county_agency):
    """A law officer below the top: may try changes, not take them into use."""
    return factories.make_person(county_agency, Role.LAW_OFFICER, username="county-law")


@pytest.fixture
def bring_in(law_officer, now):
    """Import a text as the law officer."""
    from zhibao.apps.library.actions.import_text import import_text

    def bring_in(text, name="茶叶标识法.md", **more):
        raw = text if isinstance(text, bytes) else text.encode()
        return import_text(actor=law_officer, raw=raw, name=name, now=now, **more)

    return bring_in


@pytest.fixture
def both(bring_in):
    """Both versions of the invented law."""
    return bring_in(statutes.OLD, "old.md").text, bring_in(statutes.NEW, "new.md").text
