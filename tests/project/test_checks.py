"""An installation for real cases does not start with anything meant for a trial."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from zhibao.project import checks
from zhibao.project.database import database_from_url

SAFE = {
    "PRODUCTION": True,
    "DEBUG": False,
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": ["zhibao.example.cn"],
    "ZHIBAO_TIMESTAMPS": "zhibao.gateways.timestamps.HttpTimestampAuthority",
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECOND_STEP_NEEDED": True,
    "ZHIBAO_LOG_ORIGIN": "zhibao.example.cn/log",
}


@pytest.fixture
def production(settings):
    for name, value in SAFE.items():
        setattr(settings, name, value)
    return settings


def test_safe_settings_pass(production):
    assert checks.production_is_safe(None) == []


@pytest.mark.parametrize(
    ("name", "value", "number"),
    [
        ("DEBUG", True, "E001"),
        ("SECRET_KEY", "short", "E002"),
        ("ALLOWED_HOSTS", ["*"], "E003"),
        ("ALLOWED_HOSTS", ["zhibao.example.cn", "localhost"], "E003"),
        ("ZHIBAO_TIMESTAMPS", "zhibao.gateways.timestamps.NullTimestampAuthority", "E004"),
        ("ZHIBAO_TIMESTAMPS", "zhibao.gateways.timestamps.LocalTimestampAuthority", "E004"),
        ("CSRF_COOKIE_SECURE", False, "E005"),
        ("SECOND_STEP_NEEDED", False, "E006"),
        ("ZHIBAO_LOG_ORIGIN", "zhibao.local/log", "E007"),
    ],
)
def test_each_setting_of_a_trial_is_refused(production, name, value, number):
    setattr(production, name, value)
    found = checks.production_is_safe(None)
    assert [message.id for message in found] == [f"zhibao.{number}"]
    assert found[0].hint


def test_a_trial_is_left_alone(settings):
    assert settings.PRODUCTION is False
    assert checks.production_is_safe(None) == []


def start(tmp_path, **environment):
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import zhibao.project.settings as s; print(s.SECRET_KEY, s.SESSION_COOKIE_SECURE, s.SECURE_HSTS_SECONDS)",
        ],
        env={"PATH": "/usr/bin", "ZHIBAO_HOME": str(tmp_path / "home"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_without_a_secret_key_does_not_start(tmp_path):
    refused = start(tmp_path, ZHIBAO_PRODUCTION="1")
    assert refused.returncode
    assert "ZHIBAO_SECRET_KEY" in refused.stderr
    assert start(tmp_path, ZHIBAO_PRODUCTION="1", ZHIBAO_SECRET_KEY="k" * 50).stdout.split() == [
        "k" * 50,
        "True",
        "31536000",
    ]


def test_a_trial_makes_its_key_once(tmp_path):
    first, second = start(tmp_path), start(tmp_path)
    assert first.stdout == second.stdout
    assert len(first.stdout.split()[0]) == 64
    assert (tmp_path / "home" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_database_urls():
    assert database_from_url("sqlite:////srv/zhibao%20a.sqlite3")["NAME"] == "/srv/zhibao a.sqlite3"
    found = database_from_url("postgres://zb:p%40ss@db.example:5433/zhibao")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "zb",
        "p@ss",
        "db.example",
        "5433",
        "zhibao",
    )
    with pytest.raises(ImproperlyConfigured, match="oracle"):
        database_from_url("oracle://x")
