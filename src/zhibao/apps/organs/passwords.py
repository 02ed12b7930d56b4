"""What makes a password too weak, in words of both languages; the judging is done by Django's validators."""

from django.contrib.auth.password_validation import MinimumLengthValidator, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from zhibao.apps.organs.errors import WeakPassword
from zhibao.apps.organs.models import Person
from zhibao.kernel.labels import Label

SHORTEST = 10  # characters

_WHY = {
    "password_too_short": Label(f"少于 {SHORTEST} 个字符", f"it has fewer than {SHORTEST} characters"),
    "password_too_common": Label("是常见的密码", "it is a common one"),
    "password_entirely_numeric": Label("只有数字", "it has only digits"),
    "password_too_similar": Label("和登录名太像", "it is too much like the log-in name"),
}


class LongEnough(MinimumLengthValidator):
    """Asks for ``SHORTEST`` characters, in the page's language (Django's catalogue lacks the sentence in Chinese)."""

    def __init__(self) -> None:
        super().__init__(min_length=SHORTEST)

    def get_error_message(self) -> str:
        """Return the sentence on the page."""
        return gettext("密码太短，至少要 10 个字符。")


def check_password(person: Person, password: str) -> None:
    """Raise WeakPassword with every reason, in both languages."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        reasons = [_WHY.get(part.code or "", Label(part.messages[0], part.messages[0])) for part in error.error_list]
        raise WeakPassword(
            why_zh="，".join(reason.zh for reason in reasons),
            why_en=" and ".join(reason.en for reason in reasons),
            where="password",
        ) from None
