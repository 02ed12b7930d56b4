"""What can go wrong when listings are taken, screened and judged.

Knows the sentences; knows nothing of doors or forms.
"""

from zhibao.kernel.errors import BadInput, Broken, Conflict, NotFound


class FeedNotFound(NotFound):
    """No such feed."""

    code = "feed-not-found"
    zh = "没有「{feed}」这个来源。"
    en = "There is no feed '{feed}'."
    hint_zh = "先登记来源，或核对它的编号。"
    hint_en = "Enter the feed first, or check its id."


class LeadNotFound(NotFound):
    """No such lead, or it may not be shown to this person."""

    code = "lead-not-found"
    zh = "没有找到这条线索，或者它不在你的机关。"
    en = "There is no such lead, or it is not on your organ's desk."


class ClaimNotFound(NotFound):
    """The claim code belongs to no report."""

    code = "claim-not-found"
    zh = "没有找到这个查询码对应的举报。"
    en = "No report belongs to this claim code."
    hint_zh = "逐个字符核对查询码；0 和 O、1 和 I 不会出现。"
    hint_en = "Check the code letter by letter; 0 and O, 1 and I never occur in it."


class BadFeed(BadInput):
    """The id of a feed is not one."""

    code = "feed-id-unreadable"
    zh = "来源编号「{feed}」只能用小写字母、数字和连字符，最多 40 个字符。"
    en = "The feed id '{feed}' may only hold lower-case letters, digits and hyphens, at most 40 of them."


class FeedKept(Conflict):
    """A feed of this id is there."""

    code = "feed-exists"
    zh = "已经有编号为「{feed}」的来源。"
    en = "There already is a feed with the id '{feed}'."


class ListingWithoutField(BadInput):
    """A listing lacks what makes it one."""

    code = "listing-field-missing"
    zh = "第 {row} 条商品信息缺少{field_zh}。"
    en = "Listing {row} lacks its {field_en}."
    hint_zh = "补上后再导入这一条；其他的已经收下。"
    hint_en = "Add it and import this one again; the others were taken."


class ListingFieldTooLong(BadInput):
    """A field of a listing is longer than the record keeps."""

    code = "listing-field-too-long"
    zh = "第 {row} 条商品信息的{field_zh}有 {length} 个字符，超过 {limit} 个。"
    en = "The {field_en} of listing {row} has {length} characters, over the limit of {limit}."
    hint_zh = "核对列有没有错位。"
    hint_en = "Check whether the columns are shifted."


class UnknownVerdict(BadInput):
    """The verdict is none of the known ones."""

    code = "lead-verdict-unknown"
    zh = "对线索只能判「like」「unlike」「authorised」，不能判「{verdict}」。"
    en = "A lead is judged like, unlike or authorised, not '{verdict}'."


class LeadDecided(Conflict):
    """Somebody has judged the lead already."""

    code = "lead-already-decided"
    zh = "{who_zh}已经判断过线索 {number}。"
    en = "{who_en} has already judged lead {number}."
    hint_zh = "先撤销那个判断，再重新判断。"
    hint_en = "Undo that judgement first, then judge again."


class LeadOpened(Conflict):
    """The lead has become a matter, which nobody can undo."""

    code = "lead-already-opened"
    zh = "线索 {number} 已经立卷为案件 {matter}。"
    en = "Lead {number} has become matter {matter}."
    hint_zh = "在案件里记录后面的事项；立卷有误的，记录不予立案。"
    hint_en = "Record further steps in the matter; if it was opened by mistake, record that it is not filed."


class NothingToUndo(Conflict):
    """Nobody has judged the lead."""

    code = "lead-not-decided"
    zh = "线索 {number} 还没有判断，没有可以撤销的。"
    en = "Nobody has judged lead {number}, so there is nothing to undo."


class LeadWithoutShop(Conflict):
    """There is no shop or no right to remember."""

    code = "lead-without-shop"
    zh = "线索 {number} 没有店铺或者没有权利，不能记为授权店铺。"
    en = "Lead {number} has no shop or no right, so no authorised shop can be kept."
    hint_zh = "只判「有授权」。"
    hint_en = "Judge it as authorised only."


class ReportTooShort(BadInput):
    """A report must say something."""

    code = "report-too-short"
    zh = "写几句话：看到了什么、在哪里看到的。"
    en = "Write a few words: what you saw, and where."


class ReportTooLong(BadInput):
    """A report has an end."""

    code = "report-too-long"
    zh = "举报内容有 {length} 个字，最多 {limit} 个字。"
    en = "The report has {length} characters; at most {limit} can be taken."


class NoOrganForLead(Broken):
    """Nobody on the way up from the place may handle it."""

    code = "lead-has-no-desk"
    zh = "在 {place} 及其上级，没有登记能处理这类权利的机关，线索没有地方可送。"
    en = "No organ that may handle this kind of right is entered for {place} or above it, so the lead has no desk."
    hint_zh = "让管理员登记该地区的机关。"
    hint_en = "Have an administrator enter the organs of that place."
