"""Facts that hardly fit together, told beside the answer: the answer stands, and a person looks again.

Measures are what is proved so far, so that a gain above the turnover proved may be honest: refusing it would keep a true
case out. What cannot be true on any reading (an act that ends before it begins) is refused in ``facts``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, show_yuan
from zhibao.rules.facts import Act, CaseFacts
from zhibao.rules.pack import Pack

# What is part of the turnover, and so cannot be more than all of it (法释〔2025〕5号第二十八条第一款).
PARTS = (("illegal_gain",), ("sales",), ("unsold_value",), ("sales", "unsold_value"))
WHOLE = "turnover"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at again: its JSON path, a code for programs, a sentence."""

    where: str
    code: str
    says: Label


def doubts(pack: Pack, case: CaseFacts) -> tuple[Doubt, ...]:
    """Return what of the facts hardly fits together, act by act."""
    return tuple(doubt for act in case.acts for doubt in _of_act(pack, act))


def _of_act(pack: Pack, act: Act) -> Iterator[Doubt]:
    for parts in PARTS:
        yield from _more_than_all(pack, act, parts)
    if act.amounts.get("right_kinds") == 0 and any(
        value for name, value in act.amounts.items() if name != "right_kinds"
    ):
        yield Doubt(
            f"{act.where}.right_kinds",
            "no-right",
            Label(
                "商标或者专利的种数写的是 0，却有查实的数额：没有涉及的权利，就没有这种行为。",
                "No mark or patent is counted, and yet amounts are proved: without a right there is no such act.",
            ),
        )
    yield from _before_any_law(pack, act)


def _more_than_all(pack: Pack, act: Act, parts: tuple[str, ...]) -> Iterator[Doubt]:
    whole, held = act.amounts.get(WHOLE), [act.amounts.get(name) for name in parts]
    known = [value for value in held if value is not None]
    if whole is None or len(known) < len(parts) or sum(known) <= whole or (len(parts) > 1 and max(known) > whole):
        return
    titles = [pack.measures[name].title for name in parts]
    name_zh, name_en = "与".join(one.zh for one in titles), " plus ".join(one.en for one in titles)
    amount, all_of_it = show_yuan(Fen(sum(known))), show_yuan(Fen(whole))
    yield Doubt(
        f"{act.where}.{parts[0]}",
        "more-than-turnover",
        Label(
            f"{name_zh} {amount} 元，比非法经营数额 {all_of_it} 元还多：核对两个数；非法经营数额没有查全的，写 null。",
            f"{name_en} {amount} yuan is more than the turnover of {all_of_it} yuan: check both; a turnover not yet known in full is null.",
        ),
    )


def _before_any_law(pack: Pack, act: Act) -> Iterator[Doubt]:
    first = min(version.span.first for version in pack.act_kinds[act.kind].statute)
    if act.first < first:
        day = first.isoformat()
        yield Doubt(
            f"{act.where}.from",
            "before-any-law",
            Label(
                f"行为始于 {act.first.isoformat()}，这个罪名收录的法律从 {day} 起：以前的规定没有收录，核对日期。",
                f"The act begins on {act.first.isoformat()}; the law held on this crime begins on {day}: earlier law is not held. Check the date.",
            ),
        )
