"""What must hold before an installation may carry real cases; a trial is left alone.

Knows the settings only. Each fault says in both languages what is wrong and which variable mends it.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

LOCAL = {"localhost", "127.0.0.1", "[::1]", "*", ""}
SHORTEST_KEY = 40  # characters; the key made for a trial has 64
TRIAL_GATEWAYS = ("Null", "Local")


def faults() -> list[tuple[str, str, str, str]]:
    """Return (number, Chinese, English, how to mend) of each setting that production may not have."""
    found = []
    if settings.DEBUG:
        found.append(("E001", "生产环境开着调试。", "Debugging is on in production.", "DEBUG = False"))
    if len(settings.SECRET_KEY) < SHORTEST_KEY:
        found.append(("E002", "密钥太短。", "The secret key is too short.", "ZHIBAO_SECRET_KEY"))
    if LOCAL.intersection(settings.ALLOWED_HOSTS):
        found.append(("E003", "主机名是本机或任意。", "A host name is local or stands for all.", "ZHIBAO_HOSTS"))
    name = settings.ZHIBAO_TIMESTAMPS.rsplit(".", 1)[-1]
    if name.startswith(TRIAL_GATEWAYS):
        found.append(
            (
                "E004",
                "时间戳来自本机或没有，不能作证明。",
                "Time stamps come from this machine or from nowhere, and prove nothing.",
                "ZHIBAO_TIMESTAMPS",
            )
        )
    if not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_SSL_REDIRECT):
        found.append(("E005", "登录可以不加密。", "Log-ins may travel unencrypted.", "ZHIBAO_PRODUCTION=1"))
    if not settings.SECOND_STEP_NEEDED:
        found.append(("E006", "登录只要密码。", "A password alone is enough to log in.", "ZHIBAO_SECOND_STEP=1"))
    if settings.ZHIBAO_LOG_ORIGIN.endswith(".local") or settings.ZHIBAO_LOG_ORIGIN.startswith("zhibao.local"):
        found.append(
            ("E007", "存证日志还没有自己的名字。", "The evidence log has no name of its own.", "ZHIBAO_LOG_ORIGIN")
        )
    return found


@register(Tags.security)
def production_is_safe(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Refuse to start in production with any setting meant for a trial."""
    del app_configs, kwargs
    if not settings.PRODUCTION:
        return []
    return [Error(f"{zh} {en}", hint=hint, id=f"zhibao.{number}") for number, zh, en, hint in faults()]
