"""``zhibao watch``: hold what is sold against what is protected, from files, without a database.

Knows how the commands are called and what they print; the work is done in screening.py and in matching.
"""

from pathlib import Path

import click

from zhibao.cli.errors import BadUsage
from zhibao.cli.frame import Group
from zhibao.cli.screening import Summary, screen_table, usual_workers
from zhibao.cli.session import Session, session
from zhibao.cli.speech import both
from zhibao.cli.tables.columns import LISTINGS, REGISTER
from zhibao.cli.tables.encodings import NAMES
from zhibao.cli.tables.reading import Table, read_table
from zhibao.cli.tables.records import Faults, Register, read_register
from zhibao.cli.tables.writing import checked_out
from zhibao.matching.gates import SHORTEST_DISGUISED
from zhibao.matching.model import Found
from zhibao.matching.registry import CHANNELS
from zhibao.matching.search import Searcher

_SHOWN = 100  # bad rows told on standard error and in the summary; all are counted
_CHANNELS_ZH = dict(zip(CHANNELS, "相同 全角 大小写 繁简 插入符号 形近字母 同音".split(), strict=True))


@click.group(
    cls=Group, help=both("监测：拿在售商品对照权利。", "The watch: hold what is sold against what is protected.")
)
def watch() -> None:
    """Group the commands of the watch."""


@watch.command(
    "screen",
    help=both(
        "逐条筛查商品标题，写出其中出现的商标，明写的和变形的都算。",
        "Screen the titles of listings and write down the marks in them, open or disguised.",
    ),
)
@click.argument("listings", type=str)
@click.option("--register", "register_path", required=True, help=both("商标表。", "The table of marks."))
@click.option("--out", "out_path", required=True, help=both("命中写到这里。", "Where the hits are written."))
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help=both(
        "用几个进程；默认按处理器个数。结果不因此改变。",
        "How many processes; by default one per processor. The result is the same.",
    ),
)
def screen(listings: str, register_path: str, out_path: str, workers: int | None) -> None:
    """Screen a file of listings against a register of marks."""
    voice = session()
    out = checked_out(out_path)
    if out.resolve() in {Path(listings).resolve(), Path(register_path).resolve()}:
        zh, en = "--out 指向读入的文件", "--out names a file that is read"
        raise BadUsage(what_zh=f"{zh}：{out_path}。", what_en=f"{en}: {out_path}.", command="zhibao watch screen")
    register = _register(voice, register_path)
    table = read_table(listings, LISTINGS)
    _tell_encoding(voice, listings, table)
    faults = Faults()
    with voice.progress("筛查", "Screening", table.total) as advance:
        summary = screen_table(table, register, out, workers=workers or usual_workers(), faults=faults, advance=advance)
    _tell_faults(voice, listings, faults)
    document = _document(voice, summary, register, faults) | {"out": out_path}
    voice.answer(document, lambda: _lines(voice, summary, register, faults, out_path))


@watch.command(
    "search",
    help=both("在商标表里找与一个名称最接近的商标。", "Find the marks of a register that come nearest to a name."),
)
@click.argument("text", type=str)
@click.option("--register", "register_path", required=True, help=both("商标表。", "The table of marks."))
@click.option(
    "--class",
    "classes",
    type=click.IntRange(1, 45),
    multiple=True,
    help=both("只看这个类别的商标；可以写几次。", "Only marks of this Nice class; may be given several times."),
)
@click.option("--top", type=click.IntRange(1, 1000), default=10, help=both("给出几个。", "How many to give."))
def search(text: str, register_path: str, classes: tuple[int, ...], top: int) -> None:
    """Search a register for a name."""
    voice = session()
    register = _register(voice, register_path)
    found = Searcher(register.marks).search(text, classes=classes, top=top)
    document: dict[str, object] = {"text": text, "classes": list(classes), "found": [_found_json(one) for one in found]}
    document |= {"marks": len(register.marks), "bad_marks": register.faults.count}
    voice.answer(
        document,
        lambda: [_found_line(voice, one) for one in found] or [voice.say("没有相近的商标。", "No mark comes near.")],
    )


def _register(voice: Session, path: str) -> Register:
    table = read_table(path, REGISTER)
    _tell_encoding(voice, path, table)
    with voice.progress("读商标表", "Reading the register", table.total) as advance:
        register = read_register(table, advance)
    _tell_faults(voice, path, register.faults)
    return register


def _tell_encoding(voice: Session, path: str, table: Table) -> None:
    if table.encoding == "gb18030":
        name = NAMES[table.encoding]
        voice.note(f"「{path}」按 {name} 读。", f"'{path}' was read as {name}.")


def _tell_faults(voice: Session, path: str, faults: Faults) -> None:
    for fault in faults.first[:_SHOWN]:
        voice.note(f"「{path}」{fault.say('zh')}{fault.hint('zh')}", f"'{path}': {fault.say('en')} {fault.hint('en')}")
    more = faults.count - min(len(faults.first), _SHOWN)
    if more:
        voice.note(f"「{path}」还有 {more} 行不能用。", f"'{path}': {more} more rows cannot be used.")


def _document(voice: Session, summary: Summary, register: Register, faults: Faults) -> dict[str, object]:
    disguised = sum(mark.watched for mark in register.marks)
    return {
        **summary.as_json(),
        "marks": len(register.marks),
        "marks_watched": disguised,
        "marks_ended": register.ended,
        "bad_listings": faults.count,
        "bad_marks": register.faults.count,
        "bad": {
            "listings": [fault.as_json(voice.lang) for fault in faults.first[:_SHOWN]],
            "marks": [fault.as_json(voice.lang) for fault in register.faults.first[:_SHOWN]],
        },
    }


def _lines(voice: Session, summary: Summary, register: Register, faults: Faults, out: str) -> list[str]:
    say = voice.say
    named = [(name, n) for name, n in summary.channels.most_common()]
    by_zh = "，".join(f"{_CHANNELS_ZH[name]} {n}" for name, n in named)
    by_en = ", ".join(f"{name} {n}" for name, n in named)
    lines = [
        say(
            f"筛查 {summary.listings} 条商品，对照 {len(register.marks)} 个商标：{summary.listings_hit} 条有命中，共 {summary.hits} 处。",
            f"{summary.listings} listings against {len(register.marks)} marks: {summary.listings_hit} listings with hits, {summary.hits} in all.",
        )
    ]
    if named:
        lines.append(say(f"其中：{by_zh}。", f"Of these: {by_en}."))
    if register.ended:
        lines.append(
            say(f"{register.ended} 个商标已失效，没有对照。", f"{register.ended} marks have ended and were left out.")
        )
    if faults.count or register.faults.count:
        lines.append(
            say(
                f"不能用的行：商品 {faults.count}，商标 {register.faults.count}。",
                f"Rows that cannot be used: {faults.count} listings, {register.faults.count} marks.",
            )
        )
    lines.append(
        say(
            f"变形只查受监测的、至少 {SHORTEST_DISGUISED} 个字的商标。",
            f"Disguises: watched marks of at least {SHORTEST_DISGUISED} characters.",
        )
    )
    lines.append(say(f"命中写在 {out}。", f"The hits are in {out}."))
    return lines


def _found_json(found: Found) -> dict[str, object]:
    mark = found.mark
    reasons = [reason.as_json() for reason in found.reasons]
    return {
        "right_id": mark.id,
        "mark": mark.text,
        "classes": list(mark.classes),
        "score": found.score,
        "reasons": reasons,
    }


def _found_line(voice: Session, found: Found) -> str:
    classes = ",".join(map(str, found.mark.classes)) or "-"
    why = (
        "".join(reason.zh for reason in found.reasons) if voice.lang == "zh" else " ".join(r.en for r in found.reasons)
    )
    return f"{found.score:3d}  {found.mark.text}  {found.mark.id}  [{classes}]  {why}"
