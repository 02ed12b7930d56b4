"""What can be wrong with rights, with a file that brings them in, and with one of its rows.

NotFound
 ├── RightNotFound
 └── ImportNotFound
BadInput
 ├── FileFault          the whole file: nothing of it can be read, or from some row on
 ├── RowFault           one cell of one row; ``where`` is the column's own head
 └── BadPeriod          spans of days that do not fit together
"""

from zhibao.kernel.errors import BadInput, Conflict, NotFound


class RightNotFound(NotFound):
    code = "right-not-found"
    zh = "没有找到权利「{right}」。"
    en = "There is no right '{right}'."
    hint_zh = "用权利的编号，或「种类 号码」，例如「trademark 12345678」。"
    hint_en = "Use the right's id, or its kind and number, e.g. 'trademark 12345678'."


class ImportNotFound(NotFound):
    code = "import-not-found"
    zh = "没有找到这次导入。"
    en = "There is no such import."


class RightKept(Conflict):
    code = "right-exists"
    zh = "{kind} {number} 已在登记簿里，名称是「{name}」。"
    en = "{kind} {number} is in the register already, named '{name}'."
    hint_zh = "改已有的那一项，或核对号码。"
    hint_en = "Change the one that is there, or check the number."


class BadPeriod(BadInput):
    code = "bad-period"
    zh = "起讫日期不对：{start} 起，到 {end} 止。"
    en = "The days do not fit: from {start} to {end}."
    hint_zh = "止日不能早于起日，起日不能早于上一段状态的起日 {before}。"
    hint_en = "The last day must not be before the first, nor the first before that of the status before it, {before}."


class BadStatus(BadInput):
    code = "bad-status"
    zh = "没有「{status}」这种权利状态。"
    en = "There is no status '{status}' of a right."
    hint_zh = "可用：{known}。"
    hint_en = "Known are: {known}."


# --- the whole file ---------------------------------------------------------------------------------------------------


class FileFault(BadInput):
    """The file as a whole cannot be read, or not to its end."""

    code = "import-file"


class FileTooBig(FileFault):
    code = "import-too-big"
    zh = "文件有 {size} MB，一次最多 {limit} MB。"
    en = "The file has {size} MB; at most {limit} MB are taken at once."
    hint_zh = "分成几个文件，或存为 CSV。"
    hint_en = "Split it, or save it as CSV."


class FileEmpty(FileFault):
    code = "import-empty"
    zh = "文件里没有一行数据。"
    en = "The file has no row of data."
    hint_zh = "第一行写列名，从第二行起写数据。"
    hint_en = "Write the column names in the first row and the data below it."


class FileIsHtml(FileFault):
    code = "import-is-html"
    zh = "「{name}」里是网页，不是表格。"
    en = "'{name}' holds a web page, not a table."
    hint_zh = "有的系统把网页存成 .xls：用表格软件打开它，另存为 Excel 或 CSV 再导入。"
    hint_en = "Some systems save a page under .xls: open it in a spreadsheet, save it as Excel or CSV, and import that."


class FileUnknown(FileFault):
    code = "import-unknown-format"
    zh = "「{name}」不是 CSV、Excel、JSON Lines 或 ST.96 XML。"
    en = "'{name}' is not CSV, Excel, JSON Lines or ST.96 XML."
    hint_zh = "另存为 CSV 或 Excel 再导入。"
    hint_en = "Save it as CSV or Excel and import that."


class FileNotText(FileFault):
    code = "import-not-text"
    zh = "「{name}」第 {line} 行附近有读不成文字的字节：既不是 UTF-8，也不是 GB 18030，或者夹着空字符。"
    en = "Near line {line}, '{name}' has bytes that are no text: neither UTF-8 nor GB 18030, or null characters."
    hint_zh = "改好这一行，或者另存为「CSV UTF-8」，再导入。"
    hint_en = "Mend the line, or save the file as 'CSV UTF-8', and import that."


class ArchiveBomb(FileFault):
    code = "import-archive-bomb"
    zh = "这个 Excel 文件解开后超过 {limit} MB，或者它的目录与内容不符，没有读。"
    en = "Unpacked, this Excel file exceeds {limit} MB, or its directory does not match its content; it was not read."
    hint_zh = "数据真有这么多的话，存为 CSV 再导入。"
    hint_en = "If there really is so much data, save it as CSV and import that."


class SheetTooLarge(FileFault):
    code = "import-sheet-too-large"
    zh = "工作表一直延伸到第 {rows} 行、第 {columns} 列，或者有的格没有写位置，没有读。"
    en = "A sheet reaches to row {rows} and column {columns}, or has cells without a place; it was not read."
    hint_zh = "删掉数据右边和下边的空行空列，用表格软件另存一份；数据真有这么多的话，存为 CSV。"
    hint_en = "Delete the empty rows and columns beside and below the data and save a copy; use CSV if it really is that much."


class BrokenArchive(FileFault):
    code = "import-broken-excel"
    zh = "这个 Excel 文件打不开：{why_zh}。"
    en = "This Excel file cannot be opened: {why_en}."
    hint_zh = "用表格软件打开，另存一份再导入；有密码的先去掉密码。"
    hint_en = "Open it in a spreadsheet and save a copy; remove a password first."


class BrokenXml(FileFault):
    code = "import-broken-xml"
    zh = "XML 在第 {line} 行断了，前面的 {taken} 项已读。"
    en = "The XML breaks off at line {line}; the {taken} entries before it were read."
    hint_zh = "重新下载这个文件，再导入一次；已读的不会重复。"
    hint_en = "Fetch the file again and import it once more; what was read is not doubled."


class ForbiddenXml(FileFault):
    code = "import-forbidden-xml"
    zh = "XML 里有实体定义或外部引用，没有读。"
    en = "The XML defines entities or refers to the outside; it was not read."
    hint_zh = "向提供方要不带 DOCTYPE 的文件。"
    hint_en = "Ask its provider for one without a DOCTYPE."


class NotSt96(FileFault):
    code = "import-not-st96"
    zh = "这个 XML 里没有 ST.96 的商标（Trademark）。"
    en = "This XML holds no ST.96 trademark (Trademark)."
    hint_zh = "核对是不是商标数据；专利等其他种类用表格导入。"
    hint_en = "Check that it is trademark data; import other kinds of right from a table."


class BrokenJson(FileFault):
    code = "import-broken-json"
    zh = "开头的 {lines} 行没有一行是一个 JSON 对象，没有接着读。"
    en = "None of the first {lines} lines is one JSON object; nothing further was read."
    hint_zh = "每行写一个对象（JSON Lines）；一个对象不能分成几行。"
    hint_en = "Write one object a line (JSON Lines); an object may not run over several lines."


class BrokenTable(FileFault):
    code = "import-broken-csv"
    zh = "第 {line} 行起引号不成对，或者有一格长过两万字；后面的没有读。"
    en = "From line {line} on a quotation mark is not closed, or a cell is longer than 20,000 characters; nothing after it was read."
    hint_zh = "补上引号，或者把这一格改短，再导入一次；前面的行不会重复。"
    hint_en = "Close it, or shorten the cell, and import once more; the rows before it are not doubled."


class NoHeads(FileFault):
    code = "import-no-columns"
    zh = "前 {looked} 行里没有认得的列名，至少要有「{needed_zh}」。"
    en = "No known column names stand in the first {looked} rows; needed are at least {needed_en}."
    hint_zh = "列名写在数据上面一行，例如：注册号、商标、类别、权利人。"
    hint_en = "Write the names in the row above the data, e.g. id, mark, classes, owner."


class HeadTwice(FileFault):
    code = "import-column-twice"
    zh = "「{first}」和「{second}」两列是同一个意思。"
    en = "The columns '{first}' and '{second}' mean the same."
    hint_zh = "删掉或改名其中一列。"
    hint_en = "Delete or rename one of them."


class ImportStopped(FileFault):
    """Whoever read the file went away in the middle of it."""

    code = "import-stopped"
    zh = "导入做到第 {rows} 行就停了，之后没有人再做。"
    en = "The import stopped after {rows} rows and nobody went on with it."
    hint_zh = "再导入同一个文件：已经收下的行不会重复。"
    hint_en = "Import the same file again: rows that are in are not doubled."


class TooManyRows(FileFault):
    code = "import-too-many-rows"
    zh = "文件超过 {limit} 行，第 {limit} 行以后没有读。"
    en = "The file has more than {limit} rows; those after row {limit} were not read."
    hint_zh = "把余下的行存成另一个文件再导入。"
    hint_en = "Save the remaining rows as another file and import that."


class TooManyBadRows(FileFault):
    code = "import-too-many-bad-rows"
    zh = "已有 {limit} 行不对，从第 {row} 行起没有读。"
    en = "{limit} rows do not hold; nothing from row {row} on was read."
    hint_zh = "多半是列对错了：看前几行的说明，改好列名再导入一次。"
    hint_en = (
        "The columns are probably mixed up: read what is said of the first rows, mend the heads, import once more."
    )


# --- one cell of one row ----------------------------------------------------------------------------------------------


class RowFault(BadInput):
    """One cell does not hold; ``where`` is the column's own head."""

    code = "import-row"


class LineNotJson(RowFault):
    code = "row-not-json"
    zh = "这一行（{seen}）不是一个 JSON 对象，或者有一格不是文字、数字、真假或列表。"
    en = "This line ({seen}) is not one JSON object, or a cell is no text, number, truth or list."
    hint_zh = "改好这一行再导入一次；其他行已经收下，不会重复。"
    hint_en = "Mend the line and import the file once more; the other rows are in and are not doubled."


class CellEmpty(RowFault):
    code = "cell-empty"
    zh = "「{field_zh}」没有写。"
    en = "The {field_en} is missing."
    hint_zh = "补上再导入这一行。"
    hint_en = "Fill it in and import this row again."


class CellTooLong(RowFault):
    code = "cell-too-long"
    zh = "「{field_zh}」有 {length} 个字，最多 {limit} 个。"
    en = "The {field_en} has {length} characters; at most {limit} are kept."
    hint_zh = "缩短，或核对列有没有对错。"
    hint_en = "Shorten it, or check whether the columns are mixed up."


class CellSwapped(RowFault):
    code = "cell-swapped"
    zh = "「{field_zh}」这一列里的「{value}」看上去是{looks_zh}。"
    en = "'{value}' in the column for the {field_en} looks like a {looks_en}."
    hint_zh = "多半是两列写反了：核对列名和这一行的顺序。"
    hint_en = "Two columns are probably swapped: check the heads and the order in this row."


class CellBadDay(RowFault):
    code = "cell-bad-day"
    zh = "「{field_zh}」的日期 {value} {why_zh}。"
    en = "The {field_en} {value} {why_en}."
    hint_zh = "写成 2026-02-28 这样的日期。"
    hint_en = "Write a day such as 2026-02-28."


class CellBadOrder(RowFault):
    code = "cell-bad-order"
    zh = "「{field_zh}」{value} 早于「{other_zh}」{earlier}。"
    en = "The {field_en} {value} is before the {other_en} {earlier}."
    hint_zh = "核对两个日期，看有没有写反。"
    hint_en = "Check the two days; they may be swapped."


class CellBadClass(RowFault):
    code = "cell-bad-class"
    zh = "没有第「{value}」类：尼斯分类只有 1 到 45 类。"
    en = "There is no class '{value}': the Nice classes are 1 to 45."
    hint_zh = "多个类别用逗号或顿号分开，例如「21、30」。"
    hint_en = "Separate several classes with commas, e.g. '21, 30'."


class CellBadUscc(RowFault):
    code = "cell-bad-uscc"
    zh = "{why_zh}。"
    en = "{why_en}."
    hint_zh = "对照营业执照改这一位；一时查不到就留空。"
    hint_en = "Compare it with the business licence; leave it empty while it cannot be found out."


class CellBadKind(RowFault):
    code = "cell-bad-kind"
    zh = "没有「{value}」这种权利。"
    en = "There is no kind of right '{value}'."
    hint_zh = "可用：{known_zh}。"
    hint_en = "Known are: {known_en}."


class CellBadStatus(RowFault):
    code = "cell-bad-status"
    zh = "没有「{value}」这种状态。"
    en = "There is no status '{value}'."
    hint_zh = "可用：{known_zh}。"
    hint_en = "Known are: {known_en}."


class CellBadMoney(RowFault):
    code = "cell-bad-money"
    zh = "「{field_zh}」「{value}」不是金额。"
    en = "The {field_en} '{value}' is not an amount."
    hint_zh = "写元或万元的数，例如「31000」或「3.1万」。"
    hint_en = "Write yuan, or 万 for ten thousand, e.g. '31000' or '3.1万'."


class CellBadFlag(RowFault):
    code = "cell-bad-flag"
    zh = "「{field_zh}」「{value}」不是「是」或「否」。"
    en = "The {field_en} '{value}' is neither yes nor no."
    hint_zh = "写「是」或「否」。"
    hint_en = "Write yes or no."


class CellBadPlace(RowFault):
    code = "cell-bad-place"
    zh = "「{value}」不是六位行政区划代码。"
    en = "'{value}' is not a place code of six digits."
    hint_zh = "写 GB/T 2260 的代码，例如 360200；没有就留空。"
    hint_en = "Write the code of GB/T 2260, e.g. 360200, or leave it empty."


class CellBadChoice(RowFault):
    code = "cell-bad-choice"
    zh = "「{field_zh}」里没有「{value}」这一项。"
    en = "'{value}' is not a known {field_en}."
    hint_zh = "可用：{known}。"
    hint_en = "Known are: {known}."


class RowTwice(RowFault):
    code = "row-twice"
    zh = "这个号码在第 {first} 行已经出现过。"
    en = "This number already stands in row {first}."
    hint_zh = "留一行，删掉另一行；是两项权利的话，核对号码。"
    hint_en = "Keep one of the rows; if they are two rights, check the numbers."


class NumberOfAnother(RowFault):
    code = "number-of-another"
    zh = "登记簿里 {number} 是「{owner}」的「{name}」，名称和权利人都与这一行不同。"
    en = "In the register {number} is '{name}' of '{owner}': neither name nor owner is that of this row."
    hint_zh = "核对号码；权利确实变了的话，先在登记簿里改。"
    hint_en = "Check the number; if the right did change, change it in the register first."


class RowMisshapen(RowFault):
    code = "row-misshapen"
    zh = "这一行有 {found} 格，表头只有 {expected} 列。"
    en = "This row has {found} cells, the head has {expected} columns."
    hint_zh = "多半是一格里的逗号没有加引号。"
    hint_en = "A comma inside a cell probably lacks its quotation marks."


class RowNotBad(BadInput):
    code = "row-not-to-mend"
    zh = "第 {number} 行没有要改的。"
    en = "Row {number} has nothing to mend."
    hint_zh = "只有没有导入的行可以改。"
    hint_en = "Only rows that were not taken can be mended."


class BadFormat(BadInput):
    code = "bad-export-format"
    zh = "不会导出「{format}」。"
    en = "There is no export as '{format}'."
    hint_zh = "可用：csv、xlsx、jsonl。"
    hint_en = "Known are csv, xlsx and jsonl."
