"""A law pack: everything law/ says, loaded and checked, under one hash.

Knows no file and no date but those it was given; ``load`` fills it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Protocol

from zhibao.kernel.citations import Citation
from zhibao.kernel.days import Calendar
from zhibao.kernel.errors import NotFound, ZhibaoError
from zhibao.rules.citing import show_citation
from zhibao.rules.credit import CreditClass
from zhibao.rules.deadlines import Deadline
from zhibao.rules.errors import ArticleNotFound
from zhibao.rules.evidence_matrix import EvidenceMatrix
from zhibao.rules.forms import Form
from zhibao.rules.instruments import Article, Cites, Instrument, InstrumentVersion
from zhibao.rules.jurisdiction import Court, CourtLimit, JurisdictionRule
from zhibao.rules.offences import Offence
from zhibao.rules.penalties import Penalty
from zhibao.rules.pricing import PriceOrder
from zhibao.rules.procedures import EventKind, Procedure
from zhibao.rules.publicity import DisplayRule
from zhibao.rules.registers import CalendarYear, Measure, OrganKind, Place, RightKind
from zhibao.rules.remedies import Remedy
from zhibao.rules.rewards import RewardRule
from zhibao.rules.supervision import FindingKind
from zhibao.rules.transfer import TransferRule
from zhibao.rules.values import LegalValue


class Entry(Protocol):
    """Anything a law file holds: it has an id, and knows its file and line."""

    @property
    def id(self) -> str: ...
    @property
    def where(self) -> str: ...


@dataclass(frozen=True)
class Pack:
    """法包: the law as it was loaded. ``hash`` is the SHA-256 of the canonical bytes of all entries."""

    hash: str
    calendar: Calendar
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)
    offences: Mapping[str, Offence] = field(default_factory=dict)
    triggers: Mapping[str, TransferRule] = field(default_factory=dict)
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    event_kinds: Mapping[str, EventKind] = field(default_factory=dict)
    price_orders: Mapping[str, PriceOrder] = field(default_factory=dict)
    finding_kinds: Mapping[str, FindingKind] = field(default_factory=dict)
    rights: Mapping[str, RightKind] = field(default_factory=dict)
    organ_kinds: Mapping[str, OrganKind] = field(default_factory=dict)
    values: Mapping[str, LegalValue] = field(default_factory=dict)
    forms: Mapping[str, Form] = field(default_factory=dict)
    jurisdiction: Mapping[str, JurisdictionRule] = field(default_factory=dict)
    courts: Mapping[str, Court] = field(default_factory=dict)
    court_limits: Mapping[str, CourtLimit] = field(default_factory=dict)
    evidence_matrices: Mapping[str, EvidenceMatrix] = field(default_factory=dict)
    displays: Mapping[str, DisplayRule] = field(default_factory=dict)
    credit: Mapping[str, CreditClass] = field(default_factory=dict)
    rewards: Mapping[str, RewardRule] = field(default_factory=dict)
    fine_facts: Mapping[str, Measure] = field(default_factory=dict)
    penalties: Mapping[str, Penalty] = field(default_factory=dict)
    remedies: Mapping[str, Remedy] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    years: Mapping[str, CalendarYear] = field(default_factory=dict)

    @property
    def cites(self) -> Cites:
        """The resolver of citations over this pack's instruments."""
        return Cites(self.instruments)

    @property
    def act_kinds(self) -> Mapping[str, Offence]:
        """The kinds of act that facts may name, each with its offence."""
        return {kind: offence for offence in self.offences.values() for kind in offence.kinds}

    def show_cite(self, citation: Citation, lang: str, form: str = "running") -> str:
        """Return the citation for people: "running" 法释〔2025〕5号第三条第一款第（一）项, or "table" … 第3条第1款第1项."""
        return show_citation(citation, self._instrument(citation), lang, form)

    def gist(self, citation: Citation, lang: str) -> str:
        """Return our own one line on the article cited."""
        article = self.article(citation)
        return article.gist.say(lang) if article else ""

    def official(self, citation: Citation) -> str:
        """Return the address of the official text, or an empty string."""
        version = self.version_of(citation)
        return version.official if version else ""

    def article(self, citation: Citation) -> Article | None:
        """Return the article of the version cited."""
        version = self.version_of(citation)
        return version.articles.get(citation.article) if version else None

    def version_of(self, citation: Citation) -> InstrumentVersion | None:
        """Return the version cited; without one, the newest that has the article, else the newest."""
        if citation.version:
            return self._instrument(citation).version(citation.version)
        versions = sorted(self._instrument(citation).versions, key=lambda version: version.span.first, reverse=True)
        return next((version for version in versions if citation.article in version.articles), versions[0])

    def followed(self, citation: Citation) -> tuple[Citation, ...]:
        """Return the same provision through later renumberings, oldest first, the citation itself included."""
        chain = [citation]
        table = self._instrument(citation).renumbered
        while (key := (chain[-1].version or "", chain[-1].article)) in table:
            version, article = table[key]
            step = Citation(citation.instrument, version, article)
            if step in chain:
                break
            chain.append(step)
        return tuple(chain)

    def find_cite(self, text: str) -> Citation:
        """Read a citation a person typed, such as cn.fashi-2025-5/3/1/1. Raises NotFound where it cites nothing."""
        try:
            citation = Citation.from_text(text)
        except ZhibaoError:
            raise ArticleNotFound(where=text, seen=text) from None
        if citation.instrument not in self.instruments or self.article(citation) is None:
            raise ArticleNotFound(where=text, seen=text)
        return citation

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """Yield every entry that has an id of its own, with the name of its section; calendar years are no entries."""
        for one in fields(self):
            held = getattr(self, one.name)
            if isinstance(held, Mapping) and one.name != "years":
                yield from ((one.name, entry) for entry in held.values())

    def _instrument(self, citation: Citation) -> Instrument:
        if citation.instrument not in self.instruments:
            raise NotFound(where=citation.to_text(), what=citation.instrument)
        return self.instruments[citation.instrument]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a law file, as ``law check`` lists it."""

    error: ZhibaoError

    @property
    def where(self) -> str:
        """The file and line."""
        return self.error.where
