"""What can be wrong with asking for work.

BadInput
 ├── UnknownJobKind     there is no such job
 ├── BadRequestKey      an idempotency key that is empty, too long or not printable
 └── KeyReused          the key was used for another request
NotFound
 ├── NoSuchJob          no such job, or it is somebody else's
 └── UploadGone         the file a job was to read is no longer there
Conflict
 ├── JobNotFailed       only a job that failed can be asked for again
 └── AlreadyAsked       the same job is waiting or running
Broken
 ├── WorkerLost         the process that did the job ended without a word, too often
 └── JobFault           the job ran into a fault of Zhibao itself
"""

from zhibao.kernel.errors import BadInput, Broken, Conflict, NotFound


class UnknownJobKind(BadInput):
    """There is no job of this kind."""

    code = "unknown-job-kind"
    zh = "没有「{kind}」这种任务。"
    en = "There is no job of the kind '{kind}'."
    hint_zh = "可用的有：{known}。"
    hint_en = "There are: {known}."


class BadRequestKey(BadInput):
    """The idempotency key cannot be used."""

    code = "bad-idempotency-key"
    zh = "Idempotency-Key 应是 1 到 80 个可见的 ASCII 字符。"
    en = "Idempotency-Key should be 1 to 80 visible ASCII characters."
    hint_zh = "每个新请求用一个新的 UUID。"
    hint_en = "Use a new UUID for each new request."


class KeyReused(BadInput):
    """The key already belongs to another request of this person."""

    code = "idempotency-key-reused"
    zh = "这个 Idempotency-Key 已用于另一个请求。"
    en = "This Idempotency-Key was used for another request."
    hint_zh = "新的请求用新的键；重发时内容要一字不差。"
    hint_en = "Use a new key for a new request; repeat a request with exactly the same content."


class NoSuchJob(NotFound):
    """There is no such job, or it is somebody else's."""

    code = "no-such-job"
    zh = "没有编号为「{id}」的任务，或者它不是你提出的。"
    en = "There is no job '{id}', or it is not yours."


class UploadGone(NotFound):
    """The file a job was to read is no longer there."""

    code = "upload-gone"
    zh = "要处理的文件已经不在了。"
    en = "The file to be read is no longer there."
    hint_zh = "重新上传。"
    hint_en = "Upload it again."


class JobNotFailed(Conflict):
    """Only a job that failed can be run again."""

    code = "job-not-failed"
    zh = "任务现在是「{state}」，只有没做成的任务才能再做一次。"
    en = "The job is '{state}'; only a failed job can be run again."
    hint_zh = "等它做完，或新提一个任务。"
    hint_en = "Wait until it ends, or ask for a new job."


class AlreadyAsked(Conflict):
    """The same job is already waiting or running."""

    code = "job-already-asked"
    zh = "同样的任务已在排队或进行中。"
    en = "The same job is already waiting or running."
    hint_zh = "等它做完。"
    hint_en = "Wait until it ends."


class WorkerLost(Broken):
    """The worker died during this job as often as it may be tried."""

    code = "worker-lost"
    zh = "做这个任务的进程 {attempts} 次中途退出，不再重试。"
    en = "The process doing this job ended midway {attempts} times; it is not tried again."
    hint_zh = "查看进程的记录（内存、磁盘），再让任务重做。"
    hint_en = "Look at the process's log (memory, disk), then run the job again."


class JobFault(Broken):
    """The job met a fault of Zhibao itself."""

    code = "job-fault"
    zh = "任务出了错：{kind}。"
    en = "The job met a fault: {kind}."
    hint_zh = "把任务的编号交给管理员。"
    hint_en = "Give the job's number to whoever runs this installation."
