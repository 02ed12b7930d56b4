"""What can be wrong with a law file, and with the facts put to it; each in words a lawyer understands.

``LawFault``: a law file does not hold; ``where`` is file:line.
``FactFault``: the facts given do not hold; ``where`` is a JSON path such as acts[0].illegal_gain.
"""

from zhibao.kernel.errors import BadInput, NotFound


class LawFault(BadInput):
    """A law file does not hold; ``where`` is its file and line."""

    code = "law-fault"


class LawNotRead(LawFault):
    code = "law-not-read"
    zh = "这个法规文件不是可读的 YAML：{problem}。"
    en = "This law file is not readable YAML: {problem}."
    hint_zh = "看这一行和上一行的缩进、引号和括号。"
    hint_en = "Look at the indentation, quotes and brackets of this line and the one before."


class LawTab(LawFault):
    code = "law-tab"
    zh = "这一行有制表符。"
    en = "This line has a tab."
    hint_zh = "用空格缩进。"
    hint_en = "Indent with spaces."


class LawDuplicateKey(LawFault):
    code = "law-duplicate-key"
    zh = "“{key}”在同一处写了两次，第一次在第 {first} 行。"
    en = "“{key}” is written twice in one place, first on line {first}."
    hint_zh = "留下一处。"
    hint_en = "Keep one of them."


class LawAlias(LawFault):
    code = "law-alias"
    zh = "这里用了 YAML 的引用（& 和 *）。"
    en = "This uses a YAML alias (& and *)."
    hint_zh = "把内容写在用到的地方：法规文件要让人从头读到尾。"
    hint_en = "Write the content where it is used: a law file is read from top to bottom."


class LawUnknownKey(LawFault):
    code = "law-unknown-key"
    zh = "“{key}”不是这里的字段。"
    en = "“{key}” is not a field of this entry."
    hint_zh = "这里的字段有：{known}。"
    hint_en = "The fields here are: {known}."


class LawMissing(LawFault):
    code = "law-missing"
    zh = "缺“{key}”。"
    en = "“{key}” is missing."
    hint_zh = "补上“{key}”。"
    hint_en = "Add “{key}”."


class LawNoArticle(LawFault):
    code = "law-no-article"
    zh = "这个值没有写依据哪一条。"
    en = "This value names no article."
    hint_zh = "补上 cite，例如 cn.fashi-2025-5/3/1/1。"
    hint_en = "Add cite, such as cn.fashi-2025-5/3/1/1."


class LawNoDates(LawFault):
    code = "law-no-dates"
    zh = "这个版本没有写从哪天起施行。"
    en = "This version does not say from which day it is in force."
    hint_zh = "补上 from，例如 from: 2025-04-26。"
    hint_en = "Add from, such as from: 2025-04-26."


class LawNoConfidence(LawFault):
    code = "law-no-confidence"
    zh = "这个值没有写可信程度。"
    en = "This value does not say how sure it is."
    hint_zh = "补上 confidence：text（读自原文）、secondary（转述）或 unconfirmed（未核实）。"
    hint_en = "Add confidence: text (read in the text), secondary (reported) or unconfirmed."


class LawNoLabel(LawFault):
    code = "law-no-label"
    zh = "“{key}”缺一种语言的名称：{lang}。"
    en = "“{key}” lacks its name in one language: {lang}."
    hint_zh = "写成 {{zh: 中文, en: English}}。"
    hint_en = "Write it as {{zh: 中文, en: English}}."


class LawWrongShape(LawFault):
    code = "law-wrong-shape"
    zh = "“{key}”应当是{want_zh}，这里写的是“{seen}”。"
    en = "“{key}” should be {want_en}, but says “{seen}”."
    hint_zh = "改这一行；写法参照同一个文件夹里的其他文件。"
    hint_en = "Change this line; other files of the same folder show how it is written."


class LawDateIsNumber(LawFault):
    code = "law-date-is-number"
    zh = "“{key}”是日期，却写成了数字 {seen}。"
    en = "“{key}” is a date but is written as the number {seen}."
    hint_zh = "写成 2025-04-26 的样子。"
    hint_en = "Write it like 2025-04-26."


class LawBadDay(LawFault):
    code = "law-bad-day"
    zh = "“{key}”不是一个日期：{seen}。"
    en = "“{key}” is not a date: {seen}."
    hint_zh = "写成 2025-04-26 的样子，日历上要有这一天。"
    hint_en = "Write it like 2025-04-26; the day must exist."


class LawNotOneOf(LawFault):
    code = "law-not-one-of"
    zh = "“{key}”写的“{seen}”不认识。"
    en = "“{key}” says “{seen}”, which is not known."
    hint_zh = "可以写：{known}。"
    hint_en = "It may be: {known}."


class LawBackwards(LawFault):
    code = "law-backwards"
    zh = "施行期间倒了：从 {first} 到 {last}。"
    en = "The period runs backwards: from {first} to {last}."
    hint_zh = "核对 from 和 to；只有一天的，两个写同一天。"
    hint_en = "Check from and to; a period of one day has the same day in both."


class LawOverlap(LawFault):
    code = "law-overlap"
    zh = "从 {second} 起的版本{under_zh}和前一个版本重叠，前一个到 {last} 为止。"
    en = "The version from {second}{under_en} overlaps the one before, which lasts to {last}."
    hint_zh = "每一天只能有一个版本：改前一个版本的 to。"
    hint_en = "Each day has one version: change “to” of the one before."


class LawGap(LawFault):
    code = "law-gap"
    zh = "{first} 到 {last} 没有任何版本，也没有写明是空档；后一个版本{under_zh}从 {second} 起。"
    en = "No version covers {first} to {last}, and no gap is stated; the next version{under_en} begins on {second}."
    hint_zh = "补上版本；如果法律在这段时间确实没有规定，写 gaps 并说明原因。"
    hint_en = "Add the version; if the law really was silent in that time, state it under gaps with the reason."


class LawCitesNothing(LawFault):
    code = "law-cites-nothing"
    zh = "引用了不存在的规定“{cite}”：{why_zh}。"
    en = "“{cite}” cites nothing: {why_en}."
    hint_zh = "核对条、款、项；条文确实存在的，补进 instruments 里这部规定的条文表。"
    hint_en = "Check article, paragraph and item; if it does exist, add it to the articles of that instrument."


class LawSameId(LawFault):
    code = "law-same-id"
    zh = "“{id}”有两份，另一份在 {other}。"
    en = "There are two entries “{id}”, the other in {other}."
    hint_zh = "换一个编号，或者删掉一份。"
    hint_en = "Give one another id, or remove one."


class LawReplaces(LawFault):
    code = "law-replaces-without-basis"
    zh = "地方包的“{id}”替换了全国的规定，却没有写哪一条允许这样做。"
    en = "The provincial entry “{id}” replaces the national one without citing what lets it."
    hint_zh = "补上 replaces_under，写允许地方另行规定的那一条。"
    hint_en = "Add replaces_under with the article that lets a province decide otherwise."


class LawUnknownMeasure(LawFault):
    code = "law-unknown-measure"
    zh = "“{measure}”不是已知的计量。"
    en = "“{measure}” is not a known measure."
    hint_zh = "已知的有：{known}；新的要先写进 measures.yaml。"
    hint_en = "Known are: {known}; a new one is first written in measures.yaml."


class LawUnknownPredicate(LawFault):
    code = "law-unknown-predicate"
    zh = "“{word}”不是条件里能用的词。"
    en = "“{word}” is not a word of the condition language."
    hint_zh = "能用的有：计量 比较 数字，以及 all、any、total、across、role、repeat、half_of_each、fact。"
    hint_en = "It knows: measure, comparison, number; and all, any, total, across, role, repeat, half_of_each, fact."


class LawBadComparison(LawFault):
    code = "law-bad-comparison"
    zh = "“{seen}”不是一个比较。"
    en = "“{seen}” is not a comparison."
    hint_zh = "写成 illegal_gain >= 30000 的样子；比较可以是 >= > <= < =，数字按法条写元，不用万。"
    hint_en = (
        "Write it like illegal_gain >= 30000; comparisons are >= > <= < =, numbers in yuan as the article writes them."
    )


class LawUnknownReference(LawFault):
    code = "law-unknown-reference"
    zh = "“{seen}”指向的东西不存在（{what_zh}）。"
    en = "“{seen}” points to nothing ({what_en})."
    hint_zh = "核对拼写；确实要用的，先在法律包里写上它。"
    hint_en = "Check the spelling; if it is really wanted, write it into the pack first."


class LawNoRoot(LawFault):
    code = "law-no-root"
    zh = "没有法规文件夹 {folder}。"
    en = "There is no law folder {folder}."
    hint_zh = "核对路径；不写就用随软件来的法律包。"
    hint_en = "Check the path; without one the pack that came with the software is used."


class LawUnknownFolder(LawFault):
    code = "law-unknown-folder"
    zh = "“{folder}”不是法包里的文件夹。"
    en = "“{folder}” is not a folder of a law pack."
    hint_zh = "法包里可以有：{known}。"
    hint_en = "A pack may have: {known}."


class LawNotUtf8(LawFault):
    code = "law-not-utf8"
    zh = "这个法规文件不是 UTF-8 编码。"
    en = "This law file is not UTF-8."
    hint_zh = "另存为 UTF-8。"
    hint_en = "Save it as UTF-8."


class LawWrongEnding(LawFault):
    code = "law-wrong-ending"
    zh = "这个文件的结尾是 .yml，不会被读。"
    en = "This file ends in .yml and would not be read."
    hint_zh = "改成 .yaml。"
    hint_en = "Rename it to .yaml."


class FactFault(BadInput):
    """The facts given do not hold; ``where`` is a JSON path."""

    code = "fact-fault"


class FactNotTable(FactFault):
    code = "fact-not-table"
    zh = "这里应当是{want_zh}。"
    en = "This should be {want_en}."
    hint_zh = '照 {{"acts": [{{"kind": …, "from": …, "to": …}}], "priors": [], "suspicion": {{}}, "on": …}} 的样子写。'
    hint_en = 'Write it like {{"acts": [{{"kind": …, "from": …, "to": …}}], "priors": [], "suspicion": {{}}, "on": …}}.'


class FactUnknownField(FactFault):
    code = "fact-unknown-field"
    zh = "不认识字段“{field}”。"
    en = "The field “{field}” is not known."
    hint_zh = "这里的字段有：{known}。"
    hint_en = "The fields here are: {known}."


class FactMissing(FactFault):
    code = "fact-missing"
    zh = "缺“{field}”。"
    en = "“{field}” is missing."
    hint_zh = "{mend_zh}"
    hint_en = "{mend_en}"


class FactUnknownKind(FactFault):
    code = "fact-unknown-kind"
    zh = "不认识的种类“{seen}”。"
    en = "The kind “{seen}” is not known."
    hint_zh = "已知的有：{known}。"
    hint_en = "Known are: {known}."


class FactBadDay(FactFault):
    code = "fact-bad-day"
    zh = "“{seen}”不是日历上的一天。"
    en = "“{seen}” is not a day of the calendar."
    hint_zh = "写成 2026-02-28 的样子，年份在 1900 到 2199 之间。"
    hint_en = "Write it like 2026-02-28, with a year from 1900 to 2199."


class FactBackwards(FactFault):
    code = "fact-backwards"
    zh = "行为的起日 {first} 晚于止日 {last}。"
    en = "The act begins on {first}, after it ends on {last}."
    hint_zh = "核对 from 和 to；只有一天的行为，两处写同一天。"
    hint_en = "Check from and to; an act of one day has the same date in both."


class FactAfterJudging(FactFault):
    code = "fact-after-judging"
    zh = "这一天（{seen}）晚于判断的那天 {on}。"
    en = "This day ({seen}) is after the day of judging, {on}."
    hint_zh = "核对日期，或者改 on。"
    hint_en = "Check the date, or change on."


class FactBadAmount(FactFault):
    code = "fact-bad-amount"
    zh = "“{seen}”不是金额。"
    en = "“{seen}” is not an amount of money."
    hint_zh = "以元为单位写成字符串，例如 '31000.00'；不知道的写 null。"
    hint_en = "Write it as a string in yuan, such as '31000.00'; what is not known is null."


class FactBadCount(FactFault):
    code = "fact-bad-count"
    zh = "“{seen}”不是数量。"
    en = "“{seen}” is not a count."
    hint_zh = "写不小于 0 的整数；不知道的写 null。"
    hint_en = "Write a whole number of 0 or more; what is not known is null."


class FactNotYesNo(FactFault):
    code = "fact-not-yes-no"
    zh = "“{seen}”应当是 true、false 或 null。"
    en = "“{seen}” should be true, false or null."
    hint_zh = "不加引号；不知道的写 null。"
    hint_en = "Write it without quotes; what is not known is null."


class FactNotOneOf(FactFault):
    code = "fact-not-one-of"
    zh = "“{seen}”不认识。"
    en = "“{seen}” is not known."
    hint_zh = "可以写：{known}。"
    hint_en = "It may be: {known}."


class ArticleNotFound(NotFound):
    """What a person typed cites no article of the pack."""

    code = "no-such-article"
    zh = "法律包里没有「{seen}」这一条。"
    en = "The law pack has no article “{seen}”."
    hint_zh = "写成 cn.fashi-2025-5/3/1/1 的样子；用 zhibao law show 看这部规定有哪些条。"
    hint_en = "Write it like cn.fashi-2025-5/3/1/1; zhibao law show lists the articles of an instrument."
