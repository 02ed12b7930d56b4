"""What a bundle says it holds: manifest.json, and the record of each exhibit that goes into the log.

Knows the shape only. Reading is strict: an unknown key, a key twice or a value of another kind is refused.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhibao.evidence.custody import CustodyStep
from zhibao.evidence.digests import Algorithm, Digests
from zhibao.evidence.errors import BundleForm, BundleVersion
from zhibao.kernel.canonical import canonical_bytes

FORMAT, VERSION = "zhibao-bundle", 1
WITHHELD = "withheld"
MANIFEST, README, CHECKPOINT = "manifest.json", "README", "log/checkpoint"
LOG_KEY, LOG_KEY_PEM, TIME_KEYS = "keys/log.vkey", "keys/log.pem", "keys/timestamps.pem"

_STEP = {"seq": int, "kind": str, "at": str, "organ": str, "by": str, "note": str, "prev": str, "hash": str}
_ENTRY = {
    "number": int, "id": str, "name": str, "path": str, "size": int, "sha256": str, "sm3": str, "media_type": str,
    "origin": str, "captured_at": str, "custody": list,
}  # fmt: skip
_TOP = {
    "format": str, "version": int, "sealed_at": str, "log": str, "about": dict, "salt": str, "exhibits": list,
    "files": dict, "time": list,
}  # fmt: skip
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One exhibit of the bundle. ``path`` is where it lies in the zip, or "withheld"."""

    number: int
    id: str
    name: str
    path: str
    digests: Digests
    media_type: str
    origin: str
    captured_at: datetime
    custody: tuple[CustodyStep, ...]

    @property
    def withheld(self) -> bool:
        """Whether only the digests travel."""
        return self.path == WITHHELD


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole list. ``files`` are the SHA-256 of README and keys, ``time`` the stamps that must be there."""

    sealed_at: datetime
    log: str
    about: Mapping[str, str]
    salt: str
    exhibits: tuple[Entry, ...]
    files: Mapping[str, str]
    time: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Write it as people can read it; the digests in the log are over these bytes."""
        doc = {
            "format": FORMAT,
            "version": VERSION,
            "sealed_at": self.sealed_at.isoformat(),
            "log": self.log,
            "about": dict(self.about),
            "salt": self.salt,
            "exhibits": [_entry_json(entry) for entry in self.exhibits],
            "files": dict(self.files),
            "time": list(self.time),
        }
        return (json.dumps(doc, ensure_ascii=False, indent=2) + "\n").encode()

    def expected_names(self) -> set[str]:
        """Return the names of all files a bundle with this manifest has."""
        logged = {name for entry in self.exhibits for name in (record_name(entry.number), *proof_names(entry.number))}
        held = {entry.path for entry in self.exhibits if not entry.withheld}
        return {MANIFEST, CHECKPOINT, *logged, *held, *self.files, *self.time}


def record_name(number: int) -> str:
    """Return where the log record of an exhibit lies."""
    return f"log/{number}.leaf"


def proof_name(number: int, algorithm: Algorithm) -> str:
    """Return where the inclusion proof of an exhibit in one tree lies."""
    return f"log/{number}.{algorithm.value}.json"


def proof_names(number: int) -> tuple[str, ...]:
    """Return where both inclusion proofs of an exhibit lie."""
    return tuple(proof_name(number, algorithm) for algorithm in Algorithm)


def stamp_name(algorithm: Algorithm) -> str:
    """Return where the time stamp over the checkpoint's digest in that algorithm lies."""
    return f"time/{algorithm.value}.tsr"


def log_record(entry: Entry, sealed_at: datetime, manifest: Digests) -> bytes:
    """Return the bytes that enter the log for one exhibit: digests and ids only, nothing about a person.

    The manifest is bound by its digests; its salt makes them say nothing about what stands in it.
    """
    return canonical_bytes(
        {
            "type": "zhibao-exhibit/1",
            "id": entry.id,
            "sha256": entry.digests.sha256,
            "sm3": entry.digests.sm3,
            "size": entry.digests.size,
            "recorded_at": sealed_at.isoformat(),
            "manifest": {"sha256": manifest.sha256, "sm3": manifest.sm3},
        }
    )


def read_manifest(data: bytes) -> Manifest:
    """Read manifest.json. Raises BundleForm or BundleVersion."""
    doc = read_json(data, MANIFEST)
    if doc.get("format") != FORMAT:
        raise BundleForm(what=MANIFEST)
    if doc.get("version") != VERSION:
        raise BundleVersion(version=str(doc.get("version")))
    _hold(doc, _TOP)
    try:
        exhibits = tuple(_read_entry(row, number) for number, row in enumerate(doc["exhibits"], start=1))
        sealed_at = _moment(doc["sealed_at"])
    except (ValueError, TypeError, AttributeError):
        raise BundleForm(what=MANIFEST) from None
    paths = [entry.path for entry in exhibits if not entry.withheld]
    known = {README, LOG_KEY, LOG_KEY_PEM, TIME_KEYS}
    stamps = [stamp_name(algorithm) for algorithm in Algorithm]
    plain = all(isinstance(value, str) for value in [*doc["about"].values(), *doc["files"].values(), *doc["time"]])
    if (
        not exhibits
        or not plain
        or len(set(paths)) != len(paths)
        or not {README, LOG_KEY, LOG_KEY_PEM} <= set(doc["files"]) <= known
        or doc["time"] != [name for name in stamps if name in doc["time"]]
    ):
        raise BundleForm(what=MANIFEST)
    return Manifest(sealed_at, doc["log"], doc["about"], doc["salt"], exhibits, doc["files"], tuple(doc["time"]))


def read_json(data: bytes, name: str) -> dict[str, Any]:
    """Read a JSON object without double keys and without NaN. Raises BundleForm."""
    try:
        doc = json.loads(data, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise BundleForm(what=name) from None
    if not isinstance(doc, dict):
        raise BundleForm(what=name)
    return doc


def _entry_json(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "id": entry.id,
        "name": entry.name,
        "path": entry.path,
        "size": entry.digests.size,
        "sha256": entry.digests.sha256,
        "sm3": entry.digests.sm3,
        "media_type": entry.media_type,
        "origin": entry.origin,
        "captured_at": entry.captured_at.isoformat(),
        "custody": [
            {name: step.at.isoformat() if name == "at" else getattr(step, name) for name in _STEP}
            for step in entry.custody
        ],
    }


def _read_entry(row: Any, number: int) -> Entry:
    _hold(row, _ENTRY)
    digests = Digests(row["sha256"], row["sm3"], row["size"])
    inside = re.fullmatch(rf"exhibits/{number}-[^/\\]+", row["path"])
    if row["number"] != number or not (inside or row["path"] == WITHHELD) or digests.size < 0:
        raise ValueError(row["path"])
    if _HEX.fullmatch(digests.sha256) is None or _HEX.fullmatch(digests.sm3) is None:
        raise ValueError(row["path"])
    for step in row["custody"]:
        _hold(step, _STEP)
    return Entry(
        number=number,
        id=row["id"],
        name=row["name"],
        path=row["path"],
        digests=digests,
        media_type=row["media_type"],
        origin=row["origin"],
        captured_at=_moment(row["captured_at"]),
        custody=tuple(CustodyStep(**{**step, "at": _moment(step["at"])}) for step in row["custody"]),
    )


def _hold(doc: Any, shape: Mapping[str, type]) -> None:
    """Refuse another set of keys, or a value of another kind (a boolean is no number)."""
    if (
        not isinstance(doc, dict)
        or set(doc) != set(shape)
        or any(type(doc[key]) is not kind for key, kind in shape.items())
    ):
        raise BundleForm(what=MANIFEST)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)
