"""What can go wrong when evidence is stored, read or sealed.

Knows the sentences; knows nothing of doors or forms.
"""

from zhibao.kernel.errors import BadInput, Broken, Conflict, NotFound


class SealingNotFound(NotFound):
    code = "sealing-not-found"
    zh = "没有找到这个封存包。"
    en = "There is no such sealed bundle."
    hint_zh = "核对编号；别的机关封存的只有能看该案的人看得到。"
    hint_en = "Check its id; bundles of other organs are seen by those who may see the matter."


class ExhibitNotFound(NotFound):
    """No such exhibit, or it may not be shown to this person."""

    code = "exhibit-not-found"
    zh = "没有找到这件证据，或者你看不到它。"
    en = "There is no such exhibit, or you may not see it."


class EmptyFile(BadInput):
    """A file of no bytes proves nothing."""

    code = "file-empty"
    zh = "文件「{name}」是空的，里面一个字节也没有。"
    en = "The file '{name}' is empty: it holds not a single byte."
    hint_zh = "重新导出或拷贝后再存。"
    hint_en = "Export or copy it again, then store it."


class FileTooLarge(BadInput):
    """The file is larger than this installation takes."""

    code = "file-too-large"
    zh = "文件「{name}」超过每个文件 {limit} 兆字节的上限，没有存。"
    en = "The file '{name}' is over the limit of {limit} MiB a file and was not stored."
    hint_zh = "分卷压缩后分别存，或者让管理员提高上限。"
    hint_en = "Split it into parts, or have the administrator raise the limit."


class TypeMismatch(BadInput):
    """The bytes are of one type and the name says another."""

    code = "file-type-mismatch"
    zh = "文件「{name}」的名字说它是 {named_zh}，内容却是 {told_zh}，没有存。"
    en = "The file '{name}' is named as {named_en} but its content is {told_en}; it was not stored."
    hint_zh = "把名字改成与内容相符的结尾，或者重新导出成名字所说的格式。"
    hint_en = "Give it the ending that fits its content, or export it again in the format its name says."


class ArchiveBomb(BadInput):
    """An archive that would unpack to far more than it is."""

    code = "archive-bomb"
    zh = "压缩包「{name}」解开后会有 {unpacked} 兆字节，是它自己的 {ratio} 倍，像是压缩炸弹，没有存。"
    en = "The archive '{name}' would unpack to {unpacked} MiB, {ratio} times its size: it looks like an archive bomb and was not stored."
    hint_zh = "解开后存里面要用作证据的文件。"
    hint_en = "Unpack it and store the files that are evidence."


class ArchiveTooDeep(BadInput):
    """Archives inside archives inside archives."""

    code = "archive-too-deep"
    zh = "压缩包「{name}」里套了超过 {limit} 层压缩包，没有存。"
    en = "The archive '{name}' nests archives more than {limit} deep and was not stored."
    hint_zh = "解开外层后再存。"
    hint_en = "Unpack the outer layers first."


class ArchiveTooManyFiles(BadInput):
    """An archive with too many entries to look through."""

    code = "archive-too-many-files"
    zh = "压缩包「{name}」里有 {count} 个文件，超过 {limit} 个的上限，没有存。"
    en = "The archive '{name}' holds {count} files, over the limit of {limit}, and was not stored."
    hint_zh = "分成几个压缩包。"
    hint_en = "Split it into several archives."


class ArchiveUnreadable(BadInput):
    """The archive cannot be read to its end."""

    code = "archive-unreadable"
    zh = "压缩包「{name}」读不完：目录或内容是坏的，没有存。"
    en = "The archive '{name}' cannot be read to its end: its directory or content is damaged. It was not stored."
    hint_zh = "重新打包后再存。"
    hint_en = "Pack it again, then store it."


class BadFileName(BadInput):
    """Nothing readable is left of the name."""

    code = "file-name-unreadable"
    zh = "文件名里没有可读的字符。"
    en = "The file's name holds no readable character."
    hint_zh = "给文件起一个名字。"
    hint_en = "Give the file a name."


class UnknownCustodyStep(BadInput):
    """The step is none of the known ones."""

    code = "custody-step-unknown"
    zh = "没有「{kind}」这种保管步骤；可用的有：{known}。"
    en = "There is no custody step '{kind}'; known are: {known}."


class CapturedInFuture(BadInput):
    """Evidence cannot have been obtained tomorrow."""

    code = "captured-in-future"
    zh = "取证时间 {at} 在现在之后。"
    en = "The time of capture {at} lies in the future."
    hint_zh = "改成实际取证的时间。"
    hint_en = "Give the time it was really obtained."


class NothingToSeal(BadInput):
    """A bundle of nothing proves nothing."""

    code = "nothing-to-seal"
    zh = "没有选证据，不能封存。"
    en = "No exhibit was chosen, so there is nothing to seal."


class ExhibitsOfSeveralMatters(BadInput):
    """A bundle is of one matter."""

    code = "exhibits-of-several-matters"
    zh = "选的证据不属于同一个案件，不能封存在一起。"
    en = "The exhibits chosen belong to different matters and cannot be sealed together."
    hint_zh = "每个案件封存一次。"
    hint_en = "Seal each matter's exhibits by themselves."


class CustodyMovedOn(Conflict):
    """Two people recorded a custody step at once."""

    code = "custody-moved-on"
    zh = "刚刚有人也为证据「{name}」记了一步保管；你的这一步没有记下。"
    en = "Somebody recorded a custody step of '{name}' just now; yours was not recorded."
    hint_zh = "看过新的一步后再记。"
    hint_en = "Read the new step, then record yours again."


class FileMissing(Broken):
    """The vault has lost a file."""

    code = "vault-file-missing"
    zh = "证据库里找不到摘要为 {digest} 的文件。"
    en = "The vault does not hold the file with the digest {digest}."
    hint_zh = "从备份恢复证据库，再核对一遍。"
    hint_en = "Restore the vault from a backup, then check it again."


class FileChanged(Broken):
    """The bytes on the disk are not those that were stored."""

    code = "vault-file-changed"
    zh = "文件 {digest} 的内容与存入时不符：现在的摘要是 {found}。它不能再作证据使用。"
    en = "The file {digest} is not what was stored: its digest is now {found}. It no longer serves as evidence."
    hint_zh = "从备份恢复这个文件，查明磁盘或人为的原因。"
    hint_en = "Restore the file from a backup and find out whether the disk or somebody changed it."


class CustodyBroken(Broken):
    """The custody steps do not join."""

    code = "custody-chain-broken"
    zh = "证据「{name}」的保管链在第 {seq} 步对不上。"
    en = "The custody chain of '{name}' does not join at step {seq}."


class LogBroken(Broken):
    """A leaf of the evidence log is not what it was."""

    code = "evidence-log-broken"
    zh = "存证日志的第 {index} 条与它的摘要对不上，或者前面缺了一条。"
    en = "Entry {index} of the evidence log does not match its digest, or one before it is missing."
    hint_zh = "不要再封存，用备份和已交出去的封存包核对。"
    hint_en = "Seal nothing more; compare with a backup and with bundles already handed out."
