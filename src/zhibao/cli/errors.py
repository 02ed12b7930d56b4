"""What can be wrong with how a command was called, or with a file it was given.

BadInput
 ├── BadUsage           an option, argument or command that does not exist or lacks its value
 ├── FileMissing        no such file
 ├── NotAFile           a folder or device where a file is wanted
 ├── FileClosed         the system does not let us read or write it
 ├── DiskFull           no room left
 ├── DatabaseBusy       another process holds the database
 ├── DatabaseClosed     the database cannot be opened or written
 ├── FileTooLarge       more than the command is made for
 ├── NotText            bytes that are in none of the encodings we read
 ├── BadJson            text that is not JSON, or is ambiguous JSON
 ├── WrongShape         JSON of another shape than the command takes
 ├── NoAdministrator    there is nobody yet in whose name to act
 ├── SeveralAdministrators  more than one could be meant
 ├── TargetNotEmpty     a restore or export would overwrite something
 ├── BadArchive         a backup that is torn, altered or of an unknown kind
 └── NotReady           a database that lacks its tables, or none at all
"""

from zhibao.kernel.errors import BadInput, Broken


class BadUsage(BadInput):
    """The command was called in a way it does not know; ``what_zh`` and ``what_en`` say how."""

    code = "bad-usage"
    zh = "{what_zh}。"
    en = "{what_en}."
    hint_zh = "用「{command} --help」看这条命令的写法。"
    hint_en = "See how it is written with '{command} --help'."


class FileMissing(BadInput):
    """There is no file at the path."""

    code = "input-missing"
    zh = "没有「{path}」这个文件。"
    en = "There is no file '{path}'."
    hint_zh = "检查路径；用「-」从标准输入读。"
    hint_en = "Check the path; '-' reads standard input."


class NotAFile(BadInput):
    """A folder or a device stands where a file is wanted."""

    code = "not-a-file"
    zh = "「{path}」不是文件。"
    en = "'{path}' is not a file."
    hint_zh = "给出其中的一个文件。"
    hint_en = "Name a file inside it."


class FileClosed(BadInput):
    """The system refuses to read or write the file."""

    code = "file-closed"
    zh = "「{path}」不能读写：{why_zh}。"
    en = "'{path}' cannot be read or written: {why_en}."
    hint_zh = "检查文件的权限和磁盘。"
    hint_en = "Check the file's permissions and the disk."


class DiskFull(BadInput):
    """There is no room left for the database, the vault or a file; what was stored before stays as it was."""

    code = "disk-full"
    zh = "磁盘满了，这一步没有做完；先前存好的都还在。"
    en = "The disk is full and this step was not finished; what was stored before is still there."
    hint_zh = "腾出空间，或者把 ZHIBAO_HOME、ZHIBAO_DATABASE_URL 指到有空间的地方，再做一次。"
    hint_en = "Make room, or point ZHIBAO_HOME and ZHIBAO_DATABASE_URL to where there is some, and do it again."


class DatabaseBusy(BadInput):
    """Another process holds the database."""

    code = "database-busy"
    zh = "数据库正被别的程序占用，这一步没有做。"
    en = "The database is held by another program; this step was not done."
    hint_zh = "等那个程序做完，再做一次。"
    hint_en = "Wait until it is done, and do it again."


class DatabaseClosed(BadInput):
    """The database may not be opened or written."""

    code = "database-closed"
    zh = "数据库打不开，或者只能读不能写。"
    en = "The database cannot be opened, or may be read but not written."
    hint_zh = "核对 ZHIBAO_HOME 和 ZHIBAO_DATABASE_URL，以及这些文件的权限。"
    hint_en = "Check ZHIBAO_HOME and ZHIBAO_DATABASE_URL, and the permissions of those files."


class FileTooLarge(BadInput):
    """The file is larger than the command reads at once; sizes in MB."""

    code = "input-too-large"
    zh = "「{path}」超过 {limit} MB，这条命令不读这样大的文件。"
    en = "'{path}' is larger than {limit} MB, which this command does not read."
    hint_zh = "把它分成几个文件。"
    hint_en = "Split it into several files."


class NotText(BadInput):
    """The bytes are in none of the encodings that are read."""

    code = "not-text"
    zh = "「{path}」不是文本：既不是 UTF-8、UTF-16，也不是 GB 18030。"
    en = "'{path}' is not text: it is neither UTF-8, UTF-16 nor GB 18030."
    hint_zh = "另存为 UTF-8 后再试。"
    hint_en = "Save it as UTF-8 and try again."


class BadJson(BadInput):
    """The text is not JSON, or says one thing twice."""

    code = "bad-json"
    zh = "「{path}」第 {line} 行第 {column} 列：{why_zh}。"
    en = "'{path}', line {line}, column {column}: {why_en}."
    hint_zh = "改好这一处再试。"
    hint_en = "Mend this place and try again."


class WrongShape(BadInput):
    """The JSON is not of the shape the command takes."""

    code = "wrong-shape"
    zh = "「{path}」的内容应是{want_zh}。"
    en = "'{path}' should hold {want_en}."
    hint_zh = "写法见 docs/reference/cli.zh-CN.md。"
    hint_en = "How to write it: docs/reference/cli.md."


class NoAdministrator(BadInput):
    """Nobody has been entered yet in whose name this could be done."""

    code = "no-administrator"
    zh = "还没有管理员，不知道以谁的名义做。"
    en = "There is no administrator yet in whose name this could be done."
    hint_zh = "先录入第一个人：zhibao people add …… --role admin。"
    hint_en = "Enter the first person: zhibao people add … --role admin."


class SeveralAdministrators(BadInput):
    """More than one person could be meant."""

    code = "several-administrators"
    zh = "管理员不止一个：{names}。"
    en = "There is more than one administrator: {names}."
    hint_zh = "用 --as 指明以谁的名义，或设置 ZHIBAO_AS。"
    hint_en = "Say in whose name with --as, or set ZHIBAO_AS."


class TargetNotEmpty(BadInput):
    """Something already stands where the result should go."""

    code = "target-not-empty"
    zh = "「{path}」不是空的，不会覆盖。"
    en = "'{path}' is not empty and is not overwritten."
    hint_zh = "换一个空的位置。"
    hint_en = "Choose an empty place."


class BadArchive(BadInput):
    """The backup is torn, altered, or of a kind this version does not know."""

    code = "bad-archive"
    zh = "备份「{path}」不能用：{why_zh}。什么也没有恢复。"
    en = "The backup '{path}' cannot be used: {why_en}. Nothing was restored."
    hint_zh = "换一份完好的备份。"
    hint_en = "Use a sound copy."


class NotReady(BadInput):
    """The database cannot be reached, or its tables are not there yet."""

    code = "database-not-ready"
    zh = "数据库还不能用：{why_zh}。"
    en = "The database is not ready: {why_en}."
    hint_zh = "先运行「zhibao migrate」；连不上的，核对 ZHIBAO_DATABASE_URL 给出的地址，看服务有没有开着。"
    hint_en = (
        "Run 'zhibao migrate' first; where it cannot be reached, check ZHIBAO_DATABASE_URL and that the server runs."
    )


class Fault(Broken):
    """Zhibao itself is wrong; its trace stands on standard error."""

    code = "fault"
    zh = "知保自己出了错：这条命令没有做完。"
    en = "Zhibao itself went wrong: this command was not finished."
    hint_zh = "把标准错误上的记录交给管理员。"
    hint_en = "Hand the trace on standard error to whoever runs this installation."


class NotASample(BadInput):
    """The folder named for the demo holds something else."""

    code = "not-a-sample"
    zh = "这个文件夹里有别的东西，示例省不会动它。"
    en = "This folder holds something else, and the demo leaves it alone."
    hint_zh = "用 --data 指一个空文件夹或以前的示例省。"
    hint_en = "Name an empty folder, or one with an older sample, by --data."
