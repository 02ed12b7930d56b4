"""What can be wrong with a time of being shown, and with the case put to it."""

from zhibao.kernel.errors import NotFound
from zhibao.rules.errors import LawFault


class LawNeverShown(LawFault):
    code = "law-never-shown"
    zh = "不公示的一档，却写了停止公示的时间。"
    en = "This tier is never shown, yet it says when it stops."
    hint_zh = "删去 early、early_after、ends_after，或者去掉 shown: false。"
    hint_en = "Remove early, early_after and ends_after, or shown: false."


class LawTierAfterRest(LawFault):
    code = "law-tier-after-rest"
    zh = "这一档排在没有条件的一档之后，永远轮不到。"
    en = "This tier stands after one without a condition and is never reached."
    hint_zh = "没有条件的一档放在最后，而且只有一档。"
    hint_en = "Put the one tier without a condition last."


class LawNoRest(LawFault):
    code = "law-no-rest"
    zh = "各档都有条件，有的处罚哪一档也不属于。"
    en = "Every tier has a condition, so that some penalties fall into none."
    hint_zh = "最后写一档不带 when 的。"
    hint_en = "End with one tier without “when”."


class RuleNotHeld(NotFound):
    code = "rule-not-held"
    zh = "法包里没有 {day} 适用的“{what}”规定。"
    en = "The law pack holds no rule on “{what}” for {day}."
    hint_zh = "换一个日期，或者用 zhibao law show 看有哪些版本。"
    hint_en = "Take another day, or see the versions with zhibao law show."
