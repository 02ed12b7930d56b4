"""What the facts of fines and damages are called, for people who are told what is still missing.

Knows words only; under ``--json`` the ids themselves are printed.
"""

from collections.abc import Iterable

from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack
from zhibao.rules.words import say

MISSING = {
    "priors": Label("以前受过的处罚", "earlier penalties"),
    "entity": Label("单位还是个人", "entity or person"),
    "proposed": Label("拟作出的处罚", "the penalty proposed"),
    "gain.income": Label("收入", "income"),
    "gain.costs": Label("合法必要支出", "lawful necessary spending"),
    "gain.taxes": Label("已缴税款", "taxes paid"),
    "gain.refunded": Label("已退赔的款项", "refunds"),
    "gain.helped": Label("是不是为违法行为提供便利", "whether it was help to illegal acts"),
    "loss": Label("权利人的实际损失", "the right holder's loss"),
    "gain": Label("侵权人的获利", "the infringer's gain"),
    "licence_fee": Label("许可使用费", "the licence fee"),
    "licence_multiple": Label("许可使用费的倍数", "the multiple of the licence fee"),
    "costs": Label("合理开支", "reasonable costs"),
    "knew_on": Label("知道侵权和侵权人的日期", "the day the infringement and infringer were known"),
    "filed_on": Label("起诉日期", "the day of filing"),
    "final_on": Label("裁判生效日期", "the day of finality"),
    "instance": Label("审级", "the instance"),
    "kind": Label("行为种类", "the kind of act"),
    "intent": Label("是否故意", "intent"),
    "intent.malice": Label("是否恶意", "malice"),
    "serious": Label("情节是否严重", "whether it is serious"),
    "punitive.claimed_at": Label("什么时候请求惩罚性赔偿", "when punitive damages were claimed"),
    "punitive.mediation": Label("二审调解的结果", "how mediation on appeal ended"),
    "punitive.told": Label("前案是否释明", "whether the court had told of the claim"),
    "nonuse.use": Label("商标的使用", "use of the mark"),
    "nonuse.other_loss": Label("有没有其他损失", "other loss"),
}


def missing_words(pack: Pack, missing: Iterable[str], lang: str) -> list[str]:
    """Return what the missing facts are called."""
    measures = {one.id: one.title for one in (*pack.measures.values(), *pack.fine_facts.values())}
    return [say({**measures, **MISSING}, name, lang) for name in missing]
