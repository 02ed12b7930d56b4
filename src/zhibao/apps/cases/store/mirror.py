"""A mirror of all events as columns on disk, for questions asked of every matter at once.

Knows how far it has read (a watermark) and reads on from there; can be dropped at any time and is then built again. Its
folder is named by the law pack and the encoding, so that one of another law is never read.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db.models import Max

from zhibao.apps.cases.models import Event, Matter
from zhibao.apps.cases.store.column_files import ColumnFiles, one_at_a_time
from zhibao.apps.cases.store.mirror_ids import places_of
from zhibao.apps.cases.store.mirror_rows import rows_of_many
from zhibao.apps.cases.store.record import events_of_many
from zhibao.docket.columns.encoding import NOTHING, Encoding, Signature
from zhibao.docket.columns.events import EXTRA_TYPES, PLACE_TYPES, STEP_TYPES, EventColumns, Gatherer, NotPlainError
from zhibao.docket.columns.limits import tables_of
from zhibao.docket.columns.tables import FIRST_FIELD, Extras, Places, Steps
from zhibao.docket.errors import EventFault
from zhibao.docket.events import Event as DocketEvent
from zhibao.docket.timeline import timeline
from zhibao.rules.pack import Pack

BATCH = 500  # matters read at once
# On PostgreSQL a transaction may commit behind one with a later event id. A number missing among the ids read may still come
# in this time; after it, it was given back.
GRACE = timedelta(hours=1)
BLOCKS = {"matter": np.int32, "begin": np.int64, "end": np.int64, "seq": np.int32}
Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Caught:
    """What catching up did: matters read anew, events written, and whether everything had to be built from nothing."""

    matters: int
    events: int
    built: bool


class Mirror:
    """The mirror of the events under one law pack."""

    def __init__(self, pack: Pack, folder: Path | None = None) -> None:
        """``folder``: where mirrors are kept; by default ``settings.ZHIBAO_MIRROR``."""
        self.encoding: Encoding = tables_of(pack.deadlines).encoding
        self.kept = folder or Path(settings.ZHIBAO_MIRROR)
        self.files = ColumnFiles(self.kept / f"{pack.hash[:16]}-{self.encoding.hash[:16]}", _types(self.encoding))
        self._manifest: dict[str, Any] = {}

    def catch_up(self, *, now: datetime, progress: Progress | None = None) -> Caught:
        """Read what was recorded since the last time, matter by matter; build everything where nothing good is there."""
        with one_at_a_time(self.kept):
            found = self.files.manifest()
            if found is None:
                return self._build(progress)
            self._manifest = found
            if found["last"] != _hash_of(found["watermark"]) or found["events"] > 2 * max(found["living"], BATCH):
                return self._build(progress)  # of another database, or more than half of it is superseded
            changed, known, mark = self._changed(now)
            written = self._write_all(changed, known, progress, len(changed))
            self._commit(mark)
            return Caught(len(changed), written, built=False)

    def columns(self) -> EventColumns:
        """Return all events as of the last ``catch_up``, mapped from disk. Raises LookupError where there is no good mirror."""
        found = self.files.manifest()
        if found is None:
            raise LookupError("there is no mirror of the events yet")
        lengths = found["lengths"]

        def read(group: str, fields: Sequence[str]) -> Iterator[npt.NDArray[Any]]:
            return (self.files.read(f"{group}.{name}", lengths) for name in fields)

        blocks = dict(zip(BLOCKS, read("blocks", list(BLOCKS)), strict=True))
        begins, ends = (np.zeros(lengths["matters"], dtype=np.int64) for _ in range(2))
        # A matter's last block counts: where a number stands twice, numpy keeps what comes last.
        begins[blocks["matter"]], ends[blocks["matter"]] = blocks["begin"], blocks["end"]
        return EventColumns(
            Steps(*read("steps", Steps._fields)),
            Extras(*read("extras", Extras._fields)),
            Places(*read("places", Places._fields)),
            begins,
            ends,
            tuple(Signature(kind, heard) for kind, heard in found["signatures"]),
            tuple(found["procedures"]),
            tuple(found["organs"]),
            self.encoding,
        )

    def matter_ids(self) -> list[UUID]:
        """Return the id of each matter, in the order of the columns."""
        found = self.files.manifest()
        ids = self.files.read("matters.id", {"matters": 0} if found is None else found["lengths"])
        return [UUID(bytes=bytes(one)) for one in ids]

    # --- writing ------------------------------------------------------------------------------------------------------

    def _build(self, progress: Progress | None) -> Caught:
        """Read every matter; mirrors of other laws are dropped."""
        for other in self.kept.iterdir():
            if other.is_dir() and other != self.files.folder:
                shutil.rmtree(other)
        self.begin()
        mark = Event.objects.aggregate(last=Max("pk"))["last"] or 0
        total = Matter.objects.count()
        ids = Matter.objects.filter(head_seq__gt=0).order_by("pk").values_list("pk", flat=True)
        written = self._write_all(ids.iterator(chunk_size=BATCH * 4), {}, progress, total)
        self._commit(mark)
        return Caught(self._manifest["lengths"]["matters"], written, built=True)

    def begin(self) -> None:
        """Begin with no matter at all."""
        self.files.clear()
        groups = ("steps", "extras", "places", "blocks", "matters")
        self._manifest = {
            "lengths": dict.fromkeys(groups, 0), "signatures": [list(NOTHING)], "procedures": [], "organs": [],
            "watermark": 0, "events": 0, "living": 0, "unreadable": 0, "last": "",
        }  # fmt: skip

    def _changed(self, now: datetime) -> tuple[list[UUID], Mapping[UUID, int], int]:
        """Return the matters with events behind the watermark that the mirror does not hold yet, the numbers of those it has
        an older state of, and the new watermark.
        """
        mark: int = self._manifest["watermark"]
        rows = list(
            Event.objects.filter(pk__gt=mark).order_by("pk").values_list("pk", "matter_id", "recorded_at", "seq")
        )
        for pk, _matter, recorded_at, _seq in rows:
            if pk != mark + 1 and recorded_at > now - GRACE:
                break
            mark = pk
        # Events of one matter are recorded one after the other, so the last one read is its head.
        heads = {matter: seq for _pk, matter, _at, seq in rows}
        lengths = self._manifest["lengths"]
        known = places_of(heads, self.files.read("matters.id", lengths))
        seqs = np.zeros(lengths["matters"], dtype=np.int32)
        seqs[self.files.read("blocks.matter", lengths)] = self.files.read("blocks.seq", lengths)
        return sorted(one for one in heads if one not in known or seqs[known[one]] != heads[one]), known, mark

    def _write_all(
        self, matters: Iterable[UUID], known: Mapping[UUID, int], progress: Progress | None, total: int
    ) -> int:
        """Write the matters batch by batch. ``known``: the numbers of those that were mirrored before."""
        gatherer = Gatherer(
            self.encoding,
            signatures=[Signature(kind, heard) for kind, heard in self._manifest["signatures"]],
            procedures=self._manifest["procedures"],
            organs=self._manifest["organs"],
        )
        written = done = 0
        left = iter(matters)
        while batch := list(islice(left, BATCH)):
            written += self._write(batch, known, gatherer)
            done += len(batch)
            if progress is not None:
                progress(done, total)
        return written

    def _write(self, batch: Sequence[UUID], known: Mapping[UUID, int], gatherer: Gatherer) -> int:
        """Write the events of these matters as new blocks behind the old ones."""
        seqs = self._gather(gatherer, batch)
        part, lengths = gatherer.columns(), self._manifest["lengths"]
        fresh = [matter for matter in batch if matter not in known]
        numbers = {matter: known[matter] for matter in batch if matter in known} | {
            matter: lengths["matters"] + place for place, matter in enumerate(fresh)
        }
        base = lengths["steps"]
        parts: dict[str, npt.NDArray[Any]] = {
            **{f"steps.{name}": column for name, column in _shifted(part, lengths)._asdict().items()},
            # Row 0 says nothing and stands once at the head of the whole column.
            **{f"extras.{k}": v if not lengths["extras"] else v[1:] for k, v in part.extras._asdict().items()},
            **{f"places.{name}": column for name, column in part.places._asdict().items()},
            "blocks.matter": np.array([numbers[matter] for matter in seqs]),
            "blocks.begin": part.begins + base,
            "blocks.end": part.ends + base,
            "blocks.seq": np.array(list(seqs.values())),
            "matters.id": np.array([list(matter.bytes) for matter in fresh], dtype=np.uint8).reshape(-1, 16),
        }
        self._manifest["lengths"] = self.files.append(parts, lengths)
        self._manifest["signatures"] = [list(one) for one in part.signatures]
        self._manifest["procedures"], self._manifest["organs"] = list(part.procedures), list(part.organs)
        return len(part.steps.code)

    def _gather(self, gatherer: Gatherer, batch: Sequence[UUID]) -> dict[UUID, int]:
        """Gather the matters: from their rows, or as the docket reads them where that takes more than rows.

        Return in the order gathered the number of the last event of each.
        """
        read, procedures = rows_of_many(batch)
        seqs: dict[UUID, int] = {}
        for matter, found in read.items():
            with suppress(NotPlainError):
                gatherer.add_rows(found.rows, procedures)
                seqs[matter] = found.seq
        odd = [matter for matter in batch if matter not in seqs]
        for matter, events in (events_of_many(odd) if odd else {}).items():
            self._add(gatherer, events)
            seqs[matter] = events[-1].seq
        return seqs

    def _add(self, gatherer: Gatherer, events: Sequence[DocketEvent]) -> None:
        """Gather one matter; one that the docket cannot read has no clocks, and is counted."""
        try:
            gatherer.add(timeline(events))
        except EventFault:
            self._manifest["unreadable"] += 1
            gatherer.add(())

    def _commit(self, mark: int) -> None:
        lengths = self._manifest["lengths"]
        matters = self.files.read("blocks.matter", lengths)
        sizes = np.zeros(lengths["matters"], dtype=np.int64)
        sizes[matters] = self.files.read("blocks.end", lengths) - self.files.read("blocks.begin", lengths)
        marked = {"watermark": mark, "last": _hash_of(mark)}
        self._manifest |= {**marked, "events": lengths["steps"], "living": int(sizes.sum())}
        self.files.commit(self._manifest)


def _hash_of(event: int) -> str:
    """Return the hash of the event with that id: a mirror of another database does not know it."""
    return Event.objects.filter(pk=event).values_list("hash", flat=True).first() or ""


def _shifted(part: EventColumns, lengths: Mapping[str, int]) -> Steps:
    """Return the events with their rows of extras and places counted from the beginning of the whole columns."""
    steps = part.steps
    extra = np.where(steps.extra > 0, steps.extra + max(lengths["extras"] - 1, 0), 0)
    return steps._replace(extra=extra, place=steps.place + lengths["places"])


def _types(encoding: Encoding) -> dict[str, tuple[str, int]]:
    """Return type and width of every column."""
    width = {"days": FIRST_FIELD + len(encoding.columns)}
    groups = (
        ("steps", Steps._fields, STEP_TYPES),
        ("extras", Extras._fields, EXTRA_TYPES),
        ("places", Places._fields, PLACE_TYPES),
    )
    types = {
        f"{group}.{name}": (np.dtype(kind).str, width.get(name, 1))
        for group, names, kinds in groups
        for name, kind in zip(names, kinds, strict=True)
    }
    blocks = {f"blocks.{name}": (np.dtype(kind).str, 1) for name, kind in BLOCKS.items()}
    return {**types, **blocks, "matters.id": ("|u1", 16)}
