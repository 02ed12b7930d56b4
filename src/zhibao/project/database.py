"""Database settings from a URL: SQLite for one machine, PostgreSQL for a province."""

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from zhibao.project.errors import BadDatabaseAddress


def database_from_url(url: str) -> dict[str, Any]:
    """Return Django's settings for ``sqlite:///path`` or ``postgres://user:password@host:port/name``.

    Raises BadDatabaseAddress. The address is not quoted there: it holds a password.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        raise BadDatabaseAddress(where="ZHIBAO_DATABASE_URL", scheme=url.partition(":")[0]) from None
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path[1:]) or ":memory:",
            # Writers queue at BEGIN instead of failing at the first write; FULL keeps what was acknowledged.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": _port(parts),
            # The statements of an append are planned once a connection. A pooler in between must keep sessions apart.
            "OPTIONS": {"prepare_threshold": 5},
        }
    raise BadDatabaseAddress(where="ZHIBAO_DATABASE_URL", scheme=parts.scheme)


def _port(parts: SplitResult) -> str:
    """Return the port as written; raises BadDatabaseAddress for one that is no port."""
    try:
        return str(parts.port or "")
    except ValueError:
        raise BadDatabaseAddress(where="ZHIBAO_DATABASE_URL", scheme=parts.scheme) from None
