"""The one list of signals, strongest evidence first. A new signal is one file in signals/ and one line here.

Knows no mark and no text.
"""

from zhibao.matching.signals.case import CASE
from zhibao.matching.signals.confusable import CONFUSABLE
from zhibao.matching.signals.exact import EXACT
from zhibao.matching.signals.homophone import HOMOPHONE
from zhibao.matching.signals.separator import SEPARATOR
from zhibao.matching.signals.signal import Signal
from zhibao.matching.signals.variant import VARIANT
from zhibao.matching.signals.width import WIDTH

SIGNALS: tuple[Signal, ...] = (EXACT, WIDTH, CASE, VARIANT, SEPARATOR, CONFUSABLE, HOMOPHONE)

CHANNELS: tuple[str, ...] = tuple(signal.name for signal in SIGNALS)
BY_NAME: dict[str, Signal] = {signal.name: signal for signal in SIGNALS}

FOLDING: tuple[Signal, ...] = (WIDTH, CASE, VARIANT)  # explain characters that are one after folding
LIKENESS: tuple[Signal, ...] = (CONFUSABLE, HOMOPHONE)  # explain characters that stay different; each has codes


def weakest_first(kinds: set[str]) -> list[str]:
    """Return the names of signals with the weakest evidence first."""
    return sorted(kinds, key=CHANNELS.index, reverse=True)
