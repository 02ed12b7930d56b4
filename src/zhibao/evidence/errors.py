"""What can be wrong with a proof. Verification turns these into a failed check with the same sentence."""

from zhibao.kernel.errors import BadInput, Broken


class BadCheckpoint(BadInput):
    """A checkpoint of the log cannot be read, or its signature does not hold. Base of the ways it can be wrong."""

    code = "bad-checkpoint"


class CheckpointForm(BadCheckpoint):
    """Not a signed note with origin, size and both roots."""

    code = "checkpoint-form"
    zh = "日志检查点的写法不对：{what}。"
    en = "The log's checkpoint is not well written: {what}."


class CheckpointUnsigned(BadCheckpoint):
    """No signature by the key asked for."""

    code = "checkpoint-unsigned"
    zh = "日志检查点上没有 {key} 的签名。"
    en = "The log's checkpoint bears no signature by {key}."


class CheckpointForged(BadCheckpoint):
    """A signature in the name of the key that the key did not make."""

    code = "checkpoint-forged"
    zh = "日志检查点上 {key} 的签名不成立。"
    en = "The signature by {key} on the log's checkpoint does not hold."


class BadLogKey(BadInput):
    """A text that should be a log's public key is not one."""

    code = "bad-log-key"
    zh = "「{text}」不是日志的公钥。"
    en = "“{text}” is not a log's public key."
    hint_zh = "公钥写成 名称+8位十六进制+Base64，整行照抄。"
    hint_en = "A key reads name+8 hex digits+Base64; copy the whole line."


class BadTimestamp(BadInput):
    """A time stamp does not prove what it should. Base of the ways it can be wrong."""

    code = "bad-timestamp"


class TimestampForm(BadTimestamp):
    """Not an RFC 3161 reply, or not one with a single signature over a TSTInfo."""

    code = "timestamp-form"
    zh = "时间戳不能读：{what}。"
    en = "The time stamp cannot be read: {what}."


class TimestampRefused(BadTimestamp):
    """The authority answered, but granted nothing."""

    code = "timestamp-refused"
    zh = "时间戳机构没有签发：{what}。"
    en = "The time-stamp authority granted nothing: {what}."


class TimestampOfOther(BadTimestamp):
    """The stamp stands over another content."""

    code = "timestamp-of-other"
    zh = "时间戳盖的不是这份内容：{algorithm} 摘要不同。"
    en = "The time stamp is over another content: the {algorithm} digest differs."


class TimestampAlgorithm(BadTimestamp):
    """An algorithm this program cannot check."""

    code = "timestamp-algorithm"
    zh = "时间戳用的算法 {algorithm} 在这里不能验证。"
    en = "The algorithm {algorithm} of the time stamp cannot be verified here."


class TimestampForged(BadTimestamp):
    """The signature or one of the attributes it signs does not hold."""

    code = "timestamp-forged"
    zh = "时间戳的签名不成立：{what}。"
    en = "The signature of the time stamp does not hold: {what}."


class AuthorityUnknown(BadTimestamp):
    """No chain of certificates leads to an authority that is trusted."""

    code = "timestamp-authority-unknown"
    zh = "时间戳由 {name} 签发，它的证书接不到可信的机构。"
    en = "The time stamp is by {name}, whose certificate leads to no trusted authority."


class AuthorityExpired(BadTimestamp):
    """A certificate of the chain was not valid when the stamp was made."""

    code = "timestamp-authority-expired"
    zh = "时间戳签发时 {name} 的证书不在有效期内。"
    en = "The certificate of {name} was not valid when the time stamp was made."


class AuthorityUnfit(BadTimestamp):
    """A certificate that may not be used for time stamps, or one that may not sign certificates."""

    code = "timestamp-authority-unfit"
    zh = "{name} 的证书不能用来签发时间戳：{what}。"
    en = "The certificate of {name} is not meant for time stamps: {what}."


class BadCertificates(BadInput):
    """What should be certificates in PEM or DER is not."""

    code = "bad-certificates"
    zh = "时间戳机构的证书不能读。"
    en = "The certificates of the time-stamp authority cannot be read."
    hint_zh = "给出 PEM 或 DER 格式的 X.509 证书。"
    hint_en = "Give X.509 certificates in PEM or DER."


class ExhibitChanged(Broken):
    """What is about to be sealed is no longer what was recorded."""

    code = "exhibit-changed"
    zh = "{name} 的内容与登记的摘要不同，没有封存。"
    en = "The content of {name} differs from its recorded digests; nothing was sealed."


class NothingGiven(BadInput):
    """A bundle of no exhibits."""

    code = "bundle-of-nothing"
    zh = "没有给出要封存的文件。"
    en = "There is nothing to seal."
    hint_zh = "至少给出一个文件。"
    hint_en = "Give at least one file."


class BadBundle(BadInput):
    """A file that should be a bundle cannot be read as one. Base of the ways it can be wrong."""

    code = "bad-bundle"


class BundleForm(BadBundle):
    """The zip, or one of the records in it, is not written as a bundle's is."""

    code = "bundle-form"
    zh = "证据包里的 {what} 损坏了或被改过，不能读。"
    en = "{what} in the bundle is damaged or was changed, and cannot be read."


class BundleVersion(BadBundle):
    """A bundle of a form this program does not know."""

    code = "bundle-version"
    zh = "这是第 {version} 版的证据包，这个程序只认识第 1 版。"
    en = "This is a bundle of version {version}; this program knows version 1."
    hint_zh = "换用更新的程序来验证。"
    hint_en = "Verify it with a newer program."
