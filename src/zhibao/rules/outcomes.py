"""What an assessment is made of: limits tested, outcomes by version, the sentence, the duty to transfer.

Knows no rule of choice (``assess``) and no wording (``answer``).
"""

from dataclasses import dataclass
from datetime import date

from zhibao.rules.acts import ActFacts
from zhibao.rules.conditions import Truth, Why
from zhibao.rules.language import Limit
from zhibao.rules.offences import Band, Offence, Silence, StatuteVersion
from zhibao.rules.transfer import Ground


@dataclass(frozen=True, slots=True)
class Tested:
    """One limit of one tier, put to the facts."""

    tier: str
    limit: Limit
    why: Why


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one version of one offence comes to, as it stood on ``day``."""

    version: str
    day: date
    tier: str
    tested: tuple[Tested, ...] = ()
    missing: frozenset[str] = frozenset()
    reason: str = ""
    silence: Silence | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The sentence band of the tier, under the statute chosen."""

    statute: StatuteVersion
    band: Band
    chosen: str


@dataclass(frozen=True, slots=True)
class OffenceAnswer:
    """The answer for one offence: the outcome chosen, why that version, all that were compared, and the statute of the act's day."""

    offence: Offence
    outcome: Outcome
    chosen: str
    compared: tuple[Outcome, ...]
    statute: StatuteVersion | None
    sentence: Sentence | None
    facts: ActFacts


@dataclass(frozen=True, slots=True)
class Transfer:
    """Whether the case must be handed to the police, and on what ground."""

    must: Truth
    basis: str
    ground: Ground | None
