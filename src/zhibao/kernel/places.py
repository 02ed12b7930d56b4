"""Administrative division codes (GB/T 2260): level, parent and what lies within what, told from the digits.

Knows no names and no history of divisions: those are data in law/.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from zhibao.kernel.errors import BadPlaceCode

_FORM = re.compile(r"000000|(?!00)[0-9]{2}(?:0000|(?!00)[0-9]{4})")
_DIRECT = "90"  # counties administered directly by the province stand under xx90yy, which is no prefecture


class Level(StrEnum):
    """How high a place stands."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True, order=True)
class PlaceCode:
    """Six digits: 000000 the country, 360000 a province, 360100 a prefecture-level city, 360102 a county or district."""

    code: str

    @classmethod
    def from_text(cls, text: str) -> "PlaceCode":
        """Read a code of six digits. Raises BadPlaceCode, also where a lower level stands under no higher one."""
        code = unicodedata.normalize("NFKC", text).strip()
        if _FORM.fullmatch(code) is None:
            raise BadPlaceCode(text=text)
        return cls(code)

    @property
    def level(self) -> Level:
        """Country, province, city or county."""
        if self.code == "000000":
            return Level.COUNTRY
        if self.code[2:] == "0000":
            return Level.PROVINCE
        return Level.CITY if self.code[4:] == "00" else Level.COUNTY

    @property
    def parent(self) -> "PlaceCode | None":
        """The place one level up; None for the country."""
        match self.level:
            case Level.COUNTRY:
                return None
            case Level.PROVINCE:
                return PlaceCode("000000")
            case Level.CITY:
                return PlaceCode(self.code[:2] + "0000")
        direct = self.code[2:4] == _DIRECT
        return PlaceCode(self.code[:2] + "0000") if direct else PlaceCode(self.code[:4] + "00")

    def contains(self, other: "PlaceCode") -> bool:
        """Say whether ``other`` is this place or lies within it."""
        digits = {Level.COUNTRY: 0, Level.PROVINCE: 2, Level.CITY: 4, Level.COUNTY: 6}[self.level]
        return other.code[:digits] == self.code[:digits]

    def __str__(self) -> str:
        return self.code
