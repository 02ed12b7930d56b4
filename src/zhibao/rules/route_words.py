"""The words of the jurisdiction finder: roads, facts and places, as law files and facts name them, in both languages.

Knows words only.
"""

from collections.abc import Mapping

from zhibao.kernel.labels import Label

CHANNELS: Mapping[str, Label] = {
    "civil": Label("民事诉讼", "civil suit"),
    "administrative-suit": Label("行政诉讼", "administrative suit"),
    "criminal": Label("刑事", "criminal"),
    "administrative": Label("行政查处", "administrative enforcement"),
    "adjudication": Label("行政裁决", "administrative adjudication"),
    "transfer": Label("移送公安", "handing over to the police"),
    "reconsideration": Label("行政复议", "administrative reconsideration"),
    "customs": Label("海关", "customs"),
    "complaint": Label("投诉", "complaint"),
    "report": Label("举报", "report"),
    "mediation": Label("调解", "mediation"),
    "confirmation": Label("司法确认", "judicial confirmation"),
    "arbitration": Label("撤销仲裁裁决", "setting aside an award"),
}
FLAGS: Mapping[str, Label] = {
    "technical": Label("是技术秘密", "it is a technical secret"),
    "software": Label("是计算机软件", "it is software"),
    "monopoly": Label("涉及垄断", "it concerns a monopoly"),
    "well_known": Label("要认定驰名商标", "a well-known mark is to be recognised"),
    "defendant_is_state_organ": Label(
        "被告是国务院部门、县级以上地方政府或者海关",
        "the defendant is a State Council department, a government or customs",
    ),
    "major": Label("重大、复杂", "it is major and complex"),
    "national_major": Label("在全国有重大影响", "it has major national effect"),
    "platform_seller": Label("对方是平台内经营者", "the other side sells on a platform"),
    "seller_unreachable": Label(
        "平台公示的地址不真实或者联系不上", "the seller's address is not real or not reachable"
    ),
    "invited": Label("由法院邀请调解", "a court invited the mediation"),
}
# Facts that make a case special: where nothing is said of them, the answer is given for the ordinary case and says so.
EXCEPTIONS = ("monopoly", "well_known", "software", "national_major", "seller_unreachable", "invited")
CHOICES: Mapping[str, tuple[str, ...]] = {
    "target": ("person", "platform", "seller", "broadcaster", "advertiser"),
    "organ_level": ("country", "province", "city", "county"),
    "first_level": ("county", "city", "province"),
}
CHOICE_NAMES: Mapping[str, Label] = {
    "target": Label("举报的对象", "whom the report is about"),
    "organ_level": Label("移送或者作出决定的机关的级别", "level of the organ that hands over or decided"),
    "first_level": Label("一审法院的级别", "level of the court of first instance"),
}
PLACES: Mapping[str, Label] = {
    "place": Label("对方的住所地或者实际经营地", "the other side's domicile or real place of business"),
    "act_place": Label("行为地", "place of the act"),
    "platform_place": Label("平台的住所地", "the platform's seat"),
    "shown_place": Label("平台上公示的地址", "address shown on the platform"),
    "seat_place": Label("仲裁机构所在地", "seat of the arbitration body"),
    "party_place": Label("申请人一方的住所地", "domicile of a party to the agreement"),
    "subject_place": Label("标的物所在地", "place of the thing in dispute"),
    "body_place": Label("调解组织所在地", "seat of the mediation body"),
    "invited_place": Label("邀请调解的法院所在地", "place of the court that invited the mediation"),
}
OTHERS: Mapping[str, Label] = {
    "channel": Label("走哪条路", "which road"),
    "right": Label("权利种类", "kind of right"),
    "stage": Label("一审或者二审", "first instance or appeal"),
    "amount": Label("标的额", "amount in dispute"),
    "base_limit": Label("当地基层法院的标的额上限", "what base courts there may hear"),
    "filed_on": Label("起诉或者提出的日期", "day of filing"),
}
NAMES: Mapping[str, Label] = {**OTHERS, **FLAGS, **CHOICE_NAMES, **PLACES}
