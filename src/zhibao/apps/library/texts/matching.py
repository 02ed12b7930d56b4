"""Which instrument of the law pack a text is, and which of its versions.

Told beats title; a number in the head beats a title; the version follows from the days. What cannot be told is said with
the way to tell it; nothing is guessed between two.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from zhibao.apps.library.texts.heading import Head, plain_number
from zhibao.kernel.labels import Label
from zhibao.rules.instruments import Instrument, InstrumentVersion

SOON = timedelta(days=548)  # a law takes effect within a year and a half of being passed
_ISSUERS = re.compile(
    r"^(?:(?:最高人民法院|最高人民检察院|公安部|国务院办公厅|国务院|全国人民代表大会常务委员会|全国人大常委会|国家[^关于]{2,12}?局|国家市场监督管理总局)[\s、,，]*)+(?=关于)"
)
_BRACKETS = str.maketrans("〈〉<>＜＞()", "《》《》《》（）")


@dataclass(frozen=True, slots=True)
class Matched:
    """The version a text is. ``how``: told, number, title; ``note`` says what a reader should know of the match."""

    instrument: str
    version: str
    how: str
    note: Label | None = None


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Why a text could not be given to a version, with the way to tell it."""

    code: str
    why: Label
    instrument: str = ""  # where the instrument is known and only the version is not


def match_text(head: Head, instruments: Mapping[str, Instrument]) -> Matched | Unmatched:
    """Return the version of ``instruments`` that a text with this head is, or why none could be told."""
    found = _instruments(head, instruments)
    if isinstance(found, Unmatched):
        return found
    instrument, how = found
    version = _told_version(head, instrument) or _version_by_number(head, instrument)
    if isinstance(version, Unmatched):
        return version
    if version is not None:
        return Matched(instrument.id, version.id, how)
    return _by_days(head, instrument, how)


def plain_title(title: str) -> str:
    """Return a title in the one form in which two are compared: without 中华人民共和国, issuers, spaces."""
    plain = re.sub(r"\s+", "", title.translate(_BRACKETS))
    return _ISSUERS.sub("", plain).replace("中华人民共和国", "")


def _instruments(head: Head, instruments: Mapping[str, Instrument]) -> tuple[Instrument, str] | Unmatched:
    if head.instrument:
        if head.instrument in instruments:
            return instruments[head.instrument], "told"
        zh = f"法律包里没有「{head.instrument}」这部规定。"
        return Unmatched("no-such-instrument", Label(zh, f"The law pack has no instrument '{head.instrument}'."))
    for how, found in (("number", _by_number(head, instruments)), ("title", _by_title(head, instruments))):
        if len(found) == 1:
            return found[0], how
        if found:
            ids = "、".join(one.id for one in found)
            why = Label(f"不止一部规定对得上：{ids}。", f"More than one instrument fits: {ids.replace('、', ', ')}.")
            return Unmatched("several-instruments", why)
    zh = f"法律包里没有名为「{head.title}」的规定。" if head.title else "文本里没有标题。"
    en = f"The law pack has no instrument called '{head.title}'." if head.title else "The text has no title."
    return Unmatched("no-instrument", Label(zh, en))


def _by_number(head: Head, instruments: Mapping[str, Instrument]) -> list[Instrument]:
    """A number in the head counts only beside a like title: heads also name what a text amends."""
    titles = {one.id for one in _by_title(head, instruments)}
    return [one for one in instruments.values() if one.id in titles and _numbers(one) & set(head.numbers)]


def _numbers(instrument: Instrument) -> set[str]:
    numbers = {instrument.number, *(version.number for version in instrument.versions)}
    return {plain_number(number) for number in numbers if number}


def _by_title(head: Head, instruments: Mapping[str, Instrument]) -> list[Instrument]:
    wanted = plain_title(head.title)
    return [one for one in instruments.values() if wanted and plain_title(one.title.zh) == wanted]


def _told_version(head: Head, instrument: Instrument) -> InstrumentVersion | Unmatched | None:
    if not head.version:
        return None
    found = instrument.version(head.version)
    if found is not None:
        return found
    why = Label(
        f"「{instrument.title.zh}」没有 {head.version} 版。", f"'{instrument.title.en}' has no version {head.version}."
    )
    return Unmatched(
        "no-such-version",
        Label(why.zh + _known(instrument, "zh"), f"{why.en} {_known(instrument, 'en')}"),
        instrument.id,
    )


def _version_by_number(head: Head, instrument: Instrument) -> InstrumentVersion | None:
    """The version whose own number stands in the head, where that number is of one version only."""
    found = [one for one in instrument.versions if plain_number(one.number) in head.numbers]
    return found[0] if len(found) == 1 and len(instrument.versions) > 1 else None


def _by_days(head: Head, instrument: Instrument, how: str) -> Matched | Unmatched:
    """First the day it takes effect, then the first version to begin soon after it was passed, then the one it amended."""
    versions = sorted(instrument.versions, key=lambda version: version.span.first)
    latest = max(head.starts, default=None)
    passed = head.adopted or latest
    begins = [one for one in versions if latest == one.span.first]
    if begins and (head.adopted is None or begins[0].span.first >= head.adopted):
        return Matched(instrument.id, begins[0].id, how)
    if passed is None:
        return _undated(versions, instrument, how)
    soon = [one for one in versions if passed <= one.span.first <= passed + SOON]
    if soon:
        return Matched(instrument.id, soon[0].id, how)
    within = [one for one in versions if one.span.contains(passed)]
    if within:
        day = passed.isoformat()
        zh = f"文本最后修改于 {day}，在这一版施行期间；法律包没有为它另立一版。"
        en = f"The text was last amended on {day}, while this version was in force; the pack has no version of its own for it."
        return Matched(instrument.id, within[0].id, how, Label(zh, en))
    zh = f"文本是 {passed.isoformat()} 的，法律包里没有这一天前后施行的版本。{_known(instrument, 'zh')}"
    en = f"The text is of {passed.isoformat()}, and the pack has no version of about that day. {_known(instrument, 'en')}"
    return Unmatched("no-version-of-that-day", Label(zh, en), instrument.id)


def _undated(versions: list[InstrumentVersion], instrument: Instrument, how: str) -> Matched | Unmatched:
    if len(versions) == 1:
        zh, en = (
            "文本里没有日期，按法律包里唯一的一版。",
            "The text has no date; it is taken for the only version the pack has.",
        )
        return Matched(instrument.id, versions[0].id, how, Label(zh, en))
    zh = f"文本里没有通过、修改或者施行的日期，分不出是哪一版。{_known(instrument, 'zh')}"
    en = f"The text has no day of passing, amending or taking effect, so its version cannot be told. {_known(instrument, 'en')}"
    return Unmatched("no-date", Label(zh, en), instrument.id)


def _known(instrument: Instrument, lang: str) -> str:
    rows: Iterable[str] = (f"{one.id}（{one.span.first.isoformat()} 起）" for one in instrument.versions)
    if lang == "zh":
        return f"已知的版本：{'、'.join(rows)}。"
    listed = ", ".join(f"{one.id} (from {one.span.first.isoformat()})" for one in instrument.versions)
    return f"Known versions: {listed}."


HOW_TO_TELL = Label(
    "导入时加 --instrument 和 --version，或者在文本最前面写一段 instrument、version，或者在旁边放一个同名加 .yaml 的文件。",
    "Say --instrument and --version when importing, or write instrument and version in a front matter block, or in a file "
    "of the same name with .yaml added beside it.",
)
