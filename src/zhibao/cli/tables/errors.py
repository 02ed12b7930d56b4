"""What can be wrong with a table: with the whole file (the command stops), or with one row (the others are kept).

BadInput
 ├── UnknownFormat      an ending that is not one of ours
 ├── ColumnMissing      a column the command cannot do without
 ├── LineUndecodable    bytes in no encoding that is read
 ├── TableUnreadable    a workbook or Parquet file that is torn or of another kind
 ├── WorkbookTooLarge   a workbook that unpacks to more than is held at once
 ├── TooManyHits        more rows than an Excel sheet holds
 └── BadRow
      ├── CellEmpty, CellMerged, CellsSwapped, CellsTooMany, LineNotJson, LineUnreadable, IdTwice
      └── FlagUnknown, ClassUnknown, DayUnknown, CharacterBroken
"""

from zhibao.kernel.errors import BadInput


class UnknownFormat(BadInput):
    """The ending of a table's name is not one that is read or written."""

    code = "table-format-unknown"
    zh = "「{path}」的格式没有见过。"
    en = "The format of '{path}' is not known."
    hint_zh = "把它存为其中一种：{known}。"
    hint_en = "Save it as one of: {known}."


class ColumnMissing(BadInput):
    """A needed column is not in the head of the table."""

    code = "table-column-missing"
    zh = "「{path}」没有 {missing} 列；找到的列是：{found}。"
    en = "'{path}' has no column {missing}; found: {found}."
    hint_zh = "给这一列写上列名，可以写成：{names}。"
    hint_en = "Give the column its name, one of: {names}."


class LineUndecodable(BadInput):
    """A line's bytes are neither in the file's encoding nor in another that is read."""

    code = "table-line-undecodable"
    zh = "「{path}」第 {line} 行的字节读不出来：不是 {encoding}。"
    en = "Line {line} of '{path}' cannot be read: its bytes are not {encoding}."
    hint_zh = "把文件另存为 UTF-8 后再试。"
    hint_en = "Save the file as UTF-8 and try again."


class TableUnreadable(BadInput):
    """The file is torn, or is not what its ending says."""

    code = "table-unreadable"
    zh = "「{path}」打不开：{why_zh}。"
    en = "'{path}' cannot be opened: {why_en}."
    hint_zh = "确认文件完整，并且确实是它的后缀所说的格式。"
    hint_en = "Make sure that the file is whole and of the kind its ending says."


class WorkbookTooLarge(BadInput):
    """A workbook unpacks to more than is held in memory at once."""

    code = "table-workbook-too-large"
    zh = "「{path}」解开后超过 {limit} MB，不读。"
    en = "'{path}' unpacks to more than {limit} MB and is not read."
    hint_zh = "这么多行存成 .csv 或 .parquet；如果本来不大，这个文件可能有问题。"
    hint_en = "Save so many rows as .csv or .parquet; if there should be few, the file may be a trap."


class TooManyHits(BadInput):
    """There are more hits than an Excel sheet has rows."""

    code = "too-many-hits-for-excel"
    zh = "命中超过 {limit} 条，Excel 的一张表放不下。"
    en = "There are more than {limit} hits, more than an Excel sheet holds."
    hint_zh = "结果改存为 .csv、.jsonl 或 .parquet。"
    hint_en = "Write them to .csv, .jsonl or .parquet."


class BadRow(BadInput):
    """One row cannot be used; the others are."""

    code = "table-row"
    zh = "这一行不能用。"
    en = "This row cannot be used."


class CellEmpty(BadRow):
    """A needed cell is empty."""

    code = "table-cell-empty"
    zh = "第 {line} 行：{column} 是空的。"
    en = "Row {line}: {column} is empty."
    hint_zh = "填上它，再跑这一行。"
    hint_en = "Fill it in and run the row again."


class CellMerged(BadRow):
    """A needed cell is empty because it was merged with another."""

    code = "table-cell-merged"
    zh = "第 {line} 行：{column} 与别的行合并成了一格（{span}）。"
    en = "Row {line}: {column} is merged with other rows ({span})."
    hint_zh = "取消合并，给每一行填上自己的值。"
    hint_en = "Unmerge it and give each row its own value."


class CellsSwapped(BadRow):
    """The id is Chinese text and the text a number: two columns changed places."""

    code = "table-cells-swapped"
    zh = "第 {line} 行：编号是文字「{id}」，{column} 却是数字「{value}」，像是两列对调了。"
    en = "Row {line}: the id is the text '{id}' and {column} the number '{value}': two columns seem to be swapped."
    hint_zh = "把两列换回来，或改正列名。"
    hint_en = "Swap the columns back, or mend their names."


class CellsTooMany(BadRow):
    """A row has more cells than the head has names."""

    code = "table-cells-too-many"
    zh = "第 {line} 行有 {count} 格，表头只有 {heads} 列。"
    en = "Row {line} has {count} cells, the head has {heads}."
    hint_zh = "含有逗号的内容要放在双引号里。"
    hint_en = "Put text that holds a comma between double quotes."


class LineNotJson(BadRow):
    """A line of a JSON Lines file is not one JSON object, or says one thing twice."""

    code = "table-line-not-json"
    zh = "第 {line} 行不是一个 JSON 对象：{why}。"
    en = "Line {line} is not one JSON object: {why}."
    hint_zh = '每行写一个对象，例如 {{"id": "1", "title": "…"}}。'
    hint_en = 'Write one object on each line, such as {{"id": "1", "title": "…"}}.'


class LineUnreadable(BadRow):
    """A record of a CSV file cannot be parsed."""

    code = "table-line-unreadable"
    zh = "第 {line} 行读不出来：{why}。"
    en = "Line {line} cannot be read: {why}."
    hint_zh = "检查这一行的引号是否成对、内容是否太长。"
    hint_en = "Check that its quotes are paired and its text is not too long."


class IdTwice(BadRow):
    """An id stands in two rows; the first is kept."""

    code = "table-id-twice"
    zh = "第 {line} 行：编号「{id}」前面已经有了，留用前一行。"
    en = "Row {line}: the id '{id}' stands in an earlier row, which is kept."
    hint_zh = "改掉其中一个编号。"
    hint_en = "Change one of the two ids."


class FlagUnknown(BadRow):
    """A cell that should say yes or no says neither."""

    code = "table-flag-unknown"
    zh = "第 {line} 行：{column} 的「{value}」不是「是」或「否」。"
    en = "Row {line}: '{value}' in {column} is neither true nor false."
    hint_zh = "写 是、否、true 或 false。"
    hint_en = "Write true or false."


class ClassUnknown(BadRow):
    """A Nice class that does not exist."""

    code = "table-class-unknown"
    zh = "第 {line} 行：没有「{value}」这个商品类别。"
    en = "Row {line}: there is no Nice class '{value}'."
    hint_zh = "类别是 1 到 45 的数，几个之间用逗号隔开。"
    hint_en = "Classes are numbers from 1 to 45, set apart by commas."


class DayUnknown(BadRow):
    """A cell that should hold a day holds none that exists."""

    code = "table-day-unknown"
    zh = "第 {line} 行：{column} 的「{value}」不是一个存在的日子。"
    en = "Row {line}: '{value}' in {column} is not a day that exists."
    hint_zh = "写成 2026-02-28 这样，或留空。"
    hint_en = "Write it like 2026-02-28, or leave it empty."


class CharacterBroken(BadRow):
    """A cell holds half of a surrogate pair, which is not a character."""

    code = "table-character-broken"
    zh = "第 {line} 行：{column} 里有半个字符（{which}）。"
    en = "Row {line}: {column} holds half a character ({which})."
    hint_zh = "从来源重新导出这一行。"
    hint_en = "Export the row from its source again."
