"""A condition in words, for people who read the law page and not the file.

Knows the wording only; comparisons are ``conditions``' business.
"""

from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, show_yuan
from zhibao.rules.conditions import All, Any, AtLeast, Compare, Exists, Tree, Which
from zhibao.rules.language import Limit
from zhibao.rules.pack import Pack

_OPS = {
    ">=": Label("{}以上", "{} or more"),
    "<=": Label("{}以下", "{} or less"),
    ">": Label("超过{}", "more than {}"),
    "<": Label("不满{}", "less than {}"),
    "=": Label("正好{}", "exactly {}"),
}
_PENALTIES: dict[tuple[str, ...], tuple[str, str]] = {
    ("administrative",): ("行政处罚", "an administrative penalty"),
    ("criminal",): ("刑事处罚", "a criminal penalty"),
}
_ROLES = {"seller": Label("销售他人制造的", "sold by one who did not make them"), "maker": Label("制造者", "the maker")}


def tell_limit(pack: Pack, limit: Limit, lang: str) -> str:
    """Return what a limit asks for, such as 违法所得数额30,000.00元以上."""
    return tell(pack, limit.tree, lang)


def tell(pack: Pack, tree: Tree, lang: str) -> str:
    """Return a condition in words."""
    match tree:
        case Compare():
            return _tell_compare(pack, tree, lang)
        case Exists():
            return _tell_which(pack, tree.which, lang)
        case All():
            return _joined(pack, tree.parts, lang, Label("，", ", and "))
        case Any():
            return _joined(pack, tree.parts, lang, Label("或者", " or "))
        case AtLeast():
            inner = _joined(pack, tree.parts, lang, Label("；", "; "))
            words = Label(f"下列各项中有{tree.least}项：{inner}", f"{tree.least} of these: {inner}")
            return words.say(lang)


def _joined(pack: Pack, parts: tuple[Tree, ...], lang: str, between: Label) -> str:
    return between.say(lang).join(tell(pack, part, lang) for part in parts)


def _tell_compare(pack: Pack, tree: Compare, lang: str) -> str:
    names = Label("与", " plus ").say(lang).join(_measure(pack, name, lang) for name in tree.measures)
    amount = int(tree.limit * tree.factor)
    if tree.unit == "yuan":
        shown = Label(f"{show_yuan(Fen(amount))}元", f"{show_yuan(Fen(amount))} yuan").say(lang)
    else:
        shown = str(amount)
    reach = _OPS[tree.op].say(lang).format(shown)
    return Label(f"{names}{'合计' if len(tree.measures) > 1 else ''}{reach}", f"{names}: {reach}").say(lang)


def _tell_which(pack: Pack, which: Which, lang: str) -> str:
    words = [_ROLES[which.role].say(lang)] if which.role else []
    if which.fact:
        words.append(_measure(pack, which.fact, lang))
    if which.repeat is not None:
        years = which.repeat.years
        zh, en = _PENALTIES.get(which.repeat.by, ("刑事或者行政处罚", "a penalty"))
        words.append(Label(f"{years}年内受过{zh}后再次实施", f"again within {years} years of {en}").say(lang))
    return Label("，", ", ").say(lang).join(words) or Label("行为已经查实", "the act is proved").say(lang)


def _measure(pack: Pack, name: str, lang: str) -> str:
    """Return what a measure is called: one of crimes, or one of fines."""
    found = pack.measures.get(name) or pack.fine_facts[name]
    return found.title.say(lang)
