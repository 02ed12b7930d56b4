"""A limit of a law file in words: what is compared with what.

Knows the condition language and the pack's measures; decides nothing.
"""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zhibao.apps.cases.law import current_pack
from zhibao.rules.conditions import All, Any, AtLeast, Compare, Exists, Fact, Tree, Which
from zhibao.web.words import lang, say, show_fen

SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}


def measure_name(measure: str) -> str:
    """Return what a measure or fact is called; one the pack does not know by its id."""
    found = current_pack().measures.get(measure)
    return say(found.title) if found else measure


def kind_words(kind: str) -> str:
    """Return what a kind of act is called."""
    offence = current_pack().act_kinds.get(kind)
    return say(offence.kinds[kind]) if offence else kind


def show_quantity(value: int, unit: str) -> str:
    """Write an amount in fen as yuan and anything else as a count."""
    if unit == "yuan":
        return _("%(amount)s 元") % {"amount": show_fen(value)}
    return f"{value:,}"


def limit_of(tree: Compare) -> Fraction:
    """Return the limit with the ratio another article puts on it."""
    return tree.limit * tree.factor


def _which(which: Which) -> str:
    told = []
    if which.role:
        told.append({"maker": _("制造者"), "seller": _("销售者")}.get(which.role, which.role))
    if which.repeat:
        years = which.repeat.years
        told.append(
            ngettext("%(n)s 年内受过处罚又做", "%(n)s 年内受过处罚又做", years) % {"n": years}
        )
    return _join(told, "，", ", ")


def _join(parts: list[str], zh: str, en: str) -> str:
    return (zh if lang() == "zh" else en).join(part for part in parts if part)


def tree_words(tree: Tree) -> str:
    """Say a condition: 违法所得 ≥ 30,000.00 元, 且 … 或 …."""
    match tree:
        case Compare():
            name = " + ".join(measure_name(measure) for measure in tree.measures)
            limit = show_quantity(int(limit_of(tree)), tree.unit)
            return _join([_which(tree.which), f"{name} {SIGNS[tree.op]} {limit}"], "，", ", ")
        case Exists():
            return _which(tree.which)
        case Fact():
            return _join([_which(tree.which), measure_name(tree.name)], "，", ", ")
        case All():
            return _join([tree_words(part) for part in tree.parts], "，且 ", ", and ")
        case Any():
            return _join([tree_words(part) for part in tree.parts], "，或 ", ", or ")
        case AtLeast():
            inner = _join([tree_words(part) for part in tree.parts], "；", "; ")
            return _("至少 %(n)s 项：%(items)s") % {"n": tree.least, "items": inner}
