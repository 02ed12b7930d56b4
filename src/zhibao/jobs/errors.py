"""What can be wrong with a job as it stands in the queue.

BadInput
 └── NobodyAsked        a job that needs a person was asked for by the clock
"""

from zhibao.kernel.errors import BadInput


class NobodyAsked(BadInput):
    """The job acts for a person, and none asked for it."""

    code = "job-without-asker"
    zh = "这个任务要有人提出才能做。"
    en = "This job needs somebody who asked for it."
    hint_zh = "登录后重新提出。"
    hint_en = "Log in and ask for it again."
