"""Citations of law: instrument, version, article, paragraph, item, as law files and programs write them.

Knows no instrument and no text: whether an article exists, and how it is shown to people, is for rules/.
"""

import re
from dataclasses import dataclass

from zhibao.kernel.errors import BadCitation

_FORM = re.compile(
    r"(?P<instrument>[a-z]{2}(?:-[a-z0-9]+)?(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+)"
    r"(?:@(?P<version>[0-9A-Za-z][0-9A-Za-z.-]*))?"
    r"/(?P<article>[0-9]+(?:-[0-9]+)*|[a-z][a-z0-9]*(?:-[a-z0-9]+)*)"
    r"(?:/(?P<paragraph>[1-9][0-9]*)(?:/(?P<item>[1-9][0-9]*))?)?"
)


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """One provision. ``article`` is text: "3", "219-1" (第二百一十九条之一), or a named part such as "annex-2"."""

    instrument: str
    version: str | None
    article: str
    paragraph: int | None = None
    item: int | None = None

    @classmethod
    def from_text(cls, text: str) -> "Citation":
        """Read "cn.fashi-2025-5@2025/3/1/1"; version, paragraph and item may be left out. Raises BadCitation."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise BadCitation(text=text)
        paragraph, item = found["paragraph"], found["item"]
        return cls(
            found["instrument"],
            found["version"],
            found["article"],
            int(paragraph) if paragraph else None,
            int(item) if item else None,
        )

    def to_text(self) -> str:
        """Write it as ``from_text`` reads it."""
        version = f"@{self.version}" if self.version else ""
        rest = "".join(f"/{part}" for part in (self.paragraph, self.item) if part is not None)
        return f"{self.instrument}{version}/{self.article}{rest}"
