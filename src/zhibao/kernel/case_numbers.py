"""Court case numbers of the form in use since 2016 (法〔2015〕137号, with 知 added by 法〔2018〕335号).

Knows no list of courts or types (both grow), and no numbers older than 2016.
"""

import re
import unicodedata
from dataclasses import dataclass

from zhibao.kernel.errors import BadCaseNumber

_COURTS = "京津冀晋内辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新兵军"
_NUMBERS = r"\d{1,8}(?:-\d{1,8})?(?:、\d{1,8}(?:-\d{1,8})?)*"
_FORM = re.compile(
    rf"[(〔\[](\d{{4}})[)〕\]](最高法|[{_COURTS}])(\d{{2}}|\d{{4}})?(知)?([\u4e00-\u9fa5]{{1,4}}?)({_NUMBERS})号(之[一二三四五六七八九十]+)?"
)


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number in its parts: year, court (赣, 04), 知 or nothing, type (刑终), numbers, suffix (之一)."""

    year: int
    court: str
    court_code: str
    special: str
    kind: str
    numbers: tuple[tuple[int, int], ...]  # first and last of each run; one number is a run of itself
    suffix: str

    @classmethod
    def from_text(cls, text: str) -> "CaseNumber":
        """Read a case number in half or full width, single, listed (3827、3828号) or a range. Raises BadCaseNumber."""
        plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        found = _FORM.fullmatch(re.sub(r"[\u2010-\u2015~]", "-", plain))
        if found is None:
            raise BadCaseNumber(text=text)
        year, court, court_code, special, kind, numbers, suffix = found.groups(default="")
        runs = tuple(_run(part) for part in numbers.split("、"))
        if any(not 0 < first <= last for first, last in runs):
            raise BadCaseNumber(text=text)
        return cls(int(year), court, court_code, special, kind, runs, suffix)

    def to_text(self) -> str:
        """Write （2019）赣04刑终319号."""
        numbers = "、".join(str(a) if a == b else f"{a}-{b}" for a, b in self.numbers)
        return f"（{self.year}）{self.court}{self.court_code}{self.special}{self.kind}{numbers}号{self.suffix}"


def _run(part: str) -> tuple[int, int]:
    first, _, last = part.partition("-")
    return int(first), int(last or first)
