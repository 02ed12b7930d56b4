"""What can be wrong with rules of jurisdiction, and with the facts put to the finder."""

from zhibao.rules.errors import FactFault, LawFault


class FactBadPlace(FactFault):
    code = "fact-bad-place"
    zh = "“{seen}”不是行政区划代码。"
    en = "“{seen}” is no code of a place."
    hint_zh = '写 GB/T 2260 的六位代码，放在引号里，例如 "361104"。'
    hint_en = 'Write the six digits of GB/T 2260 in quotes, such as "361104".'


class FactNoSuchPlace(FactFault):
    code = "fact-no-such-place"
    zh = "法包里没有代码为 {seen} 的地方。"
    en = "The law pack has no place with the code {seen}."
    hint_zh = "核对代码；这个省的市、县都在法包的 places 里。"
    hint_en = "Check the code; the pack's places hold all cities and counties of this province."


class FactContradiction(FactFault):
    code = "fact-contradiction"
    zh = "“{a}”和“{b}”不能同时成立。"
    en = "“{a}” and “{b}” cannot both hold."
    hint_zh = "改正其中一个；不知道的留空。"
    hint_en = "Correct one of them; leave out what is not known."


class LawRulesInCircle(LawFault):
    code = "law-rules-in-circle"
    zh = "管辖规则“{id}”兜了一圈又让步给自己。"
    en = "The rule of jurisdiction “{id}” yields to itself in a circle."
    hint_zh = "看 unless 和 when 里的 rules，去掉其中一处。"
    hint_en = "Look at unless and at rules under when, and take one of them out."
