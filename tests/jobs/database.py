"""A database of a test's own, which other processes can reach: a file on SQLite, a fresh database on PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the environment of a fresh, migrated installation; its database ends with the block."""
    given = settings.DATABASES["default"]
    if given["ENGINE"].endswith("sqlite3"):
        with ready(folder, f"sqlite:///{folder / 'own.sqlite3'}") as environment:
            yield environment
        return
    server = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}"
    name = f"own_{uuid4().hex[:12]}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            with ready(folder, f"{server}/{name}") as environment:
                yield environment
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def ready(folder: Path, url: str) -> Iterator[dict[str, str]]:
    environment = os.environ | {
        "ZHIBAO_DATABASE_URL": url,
        "ZHIBAO_HOME": str(folder / "home"),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "zhibao.project.settings"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--verbosity", "0"],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    yield environment
