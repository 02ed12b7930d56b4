"""The law's ids, units and fields as people are told them on the command line, in both languages.

Knows words only; under ``--json`` the ids themselves are printed and nothing here is asked.
"""

from collections.abc import Mapping

from zhibao.kernel.days import Length, Unit
from zhibao.kernel.errors import BadLength
from zhibao.kernel.labels import Label
from zhibao.rules.pack import Pack
from zhibao.rules.versions import Confidence

STATES = {
    "running": Label("进行中", "running"),
    "suspended": Label("暂停", "suspended"),
    "met": Label("已按期办", "done in time"),
    "met-late": Label("逾期后才办", "done late"),
    "overdue": Label("已逾期", "overdue"),
    "lapsed": Label("已过期失效", "lapsed"),
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
    },
    "keyed_on": {
        "act": Label("行为的日期", "the day of the act"),
        "step": Label("程序步骤的日期", "the day of the step"),
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
    "confidence": {one.value: one.label for one in Confidence},
    "yes": {"True": Label("是", "yes"), "False": Label("否", "no")},
}
KEYS = {
    "section": "类别", "on": "日期", "id": "编号", "title": "名称", "name": "字段", "short": "简称", "number": "文号", "kind": "种类",
    "kinds": "行为种类", "issuer": "制定机关", "official": "官方文本", "checked_on": "核对日期", "checked_against": "核对依据",
    "dates": "施行日期", "partial": "只收录部分条文", "articles": "条文", "renumbered": "条文序号变动", "replaces": "代替", "gaps": "空档",
    "versions": "版本", "span": "施行期间", "length": "长度", "before": "倒数自", "variants": "另有长度", "when": "条件",
    "extensions": "延长", "event": "事项", "at_most": "可以少于此数", "needs": "需要", "excludes": "不计入的时间", "last_day": "最后一日",
    "last_day_cite": "最后一日的依据", "cite": "依据", "cites": "依据", "also": "另见", "confidence": "可信程度", "conflicts": "与之冲突的规定",
    "note": "说明", "procedure": "程序", "procedures": "程序", "owed_by": "谁办", "starts": "起算", "ends": "结束", "lapsed_by": "失效",
    "from_receipt": "自收到起算", "keyed_on": "适用哪一版看", "missed": "逾期后果", "lapses": "失效", "finding": "监督发现", "weight": "分量",
    "lighter": "从旧兼从轻", "accumulate": "累计的依据", "tiers": "定罪量刑标准", "says": "标准", "attempt": "未遂", "entities": "单位",
    "times": "倍数", "silences": "没有标准的情形", "measure": "计量", "why": "原因", "statute": "法定刑", "bands": "各档", "text": "刑罚",
    "shortest": "最短（月）", "longest": "最长（月）", "grounds": "理由", "word": "字号", "opens_with": "开始于", "held_by": "由谁办理",
    "stages": "阶段", "entered_by": "进入于", "closed_by": "办结于", "fields": "字段", "type": "类型", "required": "必填", "choices": "可选",
    "after": "须在其后", "once": "只能一次", "sold": "已销售的", "unsold": "未销售的", "sales_cite": "销售金额的依据",
    "unsold_cite": "货值金额的依据", "unlabelled_cite": "未附标识的依据", "idle_after": "多久没有进展", "number_label": "号码名称",
    "classes": "分类", "terms": "保护期", "counts_from": "起算", "covers": "适用于", "renewable": "可以续展",
    "levels": "层级", "competences": "职权", "rights": "权利", "receives": "接收", "code": "代码", "level": "层级", "unit": "单位",
    "adds": "多次相加", "scales": "随倍数放大", "values": "取值", "where": "位置",
}  # fmt: skip
EVENT_FIELDS = frozenset({"event", "before", "opens_with", "entered_by", "closed_by", "after", "lapsed_by"})
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


def value_words(pack: Pack, key: str, value: str, lang: str) -> str:
    """Return what a value of the field ``key`` of a law entry is called."""
    if key in {"length", "idle_after"}:
        return length_words(value, lang)
    titles: Mapping[str, Label]
    if key in EVENT_FIELDS:
        titles = {one.id: one.title for one in pack.event_kinds.values()}
    elif key in {"procedure", "procedures", "receives"}:
        titles = {one.id: one.title for one in pack.procedures.values()}
    elif key == "held_by":
        titles = {one.id: one.title for one in pack.organ_kinds.values()}
    elif key == "rights":
        titles = {one.id: one.title for one in pack.rights.values()}
    elif key == "finding":
        titles = {one.id: one.title for one in pack.finding_kinds.values()}
    elif key == "replaces":
        titles = {one.id: one.short for one in pack.instruments.values()}
    elif key == "measure":
        return fact_words(pack, value, lang)
    elif key == "kinds":
        titles = {kind: offence.kinds[kind] for kind, offence in pack.act_kinds.items()}
    else:
        titles = VALUES.get(_SAME.get(key, key), {})
    return say(titles, value, lang)
