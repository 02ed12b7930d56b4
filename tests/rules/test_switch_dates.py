"""The days on which a value of the law changed: the old value the day before, the new one on the day, a case on each side."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from scripts.mutation.running import as_case
from zhibao.rules.load import load_cases
from zhibao.rules.shows_golden import shown

CASES = [as_case(table) for table in load_cases()]


@dataclass(frozen=True)
class Switch:
    number: int
    what: str
    day: str
    entry: str
    path: str
    old: object
    new: object
    also: tuple[str, ...] = ()  # words of the cases that hold it, where they do not name the entry

    @property
    def switch(self):
        return date.fromisoformat(self.day)


LABELS, COPIES, SECRETS = ("counterfeit-labels",), ("infringe-copyright",), ("trade-secret",)
# Cases on damages name the right, not the entry.
RIGHTS = {
    "dmg.ic": ("ic-layout",),
    "dmg.tm": ("trademark",),
    "dmg.auc": ("trade-secret",),
    "dmg.patent": ("patent",),
    "dmg.copyright": ("copyright",),
}
# Where a change has two halves, both stand here under one number.
SWITCHES = (
    Switch(1, "labels (215)", "2025-04-26", "cn.criminal.215", "versions.tiers.base[labels].says", "标识数量20000以上", "标识数量10000以上", LABELS),
    Switch(2, "213 grave tier, turnover", "2025-04-26", "cn.criminal.213", "versions.tiers.grave[goods.turnover].says", "非法经营数额250,000.00元以上", "非法经营数额500,000.00元以上", ("counterfeit-mark-goods",)),
    Switch(3, "216 direct loss", "2025-04-26", "cn.criminal.216", "versions.tiers.base[loss].says", "损失数额500,000.00元以上", "损失数额300,000.00元以上", ("passing-off-patent",)),
    Switch(4, "218 gain", "2025-04-26", "cn.criminal.218", "versions.tiers.base[gain].says", "违法所得数额100,000.00元以上", "违法所得数额50,000.00元以上", ("sell-infringing-copies",)),
    Switch(5, "217 copies", "2007-04-05", "cn.criminal.217", "versions.tiers.base[copies].says", "复制品数量1000以上", "复制品数量500以上", COPIES),
    Switch(6, "entities, multiple of the limits", "2007-04-05", "j25.unit", "versions.figures[multiplier].says", "3倍", "1倍"),
    Switch(6, "entities, rule of the crime", "2007-04-05", "cn.criminal.213", "versions.entities.times", "3", "none", ("counterfeit-mark-goods",)),
    Switch(7, "219 loss", "2020-09-14", "cn.criminal.219", "versions.tiers.base[loss].says", "损失数额500,000.00元以上", "损失数额300,000.00元以上", SECRETS),
    Switch(8, "219 grave", "2025-04-26", "cn.criminal.219", "versions.tiers.grave[loss].says", "损失数额2,500,000.00元以上", "损失数额3,000,000.00元以上", SECRETS),
    Switch(9, "criminal fine, multiple of the gain", "2025-04-26", "calc.fine", "versions.figures[gain].says", "1倍以上、5倍以下", "1倍以上、10倍以下"),
    Switch(10, "213 longest term, months", "2021-03-01", "cn.criminal.213", "statute.bands.grave.longest", "84", "120", ("counterfeit-mark-goods",)),
    Switch(10, "215 longest term, months", "2021-03-01", "cn.criminal.215", "statute.bands.grave.longest", "84", "120", LABELS),
    Switch(10, "217 longest term, months", "2021-03-01", "cn.criminal.217", "statute.bands.grave.longest", "84", "120", COPIES),
    Switch(10, "219 longest term, months", "2021-03-01", "cn.criminal.219", "statute.bands.grave.longest", "84", "120", SECRETS),
    Switch(11, "218 longest term, months", "2021-03-01", "cn.criminal.218", "statute.bands.base.longest", "36", "60", ("sell-infringing-copies",)),
    Switch(12, "219-1 exists", "2021-03-01", "cn.criminal.219-1", "statute.kinds", "none", "trade-secret-foreign", ("trade-secret-foreign",)),
    Switch(13, "transfer on reasonable suspicion", "2020-08-07", "cn.transfer", "versions.grounds[reasonable-suspicion].cite_id", "none", "cn.transfer-rules@2020/3/2", ("police_measures_needed",)),
    Switch(14, "trade-secret fine, serious, least (yuan)", "2025-10-15", "fine.auc.trade_secret", "versions.fine_bands[serious].fine.low.fen", "500000.00", "1000000.00"),
    Switch(15, "opposition to a mark", "2027-01-01", "bf.opposition", "versions.length", "3 months", "2 months"),
    Switch(16, "bad-faith applicant, cap of three times the gain (yuan)", "2027-01-01", "fine.tm.badfaith_applicant", "versions.fine_bands[gain].fine.at_most", "30000.00", "none"),
    Switch(16, "bad-faith applicant, most without gain (yuan)", "2027-01-01", "fine.tm.badfaith_applicant", "versions.fine_bands[no-gain].fine.high.fen", "10000.00", "none"),
    Switch(16, "bad-faith applicant, most (yuan)", "2027-01-01", "fine.tm.badfaith_applicant", "versions.fine_bands[any].fine.high.fen", "none", "100000.00"),
    Switch(17, "punitive damages in all, of the base", "2026-05-01", "pun.total_cap", "versions.figures[total].says", "none", "5倍以下"),
    Switch(18, "punitive claim first raised on appeal", "2026-05-01", "pun.second_instance", "versions.items.id", "sue-separately", "not-supported"),
    Switch(19, "IC layouts, punitive multiple", "2026-10-15", "dmg.ic", "versions.punitive.high", "none", "5"),
    Switch(20, "variety term, trees and others", "2025-06-01", "plant-variety", "terms.length", ["20 years", "15 years"], ["25 years", "20 years"]),
    Switch(21, "setting aside an award", "2026-03-01", "arb.setaside", "versions.length", "6 months", "3 months"),
    Switch(22, "IP tribunal: only major cases of utility models, secrets, software", "2023-11-01", "jur.spc_iptribunal", "versions.when.flags.major", ["none"] * 5, ["none", "true", "true", "true", "none"]),
    Switch(23, "punitive damages, marks: mental element", "2027-01-01", "dmg.tm", "versions.punitive.mental", "malice", "intent"),
    Switch(24, "punitive damages, competition: mental element", "2025-10-15", "dmg.auc", "versions.punitive.mental", "malice", "intent"),
    Switch(25, "article on infringing marks", "2027-01-01", "fine.tm.infringe", "versions.cite_id", "cn.trademark-law@2019/60/2", "cn.trademark-law@2026/74/2"),
    Switch(25, "article on damages for marks", "2027-01-01", "dmg.tm", "versions.cite_id", "cn.trademark-law@2019/63/1", "cn.trademark-law@2026/77/1"),
    Switch(26, "article on judicial confirmation", "2024-01-01", "conf.window", "versions.cite_id", "cn.civil-procedure@2021/201", "cn.civil-procedure@2023/205"),
    Switch(27, "patent administrative case, extensions", "2025-02-01", "pad.decide", "versions.extensions.length", "1 months", ["1 months", "2 months"]),
    Switch(28, "patent statutory damages, least (yuan)", "2021-06-01", "dmg.patent", "versions.statutory.least", "10000.00", "30000.00"),
    Switch(28, "patent statutory damages, most (yuan)", "2021-06-01", "dmg.patent", "versions.statutory.most", "1000000.00", "5000000.00"),
    Switch(29, "copyright statutory damages, least (yuan)", "2021-06-01", "dmg.copyright", "versions.statutory.least", "0.00", "500.00"),
    Switch(29, "copyright statutory damages, most (yuan)", "2021-06-01", "dmg.copyright", "versions.statutory.most", "500000.00", "5000000.00"),
    Switch(30, "mark statutory damages, most (yuan)", "2019-11-01", "dmg.tm", "versions.statutory.most", "3000000.00", "5000000.00"),
    Switch(30, "mark punitive multiple", "2019-11-01", "dmg.tm", "versions.punitive.high", "3", "5"),
    Switch(31, "statutory holidays", "2025-01-01", "hol.days", "versions.figures[days].says", "11日", "13日"),
    Switch(32, "summary fine, citizen", "2021-07-15", "adm.summary.cap", "versions.figures[citizen].says", "50.00元以下", "200.00元以下"),
    Switch(32, "summary fine, entity", "2021-07-15", "adm.summary.cap", "versions.figures[entity].says", "1,000.00元以下", "3,000.00元以下"),
    Switch(33, "complaint rule", "2026-04-15", "cmp.inst", "versions.cite_id", "cn.samr-complaints-20@2019/14", "cn.samr-complaints-121@2025/46"),
    Switch(34, "credit repair rule", "2026-04-01", "cr.repair.inst", "versions.cite_id", "cn.ndrc-credit-repair-58@2023/1", "cn.ndrc-credit-repair-2025@2025/1"),
    Switch(35, "list of base courts", "2025-10-01", "jur.base_list", "versions.cite_id", "cn.fa-2022-109@2022/annex-1", "cn.fa-2025-167@2025/annex-1"),
    Switch(36, "mediation limit, by the regulation", "2024-07-01", "cmp.mediate", "versions.length", "45 working-days", "60 days"),
    Switch(36, "mediation limit, the rule's forty-five days beside it", "2026-04-15", "cmp.mediate", "versions.conflicts.length", "45 working-days", "none"),
    Switch(37, "notice to a named reporter", "2026-04-15", "rep.tell_named", "versions.length", "5 working-days", "none"),
    Switch(38, "display of penalties, ends", "2025-12-25", "pub.display", "versions.grades[general].stay.ends_after", "3 years", "1 years"),
    Switch(38, "display of penalties, earliest", "2025-12-25", "pub.display", "versions.grades[general].stay.early_after", "none", "3 months"),
    Switch(39, "low fine, business", "2025-12-25", "pub.low_fine", "versions.figures[business].says", "none", "50,000.00元以下"),
    Switch(39, "low fine, person responsible", "2025-12-25", "pub.low_fine", "versions.figures[responsible].says", "none", "5,000.00元以下"),
    Switch(40, "early stop: not on the serious list", "2025-12-25", "adm.publish.early_stop", "versions.items.says", ["已经自觉履行处罚决定的义务", "已经主动消除危害后果和不良影响", "没有因同一类违法行为再受处罚", "未在严重违法失信名单中"], ["已经自觉履行处罚决定的义务", "已经主动消除危害后果和不良影响", "没有因同一类违法行为再受处罚"]),
    Switch(41, "early removal from the serious list, decision", "2025-12-25", "cr107.decide", "versions.length", "none", "7 working-days"),
    Switch(42, "method of illegal gain", "2026-03-20", "gain118.inst", "versions.cite_id", "cn.saic-gain-37@2008/2", "cn.samr-gain-118@2025/17"),
    Switch(43, "trade-secret rule", "2026-06-01", "ts126.inst", "versions.cite_id", "cn.saic-trade-secrets-41@1995/2", "cn.samr-trade-secrets-126@2026/31"),
    Switch(44, "hearing request", "2021-07-15", "adm.hearing.request", "versions.length", "3 working-days", "5 working-days"),
    Switch(45, "hearing notice", "2021-07-15", "adm.hearing.notice", "versions.length", "7 days", "7 working-days"),
    Switch(46, "unsold labels (215)", "2025-04-26", "cn.criminal.215", "versions.tiers.base[unsold].says", "销售他人制造的，尚未销售的标识数量60000以上", "销售他人制造的，尚未销售的标识数量30000以上", LABELS),
    Switch(46, "unsold labels (215), two marks", "2025-04-26", "cn.criminal.215", "versions.tiers.base[unsold.two-marks].says", "销售他人制造的，商标或者专利的种数2以上，尚未销售的标识数量30000以上", "销售他人制造的，商标或者专利的种数2以上，尚未销售的标识数量15000以上", LABELS),
    Switch(47, "Latin word marks, letters", "2022-01-01", "tm.lat.3plus", "versions.figures[length].says", "4个字母以上", "3个字母以上"),
)  # fmt: skip


def name(switch):
    return f"{switch.number} {switch.what}"


def test_all_forty_seven_are_there():
    assert sorted({switch.number for switch in SWITCHES}) == list(range(1, 48))


@pytest.mark.parametrize("switch", SWITCHES, ids=name)
def test_the_old_value_holds_to_the_day_before_and_the_new_one_from_the_day(pack, switch):
    before = switch.switch - timedelta(days=1)
    assert shown(pack, switch.entry, before, switch.path) == switch.old
    assert shown(pack, switch.entry, switch.switch, switch.path) == switch.new


def days_in(case):
    found = set()
    for word in case.words:
        try:
            found.add(date.fromisoformat(word[:10]))
        except ValueError:
            continue
    return found


@pytest.mark.parametrize("switch", SWITCHES, ids=name)
def test_a_golden_case_stands_on_each_side(switch):
    rights = RIGHTS.get(switch.entry, ())
    about = [
        case
        for case in CASES
        if case.words & {switch.entry, *switch.also} or (case.kind == "damages" and case.words & {*rights})
    ]
    days = {day for case in about for day in days_in(case)}
    assert any(day < switch.switch for day in days), "no case before"
    assert any(day >= switch.switch for day in days), "no case after"
