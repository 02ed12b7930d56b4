"""What can go wrong when a docket is opened, read or written.

Knows the sentences; knows nothing of doors or forms.
"""

from zhibao.kernel.errors import BadInput, Broken, Conflict, NotAllowed, NotFound, ZhibaoError


class MatterNotFound(NotFound):
    """No such matter, or it may not be shown to this person: the two look alike on purpose."""

    code = "matter-not-found"
    zh = "没有找到这个案件，或者你看不到它。"
    en = "There is no such matter, or you may not see it."
    hint_zh = "核对编号；要看其他机关的案件，先由该机关移送或共享。"
    hint_en = "Check the number; a matter of another organ must first be handed over or shared."


class ProceedingNotFound(NotFound):
    """The matter has no such proceeding."""

    code = "proceeding-not-found"
    zh = "这个案件里没有这个程序。"
    en = "This matter has no such proceeding."


class EventNotFound(NotFound):
    """The matter has no event with this number."""

    code = "event-not-found"
    zh = "这个案件里没有第 {seq} 号事项。"
    en = "This matter has no event number {seq}."


class FindingNotFound(NotFound):
    """The matter has no such finding (any longer)."""

    code = "finding-not-found"
    zh = "没有找到这条监督发现；它可能已经随新的事项消失。"
    en = "There is no such finding; it may have gone with a newer event."


class NotYourProceeding(NotAllowed):
    """Only the organ that holds a proceeding records in it."""

    code = "not-your-proceeding"
    zh = "这个程序由{organ_zh}办理，只有它的承办人和负责人可以记录。"
    en = "This proceeding is held by {organ_en}; only its handlers and heads may record in it."


class MatterMovedOn(Conflict):
    """Somebody recorded in the matter after the person had opened it."""

    code = "matter-moved-on"
    zh = "你打开之后，{who_zh}又记录了{what_zh}；你的这一步没有记下。"
    en = "Since you opened it, {who_en} recorded {what_en}; your step was not recorded."
    hint_zh = "看过新的事项后再记一次。"
    hint_en = "Read what is new, then record your step again."


class SeqAhead(BadInput):
    """The caller claims to have seen more events than there are."""

    code = "expected-seq-ahead"
    zh = "你说看到了第 {expected} 号事项，但这个案件只到第 {head} 号。"
    en = "You say you have seen event {expected}, but the matter ends at {head}."
    hint_zh = "重新打开案件再记。"
    hint_en = "Open the matter again before you record."


class AlreadyHandedOver(Conflict):
    """The proceeding has been handed over to this organ and not been answered yet."""

    code = "already-handed-over"
    zh = "这个案件已经移送{organ_zh}，还在等它答复。"
    en = "This matter was already handed over to {organ_en} and awaits its answer."


class NumberTaken(Conflict):
    """A proceeding that comes in has a number another one of its organ has."""

    code = "proceeding-number-taken"
    zh = "{organ_zh}已经有案号「{number}」。"
    en = "{organ_en} already has a proceeding numbered '{number}'."
    hint_zh = "核对案号；同一个案件已经导入过的，不用再导入。"
    hint_en = "Check the number; a matter that was brought in before need not come in again."


class NoReceivingOrgan(BadInput):
    """Nobody in the matter's place may take the handing over."""

    code = "no-receiving-organ"
    zh = "在{place_zh}及其上级没有能接收{procedure_zh}程序的机关。"
    en = "No organ in {place_en} or above it may take the {procedure_en} proceeding."
    hint_zh = "指明接收机关，或者让管理员登记它。"
    hint_en = "Name the receiving organ, or have an administrator register it."


class SeveralReceivingOrgans(BadInput):
    """More than one organ could take it: a person must choose."""

    code = "several-receiving-organs"
    zh = "能接收的机关不止一个：{organs_zh}。"
    en = "More than one organ could take it: {organs_en}."
    hint_zh = "指明移送给哪一个。"
    hint_en = "Name the one it goes to."


class NotCompetent(BadInput):
    """The organ may not handle this procedure."""

    code = "organ-not-competent"
    zh = "{organ_zh}不办理{procedure_zh}程序。"
    en = "{organ_en} does not handle the {procedure_en} procedure."
    hint_zh = "选择它有权办理的程序，或者移送有权的机关。"
    hint_en = "Choose a procedure within its competence, or hand the matter to an organ that has it."


class EventHasItsOwnAction(BadInput):
    """Some events do more than be recorded, and are made by their own action."""

    code = "event-has-its-own-action"
    zh = "「{kind_zh}」不能单独记录，它由「{action_zh}」产生。"
    en = "'{kind_en}' cannot be recorded by itself: it comes from '{action_en}'."


class UnreadableData(BadInput):
    """The data of an event is not plain JSON the record can keep."""

    code = "event-data-unreadable"
    zh = "事项的数据里有不能存入卷宗的内容：{problem_zh}。"
    en = "The event's data holds something the record cannot keep: {problem_en}."
    hint_zh = "数量写整数，金额写成文字（如 31000.00），文字里不能有空字符。"
    hint_en = "Write counts as integers and money as text (31000.00); text may not hold NUL characters."


class ExhibitNotHere(BadInput):
    """An event may only cite exhibits of its own matter."""

    code = "exhibit-not-in-matter"
    zh = "证据 {exhibit} 不在这个案件里。"
    en = "Exhibit {exhibit} does not belong to this matter."


class NothingCorrected(BadInput):
    """A correction must change something, and say why."""

    code = "nothing-corrected"
    zh = "更正没有改变任何内容，或者没有写理由。"
    en = "The correction changes nothing, or gives no reason."
    hint_zh = "写明更正后的时间或内容，或者选择撤回，并写理由。"
    hint_en = "Give the corrected time or data, or withdraw the event, and say why."


class HandlerOfOtherOrgan(BadInput):
    """The handler of a proceeding works for the organ that holds it."""

    code = "handler-of-other-organ"
    zh = "{person_zh}不是{organ_zh}的承办人。"
    en = "{person_en} is not a handler of {organ_en}."


class BadVerdict(BadInput):
    """The answer to a finding is right, wrong or answered."""

    code = "finding-verdict-unknown"
    zh = "对监督发现只能答「right」「wrong」「answered」，不能答「{verdict}」。"
    en = "A finding is answered right, wrong or answered, not '{verdict}'."


class NoReason(BadInput):
    """An answer without a reason is not kept."""

    code = "reason-missing"
    zh = "没有写理由。"
    en = "The reason is missing."
    hint_zh = "用一句话写明理由。"
    hint_en = "Give the reason in a sentence."


class RecordQueueFull(ZhibaoError):
    """More is being recorded than the database takes, and it has not caught up."""

    code = "record-queue-full"
    status = 503
    zh = "等着记录的已有 {waiting} 件，这一步没有记下。"
    en = "{waiting} steps are waiting to be recorded; this one was not recorded."
    hint_zh = "稍后再记一次。"
    hint_en = "Record it again in a moment."


class RecordWriterGone(ZhibaoError):
    """The program is ending."""

    code = "record-writer-gone"
    status = 503
    zh = "程序正在停止，这一步没有记下。"
    en = "The program is stopping; this step was not recorded."
    hint_zh = "稍后再记一次。"
    hint_en = "Record it again in a moment."


class BrokenChain(Broken):
    """The stored events do not join: the record was changed outside the program."""

    code = "event-chain-broken"
    zh = "案件 {matter} 的记录在第 {seq} 号处对不上，它被程序以外的手段改动过。"
    en = "The record of matter {matter} does not join at number {seq}; it was changed outside the program."
    hint_zh = "不要再记录，用备份核对。"
    hint_en = "Record nothing more; compare with a backup."
