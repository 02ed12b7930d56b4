"""Which numbers an import has met, on disk: a million of them would not fit the memory one import may take."""

import sqlite3


class SeenNumbers:
    """A private table that is gone when closed. SQLite keeps it in a temporary file and little of it in memory."""

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("BEGIN")
        self._base.execute(
            "CREATE TABLE seen (kind TEXT, number TEXT, row INTEGER, PRIMARY KEY (kind, number)) WITHOUT ROWID"
        )

    def first_row(self, kind: str, number: str, row: int) -> int | None:
        """Return in which earlier row a number stood, or None; then it is remembered."""
        if self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?, ?)", (kind, number, row)).rowcount:
            return None
        found = self._base.execute("SELECT row FROM seen WHERE kind = ? AND number = ?", (kind, number)).fetchone()
        return int(found[0])

    def close(self) -> None:
        """Give the table's space back."""
        self._base.close()
