"""Unified social credit codes (统一社会信用代码, GB 32100-2015) and their check characters.

Knows nothing of whether a code was ever issued, nor to whom.
"""

import unicodedata
from dataclasses import dataclass

from zhibao.kernel.errors import UsccCharacter, UsccCheckDigit, UsccLength

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)  # GB 11714
_LENGTH = 18
_REGION = range(2, 8)


@dataclass(frozen=True, slots=True)
class Uscc:
    """A code whose last character follows from the seventeen before it, in half width and capitals."""

    code: str

    @classmethod
    def from_text(cls, text: str) -> "Uscc":
        """Read a code, in half or full width. Raises UsccLength, UsccCharacter or UsccCheckDigit (all BadUscc)."""
        code = "".join(unicodedata.normalize("NFKC", text).upper().split())
        if len(code) != _LENGTH:
            raise UsccLength(text=text, length=len(code))
        for place, character in enumerate(code):
            if character not in _VALUE or (place in _REGION and not character.isdigit()):
                raise UsccCharacter(text=text, position=place + 1, character=character)
        expected = check_character(code[:17])
        if code[17] != expected:
            raise UsccCheckDigit(text=text, found=code[17], expected=expected)
        return cls(code)

    @property
    def place(self) -> str:
        """The GB/T 2260 code of the place of registration (places 3 to 8)."""
        return self.code[2:8]

    @property
    def organisation(self) -> str:
        """The organisation code inside (places 9 to 17)."""
        return self.code[8:17]

    @property
    def organisation_check_holds(self) -> bool:
        """Whether the organisation code's own check character holds (GB 11714). Told, never refused for."""
        return organisation_check_character(self.organisation[:8]) == self.organisation[8]


def check_character(first17: str) -> str:
    """Return the 18th character for the 17 given: (31 - sum of value x 3^(i-1)) mod 31."""
    return ALPHABET[-sum(_VALUE[c] * weight for c, weight in zip(first17, _WEIGHTS, strict=True)) % 31]


def organisation_check_character(first8: str) -> str:
    """Return the 9th character of an organisation code: 11 - sum mod 11, with 10 as X and 11 as 0 (GB 11714)."""
    total = sum(int(c, 36) * weight for c, weight in zip(first8, _INNER_WEIGHTS, strict=True))
    return "0123456789X"[-total % 11]
