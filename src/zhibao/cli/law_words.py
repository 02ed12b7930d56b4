"""States, tiers and grounds as people are told them on the command line, in both languages.

Knows words only; what the law itself calls its fields and values is in rules/words.py.
"""

from zhibao.kernel.labels import Label

STATES = {
    "running": Label("进行中", "running"),
    "suspended": Label("暂停", "suspended"),
    "met": Label("已按期办", "done in time"),
    "met-late": Label("逾期后才办", "done late"),
    "overdue": Label("已逾期", "overdue"),
    "lapsed": Label("已过期失效", "lapsed"),
    "run-out": Label("期满", "run out"),
    "dropped": Label("不再计算", "no longer runs"),
}
TIERS = {
    "none": Label("未达门槛", "below every limit"),
    "base": Label("达到第一档", "first tier met"),
    "grave": Label("达到第二档", "second tier met"),
    "unknown": Label("尚不能判断", "cannot be told yet"),
}
CHOSEN = {
    "act": Label("适用行为时的规定", "the rule of the act's day applies"),
    "lighter": Label("适用后来较轻的规定", "a later, lighter rule applies"),
    "undetermined": Label("哪一版较轻还分不出", "which rule is lighter cannot be told yet"),
}
BASES = {
    "threshold": Label("达到刑事立案标准", "a criminal threshold is met"),
    "reasonable-suspicion": Label("有犯罪合理嫌疑", "there is reasonable suspicion of a crime"),
    "none": Label("没有移送的理由", "no ground for it"),
    "unknown": Label("是否有合理嫌疑、是否需要公安机关采取措施还不知道", "the suspicion is not known yet"),
}
