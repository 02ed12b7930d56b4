"""What can go wrong at the outer wall: key files of this machine, and counterparties that do not answer as agreed."""

from zhibao.kernel.errors import BadInput, Broken


class BadKeyFile(Broken):
    """A key file cannot be read as one."""

    code = "bad-key-file"
    zh = "密钥文件 {name} 不能读。"
    en = "The key file {name} cannot be read."
    hint_zh = "从备份恢复它；换新密钥以后，旧的证据包仍要用旧公钥验证。"
    hint_en = "Restore it from a backup; with a new key, older bundles are still verified with the old one."


class AuthorityUnreachable(Broken):
    """The time-stamp authority did not answer."""

    code = "timestamp-authority-unreachable"
    zh = "时间戳机构 {url} 没有回答：{what}。"
    en = "The time-stamp authority {url} did not answer: {what}."
    hint_zh = "检查网络和地址，再做一次；什么都没有封存。"
    hint_en = "Check the network and the address, then try again; nothing was sealed."


class AuthorityAddress(BadInput):
    """No address, or one that is not http."""

    code = "timestamp-authority-address"
    zh = "时间戳机构的地址「{url}」不能用。"
    en = "The address “{url}” of the time-stamp authority cannot be used."
    hint_zh = "写成 https://…；只在试用时才用 http。"
    hint_en = "Write https://…; use http for trials only."


class LogDamaged(Broken):
    """A record of the local log is missing or cannot be read."""

    code = "local-log-damaged"
    zh = "本机的存证日志第 {line} 行不见了或不能读。"
    en = "Line {line} of the local evidence log is missing or cannot be read."
    hint_zh = "从备份恢复日志文件夹。"
    hint_en = "Restore the log's folder from a backup."


class FileNotThere(BadInput):
    """A file to be sealed is not there or is no plain file."""

    code = "file-not-there"
    zh = "没有文件 {name}。"
    en = "There is no file {name}."
    hint_zh = "核对路径；文件夹要先压缩成一个文件。"
    hint_en = "Check the path; pack a folder into one file first."


class LogChanged(Broken):
    """The local log's records no longer lead to the roots that were signed."""

    code = "local-log-changed"
    zh = "本机存证日志的记录与签过名的检查点不同：有记录被改过。"
    en = "The records of the local evidence log are not those its checkpoint was signed over: some were changed."
    hint_zh = "从备份恢复日志文件夹，查明谁动过它。"
    hint_en = "Restore the log's folder from a backup, and find out who touched it."
