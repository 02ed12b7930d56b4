"""What the ids in rules of jurisdiction, courts, evidence, display and credit are called, in both languages.

Knows words only; ``words`` asks it, for every page and command that shows the law.
"""

from collections.abc import Callable, Mapping

from zhibao.kernel.labels import Label
from zhibao.rules.credit import COUNTED_FROM, SYSTEMS
from zhibao.rules.evidence_matrix import BURDENS
from zhibao.rules.evidence_matrix import CHANNELS as EVIDENCE_CHANNELS
from zhibao.rules.forms import MAKERS
from zhibao.rules.pack import Pack
from zhibao.rules.publicity import PENALTIES
from zhibao.rules.route_words import CHANNELS, NAMES, PLACES
from zhibao.rules.values import TOPICS

ROAD_VALUES: Mapping[str, Mapping[str, Label]] = {
    "topic": TOPICS,
    "maker": MAKERS,
    "burden": BURDENS,
    "channels": {**CHANNELS, **EVIDENCE_CHANNELS},
    "places": PLACES,
    "system": SYSTEMS,
    "only": PENALTIES,
    "any": PENALTIES,
    "fact": {
        "low_fine": Label("较低数额罚款", "a low fine"),
        "sector": Label("食品药品等重点领域", "food, drugs and other key sectors"),
        "serious_list": Label("列入严重违法失信名单", "on the serious list"),
    },
    "at_least_until": {"restriction": Label("限制期满", "the end of the restriction")},
    "stage": {"first": Label("一审", "first instance"), "appeal": Label("二审", "appeal")},
    "step": {
        "decides": Label("处理", "decides"),
        "investigates": Label("侦查", "investigates"),
        "supervises": Label("监督", "supervises"),
        "tries": Label("审理", "tries"),
        "reviews": Label("复议", "reviews"),
    },
    "bench": {
        "any": Label("该级的法院或者机关", "any of that level"),
        "listed": Label("名单上的法院", "courts on the list"),
    },
}
MORE_VALUES: Mapping[str, Mapping[str, Label]] = {
    "counts_from": COUNTED_FROM,
    "level": {"same": Label("同级", "the same level")},
}
TITLED: Mapping[str, Callable[[Pack], Mapping[str, Label]]] = {
    "organs": lambda pack: {one.id: one.title for one in pack.organ_kinds.values()},
    **dict.fromkeys(("place", "covers"), lambda pack: {one.id: one.name for one in pack.places.values()}),
    **dict.fromkeys(
        ("rule", "rules", "unless"), lambda pack: {one.id: one.title for one in pack.jurisdiction.values()}
    ),
    "limitation": lambda pack: {one.id: one.title for one in pack.deadlines.values()},
    **dict.fromkeys(("back", "nonuse"), lambda pack: {one.id: one.title for one in pack.values.values()}),
}
ROAD_KEYS: Mapping[str, str] = {
    "stay": "公示期", "shown": "公示", "early": "可以提前", "early_after": "最短", "ends_after": "到期", "at_least_until": "不早于",
    "only": "仅有这些处罚", "any": "有这些处罚之一", "fact": "事实", "repeat": "再次失信", "system": "系统", "grades": "等级", "takes": "要求",
    "limits": "上限", "maker": "由谁制作", "elements": "要素", "usually": "通常的证据", "retake": "转为刑事后重新收集", "demands": "各渠道的要求",
    "channels": "渠道", "burden": "谁举证", "shift": "举证转移", "bench": "哪些法院", "unless": "让步于", "step": "作什么", "stage": "审级",
    "organs": "机关", "hears": "管辖", "tribunals": "专门法庭", "most": "上限（元）", "rule": "规则", "over_limit": "超过基层法院上限",
    "flags": "事实", "rules": "适用其中一条的", "places": "按哪个地点", "place": "地点",
    "topic": "领域", "holds": "是否", "figures": "数值", "items": "各项", "ordered": "顺序固定",
}  # fmt: skip
FACT_NAMES = NAMES
FACT_VALUES: Mapping[str, Label] = {
    "country": Label("国家", "country"),
    "province": Label("省级", "province"),
    "city": Label("设区的市", "prefecture"),
    "county": Label("县区", "county"),
    "person": Label("个人或者单位", "a person or firm"),
    "platform": Label("平台或者自建网站", "a platform or own site"),
    "seller": Label("平台内经营者", "a seller of a platform"),
    "broadcaster": Label("广告发布者", "a publisher of advertisements"),
    "advertiser": Label("自行发布的广告主", "an advertiser who publishes itself"),
}
