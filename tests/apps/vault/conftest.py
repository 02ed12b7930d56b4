import pytest


@pytest.fixture(autouse=True)
def _vault_folder(settings, tmp_path):
    settings.ZHIBAO_VAULT = tmp_path / "vault"
    settings.ZHIBAO_KEYS = tmp_path / "keys"
