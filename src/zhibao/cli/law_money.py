"""``zhibao law fines`` and ``zhibao law damages``: what the facts in a file may cost, by the law of their days.

Needs no database and no network. The figures are worked out in rules; here they are told.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from zhibao.cli.frame import Command
from zhibao.cli.law_lines import cited
from zhibao.cli.law_money_words import missing_words
from zhibao.cli.reading import read_object
from zhibao.cli.session import Session, session
from zhibao.cli.speech import both
from zhibao.cli.values import today
from zhibao.rules.damage_answer import damages_json
from zhibao.rules.fine_answer import fines_json
from zhibao.rules.load import load_pack
from zhibao.rules.pack import Pack

FOLDERS = click.option(
    "--law",
    "folders",
    multiple=True,
    metavar="FOLDER",
    help=both(
        "法律包的文件夹，可多次；默认国家包和江西包。",
        "Folder of a law pack, may be repeated; by default China's and Jiangxi's.",
    ),
)
SIGNS = {True: "✓", False: "✗", None: "?"}


@click.command(
    "fines",
    cls=Command,
    help=both(
        "罚款幅度：行为时和决定时两版规定、从旧兼从轻、听证和当场处罚。",
        "Fines: both texts' bands, the lighter one, hearing and summary procedure.",
    ),
)
@click.argument("facts", metavar="FACTS.json")
@FOLDERS
def fines(facts: str, folders: tuple[str, ...]) -> None:
    """Print what the acts in a file may be fined."""
    voice = session()
    pack = load_pack(*(Path(folder) for folder in folders))
    told = fines_json(pack, read_object(facts, voice), today=today(), lang=voice.lang)
    voice.answer(told, lambda: fine_lines(pack, told, voice))


@click.command(
    "damages",
    cls=Command,
    help=both(
        "损害赔偿：计算方法和顺序、法定赔偿、惩罚性赔偿的条件、倍数和总额。",
        "Damages: bases in order, statutory damages, punitive damages with multiples and totals.",
    ),
)
@click.argument("facts", metavar="FACTS.json")
@FOLDERS
def damages(facts: str, folders: tuple[str, ...]) -> None:
    """Print what the suit in a file may come to."""
    voice = session()
    pack = load_pack(*(Path(folder) for folder in folders))
    told = damages_json(pack, read_object(facts, voice), today=today(), lang=voice.lang)
    voice.answer(told, lambda: damage_lines(pack, told, voice))


def fine_lines(pack: Pack, told: Mapping[str, Any], voice: Session) -> Iterator[str]:
    """Yield the fines: each penalty with its text, band and measures, then what follows for the procedure."""
    for penalty in told["penalties"]:
        yield from _penalty(penalty, voice)
    for conflict in told["conflicts"]:
        yield conflict["says"]
    sparing = {
        "must-not": voice.say("不予处罚", "no penalty may be imposed"),
        "may-not": voice.say("可以不予处罚", "it may go without a penalty"),
        "unknown": voice.say("是否不予处罚还不能判断", "whether a penalty is spared cannot be told yet"),
    }
    if told["no_penalty"]["state"] in sparing:
        yield _sentence(sparing[told["no_penalty"]["state"]], told["no_penalty"])
    yield _question(voice.say("可以要求听证", "a hearing may be asked for"), "right", told["hearing"])
    yield _question(voice.say("可以当场处罚", "it may be imposed on the spot"), "allowed", told["summary"])
    yield _question(voice.say("属于较低数额罚款", "it is a low fine"), "low", told["low_fine"])
    if told["late_fee"] and "amount" in told["late_fee"]:
        late = told["late_fee"]
        yield voice.say(
            f"加处罚款：逾期 {late['days']} 日，{late['amount']} 元  {late['cite']}",
            f"added for {late['days']} days late: {late['amount']} yuan  {late['cite']}",
        )
    yield from _missing(pack, told["missing"], voice)


def _penalty(penalty: Mapping[str, Any], voice: Session) -> Iterator[str]:
    head, gap = penalty["title"], voice.say("：", ": ")
    if not penalty["rule_version"]:
        yield f"{head}{gap}{penalty['reason_text']}"
        return
    texts = [one for one in penalty["compared"] if one["rule_version"]]
    versions = " / ".join(one["rule_version"] for one in texts)
    yield f"{head}{gap}{penalty['why']} ({versions})"
    for text in texts:
        mark = "→" if text["rule_version"] == penalty["rule_version"] else " "
        yield f" {mark} {voice.say('自', 'from ')}{text['rule_version']}{gap}{_range(text, voice)}  {cited(text, voice)}"
        for band in text["bands"]:
            if band["applies"] is not False:
                when = f"{band['when']}{gap}" if band["when"] else ""
                yield f"     {SIGNS[band['applies']]} {when}{band['says']}  {cited(band, voice)}"
    measures = voice.say("、", ", ").join(dict.fromkeys(one["title"] for one in penalty["measures"]))
    if measures:
        yield f"   {voice.say('并', 'with')}{gap}{measures}"
    for beside in (*penalty["heavier"], *penalty["spared"]):
        if beside["holds"]:
            yield f"   ✓ {beside['title']}  {beside['cite']}"


def _range(text: Mapping[str, Any], voice: Session) -> str:
    if text["reason_text"]:
        return str(text["reason_text"])
    told = []
    for who, name in (("party", ""), ("responsible", voice.say("责任人员 ", "persons responsible "))):
        ends = text[who]
        if ends is not None:
            most = ends["max"] or voice.say("上限未知", "no bound known")
            told.append(f"{name}{ends['min']} – {most} {voice.say('元', 'yuan')}")
    return voice.say("；", "; ").join(told) or voice.say("没有罚款", "no fine")


def _question(says: str, name: str, found: Mapping[str, Any]) -> str:
    return _sentence(f"{SIGNS[found[name]]} {says}", found)


def _sentence(says: str, found: Mapping[str, Any]) -> str:
    """Return a finding with the article of the test that decided it, or why nothing was tested."""
    if found["reason_text"]:
        return f"{says} ({found['reason_text']})"
    cite = next((test["cite"] for test in found["tests"] if test["holds"]), None)
    cite = cite or next((test["cite"] for test in found["tests"]), "")
    return f"{says}  {cite}".rstrip()


def _missing(pack: Pack, missing: list[str], voice: Session) -> Iterator[str]:
    words = missing_words(pack, missing, voice.lang)
    if words:
        yield voice.say(f"还不知道：{'、'.join(words)}", f"not known: {', '.join(words)}")


def damage_lines(pack: Pack, told: Mapping[str, Any], voice: Session) -> Iterator[str]:
    """Yield the damages: the text, the bases, statutory and punitive damages, the totals, what time and defences do."""
    gap, yuan = voice.say("：", ": "), voice.say("元", "yuan")
    yield f"{told['title']}{gap}{told['why']}  {cited(told, voice)}"
    for basis in told["bases"]:
        known = {"proved": f"{basis['amount']} {yuan}", "hard": voice.say("难以确定", "cannot be established")}
        shown = known.get(basis["state"], voice.say("未知", "not known"))
        turn = {True: "", None: voice.say("（前面的难以确定才用）", " (only if those before cannot be found)")}
        unused = voice.say("（用不到）", " (not reached)")
        yield f"  {basis['order']}. {basis['title']}{gap}{shown}{turn.get(basis['available'], unused)}"
    yield from _statutory(told["statutory"], voice)
    yield from _punitive(told, voice)
    totals = told["totals"]
    if totals["maximum"] is None:
        yield voice.say("总额：还不能判断", "total: cannot be told yet")
    else:
        ends = f"{totals['minimum']} – {totals['maximum']} {yuan}"
        costs = totals["maximum_with_costs"]
        more = voice.say(f"，连合理开支最多 {costs} 元", f", at most {costs} yuan with costs") if costs else ""
        yield f"{voice.say('总额', 'total')}{gap}{ends}{more}"
    yield from _time(told, voice)
    yield from (f"※ {note}" for note in told["notes"])
    yield from _missing(pack, told["missing"], voice)


def _statutory(held: Mapping[str, Any], voice: Session) -> Iterator[str]:
    words = {
        "applies": voice.say("适用法定赔偿", "statutory damages apply"),
        "possible": voice.say("查不清数额时适用法定赔偿", "statutory damages where no figure can be found"),
    }
    if held["state"] in words and held["max"]:
        yield f"{words[held['state']]}{voice.say('：', ': ')}{held['min']} – {held['max']} {voice.say('元', 'yuan')}  {cited(held, voice)}"


def _punitive(told: Mapping[str, Any], voice: Session) -> Iterator[str]:
    held = told["punitive"]
    states = {
        "allowed": voice.say("可以适用惩罚性赔偿", "punitive damages may be had"),
        "not": voice.say("不适用惩罚性赔偿", "no punitive damages"),
        "unknown": voice.say("惩罚性赔偿还不能判断", "punitive damages cannot be told yet"),
    }
    why = held["reason_text"] or told["interpretation_why"]
    yield f"{states[held['state']]} ({why})"
    for test in held["tests"]:
        factors = voice.say("、", ", ").join(factor["title"] for factor in test["factors"])
        yield f"  {SIGNS[test['holds']]} {test['title']}{voice.say('：', ': ') if factors else ''}{factors}  {cited(test, voice)}"
    if held["state"] != "not" and held["multiples"]:
        low, high = held["multiples"]["from"], held["multiples"]["to"]
        cap = held["total_cap"]
        capped = (
            "" if cap is None else voice.say(f"，总额最多 {cap['times']} 倍", f", {cap['times']} times in all at most")
        )
        yield voice.say(f"  倍数 {low} 至 {high}{capped}", f"  multiples {low} to {high}{capped}")


def _time(told: Mapping[str, Any], voice: Session) -> Iterator[str]:
    held = told["limitation"]
    words = {
        "in-time": voice.say(f"诉讼时效到 {held['last_day_to_sue']}", f"to be sued by {held['last_day_to_sue']}"),
        "back": voice.say(f"赔偿从 {held['counted_from']} 起算", f"damages count from {held['counted_from']}"),
        "late": voice.say(
            f"诉讼时效已在 {held['last_day_to_sue']} 届满", f"out of time since {held['last_day_to_sue']}"
        ),
    }
    if held["state"] in words:
        yield f"{words[held['state']]}  {cited(held, voice)}"
    if told["nonuse"]:
        sign = SIGNS[told["nonuse"]["holds"]]
        yield f"{sign} {voice.say('未使用抗辩成立', 'the defence of non-use holds')}  {cited(told['nonuse'], voice)}"
