"""Run a command beside a private PostgreSQL that lives only as long as the command.

    python scripts/with_postgres.py -- pytest tests/apps

The cluster is made in a temporary folder, listens on a socket and a free local port, and is thrown away at the end.
ZHIBAO_DATABASE_URL names it to the command. PostgreSQL refuses to run as root, so root hands it to the account
`postgres` (or `nobody`). Exit code: the command's own; 75 where PostgreSQL is not installed.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

ABSENT = 75  # EX_TEMPFAIL
NAME = "zhibao"
# A database for tests: what a power cut would lose is thrown away anyway.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL on this machine, or None."""
    found = [Path(name).resolve().parent for name in [shutil.which("initdb")] if name]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists()), None)


def account() -> pwd.struct_passwd | None:
    """Return the account that must own the cluster, or None when the present one will do."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    return None


def run(owner: pwd.struct_passwd | None, *command: str | Path) -> None:
    """Run a PostgreSQL program as the cluster's owner; its output is shown only when it does not work."""
    done = subprocess.run(
        [str(part) for part in command],
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
    )
    if done.returncode:
        raise SystemExit(
            f"PostgreSQL: {Path(command[0]).name} stopped with {done.returncode}:\n{done.stdout}{done.stderr}"
        )


def free_port() -> int:
    """Return a port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(arguments: list[str]) -> int:
    """Start the cluster, run the command, stop the cluster."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        raise SystemExit(__doc__)
    binaries = programs()
    if binaries is None:
        print("PostgreSQL is not installed on this machine.", file=sys.stderr)
        return ABSENT
    owner = account()
    folder = Path(tempfile.mkdtemp(prefix="zhibao-pg-"))
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data, port = folder / "data", free_port()
    # SIGTERM must end the cluster too, not only the command.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        run(
            owner,
            binaries / "initdb",
            "-D",
            data,
            "-U",
            NAME,
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-A",
            "trust",
            "--no-sync",
        )
        options = f"-p {port} -k {folder} -h 127.0.0.1 " + " ".join(f"-c {option}" for option in QUICK)
        run(owner, binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
        try:
            run(owner, binaries / "createdb", "-h", folder, "-p", str(port), "-U", NAME, NAME)
            url = f"postgres://{NAME}@127.0.0.1:{port}/{NAME}"
            return subprocess.run(command, env={**os.environ, "ZHIBAO_DATABASE_URL": url}, check=False).returncode
        finally:
            run(owner, binaries / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
