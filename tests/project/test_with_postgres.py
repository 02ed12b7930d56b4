"""The private PostgreSQL: it serves the command, its exit code is the command's, and nothing of it stays."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "with_postgres.py"
ASK = "import os, psycopg; print(*psycopg.connect(os.environ['ZHIBAO_DATABASE_URL']).execute('SHOW server_encoding').fetchone(), *psycopg.connect(os.environ['ZHIBAO_DATABASE_URL']).execute('SELECT datcollate FROM pg_database LIMIT 1').fetchone())"


def run(*command, **environment):
    return subprocess.run(
        [sys.executable, SCRIPT, *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def absent() -> bool:
    return run("--", sys.executable, "-c", "").returncode == 75


@pytest.mark.skipif(absent(), reason="PostgreSQL is not installed on this machine")
def test_the_command_finds_a_utf_8_database_and_gives_its_exit_code():
    # A folder of its own: others may run a cluster at the same time. Its path must be open to the account `postgres`.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        done = run("--", sys.executable, "-c", f"{ASK}; raise SystemExit(7)", TMPDIR=folder)
        assert (done.returncode, done.stdout.split()) == (7, ["UTF8", "C.UTF-8"]), done.stderr
        assert list(Path(folder).iterdir()) == []


def test_a_machine_without_postgresql_is_told_in_one_line():
    code = f"import sys, runpy; sys.argv = ['x', '--', 'true']; m = runpy.run_path({str(SCRIPT)!r}); m['main'].__globals__['programs'] = lambda: None; sys.exit(m['main'](['--', 'true']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (75, "PostgreSQL is not installed on this machine.\n")


def test_without_a_command_it_says_how_it_is_used():
    done = run("--")
    assert done.returncode == 1
    assert "with_postgres.py -- pytest" in done.stderr
