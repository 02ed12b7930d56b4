"""The law's ids, units and fields as people are told them, in both languages: for every page and command that shows the law.

Knows words only; programs are told the ids themselves.
"""

from collections.abc import Callable, Mapping

from zhibao.kernel.days import Length, Unit
from zhibao.kernel.errors import BadLength
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack
from zhibao.rules.penalties import PARTIES
from zhibao.rules.remedies import BASES, MENTAL, RIGHTS
from zhibao.rules.road_words import MORE_VALUES, ROAD_KEYS, ROAD_VALUES, TITLED
from zhibao.rules.versions import Confidence

FACTS = {
    "priors": Label("以前受过的处罚", "earlier penalties"),
    "act": Label("行为已经查实", "the act is proved"),
    "reasonable": Label("有合理嫌疑", "reasonable suspicion"),
    "police_measures_needed": Label("需要公安机关采取措施", "police measures are needed"),
}
SECTIONS = {
    "instruments": Label("法律文件", "instruments"),
    "measures": Label("计量", "measures"),
    "offences": Label("罪名", "offences"),
    "triggers": Label("移送条件", "grounds for transfer"),
    "deadlines": Label("期限", "time limits"),
    "procedures": Label("程序", "procedures"),
    "event_kinds": Label("事项种类", "kinds of event"),
    "price_orders": Label("计价顺序", "orders of prices"),
    "finding_kinds": Label("监督发现种类", "kinds of finding"),
    "rights": Label("权利种类", "kinds of right"),
    "organ_kinds": Label("机关种类", "kinds of organ"),
    "places": Label("行政区划", "places"),
    "fine_facts": Label("处罚所问的事实", "facts of fines"),
    "penalties": Label("罚则", "fines"),
    "remedies": Label("赔偿规则", "damages"),
    "values": Label("法定数值", "values"),
    "forms": Label("文书", "forms"),
    "evidence_matrices": Label("证明要素", "what must be proved"),
    "jurisdiction": Label("管辖规则", "rules of jurisdiction"),
    "courts": Label("法院", "courts"),
    "court_limits": Label("基层法院标的额上限", "ceilings of base courts"),
    "displays": Label("公示期限", "periods of display"),
    "credit": Label("失信信息的期限", "periods of dishonesty marks"),
    "rewards": Label("举报奖励", "rewards for reports"),
}
_UNITS = {
    Unit.HOURS: Label("小时", "hours"),
    Unit.DAYS: Label("日", "days"),
    Unit.WORKING_DAYS: Label("个工作日", "working days"),
    Unit.MONTHS: Label("个月", "months"),
    Unit.YEARS: Label("年", "years"),
}
# What the values of one field are called; fields not named here hold words already.
VALUES: Mapping[str, Mapping[str, Label]] = {
    "section": SECTIONS,
    "last_day": {
        "stays": Label("不顺延", "does not move"),
        "moves": Label("顺延到下一个工作日", "moves to the next working day"),
        "silent": Label("条文没有规定，按顺延理解", "the text is silent; moved as a reading"),
        "weekend": Label(
            "条文只说节假日，遇周末按顺延理解", "the text names holidays only; off a weekend moved as a reading"
        ),
    },
    "kind": {
        "statute": Label("法律", "statute"),
        "regulation": Label("行政法规", "administrative regulation"),
        "department-rule": Label("部门规章", "department rule"),
        "judicial-interpretation": Label("司法解释", "judicial interpretation"),
        "judicial-opinion": Label("司法文件", "judicial opinion"),
        "normative-document": Label("规范性文件", "normative document"),
        "local-regulation": Label("地方性法规", "local regulation"),
    },
    "keyed_on": {
        "act": Label("行为的日期", "the day of the act"),
        "step": Label("程序步骤的日期", "the day of the step"),
        "filing": Label("起诉、受理的日期", "the day of filing"),
        "finality": Label("裁判生效的日期", "the day the judgment becomes final"),
    },
    "unit": {
        "yuan": Label("元", "yuan"),
        "count": Label("数量", "count"),
        "flag": Label("是或者否", "yes or no"),
        "choice": Label("选一项", "one of several"),
    },
    "level": {
        "country": Label("国家", "country"),
        "province": Label("省级", "province"),
        "city": Label("设区的市", "prefecture"),
        "county": Label("县区", "county"),
    },
    "price": {
        "actual": Label("实际销售价格", "actual price"),
        "actual_average": Label("实际销售平均价格", "average actual price"),
        "marked": Label("标价", "marked price"),
        "market_middle": Label("市场中间价格", "middle market price"),
    },
    "counts_from": {
        "application": Label("申请日", "application"),
        "grant": Label("授权日", "grant"),
        "publication": Label("首次发表", "publication"),
        "recordal": Label("备案日", "recordal"),
        "registration": Label("核准注册日", "registration"),
        "creation": Label("创作完成", "creation"),
    },
    "type": {
        "text": Label("文字", "text"),
        "day": Label("日期", "day"),
        "moment": Label("时间", "time"),
        "whole": Label("整数", "whole number"),
        "yuan": Label("金额", "yuan"),
        "flag": Label("是或者否", "yes or no"),
        "choice": Label("选一项", "one of several"),
        "length": Label("期限长度", "length"),
        "organ": Label("机关编号", "id of an organ"),
        "procedure": Label("程序种类", "procedure"),
        "proceeding": Label("程序编号", "id of a proceeding"),
        "party": Label("当事人编号", "id of a party"),
        "right": Label("权利编号", "id of a right"),
        "exhibit": Label("证据编号", "id of an exhibit"),
        "event": Label("事项序号", "number of an event"),
        "data": Label("一组字段", "fields"),
        "lines": Label("货物明细", "lines of goods"),
        "acts": Label("行为种类", "kind of act"),
    },
    "classes": {"nice": Label("尼斯分类", "Nice classes"), "none": Label("不分类", "none")},
    "role": {"maker": Label("制造者", "maker"), "seller": Label("销售者", "seller")},
    "tier": {"base": Label("第一档", "first tier"), "grave": Label("第二档", "second tier")},
    "need": FACTS,
    **ROAD_VALUES,
    "confidence": {one.value: one.label for one in Confidence},
    "who": PARTIES,
    "order": BASES,
    "mental": MENTAL,
    "licence": {"multiple": Label("费用的倍数", "a multiple of the fee"), "fee": Label("费用本身", "the fee itself")},
    "yes": {"True": Label("是", "yes"), "False": Label("否", "no")},
}
KEYS = {
    "section": "类别", "on": "日期", "id": "编号", "title": "名称", "name": "字段", "short": "简称", "number": "文号", "kind": "种类",
    "kinds": "行为种类", "issuer": "制定机关", "official": "官方文本", "checked_on": "核对日期", "checked_against": "核对依据",
    "dates": "施行日期", "partial": "只收录部分条文", "articles": "条文", "renumbered": "条文序号变动", "replaces": "代替", "gaps": "空档",
    "versions": "版本", "span": "施行期间", "length": "长度", "before": "倒数自", "variants": "另有长度", "when": "条件",
    "extensions": "延长", "event": "事项", "at_most": "可以少于此数", "needs": "需要", "excludes": "不计入的时间", "last_day": "最后一日",
    "last_day_cite": "最后一日的依据", "cite": "依据", "cites": "依据", "also": "另见", "confidence": "可信程度", "conflicts": "与之冲突的规定",
    "note": "说明", "procedure": "程序", "procedures": "程序", "owed_by": "谁办", "starts": "起算", "begins": "起", "ends": "结束", "lapsed_by": "失效",
    "from_receipt": "自收到起算", "first_day_counts": "首日计入", "backwards": "倒数", "opens": "可以办理的时间", "waits": "期满即可", "keyed_on": "适用哪一版看", "missed": "逾期后果", "lapses": "失效", "finding": "监督发现", "weight": "分量",
    "lighter": "从旧兼从轻", "accumulate": "累计的依据", "tiers": "定罪量刑标准", "says": "标准", "attempt": "未遂", "entities": "单位",
    "times": "倍数", "silences": "没有标准的情形", "measure": "计量", "why": "原因", "statute": "法定刑", "bands": "各档", "text": "刑罚",
    "shortest": "最短（月）", "longest": "最长（月）", "grounds": "理由", "word": "字号", "opens_with": "开始于", "held_by": "由谁办理",
    "stages": "阶段", "entered_by": "进入于", "closed_by": "办结于", "fields": "字段", "type": "类型", "required": "必填", "choices": "可选",
    "after": "须在其后", "once": "只能一次", "sold": "已销售的", "unsold": "未销售的", "sales_cite": "销售金额的依据",
    "unsold_cite": "货值金额的依据", "unlabelled_cite": "未附标识的依据", "idle_after": "多久没有进展", "number_label": "号码名称",
    "classes": "分类", "terms": "保护期", "counts_from": "起算", "covers": "适用于", "renewable": "可以续展",
    "levels": "层级", "competences": "职权", "rights": "权利", "receives": "接收", "code": "代码", "level": "层级", "unit": "单位",
    **ROAD_KEYS,
    "fine_bands": "罚款各档", "who": "对谁", "fine": "罚款", "low": "下限", "high": "上限", "fen": "金额", "may": "可以不罚", "deeds": "其他措施",
    "heavier": "从重", "spared": "只责令停止", "new": "以前不罚", "gain_method": "按市场监管办法认定违法所得", "instead_of": "代替哪一档",
    "counted": "受罚次数", "order": "计算方法的顺序", "licence": "许可使用费", "statutory": "法定赔偿", "punitive": "惩罚性赔偿",
    "doubled": "加倍赔偿", "costs": "合理开支", "costs_within": "开支算在里面", "least": "下限", "mental": "主观要件",
    "limitation": "诉讼时效", "back": "向前推算", "nonuse": "未使用抗辩",
    "adds": "多次相加", "scales": "随倍数放大", "values": "取值", "where": "位置",
}  # fmt: skip
EVENT_FIELDS = frozenset(
    {"event", "begins", "ends", "before", "opens_with", "entered_by", "closed_by", "after", "lapsed_by"}
)
_SAME = {
    "levels": "level", "sold": "price", "unsold": "price", "values": "role", "checked_against": "confidence",
    "dates": "confidence", "needs": "need",
}  # fmt: skip


def say(words: Mapping[str, Label], value: str, lang: str) -> str:
    """Return what ``value`` is called; a value without a word as it is."""
    return words[value].say(lang) if value in words else value


def key_word(key: str, lang: str) -> str:
    """Return what a field is called."""
    return KEYS.get(key, key) if lang == "zh" else key.replace("_", " ")


def length_words(text: str, lang: str) -> str:
    """Return "15 working-days" as 15个工作日 or 15 working days."""
    try:
        length = Length.from_text(text)
    except BadLength:
        return text
    unit = _UNITS[length.unit]
    one = unit.en.removesuffix("s") if length.number == 1 else unit.en
    return f"{length.number}{unit.zh}" if lang == "zh" else f"{length.number} {one}"


def fact_words(pack: Pack, fact: str, lang: str) -> str:
    """Return what a measure or fact of an assessment is called; several joined by + are a sum."""
    known = {**FACTS, **{one.id: one.title for one in pack.measures.values()}}
    return " + ".join(say(known, part, lang) for part in fact.split("+"))


def _act_kinds(pack: Pack) -> dict[str, Label]:
    """Return what the kinds of act of fines, damages and crimes are called."""
    titles = {kind: label for fine in pack.penalties.values() for kind, label in fine.kinds.items()}
    titles |= {kind: label for remedy in pack.remedies.values() for kind, label in remedy.kinds.items()}
    return titles | {kind: offence.kinds[kind] for kind, offence in pack.act_kinds.items()}


def _titles(section: str) -> Callable[[Pack], Mapping[str, Label]]:
    """Return what makes the titles of all entries of a section, by id."""
    return lambda pack: {one.id: one.title for one in getattr(pack, section).values()}


# What makes the words for the ids that stand in a field.
_TITLED: Mapping[str, Callable[[Pack], Mapping[str, Label]]] = {
    **dict.fromkeys(EVENT_FIELDS, _titles("event_kinds")),
    **dict.fromkeys(("procedure", "procedures", "receives"), _titles("procedures")),
    "held_by": _titles("organ_kinds"),
    "rights": lambda pack: {**RIGHTS, **_titles("rights")(pack)},
    "finding": _titles("finding_kinds"),
    "replaces": lambda pack: {one.id: one.short for one in pack.instruments.values()},
    "kinds": _act_kinds,
    **TITLED,
}


def value_words(pack: Pack, key: str, value: str, lang: str) -> str:
    """Return what a value of the field ``key`` of a law entry is called."""
    if key in {"length", "opens", "idle_after", "early_after", "ends_after"}:
        return length_words(value, lang)
    if key == "measure":
        return fact_words(pack, value, lang)
    if key in _TITLED:
        return say(_TITLED[key](pack), value, lang)
    named = _SAME.get(key, key)
    return say({**VALUES.get(named, {}), **MORE_VALUES.get(named, {})}, value, lang)
