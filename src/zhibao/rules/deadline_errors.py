"""What can be wrong with a time limit in a law file, in words a lawyer understands.

Knows the words only; deadlines.py and deadline_checks.py find the faults.
"""

from zhibao.rules.errors import LawFault


class LawNoUnit(LawFault):
    code = "law-no-unit"
    zh = "“{key}”只写了数字 {seen}，没有单位（依据 {cite}）。"
    en = "“{key}” is the bare number {seen}, without a unit (under {cite})."
    hint_zh = "写成 15 working-days 的样子；单位有 hours、days、working-days、months、years。"
    hint_en = "Write it like 15 working-days; units are hours, days, working-days, months, years."


class LawNeverEnds(LawFault):
    code = "law-never-ends"
    zh = "期限 {id}（依据 {cite}）永远不会结束：{why_zh}。"
    en = "The limit {id} (under {cite}) can never end: {why_en}."
    hint_zh = "核对 ends 里的事项：要有一个能在起算之后、在同一件事里发生。"
    hint_en = "Check the events under ends: one of them must be able to happen after the start, in the same matter."


class LawNothingToCountFrom(LawFault):
    code = "law-nothing-to-count-from"
    zh = "期限 {id}（依据 {cite}）没有可以起算的日子：{why_zh}。"
    en = "The limit {id} (under {cite}) has no day to count from: {why_en}."
    hint_zh = "补上起算的事项里写着那一天的字段，或者改掉这里的写法。"
    hint_en = "Add the field of the starting event that holds the day, or write this limit another way."
