"""The slow truth: every text against every mark at every place. Indexes are proved equal to it.

Knows no shortcut, and is not for daily use.
"""

from collections.abc import Sequence

from zhibao.matching.alignment import Prepared, align, as_match
from zhibao.matching.fold import fold, has_soft_signs
from zhibao.matching.gates import admits_disguise, admits_exact, holds_soft_sign, is_sought
from zhibao.matching.model import Mark, Match
from zhibao.matching.reasons import exact_match
from zhibao.matching.signals.exact import is_exact


def screen_slowly(marks: Sequence[Mark], title: str) -> tuple[Match, ...]:
    """Return all matches of the marks in a title, in their order. Costs titles x marks x places."""
    prepared = [p for p in map(Prepared.from_mark, marks) if is_sought(p)]
    found = [match for one in prepared for match in (*_exact(one, title), *_disguised(one, title))]
    return tuple(sorted(found, key=lambda match: match.order))


def _exact(prepared: Prepared, title: str) -> list[Match]:
    size = len(prepared.core)
    starts = [s for s in range(len(title) - size + 1) if is_exact(prepared.core, title[s : s + size])]
    return [exact_match(prepared, title, s) for s in starts if admits_exact(prepared, title, s, s + size)]


def _disguised(prepared: Prepared, title: str) -> list[Match]:
    found = []
    for soft in (False, True) if has_soft_signs(title) else (False,):
        text = fold(title, soft=soft)
        for first in range(len(text.cells)):
            alignment = align(prepared, text, first)
            if alignment and admits_disguise(alignment) and (not soft or holds_soft_sign(alignment)):
                found.append(as_match(alignment))
    return found
