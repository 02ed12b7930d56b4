"""Kill what records, again and again, and look whether anything acknowledged is gone.

    python benchmarks/kill_rounds.py [--rounds 100] [--database sqlite|postgresql] [--seed N]

A round: three processes of six threads append through the writer's queue, through the usual door with its lists, and as
imports. Whatever is acknowledged to them they write to a file outside the database. At a moment nobody chose all are
killed with SIGKILL; on PostgreSQL in every third round the server itself too, postmaster and all its processes. Then the
record is read: every acknowledged event must stand with its number and hash, every chain must be whole to its head, and
after a sweep the lists must be what the events give.

SIGKILL is not a power cut: that nothing is lost there rests on synchronous=FULL and fsync, which are on, and is not
tested here. Results go to ``benchmarks/results/kill_rounds.json``; the exit code is 1 if anything was lost or broken.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from measured import NOW, RESULTS, ROOT, Docket, about, set_up, with_postgres

PROCESSES, THREADS = 3, 6
MATTERS = 60
LONGEST = 60.0  # seconds a process may live if nobody kills it


@dataclass
class Tally:
    """What all rounds on one database came to."""

    rounds: int = 0
    server_killed: int = 0
    acknowledged: int = 0
    lost: int = 0
    recorded: int = 0
    broken_chains: int = 0
    lists_behind: int = 0
    lists_wrong_after_sweep: int = 0
    seconds: float = 0
    by_round: list[dict] = field(default_factory=list)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=100)
    options.add_argument("--database", choices=["sqlite", "postgresql"])
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--to", type=Path, default=RESULTS / "kill_rounds.json")
    chosen = options.parse_args()
    if chosen.database is None:
        sys.exit(on_both(chosen))
    with tempfile.TemporaryDirectory(prefix="zhibao-kill-") as folder:
        Path(folder).chmod(0o755)
        os.environ["ZHIBAO_HOME"] = folder
        place = on_sqlite if chosen.database == "sqlite" else on_postgres
        with place(folder) as kill_server:
            tally = run(chosen.rounds, random.Random(chosen.seed), Path(folder), kill_server)
    keep(chosen.to, chosen.database, tally)
    print(
        f"{chosen.database}: " + ", ".join(f"{name} {one}" for name, one in vars(tally).items() if name != "by_round")
    )
    sys.exit(1 if tally.lost or tally.broken_chains or tally.lists_wrong_after_sweep else 0)


def on_both(chosen: argparse.Namespace) -> int:
    """Each database in a process of its own, because settings are read once."""
    ended = 0
    for name in ("sqlite", "postgresql"):
        if name == "postgresql" and with_postgres().programs() is None:
            print("postgresql: not installed here, not tried", file=sys.stderr)
            continue
        options = ["--rounds", str(chosen.rounds), "--seed", str(chosen.seed), "--to", str(chosen.to)]
        ended |= os.spawnl(os.P_WAIT, sys.executable, sys.executable, __file__, "--database", name, *options)
    return ended


def keep(path: Path, database: str, tally: Tally) -> None:
    document = json.loads(path.read_text()) if path.exists() else {}
    document[database] = about() | vars(tally)
    path.write_text(json.dumps(document, indent=1) + "\n")


@contextmanager
def on_sqlite(folder: str) -> Iterator[Callable[[], None] | None]:
    os.environ["ZHIBAO_DATABASE_URL"] = f"sqlite:///{folder}/kill.sqlite3"
    yield None


@contextmanager
def on_postgres(folder: str) -> Iterator[Callable[[], None] | None]:
    """Keep a cluster of our own and yield what kills it outright and starts it again."""
    keeper = with_postgres()
    binaries, owner, port = keeper.programs(), keeper.account(), keeper.free_port()
    home = Path(folder) / "pg"
    home.mkdir()
    if owner:
        os.chown(home, owner.pw_uid, owner.pw_gid)
    data = home / "data"
    control = (binaries / "pg_ctl", "-D", data, "-l", home / "log", "-w")
    settings = " ".join(f"-c {one}" for one in keeper.QUICK)

    def start() -> None:
        """Start the server; it refuses while the last of those killed still lets go of the shared memory, so ask again."""
        for attempt in range(10):
            try:
                keeper.run(owner, *control, "-o", f"-p {port} -k {home} -h 127.0.0.1 {settings}", "start")
            except SystemExit:
                if attempt == 9:
                    print((home / "log").read_text()[-3000:], file=sys.stderr)
                    raise
                time.sleep(1)
            else:
                return

    def kill() -> None:
        postmaster = int((data / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGSTOP)  # it must not start another process while its own are counted
        everybody = (postmaster, *children(postmaster))
        for pid in everybody:
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + LONGEST
        while any(is_running(pid) for pid in everybody) and time.monotonic() < until:
            time.sleep(0.02)
        start()

    keeper.run(owner, binaries / "initdb", "-D", data, "-U", "zhibao", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
    start()
    try:
        keeper.run(owner, binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "zhibao", "zhibao")
        os.environ["ZHIBAO_DATABASE_URL"] = f"postgres://zhibao@127.0.0.1:{port}/zhibao"
        yield kill
    finally:
        with suppress(SystemExit):  # whatever went wrong before is to be told, not this
            keeper.run(owner, *control, "-m", "immediate", "stop")


def state_of(pid: int | str) -> tuple[str, int] | None:
    """Return a process's state and parent, None where it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[0], int(fields[1])


def is_running(pid: int) -> bool:
    state = state_of(pid)
    return state is not None and state[0] != "Z"


def children(parent: int) -> list[int]:
    found = ((int(path.name), state_of(path.name)) for path in Path("/proc").glob("[0-9]*"))
    return [pid for pid, state in found if state is not None and state[1] == parent and state[0] != "Z"]


def run(rounds: int, chance: random.Random, folder: Path, kill_server: Callable[[], None] | None) -> Tally:
    set_up()
    from django.db import connections  # noqa: PLC0415  # after django.setup

    docket = Docket(MATTERS)
    tally = Tally()
    began = time.monotonic()
    known = {matter.pk: 10 for matter in docket.matters}
    for number in range(1, rounds + 1):
        connections.close_all()
        logs = folder / f"acks-{number}"
        logs.mkdir()
        pids = [appender(docket, logs, number * PROCESSES + place) for place in range(PROCESSES)]
        wait_for_first(logs)
        time.sleep(chance.uniform(0.05, 0.7))
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        if kill_server and number % 3 == 0:
            kill_server()
            tally.server_killed += 1
        for pid in pids:
            os.waitpid(pid, 0)
        wait_for_the_last()
        one = {"round": number} | look(logs, known, is_last=number == rounds)
        tally.by_round.append(one)
        print(json.dumps(one), file=sys.stderr, flush=True)
    tally.rounds, tally.seconds = rounds, round(time.monotonic() - began, 1)
    for name in ("acknowledged", "lost", "recorded", "broken_chains", "lists_behind", "lists_wrong_after_sweep"):
        setattr(tally, name, sum(one[name] for one in tally.by_round))
    return tally


def wait_for_first(logs: Path) -> None:
    """Wait until every process had something acknowledged: killing what has not begun shows nothing."""
    until = time.monotonic() + LONGEST
    while sum(path.stat().st_size > 0 for path in logs.iterdir()) < PROCESSES:
        if time.monotonic() > until:
            raise SystemExit(f"nothing was acknowledged in {LONGEST} seconds")
        time.sleep(0.01)


def wait_for_the_last() -> None:
    """Wait until nobody else is at the database: PostgreSQL's processes finish what a killed client had sent them."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(others)
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.02)


def appender(docket: Docket, logs: Path, seed: int) -> int:
    """Start a process that appends until it is killed; return its id."""
    pid = os.fork()
    if pid:
        return pid
    log = os.open(logs / f"{os.getpid()}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    threads = [
        threading.Thread(target=appending, args=(docket, log, random.Random(seed * 100 + place)), daemon=True)
        for place in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(LONGEST)
    os._exit(3)


def appending(docket: Docket, log: int, chance: random.Random) -> None:
    """Append one way or another, and write down what is acknowledged: one ``write`` a line, so that none is torn."""
    from django.db import DatabaseError, InterfaceError  # noqa: PLC0415

    ways = [through_queue, through_door, through_door, several_steps, bring_in]
    while True:
        try:
            lines = chance.choices(ways, weights=[8, 4, 4, 3, 1])[0](docket, chance)
        except (DatabaseError, InterfaceError):  # the server was killed under us: not acknowledged
            time.sleep(0.05)
            continue
        os.write(log, "".join(f"{line}\n" for line in lines).encode())


def noted(docket: Docket, chance: random.Random, count: int = 1) -> tuple:
    """A matter, by preference one of a few that everybody records in, and notes for it."""
    place = chance.choice([chance.randrange(MATTERS), chance.randrange(3)])
    proceeding = docket.proceedings[place]
    steps = [docket.step(proceeding, "note-added", NOW, {"text": f"{chance.random()}"}) for _ in range(count)]
    return docket.matters[place].pk, tuple(steps)


def through_queue(docket: Docket, chance: random.Random) -> list[str]:
    from zhibao.apps.cases.store.batch import Order  # noqa: PLC0415
    from zhibao.apps.cases.store.writer import writer  # noqa: PLC0415

    matter, steps = noted(docket, chance)
    settled = writer.submit(Order(matter, steps, docket.handler, NOW)).wait()
    if settled.error:
        raise settled.error
    return told(matter, settled.recorded[-1:])


def through_door(docket: Docket, chance: random.Random, count: int = 1) -> list[str]:
    from zhibao.apps.cases.store.appending import append  # noqa: PLC0415

    matter, steps = noted(docket, chance, count)
    return told(matter, append(matter_id=matter, steps=steps, actor=docket.handler, now=NOW))


def several_steps(docket: Docket, chance: random.Random) -> list[str]:
    return through_door(docket, chance, 3)


def told(matter: UUID, events) -> list[str]:
    return [f"{matter} {event.seq} {event.hash}" for event in events]


def bring_in(docket: Docket, _chance: random.Random) -> list[str]:
    """Import a matter of three events; it is acknowledged by coming back."""
    from zhibao.apps.cases.actions.append_many import append_many  # noqa: PLC0415
    from zhibao.apps.cases.incoming import IncomingEvent, IncomingMatter, IncomingProceeding  # noqa: PLC0415

    organ = docket.handler.organ_id
    own = IncomingProceeding("administrative", organ, NOW)
    kinds = (
        ("proceeding-opened", {"procedure": "administrative", "organ": organ}),
        ("clue-received", {}),
        ("filed", {}),
    )
    events = tuple(IncomingEvent(own.id, kind, NOW, docket.handler.username, data) for kind, data in kinds)
    matter = IncomingMatter("y", "360202", NOW, (own,), events)
    brought = append_many(actor=docket.admin, matters=[matter], now=NOW)
    if brought.refused:
        raise brought.refused[0].error
    return [f"{matter.id} {len(events)} -"]


def look(logs: Path, known: dict[UUID, int], *, is_last: bool) -> dict[str, int]:
    """Read the record after a kill and count what is not as it should be."""
    from django.db.models import F  # noqa: PLC0415

    from zhibao.apps.cases import queries  # noqa: PLC0415
    from zhibao.apps.cases.actions.rebuild_projections import rebuild_projections  # noqa: PLC0415
    from zhibao.apps.cases.actions.sweep import sweep  # noqa: PLC0415
    from zhibao.apps.cases.models import Event, Matter  # noqa: PLC0415

    acknowledged = [line.split(" ") for path in logs.iterdir() for line in path.read_text().splitlines()]
    heads = {matter.pk: matter for matter in Matter.objects.all()}
    moved = [matter for key, matter in heads.items() if known.get(key, 0) != matter.head_seq or is_last]
    recorded = sum(heads[key].head_seq - known.get(key, 0) for key in heads)
    standing = {(str(one.matter_id), one.seq): one.hash for one in Event.objects.filter(matter__in=moved)}
    lost = [one for one in acknowledged if standing.get((one[0], int(one[1]))) not in {one[2], *matched(one, standing)}]
    broken = [matter.number for matter in moved if queries.chain_of(matter)]
    behind = Matter.objects.exclude(derived_seq=F("head_seq")).count()
    sweep(now=NOW)
    wrong = Matter.objects.exclude(derived_seq=F("head_seq")).count()
    if is_last:
        wrong += rebuild_projections(now=NOW).changed
    known.update({key: matter.head_seq for key, matter in heads.items()})
    return {
        "acknowledged": len(acknowledged),
        "lost": len(lost),
        "recorded": recorded,
        "broken_chains": len(broken),
        "lists_behind": behind,
        "lists_wrong_after_sweep": wrong,
    }


def matched(line: list[str], standing: dict) -> set[str | None]:
    """An import tells no hash: what stands there is it, if anything does."""
    found = standing.get((line[0], int(line[1])))
    return {found} if line[2] == "-" and found else set()


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
