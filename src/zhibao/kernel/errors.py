"""The root of every error a person may see.

An error has a stable code for programs and one whole sentence in each language for people: what is wrong, where, and
(as the hint) how to mend it. Both sentences stand beside the class that raises them, so that none can be forgotten;
``tests/house`` checks that each class has both and that codes are unique.

    ZhibaoError                     400
     ├── BadInput                   422  what was given cannot be read or does not hold
     ├── NotAllowed                 403  the person may not do or see this
     ├── NotFound                   404  there is no such thing, or it may not be shown
     ├── Conflict                   409  somebody else was faster, or the state does not allow it
     └── Broken                     500  our own data or a counterparty does not keep its promise
"""

from typing import ClassVar

Lang = str  # "zh" or "en"
Datum = str | int


class ZhibaoError(Exception):
    """Base of all errors with a code and a sentence in each language.

    Subclasses set ``code`` (kebab-case, unique), ``zh`` and ``en`` (``str.format`` templates over ``data``), and may
    set ``hint_zh`` and ``hint_en`` (how to mend it). ``where`` names the place: a file and line, a row and column, a
    JSON path, a field.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    zh: ClassVar[str] = "出错了。"
    en: ClassVar[str] = "Something is wrong."
    hint_zh: ClassVar[str] = ""
    hint_en: ClassVar[str] = ""

    def __init__(self, *, where: str = "", **data: Datum) -> None:
        self.where = where
        self.data: dict[str, Datum] = data
        super().__init__(self.say("en"))

    def say(self, lang: Lang) -> str:
        """Return the sentence in ``lang``, without the place."""
        return (self.zh if lang == "zh" else self.en).format(**self.data)

    def hint(self, lang: Lang) -> str:
        """Return how to mend it in ``lang``, or an empty string."""
        return (self.hint_zh if lang == "zh" else self.hint_en).format(**self.data)

    def as_json(self, lang: Lang) -> dict[str, str]:
        """Return ``{"code", "message", "where", "hint"}`` as CONTRACT prints it under ``error``."""
        return {"code": self.code, "message": self.say(lang), "where": self.where, "hint": self.hint(lang)}


class BadInput(ZhibaoError):
    """What was given cannot be read, or does not hold."""

    code = "bad-input"
    status = 422


class NotAllowed(ZhibaoError):
    """The person may not do or see this."""

    code = "not-allowed"
    status = 403
    zh = "你没有权限做这件事。"
    en = "You may not do this."


class NotFound(ZhibaoError):
    """There is no such thing, or it may not be shown to this person."""

    code = "not-found"
    status = 404
    zh = "没有找到{what}。"
    en = "There is no such {what}."


class Conflict(ZhibaoError):
    """Somebody else was faster, or the state does not allow the step."""

    code = "conflict"
    status = 409


class Broken(ZhibaoError):
    """Our own data, or a counterparty, does not keep its promise."""

    code = "broken"
    status = 500
