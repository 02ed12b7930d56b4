"""Run the tests on one database, with coverage floors, and say in one line what could not be run here.

`run_tests.py sqlite` runs everything on SQLite, the browser tests too where Chromium is installed, and holds the
coverage floors: every line of the ground floor, nine in ten above. `run_tests.py postgres` runs again what touches a
database, on a private PostgreSQL. With ZHIBAO_REFUSE_SKIPS=1 (set by .ci/run) a missing part is a failure.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUND = ("kernel", "rules", "docket", "evidence", "matching")
DATABASE_TESTS = ("tests/apps", "tests/api", "tests/jobs", "tests/web", "tests/cli")
STRICT = os.environ.get("ZHIBAO_REFUSE_SKIPS") == "1"
PG_ABSENT = 75


def run(*command: str) -> int:
    """Run a command of this environment in the checkout and return its exit code."""
    return subprocess.run([sys.executable, *command], cwd=ROOT, check=False).returncode


def absent(what: str) -> int:
    """Say in one line what is not tested here; under CI that is a failure."""
    print(f"NOT TESTED HERE: {what}")
    return 1 if STRICT else 0


def coverage_floors() -> int:
    """Check 100 % of lines on the ground floor and 90 % above."""
    ground = ",".join(f"src/zhibao/{room}/*" for room in GROUND)
    quiet = ("--skip-covered", "--show-missing")
    return run("-m", "coverage", "report", *quiet, f"--include={ground}", "--fail-under=100") or run(
        "-m", "coverage", "report", *quiet, f"--omit={ground},*/migrations/*", "--fail-under=90"
    )


def on_sqlite() -> int:
    """Run all tests on SQLite and hold the coverage floors."""
    code = run("-m", "pytest", "-n", "2", "--cov", "--cov-report=")
    if code == 0:
        code = coverage_floors()
    if shutil.which("chromium") is None:
        code = code or absent("pages in a browser (no chromium on this machine)")
    return code


def on_postgres() -> int:
    """Run the database tests on a private PostgreSQL cluster."""
    code = run("scripts/with_postgres.py", "--", sys.executable, "-m", "pytest", "-n", "2", *DATABASE_TESTS)
    return absent("PostgreSQL (not installed on this machine)") if code == PG_ABSENT else code


if __name__ == "__main__":
    sys.exit({"sqlite": on_sqlite, "postgres": on_postgres}[sys.argv[1]]())
