"""Money as integer fen inside and decimal yuan text outside.

Knows no other currency, no rounding and no arithmetic: amounts finer than a fen are refused, not rounded.
"""

import re
import unicodedata
from decimal import Decimal
from typing import NewType

from zhibao.kernel.errors import BadMoney

Fen = NewType("Fen", int)

_AMOUNT = re.compile(r"[¥￥]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万|亿)?元?")
_TIMES = {None: 100, "万": 10_000 * 100, "亿": 100_000_000 * 100}
# What a signed 64-bit column holds, with room for sums of a thousand such amounts.
LARGEST = Fen(9_000_000_000_000_000)


def parse_yuan(text: str) -> Fen:
    """Read an amount in yuan: 1,234.5, 3.1万, １２, ¥30,000元. Raises BadMoney, also for fractions of a fen."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    found = _AMOUNT.fullmatch(plain)
    if found is None or len(plain) > 40:
        raise BadMoney(text=text)
    amount = Decimal(found[1].replace(",", "") + (found[2] or "")) * _TIMES[found[3]]
    if amount != amount.to_integral_value() or amount > LARGEST:
        raise BadMoney(text=text)
    return Fen(int(amount))


def to_yuan(fen: Fen) -> str:
    """Write "30000.00", as programs read it."""
    return _written(fen, "")


def show_yuan(fen: Fen) -> str:
    """Write "30,000.00", as people read it."""
    return _written(fen, ",")


def _written(fen: Fen, comma: str) -> str:
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{format(yuan, f'{comma}d')}.{rest:02d}"
