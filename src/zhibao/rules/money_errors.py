"""What can be wrong with the facts put to `law fines` and `law damages`; ``where`` is a JSON path."""

from zhibao.rules.errors import FactFault


class FactNotShape(FactFault):
    code = "fact-not-shape"
    zh = "这里应当是{want_zh}。"
    en = "This should be {want_en}."
    hint_zh = "字段和写法见 docs/design/remedies.md。"
    hint_en = "docs/design/remedies.md lists the fields and how they are written."


class FactBadMultiple(FactFault):
    code = "fact-bad-multiple"
    zh = "“{seen}”不是倍数。"
    en = "“{seen}” is not a multiple."
    hint_zh = "写大于 0 的数，如 2、'2.5' 或 '5/2'；不知道的写 null。"
    hint_en = "Write a number above 0, such as 2, '2.5' or '5/2'; what is not known is null."


class FactMultipleOutOfRange(FactFault):
    code = "fact-multiple-out-of-range"
    zh = "惩罚性赔偿的倍数 {seen} 不在法定范围 {low} 至 {high} 之内（{cite}）。"
    en = "The multiple of punitive damages {seen} is outside the range of the law, {low} to {high} ({cite})."
    hint_zh = "写范围之内的倍数，或者不写，只看范围。"
    hint_en = "Write a multiple within the range, or leave it out to see the range."


class FactBeforeAnyLaw(FactFault):
    code = "fact-before-any-law"
    zh = "行为止于 {seen}，早于收录的第一版规定 {first}（{what_zh}）。"
    en = "The act ended on {seen}, before {first}, the first text held ({what_en})."
    hint_zh = "核对日期；更早的规定没有收录，这里不猜。"
    hint_en = "Check the date; earlier texts are not held, and nothing is guessed here."


class FactFiledBeforeAct(FactFault):
    code = "fact-filed-before-act"
    zh = "起诉日 {seen} 早于行为开始的 {first}。"
    en = "The suit was filed on {seen}, before the act began on {first}."
    hint_zh = "核对 filed_on 和行为的 from。"
    hint_en = "Check filed_on and the act's from."


class FactFinalBeforeFiled(FactFault):
    code = "fact-final-before-filed"
    zh = "裁判生效日 {seen} 早于起诉日 {filed}。"
    en = "The judgment became final on {seen}, before the suit was filed on {filed}."
    hint_zh = "核对 final_on 和 filed_on。"
    hint_en = "Check final_on and filed_on."


class FactDecidedBeforeAct(FactFault):
    code = "fact-decided-before-act"
    zh = "处罚决定日 {seen} 早于行为结束的 {last}。"
    en = "The penalty was decided on {seen}, before the act ended on {last}."
    hint_zh = "核对 decided_on 和行为的 to。"
    hint_en = "Check decided_on and the act's to."


class FactGainAboveTurnover(FactFault):
    code = "fact-gain-above-turnover"
    zh = "违法所得 {gain} 元多于违法经营额 {turnover} 元。"
    en = "The illegal gain of {gain} yuan is more than the turnover of {turnover} yuan."
    hint_zh = "核对两个数：经营额是收入的总和，所得不会比它多。"
    hint_en = "Check both: turnover is all that was taken in, and gain cannot be more."


class FactTwoFigures(FactFault):
    code = "fact-two-figures"
    zh = "{one} 写了 {first} 元，按 {other} 算出来是 {second} 元，两个对不上。"
    en = "{one} says {first} yuan, and {other} comes to {second} yuan: they do not agree."
    hint_zh = "留下一个，或者改到一致。"
    hint_en = "Keep one of them, or make them agree."


class FactContradiction(FactFault):
    code = "fact-clash"
    zh = "{what_zh}。"
    en = "{what_en}."
    hint_zh = "核对这两处，留下查实的一处。"
    hint_en = "Check both and keep what is proved."
