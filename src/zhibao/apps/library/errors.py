"""What can be wrong with texts of law, with what a law officer asks, and with changes of the pack in use.

BadInput
 ├── TextFault            a file that is no text of law
 │    ├── TextEmpty         nothing in it
 │    ├── TextTooLarge      more than a statute has
 │    ├── TextNotReadable   bytes in none of the encodings we read
 │    ├── TextLineTooLong   one line that no provision has
 │    ├── TextWrongKind     a kind of file we do not open (PDF, old Word, pictures)
 │    ├── TextHasMacros     a Word file that carries programs
 │    ├── TextBomb          a Word file that unpacks to far more than it is
 │    ├── TextBroken        a Word file that cannot be read to its end
 │    ├── TextNoArticles    no 第…条 and no numbered point
 │    ├── TextTwice         two articles with the same number
 │    └── TextBadHead       a front matter or sidecar that cannot be read
 ├── NoSuchVersion        told to be a version the pack does not know
 ├── CannotCompare        two versions of which one has no text
 ├── SpanTooLong          more days to come than are looked at in one go
 ├── BadVerdict           a check that says neither confirmed nor differs
 ├── DiffersWhy           a check that finds a difference without saying which
 ├── CalendarDay          a day that cannot be a day off or a make-up workday of the year
 ├── CalendarNotice       a year without its notice
 ├── CalendarYearOut      a year that is none to be edited
 ├── LawFileTooLong       more than a law file has
 ├── LawTooDeep           nested without end
 └── BadExportFormat      neither csv nor xlsx
NotAllowed
 └── LawNotYours          the pack is for the law officers of the top organ
Conflict
 ├── CalendarPublished    the national pack has the year's notice
 └── CalendarUnlikely     an arrangement no year has had, not confirmed
NotFound
 ├── TextNotFound         no imported text of that number
 ├── ArticleUnknown       no article of that number on that day
 ├── LawFileNotFound      no such file in the installation's own layer
 └── ValueNotFound        no value with that id in the law pack
"""

from zhibao.kernel.errors import BadInput, Conflict, NotAllowed, NotFound


class TextFault(BadInput):
    """A file that is no text of law, or not one that can be told apart into articles."""

    code = "law-text"


class TextEmpty(TextFault):
    code = "law-text-empty"
    zh = "「{name}」里没有文字。"
    en = "There is no text in '{name}'."
    hint_zh = "重新下载或者另存后再导入。"
    hint_en = "Download or save it again, then import it."


class TextTooLarge(TextFault):
    code = "law-text-too-large"
    zh = "「{name}」超过 {limit} 兆字节，不像一部法律的文本。"
    en = "'{name}' is over {limit} MiB, which no text of law is."
    hint_zh = "只导入法律文本本身；附图和扫描件留在外面。"
    hint_en = "Import the text alone; leave pictures and scans outside."


class TextNotReadable(TextFault):
    code = "law-text-not-readable"
    zh = "「{name}」不是文字文件，或者编码认不出来。"
    en = "'{name}' is no text file, or its encoding cannot be told."
    hint_zh = "另存为 UTF-8（或者 GB 18030）的 Markdown，或者 Word 的 .docx。"
    hint_en = "Save it as Markdown in UTF-8 (or GB 18030), or as Word's .docx."


class TextLineTooLong(TextFault):
    code = "law-text-line-too-long"
    zh = "「{name}」第 {line} 行有 {length} 个字，没有哪一款有这么长。"
    en = "Line {line} of '{name}' has {length} characters; no paragraph of a law is that long."
    hint_zh = "一款一行；整部法律挤在一行的，先分行。"
    hint_en = "One paragraph a line; break a law that stands on a single line first."


class TextWrongKind(TextFault):
    code = "law-text-wrong-kind"
    zh = "「{name}」是{kind_zh}，这里不读。"
    en = "'{name}' is {kind_en}, which is not read here."
    hint_zh = "另存为 Word 的 .docx，或者 Markdown（.md）再导入。"
    hint_en = "Save it as Word's .docx or as Markdown (.md), then import it."


class TextHasMacros(TextFault):
    code = "law-text-macros"
    zh = "「{name}」里带有宏（程序），没有打开。"
    en = "'{name}' carries macros (programs) and was not opened."
    hint_zh = "另存为不带宏的 .docx 再导入。"
    hint_en = "Save it as a .docx without macros, then import it."


class TextBomb(TextFault):
    code = "law-text-bomb"
    zh = "「{name}」解开后远比它自己大，像压缩炸弹，没有打开。"
    en = "'{name}' unpacks to far more than it is, like an archive bomb, and was not opened."
    hint_zh = "用 Word 打开原件，另存为新的 .docx。"
    hint_en = "Open the original in Word and save it as a new .docx."


class TextBroken(TextFault):
    code = "law-text-broken"
    zh = "「{name}」不是完整的 Word 文件：{why_zh}。"
    en = "'{name}' is not a whole Word file: {why_en}."
    hint_zh = "用 Word 打开，另存为新的 .docx。"
    hint_en = "Open it in Word and save it as a new .docx."


class TextNoArticles(TextFault):
    code = "law-text-no-articles"
    zh = "「{name}」里没有一处「第…条」，也没有「一、」这样编号的段落。"
    en = "'{name}' has no 第…条 and no paragraph numbered 一、."
    hint_zh = "条号要在行首；Word 自动编号的，确认编号样式是「第一条」。"
    hint_en = "Article numbers stand at the beginning of a line; with Word's own numbering, its style must be 第一条."


class TextTwice(TextFault):
    code = "law-text-article-twice"
    zh = "「{name}」里{label}出现了两次：第 {first} 行和第 {second} 行。引用它时就分不清是哪一条。"
    en = "'{name}' has {label} twice, on lines {first} and {second}: a citation could mean either."
    hint_zh = "一个文件只放一部法律；决定和修正后的全文分成两个文件。"
    hint_en = "Keep one law in a file; put a decision and the amended law into two files."


class TextBadHead(TextFault):
    code = "law-text-bad-head"
    zh = "「{where_zh}」里的说明读不出来：{why_zh}。"
    en = "The description in '{where_en}' cannot be read: {why_en}."
    hint_zh = "只写这些字段：instrument、version、title、number、from、source。"
    hint_en = "Its fields are: instrument, version, title, number, from, source."


class NoSuchVersion(BadInput):
    code = "law-no-such-version"
    zh = "法律包里没有「{seen}」。"
    en = "The law pack has no '{seen}'."
    hint_zh = "可以是：{known}。"
    hint_en = "It may be: {known}."


class CannotCompare(BadInput):
    code = "law-cannot-compare"
    zh = "「{instrument}」的 {version} 版还没有导入文本，不能逐字对照。"
    en = "No text of version {version} of '{instrument}' was imported, so the words cannot be compared."
    hint_zh = "用 zhibao law import 导入这一版；没有文本时只对照要点。"
    hint_en = "Import that version with 'zhibao law import'; without it only our own gists can be compared."


class SpanTooLong(BadInput):
    code = "law-span-too-long"
    zh = "从 {first} 到 {last} 太长，一次最多看 {limit} 天。"
    en = "From {first} to {last} is too long; {limit} days are looked at in one go."
    hint_zh = "止日要在起日之后；分几次看。"
    hint_en = "The last day must come after the first; look at it in parts."


class BadVerdict(BadInput):
    code = "law-bad-verdict"
    zh = "核对的结论「{verdict}」不对。"
    en = "'{verdict}' is no result of a check."
    hint_zh = "写 confirmed（与原文一致）或者 differs（有出入）。"
    hint_en = "Write confirmed (it is as the text says) or differs."


class DiffersWhy(BadInput):
    code = "law-differs-why"
    zh = "核对有出入，要写明原文怎么说。"
    en = "A value that differs needs a note: what does the text say?"
    hint_zh = "写一句，例如「原文为三十日」。"
    hint_en = "One sentence will do, e.g. 'the text says thirty days'."


class TextNotFound(NotFound):
    code = "law-text-not-found"
    zh = "没有编号为 {text} 的法律文本。"
    en = "There is no text of law with the number {text}."
    hint_zh = "到文本列表里核对编号。"
    hint_en = "Check its number in the list of texts."


class ArticleUnknown(NotFound):
    code = "law-article-unknown"
    zh = "{day} 施行的「{instrument}」里没有找到 {article}。"
    en = "No {article} of '{instrument}' as in force on {day} is known."
    hint_zh = "核对条号和日期；条号可能在修改后变了。"
    hint_en = "Check number and day; an amendment may have renumbered it."


class ValueNotFound(NotFound):
    code = "law-value-not-found"
    zh = "法律包里没有「{value}」这个值。"
    en = "The law pack has no value '{value}'."
    hint_zh = "到「法律值」列表里核对编号。"
    hint_en = "Check its id in the list of legal values."


class LawNotYours(NotAllowed):
    code = "law-not-yours"
    zh = "法律包是全省共用的，只有没有上级的机关里的法规岗可以改。"
    en = "The law pack is shared by the whole installation: only a law officer of an organ with none above it may change it."
    hint_zh = "把要改的交给上级机关的法规岗；这里可以先试算。"
    hint_en = "Hand the change to the law officer of the organ above; you can still try it here."


class CalendarDay(BadInput):
    code = "law-calendar-day"
    zh = "{year} 年的放假安排里，{day} 不对：{why_zh}。"
    en = "In the arrangement for {year}, {day} is not right: {why_en}."
    hint_zh = "对照通知改正；调休上班日只能是周六、周日。"
    hint_en = "Correct it from the notice; make-up workdays can only be Saturdays and Sundays."


class CalendarNotice(BadInput):
    code = "law-calendar-notice"
    zh = "要写明通知的文号和官方地址（https://…）。"
    en = "The notice's number and its official address (https://…) must be given."
    hint_zh = "例如 国办发明电〔2025〕7号，地址在 www.gov.cn。"
    hint_en = "For example 国办发明电〔2025〕7号, with its address at www.gov.cn."


class CalendarYearOut(BadInput):
    code = "law-calendar-year"
    zh = "{year} 年不在可以编辑的年份里（{first} 到 {last}）。"
    en = "{year} is not among the years that can be edited ({first} to {last})."
    hint_zh = "只有通知发布以后的年份要补；更早的在国家法律包里。"
    hint_en = "Only years announced since need adding; earlier ones stand in the national pack."


class CalendarPublished(Conflict):
    code = "law-calendar-published"
    zh = "国家法律包里已经有 {year} 年的通知，不能用本地的替换。"
    en = "The national pack has the notice for {year} already; a local one cannot replace it."
    hint_zh = "发现有误就导出例案，向上游报告。"
    hint_en = "If it is wrong, report it upstream with a golden case."


class CalendarUnlikely(Conflict):
    code = "law-calendar-unlikely"
    zh = "{year} 年这样安排不像：{why_zh}。"
    en = "This is an unlikely arrangement for {year}: {why_en}."
    hint_zh = "再对照一遍通知；确实如此就确认后再提交。"
    hint_en = "Compare it with the notice once more; if it is so, confirm it and send it again."


class LawFileTooLong(BadInput):
    code = "law-file-too-long"
    zh = "法律文件超过 {limit} 千字节。"
    en = "The law file is over {limit} KiB."
    hint_zh = "一个文件放一个条目；例案分成几个文件。"
    hint_en = "Keep one entry in a file, and spread golden cases over several."


class LawFileNotFound(NotFound):
    code = "law-file-not-found"
    zh = "本地法律包里没有「{name}」。"
    en = "The installation's own pack has no '{name}'."
    hint_zh = "到本地文件列表里核对名字。"
    hint_en = "Check its name in the list of local files."


class LawTooDeep(BadInput):
    code = "law-file-too-deep"
    zh = "文件嵌套太深，读不出来。"
    en = "The file is nested too deeply to be read."
    hint_zh = "照现有的法律文件那样写。"
    hint_en = "Write it as the law files there are."


class BadExportFormat(BadInput):
    code = "law-export-format"
    zh = "不能导出成「{format}」。"
    en = "Nothing can be exported as '{format}'."
    hint_zh = "可以是 csv 或者 xlsx。"
    hint_en = "It may be csv or xlsx."
