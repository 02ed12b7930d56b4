"""The twelve checks of a bundle, in order; the first that does not hold ends the verification.

Knows no network and no clock: a time stamp is judged at its own time, and revocation is not asked for.

    1 container    the zip and its manifest can be read
    2 complete     exactly the files the manifest lists are there
    3 sha256       the contents have the SHA-256 of the manifest
    4 sm3          the contents have the SM3 of the manifest
    5 custody      each step of custody joins the one before
    6 record       the log's records say what the manifest says
    7 tree-sha256  each record is in the SHA-256 tree of the checkpoint
    8 tree-sm3     each record is in the SM3 tree of the checkpoint
    9 checkpoint   the log signed the checkpoint
   10 timestamp    each time stamp is over this checkpoint and genuine
   11 authority    a trusted authority, fit and in force, made each time stamp
   12 order        capture, custody, sealing and time stamp follow one another
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import IO

from zhibao.evidence.authorities import check_authority, fingerprint, load_certificates, name_of
from zhibao.evidence.checkpoint import LogKey, open_checkpoint
from zhibao.evidence.custody import first_broken_step
from zhibao.evidence.digests import Algorithm
from zhibao.evidence.errors import BundleForm, CheckpointUnsigned
from zhibao.evidence.manifest import (
    CHECKPOINT,
    MANIFEST,
    Entry,
    log_record,
    proof_name,
    read_json,
    record_name,
    stamp_name,
)
from zhibao.evidence.merkle import leaf_hash, root_from_inclusion
from zhibao.evidence.opened import Opened, open_bundle
from zhibao.evidence.report import Check, Report, Status, Told
from zhibao.evidence.timestamps import Verifier, verify_reply
from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label

# How far the clocks of the sealing machine and the authority may differ.
CLOCKS_DIFFER = timedelta(minutes=5)

DOES_NOT_PROVE = (
    Label("不能证明封存之前内容就是真的。", "It does not prove that the content was true before it was sealed."),
    Label("不能证明内容由谁制作或发布。", "It does not prove who made or published the content."),
    Label(
        "不能证明证书在签发时间戳以前没有被吊销：验证不联网。",
        "It does not prove that no certificate had been revoked: verification uses no network.",
    ),
    Label("不能代替法庭对证据的审查。", "It does not replace the court's own examination of the evidence."),
)
OWN_LOG_KEY = Label(
    "日志公钥取自证据包本身，不能证明它属于封存机关：向该机关核对 keys/log.vkey 这一行。",
    "The log's key came from the bundle itself, which does not prove that it is the sealing organ's: compare the line in keys/log.vkey with the one the organ publishes.",
)
OWN_CERTIFICATES = Label(
    "时间戳机构的证书取自证据包本身，不能证明它是可信的机构：向该机构核对证书指纹。",
    "The authority's certificates came from the bundle itself, which does not prove that it can be trusted: compare their fingerprints with the authority's.",
)


class _Failed(Exception):
    """Ends one check; never leaves this module."""

    def __init__(self, zh: str, en: str) -> None:
        self.reason = Label(zh, en)
        super().__init__(en)


class _NotMade(Exception):
    """As above: the check could not be made."""

    def __init__(self, zh: str, en: str, *, excused: bool) -> None:
        self.reason, self.excused = Label(zh, en), excused
        super().__init__(en)


def verify(
    source: IO[bytes],
    *,
    log_keys: Sequence[str] = (),
    authorities: Sequence[bytes] = (),
    verifiers: Mapping[str, Verifier] = MappingProxyType({}),
) -> Report:
    """Verify a bundle (binary, seekable) and return all twelve checks.

    ``log_keys`` are the keys of logs the reader trusts, in one line each; ``authorities`` the certificates of trusted
    time-stamp authorities, PEM or DER; ``verifiers`` check signature algorithms this program does not know (SM2), by
    OID. Where either of the first two is left out, the bundle's own are used and the report says so.
    Raises BadLogKey or BadCertificates for what the reader gave; never for what stands in the bundle.
    """
    keys = tuple(LogKey.from_text(text) for text in log_keys)
    trusted = tuple(certificate for data in authorities for certificate in load_certificates(data))
    bundle: Opened | None = None
    checks: list[Check] = []
    for number, (name, title, run) in enumerate(_CHECKS, start=1):
        failed = next((check for check in checks if check.status is Status.FAIL), None)
        if failed is not None:
            reason = Label(
                f"第 {failed.number} 项不符，没有再查。", f"Check {failed.number} failed, so this was not checked."
            )
            checks.append(Check(number, name, title, Status.SKIPPED, reason))
            continue
        try:
            bundle = bundle or open_bundle(source, keys, trusted, verifiers)
            checks.append(Check(number, name, title, Status.PASS, run(bundle)))
        except _NotMade as why:
            checks.append(Check(number, name, title, Status.SKIPPED, why.reason, why.excused))
        except _Failed as why:
            checks.append(Check(number, name, title, Status.FAIL, why.reason))
        except ZhibaoError as error:
            checks.append(Check(number, name, title, Status.FAIL, Label(error.say("zh"), error.say("en"))))
    own = () if keys else (OWN_LOG_KEY,)
    return Report(tuple(checks), _told(bundle), DOES_NOT_PROVE + own + (() if trusted else (OWN_CERTIFICATES,)))


def _told(bundle: Opened | None) -> Told:
    """Return what the bundle says of itself, for people to read beside the checks."""
    if bundle is None:
        return {}
    manifest = bundle.manifest
    return {
        "sealed_at": manifest.sealed_at.isoformat(),
        "log": manifest.log,
        **{f"about.{key}": value for key, value in manifest.about.items()},
        "exhibits": [
            {
                "number": e.number,
                "name": e.name,
                "path": e.path,
                "size": e.digests.size,
                "sha256": e.digests.sha256,
                "sm3": e.digests.sm3,
            }
            for e in manifest.exhibits
        ],
        "stamped": [
            {
                "at": s.at.isoformat(),
                "by": name_of(s.signer),
                "hash": s.algorithm.value,
                "certificate": fingerprint(s.signer),
            }
            for s in bundle.stamps
        ],
    }


def _container(bundle: Opened) -> Label:
    count = len(bundle.names)
    return Label(f"包里有 {count} 个文件，清单可以读。", f"Files in the bundle: {count}; its list can be read.")


def _complete(bundle: Opened) -> Label:
    expected, present = bundle.manifest.expected_names(), set(bundle.names)
    if missing := sorted(expected - present):
        raise _Failed(f"少了 {'、'.join(missing)}。", f"Missing: {', '.join(missing)}.")
    if extra := sorted(present - expected):
        raise _Failed(f"多出 {'、'.join(extra)}。", f"Not on the list: {', '.join(extra)}.")
    total, held = len(bundle.manifest.exhibits), sum(not entry.withheld for entry in bundle.manifest.exhibits)
    return Label(
        f"清单列了 {total} 件证据，随包 {held} 件，没有多出来的。",
        f"Exhibits listed: {total}, in the bundle: {held}; nothing else is there.",
    )


def _sha256(bundle: Opened) -> Label:
    for name, listed in bundle.manifest.files.items():
        if bundle.digests(name).sha256 != listed:
            raise _Failed(f"{name} 的 SHA-256 与清单不同。", f"The SHA-256 of {name} is not the one listed.")
    return _contents(bundle, Algorithm.SHA256)


def _sm3(bundle: Opened) -> Label:
    return _contents(bundle, Algorithm.SM3)


def _contents(bundle: Opened, algorithm: Algorithm) -> Label:
    """Compare every exhibit that travels with its listed digest and size."""
    label = {Algorithm.SHA256: "SHA-256", Algorithm.SM3: "SM3"}[algorithm]
    held = [entry for entry in bundle.manifest.exhibits if not entry.withheld]
    withheld = [entry for entry in bundle.manifest.exhibits if entry.withheld]
    for entry in held:
        found, listed = bundle.digests(entry.path), entry.digests
        if found.of(algorithm) != listed.of(algorithm) or found.size != listed.size:
            raise _Failed(
                f"{entry.path} 的 {label} 与清单不同：清单 {listed.of(algorithm)}，现在 {found.of(algorithm)}。",
                f"The {label} of {entry.path} is not the one listed: listed {listed.of(algorithm)}, found {found.of(algorithm)}.",
            )
    if not held:
        raise _NotMade(
            "证据都没有随包交出，内容没有重新计算。",
            "All exhibits are withheld, so nothing was computed anew.",
            excused=True,
        )
    left_zh = f"没有随包交出而未计算的 {len(withheld)} 件。" if withheld else ""
    left_en = f" Withheld and not computed: {len(withheld)}." if withheld else ""
    return Label(
        f"重新计算 {len(held)} 件的 {label}，与清单一致。{left_zh}",
        f"Exhibits whose {label} was computed anew: {len(held)}, all as listed.{left_en}",
    )


def _custody(bundle: Opened) -> Label:
    steps = 0
    for entry in bundle.manifest.exhibits:
        broken = first_broken_step(entry.id, entry.digests.sha256, entry.custody)
        if broken:
            raise _Failed(
                f"第 {entry.number} 件的保管记录在第 {broken} 步断了。",
                f"Custody of exhibit {entry.number} breaks at step {broken}.",
            )
        steps += len(entry.custody)
    if not steps:
        return Label("没有随包的保管记录。", "No record of custody travels with the bundle.")
    return Label(f"{steps} 步保管记录，一步接一步。", f"Steps of custody: {steps}, each joined to the one before.")


def _record(bundle: Opened) -> Label:
    listed = bundle.digests(MANIFEST)
    for entry in bundle.manifest.exhibits:
        if bundle.read(record_name(entry.number)) != log_record(entry, bundle.manifest.sealed_at, listed):
            raise _Failed(
                f"日志里第 {entry.number} 件的记录与清单不同。",
                f"The log's record of exhibit {entry.number} differs from the list.",
            )
    return Label("日志里的记录与清单逐字相同。", "The log's records say what the list says.")


def _tree_sha256(bundle: Opened) -> Label:
    return _tree(bundle, Algorithm.SHA256)


def _tree_sm3(bundle: Opened) -> Label:
    return _tree(bundle, Algorithm.SM3)


def _tree(bundle: Opened, algorithm: Algorithm) -> Label:
    checkpoint = bundle.checkpoint()
    indexes = []
    for entry in bundle.manifest.exhibits:
        leaf, index, size, path = _proof(bundle, entry, algorithm)
        if leaf != leaf_hash(algorithm, bundle.read(record_name(entry.number))):
            raise _Failed(f"第 {entry.number} 件的叶子值不对。", f"The leaf hash of exhibit {entry.number} is wrong.")
        found = root_from_inclusion(algorithm, leaf, index, size, path)
        if size != checkpoint.size or found != checkpoint.root(algorithm):
            raise _Failed(
                f"第 {entry.number} 件的路径推不到检查点的根。",
                f"The path of exhibit {entry.number} does not lead to the checkpoint's root.",
            )
        indexes.append(index + 1)
    numbers = ", ".join(str(index) for index in indexes)
    return Label(
        f"是日志 {checkpoint.size} 条里的第 {numbers} 条，路径推到检查点的根。",
        f"Entries {numbers} of {checkpoint.size} in the log; the paths lead to the checkpoint's root.",
    )


def _proof(bundle: Opened, entry: Entry, algorithm: Algorithm) -> tuple[bytes, int, int, tuple[bytes, ...]]:
    name = proof_name(entry.number, algorithm)
    doc = read_json(bundle.read(name), name)
    index, size, path = doc.get("index"), doc.get("tree_size"), doc.get("path")
    whole = type(index) is int and type(size) is int and doc.get("hash") == algorithm.value
    if not whole or not isinstance(path, list) or not all(_is_hash(step) for step in [doc.get("leaf"), *path]):
        raise BundleForm(what=name)
    return bytes.fromhex(doc["leaf"]), doc["index"], doc["tree_size"], tuple(bytes.fromhex(step) for step in path)


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{64}", value) is not None


def _checkpoint(bundle: Opened) -> Label:
    note, own = bundle.read(CHECKPOINT), bundle.own_log_key()
    keys = [key for key in bundle.log_keys if key.name == bundle.manifest.log] if bundle.log_keys else [own]
    if own.name != bundle.manifest.log or not keys:
        raise CheckpointUnsigned(key=bundle.manifest.log)
    if own not in keys:
        raise _Failed(
            f"包里的日志公钥不是你给出的 {own.name} 的公钥。",
            f"The log key in the bundle is not the key of {own.name} you gave.",
        )
    open_checkpoint(note, own)
    given_zh, given_en = (
        ("你给出的公钥", "the key you gave") if bundle.log_keys else ("证据包自带的公钥", "the bundle's own key")
    )
    return Label(
        f"{own.name} 的签名成立，用的是{given_zh}（{own.id.hex()}）。",
        f"The signature of {own.name} holds, by {given_en} ({own.id.hex()}).",
    )


def _timestamp(bundle: Opened) -> Label:
    algorithms = bundle.stamp_algorithms()
    if not algorithms:
        raise _NotMade(
            "包里没有时间戳：时间没有得到证明。",
            "The bundle has no time stamp: its time is not attested.",
            excused=False,
        )
    note = bundle.read(CHECKPOINT)
    bundle.stamps = [
        verify_reply(
            bundle.read(stamp_name(algorithm)),
            digest=algorithm.digest(note),
            algorithm=algorithm,
            verifiers=bundle.verifiers,
        )
        for algorithm in algorithms
    ]
    moments = sorted({stamp.at.astimezone(LEGAL_TZ) for stamp in bundle.stamps})
    times = Label(
        "、".join(f"{at.year}年{at.month}月{at.day}日 {at:%H:%M:%S}" for at in moments),
        ", ".join(f"{at.day} {at:%b %Y %H:%M:%S}" for at in moments),
    )
    return Label(
        f"{len(bundle.stamps)} 个时间戳盖的是这个检查点，北京时间 {times.zh}。",
        f"Time stamps over this checkpoint: {len(bundle.stamps)} ({times.en}, Beijing time).",
    )


def _authority(bundle: Opened) -> Label:
    if not bundle.stamps:
        raise _NotMade("没有时间戳可查。", "There is no time stamp to check.", excused=False)
    trusted = bundle.trusted or bundle.own_certificates()
    for stamp in bundle.stamps:
        check_authority(stamp.signer, stamp.others, trusted, stamp.at)
    names = ", ".join(sorted({name_of(stamp.signer) for stamp in bundle.stamps}))
    given_zh, given_en = (
        ("你给出的证书", "the certificates you gave")
        if bundle.trusted
        else ("证据包自带的证书", "the bundle's own certificates")
    )
    return Label(
        f"由 {names} 签发，证书当时有效，按{given_zh}可信。",
        f"Made by {names}, whose certificate was valid then and is trusted by {given_en}.",
    )


def _order(bundle: Opened) -> Label:
    manifest = bundle.manifest
    for entry in manifest.exhibits:
        times = [entry.captured_at, *(step.at for step in entry.custody), manifest.sealed_at]
        if times != sorted(times):
            raise _Failed(
                f"第 {entry.number} 件的取证、保管和封存时间前后颠倒。",
                f"Capture, custody and sealing of exhibit {entry.number} are out of order.",
            )
    if any(stamp.at + CLOCKS_DIFFER < manifest.sealed_at for stamp in bundle.stamps):
        raise _Failed("时间戳早于封存时间。", "A time stamp is earlier than the sealing.")
    return Label("取证、保管、封存、时间戳先后相接。", "Capture, custody, sealing and time stamp follow one another.")


_CHECKS: tuple[tuple[str, Label, Callable[[Opened], Label]], ...] = (
    ("container", Label("证据包可以读", "the bundle can be read"), _container),
    ("complete", Label("包里的文件一个不少", "no file is missing or added"), _complete),
    ("sha256", Label("文件内容没有变（SHA-256）", "the contents are unchanged (SHA-256)"), _sha256),
    ("sm3", Label("用国产算法再算一次（SM3）", "the same again with SM3"), _sm3),
    ("custody", Label("保管记录没有断", "custody is unbroken"), _custody),
    ("record", Label("日志的记录就是这份清单", "the log's records are of this list"), _record),
    ("tree-sha256", Label("清单在日志里（SHA-256 树）", "the list is in the log (SHA-256 tree)"), _tree_sha256),
    ("tree-sm3", Label("清单在日志里（SM3 树）", "the list is in the log (SM3 tree)"), _tree_sm3),
    ("checkpoint", Label("日志检查点是真的", "the log's checkpoint is genuine"), _checkpoint),
    ("timestamp", Label("时间由时间戳证明", "the time is attested by a time stamp"), _timestamp),
    (
        "authority",
        Label("时间戳机构可信，证书当时有效", "the authority is trusted, its certificate was valid"),
        _authority,
    ),
    ("order", Label("时间先后合理", "the times follow one another"), _order),
)
