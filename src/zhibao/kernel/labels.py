"""A name in both languages of the house."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """The same name in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        """Return the name in ``lang`` (``zh`` or ``en``)."""
        return self.zh if lang == "zh" else self.en
