"""What the demo tells a person when it is done."""

from collections.abc import Iterator
from typing import Any

from zhibao.cli.session import Session

DISGUISES = {
    "exact": ("原样", "exact"),
    "sound": ("同音字", "sound-alike"),
    "old-form": ("繁体", "traditional"),
    "gap": ("插符号", "separators"),
    "wide": ("全角", "full width"),
    "case": ("大小写", "letter case"),
    "letter": ("形近字母", "look-alike letters"),
}


def tell(voice: Session, summary: dict[str, Any]) -> Iterator[str]:
    """Yield the lines: what was built, what was found of what was planted, where to look."""
    say, at = voice.say, summary["address"]
    yield say(
        f"示例省（全部虚构）：{summary['organs']} 个机关，{summary['rights']:,} 项权利，{summary['listings']:,} 条商品信息，"
        f"{summary['matters']} 个案件，{summary['events']:,} 件事项。用时 {summary['seconds']} 秒。",
        f"A sample province, all invented: {summary['organs']} organs, {summary['rights']:,} rights, "
        f"{summary['listings']:,} listings, {summary['matters']} matters, {summary['events']:,} events. "
        f"Built in {summary['seconds']} s.",
    )
    series, findings = summary["planted_series"], summary["planted_findings"]
    yield say(
        f"监测：{summary['hits']:,} 个命中，{summary['leads']} 条线索。埋下的 {series['planted']} 组仿冒找到 {series['found']} 组，"
        f"另有 {summary['leads_not_planted']} 条线索不是埋下的。  {at}leads",
        f"Watch: {summary['hits']:,} hits, {summary['leads']} leads. Of {series['planted']} planted series {series['found']} "
        f"were found; {summary['leads_not_planted']} further leads were not planted.  {at}leads",
    )
    shares = [(say(*DISGUISES[name]), share) for name, share in summary["planted_by_disguise"].items()]
    yield say("      按伪装：", "       by disguise: ") + "  ".join(f"{name} {share}" for name, share in shares)
    yield say(
        f"监督：{summary['findings']} 条发现。埋下的 {findings['planted']} 处问题找到 {findings['found']} 处，"
        f"另有 {summary['findings_not_planted']} 条不是埋下的。  {at}findings",
        f"Findings: {summary['findings']}. Of {findings['planted']} planted faults {findings['found']} were found; "
        f"{summary['findings_not_planted']} further findings were not planted.  {at}findings",
    )
    coming = summary["coming"]
    if coming["day"]:
        count = sum(coming["changes"].values())
        yield say(
            f"法律：{coming['day']} 起有 {count} 处规定变化，关系到 {coming['open_matters']} 个未结案件。  {at}law/coming",
            f"The law: {count} rules change on {coming['day']}; {coming['open_matters']} open matters are touched.  "
            f"{at}law/coming",
        )
    yield say(
        f"登录 {at} ，密码都是 {summary['password']}", f"Log in at {at} , every password is {summary['password']}"
    )
    for name, account in summary["accounts"].items():
        yield f"  {name:<12}{say(account['organ'], account['organ_en'])} · {', '.join(account['roles'])}"
    for line in summary["refused"]:
        yield say(f"没有收进来：{line}", f"Not taken in: {line}")
