"""Who may owe a step within a time limit, and whose approval or consent lengthens one.

Knows names and the procedure a body handles; no limit and no organ by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zhibao.kernel.labels import Label


@dataclass(frozen=True, slots=True)
class Ower:
    """Who owes a step. ``procedure`` is the one that body handles; empty for parties, who are no organ."""

    id: str
    title: Label
    procedure: str = ""


OWERS: Mapping[str, Ower] = {
    ower.id: ower
    for ower in (
        Ower("handling-organ", Label("办案机关", "handling organ"), "administrative"),
        Ower("organ-head", Label("办案机关负责人", "head of the handling organ"), "administrative"),
        Ower("police", Label("公安机关", "police"), "criminal"),
        Ower("procuratorate", Label("检察机关", "procuratorate"), "supervision"),
        Ower("complaint-organ", Label("处理投诉的机关", "organ handling the complaint"), "complaint"),
        Ower("adjudicator", Label("管理专利工作的部门", "patent administration"), "adjudication"),
        Ower(
            "major-adjudicator",
            Label("国家知识产权局（重大专利侵权纠纷）", "CNIPA (major disputes)"),
            "major-adjudication",
        ),
        Ower("court", Label("法院", "court"), "civil"),
        Ower("arbitration-court", Label("仲裁司法审查的法院", "court reviewing the award"), "arbitration"),
        Ower("customs", Label("海关", "customs"), "customs"),
        Ower("mediator", Label("调解组织", "mediation body"), "mediation"),
        Ower("trademark-office", Label("商标注册部门", "trademark office"), "trademark-office"),
        Ower("registry", Label("质押登记机构", "pledge registry"), "pledge"),
        Ower("expo-office", Label("展会知识产权投诉机构", "complaint office at the expo"), "expo"),
        Ower("expo-organ", Label("展会所在地知识产权部门", "IP organ where the expo is held"), "expo"),
        Ower("party", Label("当事人", "party")),
        Ower("parties", Label("双方当事人", "both parties")),
        Ower("respondent", Label("被请求人", "respondent")),
        Ower("defendant", Label("被告", "defendant")),
        Ower("applicant", Label("申请人", "applicant")),
        Ower("opponent", Label("异议人", "opponent")),
        Ower("right-holder", Label("权利人", "rights holder")),
        Ower("report-organ", Label("处理举报的机关", "organ handling the report"), "report"),
        Ower("reconsideration-organ", Label("行政复议机关", "reconsideration organ"), "reconsideration"),
        Ower("credit-organ", Label("认定、列入或者公示的机关", "organ that found, listed or shows it"), "credit"),
        Ower("superior", Label("共同上级机关", "common superior")),
        Ower("assisting-organ", Label("协助的机关", "assisting organ")),
        Ower("presider", Label("听证主持人", "presider of the hearing"), "administrative"),
        Ower("publishing-organ", Label("公示的机关", "publishing organ")),
        Ower("reporter", Label("举报人", "reporter")),
        Ower("agency", Label("代理机构", "agency")),
    )
}


@dataclass(frozen=True, slots=True)
class Need:
    """Whose approval or consent an extension needs."""

    id: str
    title: Label


NEEDS: Mapping[str, Need] = {
    need.id: need
    for need in (
        Need("head-approval", Label("机关负责人批准", "approval of the head of the organ")),
        Need("collective-decision", Label("负责人集体讨论决定", "collective decision of the heads")),
        Need("approval-one-level-up", Label("上一级部门批准", "approval one level up")),
        Need("state-council-department", Label("国务院主管部门批准", "approval of the State Council department")),
        Need("chief-prosecutor", Label("检察长批准", "approval of the chief procurator")),
        Need("by-rule", Label("按规定的情形", "in the case the rule names")),
        Need("court-president", Label("本院院长批准", "approval of the president of the court")),
        Need("higher-court", Label("上级人民法院批准", "approval of the court above")),
        Need("court-decision", Label("法院准许", "leave of the court")),
        Need("parties-consent", Label("双方当事人同意", "consent of both parties")),
        Need("beyond-control", Label("权利人无法控制的原因", "a cause beyond the holder's control")),
    )
}
