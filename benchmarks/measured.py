"""What the append benchmarks share: a database of each kind with its durability left on, matters to append to, a peer.

Not a benchmark itself.
"""

import importlib.util
import itertools
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
DATABASES = {"sqlite": "SQLite, WAL, synchronous=FULL", "postgresql": "PostgreSQL, fsync=on, synchronous_commit=on"}
# What an investigation records most, in turns; each is held against what stands before it.
KINDS = (
    ("note-added", {"text": "现场检查时店主在场，货架上有标注「青釉坊」的茶具十二套。"}),
    ("party-joined", {"party": "0b0f3c1e-5a43-4d4e-9d07-000000000001", "name": "青釉坊茶具店", "role": "suspect"}),
    ("exhibit-added", {"exhibit": "0b0f3c1e-5a43-4d4e-9d07-000000000002", "name": "货架照片.jpg", "sha256": "ab" * 32}),
    ("note-added", {"text": "已电话告知权利人到场辨认。"}),
)


def run_on_each(script: str, *options: str, databases: Iterable[str] = DATABASES) -> dict:
    """Run ``script --here`` beside a fresh database of each kind; return what each printed, absent ones left out."""
    runners = {"sqlite": on_sqlite, "postgresql": on_postgres}
    command = [sys.executable, str(Path(script).resolve()), "--here", *options]
    found = {name: runners[name](command) for name in databases}
    for name, result in found.items():
        if result is None:
            print(f"{name}: not installed here, not measured", file=sys.stderr)
    return {name: result for name, result in found.items() if result is not None}


def on_sqlite(command: list[str]) -> dict:
    with tempfile.TemporaryDirectory(prefix="zhibao-append-") as folder:
        env = os.environ | {"ZHIBAO_HOME": folder, "ZHIBAO_DATABASE_URL": f"sqlite:///{folder}/append.sqlite3"}
        return json.loads(subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True).stdout)


def with_postgres():
    """Return the script that keeps a private PostgreSQL, its durability left on, unlike for tests."""
    spec = importlib.util.spec_from_file_location("with_postgres", ROOT / "scripts" / "with_postgres.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.QUICK = ("fsync=on", "synchronous_commit=on", "max_connections=200")
    return module


def on_postgres(command: list[str]) -> dict | None:
    keeper = with_postgres()
    with tempfile.TemporaryDirectory(prefix="zhibao-append-") as folder:
        os.environ["ZHIBAO_HOME"] = folder
        out = Path(folder) / "result.json"
        ended = keeper.main(["--", "sh", "-c", f'exec "$@" > {out}', "sh", *command])
        if ended == keeper.ABSENT:
            return None
        if ended:
            raise SystemExit(ended)
        return json.loads(out.read_text())


def set_up() -> None:
    """Make this process a fresh installation in the database of ZHIBAO_DATABASE_URL."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "zhibao.project.settings"
    sys.path.insert(0, str(ROOT))
    import django  # noqa: PLC0415  # settings must be named first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0, skip_checks=True)


class Docket:
    """Matters to append to, each with ten events, and the next step of each in turn."""

    def __init__(self, matters: int = 100) -> None:
        from tests import factories  # noqa: PLC0415
        from zhibao.apps.cases.actions.open_matter import open_matter  # noqa: PLC0415
        from zhibao.apps.cases.actions.record_event import record_event  # noqa: PLC0415
        from zhibao.apps.cases.store.record import Step  # noqa: PLC0415

        self.step = Step
        organ = factories.make_organ()
        self.handler, self.admin = factories.make_person(organ), factories.make_person(organ, "admin")
        self.matters = [
            open_matter(actor=self.handler, title="x", place="360202", procedure="administrative", now=NOW)
            for _ in range(matters)
        ]
        self.proceedings = [matter.proceedings.get() for matter in self.matters]
        self._turn = itertools.count()
        for place, matter in enumerate(self.matters):
            for kind, data in (("filed", {}), *KINDS, *KINDS[:3]):
                record_event(
                    actor=self.handler,
                    matter_id=matter.pk,
                    proceeding_id=self.proceedings[place].pk,
                    kind=kind,
                    at=NOW,
                    data=data,
                    expected_seq=None,
                    now=NOW,
                )

    def next(self):
        """Return the next matter in turn, its proceeding, and what to record."""
        number = next(self._turn)
        place = number % len(self.matters)
        return self.matters[place], self.proceedings[place], *KINDS[number % len(KINDS)]


class Peer:
    """``eventsourcing`` in its own environment, as a process that does so many appends when asked."""

    def __init__(self, python: str | None) -> None:
        self.process = None
        if python is None:
            return
        script = str(ROOT / "benchmarks" / "peer_eventsourcing.py")
        self.process = subprocess.Popen([python, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.version = self._line()["version"]

    def _line(self) -> dict:
        return json.loads(self.process.stdout.readline())

    def ask(self, **what: object) -> list[float]:
        """Return the seconds each append took."""
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self._line()["seconds"]

    def close(self) -> None:
        if self.process:
            self.process.stdin.close()
            self.process.wait()


def peer_python(given: str | None) -> str | None:
    """Return a Python that has ``eventsourcing``: the one given, or this one if it has it; None where neither does."""
    if (
        given
        and subprocess.run([given, "-c", "import eventsourcing"], capture_output=True, check=False).returncode == 0
    ):
        return given
    if importlib.util.find_spec("eventsourcing"):
        return sys.executable
    print(
        "eventsourcing is not here (pip install zhibao[bench], or --peer PYTHON): measured without it", file=sys.stderr
    )
    return None


def about() -> dict:
    return {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load_at_start": round(os.getloadavg()[0], 1),
    }


def keep(name: str, document: dict, runs: int = 4) -> None:
    """Keep this run's results before those of the last few runs: on a shared machine one run says little."""
    path = RESULTS / f"{name}.json"
    before = json.loads(path.read_text()).get("runs", []) if path.exists() else []
    path.write_text(json.dumps({"runs": [document, *before][:runs]}, indent=1, ensure_ascii=False) + "\n")


def summary(walls: Iterable[float]) -> dict[str, float]:
    """Return rate and times in ms of single operations one after another."""
    ordered = sorted(walls)
    median = statistics.median(ordered)
    return {
        "per_second": round(1 / median),
        "median_ms": round(1000 * median, 3),
        "p99_ms": round(1000 * ordered[int(len(ordered) * 0.99)], 3),
    }


def spread(values: Iterable[float], digits: int = 2) -> dict[str, float]:
    """Return median and range."""
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), digits),
        "least": round(ordered[0], digits),
        "most": round(ordered[-1], digits),
    }


def alternated(sides: dict[str, Callable[[int], list[float]]], rounds: int, turn: int) -> dict[str, list[list[float]]]:
    """Let each side do ``turn`` operations in turn, ``rounds`` times, the order turning too; return the seconds by round."""
    taken: dict[str, list[list[float]]] = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            taken[name].append(sides[name](turn))
    return taken
