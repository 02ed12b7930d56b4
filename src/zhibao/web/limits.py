"""A limit of a law file in words: what is compared with what.

Knows the pack's measures and its own wording of conditions; decides nothing.
"""

from django.utils.translation import gettext as _

from zhibao.apps.cases.law import current_pack
from zhibao.rules.conditions import Tree
from zhibao.rules.wording import tell
from zhibao.web.words import lang, say


def measure_name(measure: str) -> str:
    """Return what a measure or fact is called; one the pack does not know by its id."""
    found = current_pack().measures.get(measure)
    if found:
        return say(found.title)
    return {
        "priors": _("以前受过的处罚"),
        "role": _("制造还是销售"),
        "on": _("判断的日子"),
    }.get(measure, measure)


def kind_words(kind: str) -> str:
    """Return what a kind of act is called."""
    offence = current_pack().act_kinds.get(kind)
    return say(offence.kinds[kind]) if offence else kind


def tree_words(tree: Tree) -> str:
    """Say a condition: 违法所得数额30,000.00元以上."""
    return tell(current_pack(), tree, lang())
