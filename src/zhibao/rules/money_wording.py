"""Fines and damages in words: 非法经营数额50,000.00元以上：非法经营数额的5倍以下, ratios as ratios.

Knows the wording only; what it comes to for a case is worked out in ``fines`` and ``damages``.
"""

from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, show_yuan
from zhibao.rules.fine_amounts import Amount, Fine
from zhibao.rules.pack import Pack
from zhibao.rules.penalties import PARTIES, Band, Beside, Counted, Deed
from zhibao.rules.remedies import MENTAL, Doubled, Punitive, Statutory
from zhibao.rules.wording import tell

TOLD = (Band, Deed, Beside, Fine, Statutory, Punitive, Doubled)


def tell_money(pack: Pack, value: Band | Deed | Beside | Fine | Statutory | Punitive | Doubled, lang: str) -> str:
    """Return one part of a penalty or remedy in one sentence, its article apart."""
    match value:
        case Band():
            told = _band(pack, value, lang)
        case Deed():
            told = _deed(pack, value, lang)
        case Beside():
            told = value.title.say(lang)
        case Fine():
            told = tell_fine(pack, value, lang)
        case Statutory():
            told = _statutory(pack, value, lang)
        case Punitive():
            told = _punitive(value, lang)
        case Doubled():
            mind = MENTAL[value.mental]
            told = Label(f"{mind.zh}的，{value.times}倍", f"{mind.en}: {value.times} times").say(lang)
    return told


def _punitive(value: Punitive, lang: str) -> str:
    low, high, mind = value.low, value.high, MENTAL[value.mental]
    zh = f"{mind.zh}、情节严重的，{low}倍以上{high}倍以下"
    return Label(zh, f"{mind.en} and serious circumstances: {low} to {high} times").say(lang)


def _band(pack: Pack, band: Band, lang: str) -> str:
    usual = Label("一般", "as a rule").say(lang)
    when = tell(pack, band.tree, lang) if band.tree is not None else usual
    may = Label("（可以不罚）", " (not necessarily)").say(lang) if band.may else ""
    return f"{_whom(band.who, lang)}{when}{_COLON.say(lang)}{tell_fine(pack, band.fine, lang)}{may}"


def _deed(pack: Pack, deed: Deed, lang: str) -> str:
    when = tell_counted(deed.counted, lang) if deed.counted else tell(pack, deed.tree, lang) if deed.tree else ""
    told = _whom(deed.who, lang) + deed.title.say(lang)
    return told + (Label(f"（{when}）", f" ({when})").say(lang) if when else "")


def tell_counted(counted: Counted, lang: str) -> str:
    """Return how many penalties in how many years are asked for."""
    least, years = counted.least, counted.years
    return Label(f"{years}年内受过{least}次以上行政处罚", f"{least} penalties or more in {years} years").say(lang)


def _whom(who: str, lang: str) -> str:
    if who == "party":
        return ""
    name = PARTIES[who]
    return Label(f"对{name.zh}，", f"{name.en}: ").say(lang)


def _statutory(pack: Pack, value: Statutory, lang: str) -> str:
    """Return the range; for whom, where the right knows several kinds of act."""
    several = [one.kinds for one in pack.remedies.values() if len(one.kinds) > 1]
    named = [kinds[kind].say(lang) for kinds in several for kind in value.kinds if kind in kinds]
    whom = Label("、", ", ").say(lang).join(named) + _COLON.say(lang) if named else ""
    least, most = show_yuan(value.least), show_yuan(value.most)
    told = Label(f"{most}元以下", f"up to {most} yuan")
    if value.least:
        told = Label(f"{least}元以上{most}元以下", f"{least} to {most} yuan")
    costs = Label("，合理开支另加", ", reasonable costs on top")
    if value.costs_within:
        costs = Label("，合理开支算在里面", ", reasonable costs within it")
    return whom + told.say(lang) + costs.say(lang)


def _measure(pack: Pack, name: str) -> Label:
    return {**pack.measures, **pack.fine_facts}[name].title


_COLON = Label("：", ": ")


def tell_fine(pack: Pack, fine: Fine, lang: str) -> str:
    """Return what may be imposed: a range, an upper end with its cap, or one sum."""
    high = tell_amount(pack, fine.high, lang)
    if fine.low is not None and fine.low == fine.high:
        return high
    if fine.low is not None and fine.low.measure and fine.low.measure == fine.high.measure:
        name, times = _measure(pack, fine.high.measure), fine.low.times
        zh = f"{name.zh}的{times}倍以上{fine.high.times}倍以下"
        return Label(zh, f"{times} to {fine.high.times} times the {name.en}").say(lang)
    if fine.low is not None:
        low = tell_amount(pack, fine.low, lang)
        return Label(f"{low}以上{high}以下", f"{low} to {high}").say(lang)
    told = Label(f"{high}以下", f"up to {high}").say(lang)
    if fine.at_most is None:
        return told
    cap = show_yuan(fine.at_most)
    return told + Label(f"，最高不超过{cap}元", f", at most {cap} yuan").say(lang)


def tell_amount(pack: Pack, amount: Amount, lang: str) -> str:
    """Return one end: a sum in yuan, so many times a measure, or a percentage of it."""
    if amount.times is None:
        shown = show_yuan(Fen(amount.fen))
        return Label(f"{shown}元", f"{shown} yuan").say(lang)
    name = _measure(pack, amount.measure)
    if amount.times < 1:
        share = f"{amount.times * 100}%"
        return Label(f"{name.zh}的{share}", f"{share} of the {name.en}").say(lang)
    return Label(f"{name.zh}的{amount.times}倍", f"{amount.times} times the {name.en}").say(lang)
