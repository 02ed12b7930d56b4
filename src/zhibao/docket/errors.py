"""What can be wrong with events given to a docket: each with where it stands and how to mend it.

``where`` is a JSON path (events[3].at) or the field of a form.
"""

from zhibao.kernel.errors import BadInput, Conflict


class EventFault(BadInput):
    """An event cannot be read or does not hold."""

    code = "event-fault"


class EventsNotReadable(EventFault):
    code = "events-not-readable"
    zh = "这里应当是{want_zh}。"
    en = "This should be {want_en}."
    hint_zh = '照 {{"procedure": …, "events": [{{"kind": …, "at": …, "data": {{}}}}], "now": …}} 的样子写。'
    hint_en = 'Write it like {{"procedure": …, "events": [{{"kind": …, "at": …, "data": {{}}}}], "now": …}}.'


class UnknownProcedure(EventFault):
    code = "unknown-procedure"
    zh = "没有「{seen}」这种程序。"
    en = "There is no procedure “{seen}”."
    hint_zh = "最接近的有：{near}。"
    hint_en = "The nearest are: {near}."


class UnknownEventKind(EventFault):
    code = "unknown-event-kind"
    zh = "没有「{seen}」这种事项。"
    en = "There is no event kind “{seen}”."
    hint_zh = "最接近的有：{near}。"
    hint_en = "The nearest are: {near}."


class EventWithoutTime(EventFault):
    code = "event-without-time"
    zh = "时间「{seen}」没有时区，不知道是哪一刻。"
    en = "The time “{seen}” has no offset, so the moment is not known."
    hint_zh = "写成 2026-09-28T10:00:00+08:00 的样子。"
    hint_en = "Write it like 2026-09-28T10:00:00+08:00."


class EventBadTime(EventFault):
    code = "event-bad-time"
    zh = "「{seen}」不是一个时间。"
    en = "“{seen}” is not a time."
    hint_zh = "写成 2026-09-28T10:00:00+08:00 的样子；日历上要有这一天，年份在 1900 到 2199 之间。"
    hint_en = "Write it like 2026-09-28T10:00:00+08:00; the day must exist, in a year from 1900 to 2199."


class EventBeforeStart(EventFault):
    code = "event-before-start"
    zh = "「{kind_zh}」（{at}）早于它所接的「{start_zh}」（{start_at}）。"
    en = "“{kind_en}” ({at}) is dated before the “{start_en}” it answers ({start_at})."
    hint_zh = "核对两件事项的时间；记错的用更正事项改。"
    hint_en = "Check the times of both; mend a wrong one with a correcting event."


class EventInFuture(EventFault):
    code = "event-in-future"
    zh = "「{kind_zh}」的时间 {at} 还没有到，现在是 {now}。"
    en = "“{kind_en}” is dated {at}, which has not come yet: it is {now}."
    hint_zh = "事项发生之后再记；计划中的日期写在数据里。"
    hint_en = "Record it once it has happened; planned dates belong in the data."


class EventNotOfProcedure(EventFault):
    code = "event-not-of-procedure"
    zh = "「{kind_zh}」不是「{procedure_zh}」里的事项。"
    en = "“{kind_en}” is not an event of the procedure “{procedure_en}”."
    hint_zh = "换一个程序，或者换一种事项。"
    hint_en = "Choose another proceeding or another kind of event."


class EventTwice(Conflict):
    code = "event-twice"
    zh = "这个程序已经有一件「{kind_zh}」（第 {seq} 件，{at}）。"
    en = "This proceeding already has “{kind_en}” (number {seq}, {at})."
    hint_zh = "要改时间或内容，更正第 {seq} 件。"
    hint_en = "To change its time or content, correct number {seq}."


class EventDataMissing(EventFault):
    code = "event-data-missing"
    zh = "「{kind_zh}」缺「{field_zh}」。"
    en = "“{kind_en}” lacks “{field_en}”."
    hint_zh = "补上「{field_zh}」。"
    hint_en = "Add “{field_en}”."


class EventDataUnknown(EventFault):
    code = "event-data-unknown"
    zh = "「{kind_zh}」没有「{field}」这个字段。"
    en = "“{kind_en}” has no field “{field}”."
    hint_zh = "它的字段有：{known}。"
    hint_en = "Its fields are: {known}."


class EventDataWrong(EventFault):
    code = "event-data-wrong"
    zh = "「{field_zh}」写的「{seen}」不对，应当是{want_zh}。"
    en = "“{field_en}” says “{seen}”, but should be {want_en}."
    hint_zh = "照此改写；不知道的就不写这个字段。"
    hint_en = "Write it so; leave the field out where it is not known."


class EventDayAfter(EventFault):
    code = "event-day-after"
    zh = "{seen} 晚于这件事项的日期 {day}。"
    en = "{seen} is after the day of this event, {day}."
    hint_zh = "核对两个日期。"
    hint_en = "Check both dates."


class EventDaysBackwards(EventFault):
    code = "event-days-backwards"
    zh = "行为的起日 {first} 晚于止日 {last}。"
    en = "The act begins on {first}, after it ends on {last}."
    hint_zh = "核对两个日期；只有一天的行为，两处写同一天。"
    hint_en = "Check both dates; an act of one day has the same date in both."


class ExtensionWithoutLength(EventFault):
    code = "extension-without-length"
    zh = "「{kind_zh}」没有写明延长多久，或者写的长度不能用；这一次延长的长度由决定来定。"
    en = "“{kind_en}” does not say for how long, or in a way that cannot be used; the law leaves the length of this extension to the decision."
    hint_zh = '写 data.length，例如 "30 days"。'
    hint_en = 'Give data.length, such as "30 days".'


class BadCorrection(EventFault):
    code = "bad-correction"
    zh = "第 {corrects} 件事项不能这样更正：{why_zh}。"
    en = "Event {corrects} cannot be corrected like this: {why_en}."
    hint_zh = "corrects 写要更正的那一件的序号，再写正确的 at 或 data；整件作废写 withdrawn: true。"
    hint_en = "Give the number of the event in corrects, and the right at or data; withdrawn: true takes it back whole."
