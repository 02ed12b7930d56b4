"""What can be wrong with a dated value, in words a lawyer understands."""

from zhibao.rules.errors import LawFault


class LawNoUnit(LawFault):
    code = "law-value-without-unit"
    zh = "这个数没有写单位。"
    en = "This number has no unit."
    hint_zh = "补上 unit，例如 yuan、percent、working-days。"
    hint_en = "Add unit, such as yuan, percent or working-days."


class LawNoValue(LawFault):
    code = "law-no-value"
    zh = "这个版本没有写值。"
    en = "This version states no value."
    hint_zh = "写 holds（是或者否）、says（一句话）、figures（数）或 items（列举）中的一种。"
    hint_en = "Write one of holds (yes or no), says (one line), figures or items."


class LawTwoFiguresOneName(LawFault):
    code = "law-two-figures-one-name"
    zh = "同一个版本里有两个数都叫“{id}”。"
    en = "Two figures of one version are both named “{id}”."
    hint_zh = "给其中一个换个名字。"
    hint_en = "Give one of them another name."


class NotPositive(LawFault):
    code = "law-not-positive"
    zh = "“{key}”应当大于零，这里写的是 {seen}。"
    en = "“{key}” must be more than zero, but says {seen}."
    hint_zh = "核对条文里的数。"
    hint_en = "Check the number in the article."
