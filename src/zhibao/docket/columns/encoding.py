"""Events as whole numbers: what the law hears in each, once, so that a rule never looks at its data again.

Knows which triggers and variants the deadlines of a pack ask about and which fields they count from; not what follows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from zhibao.docket.timeline import text_of
from zhibao.kernel.canonical import Json, canonical_bytes, sha256_hex
from zhibao.rules.deadlines import Deadline

# To be raised whenever the columns hold something else for the same events and the same law.
LAYOUT = 1

Fires = Callable[[Mapping[str, object]], bool]


class NotEncodedError(LookupError):
    """A law asks of events what was not asked of them when they were encoded: they must be encoded anew."""


class Signature(NamedTuple):
    """What the law hears in an event: its kind, and which of the questions asked of that kind its data answer with yes."""

    kind: str
    heard: int


NOTHING = Signature("", 0)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that is asked of the data of one kind of event. ``id`` is the same for the same question."""

    id: str
    fires: Fires


def question_id(when: Mapping[str, Json], unless: Mapping[str, Json]) -> str:
    """Return the id of the question whether data are as ``when`` says and not as ``unless`` says; empty where both are."""
    return canonical_bytes([dict(when), dict(unless)]).decode() if when or unless else ""


def _question(when: Mapping[str, Json], unless: Mapping[str, Json]) -> Question:
    def fires(data: Mapping[str, object]) -> bool:
        if any(data.get(key) != value for key, value in when.items()):
            return False
        return not any(key in data and data[key] == value for key, value in unless.items())

    return Question(question_id(when, unless), fires)


# A decision that penalises, or does not say what it came to: see findings.penalising.
PENALISED = Question("penalised", lambda data: text_of(data, "result") in {"", "penalty"})


@dataclass(frozen=True, slots=True)
class Encoding:
    """The questions asked of each kind of event, and the fields whose days limits count from."""

    questions: Mapping[str, tuple[Question, ...]]
    receipts: frozenset[str]  # kinds that start a limit which runs from receipt
    fields: Mapping[str, tuple[str, ...]]  # by kind: the fields that a limit it starts counts from
    columns: tuple[str, ...]  # all such fields, in the order of Extras.days from FIRST_FIELD

    @property
    def hash(self) -> str:
        """Return a digest of all that decides how an event is encoded: the name of columns kept on disk."""
        questions: Json = {kind: tuple(one.id for one in asked) for kind, asked in self.questions.items()}
        fields: Json = {kind: tuple(names) for kind, names in self.fields.items()}
        return sha256_hex(canonical_bytes([LAYOUT, questions, tuple(sorted(self.receipts)), fields]))

    def signature(self, kind: str, data: Mapping[str, object]) -> Signature:
        """Return what the law hears in an event of ``kind`` with ``data``."""
        heard = 0
        for bit, question in enumerate(self.questions.get(kind, ())):
            if question.fires(data):
                heard |= 1 << bit
        return Signature(kind, heard)

    def hears(self, signature: Signature, question: str) -> bool:
        """Tell whether the question was answered with yes; the empty question always is. ``check`` tells what was asked."""
        asked = self.questions.get(signature.kind, ())
        return not question or any(one.id == question and signature.heard >> bit & 1 for bit, one in enumerate(asked))

    def check(self, kind: str, question: str) -> None:
        """Raise NotEncodedError for a question that was not asked when the events were encoded."""
        if question and all(one.id != question for one in self.questions.get(kind, ())):
            raise NotEncodedError(f"{kind} {question}")

    def check_fields(self, kind: str, *, receipt: bool, field: str) -> None:
        """Raise NotEncodedError for a field that was not kept when the events were encoded."""
        if receipt and kind not in self.receipts:
            raise NotEncodedError(f"{kind}.received_at")
        if field and field not in self.fields.get(kind, ()):
            raise NotEncodedError(f"{kind}.{field}")


def encoding_of(deadlines: Iterable[Deadline]) -> Encoding:
    """Return the encoding that answers everything ``deadlines`` ask, and what findings ask besides."""
    asked: dict[str, dict[str, Question]] = {"decided": {PENALISED.id: PENALISED}}
    receipts: set[str] = set()
    fields: dict[str, set[str]] = {}
    for deadline in deadlines:
        for kind, question in _questions(deadline):
            asked.setdefault(kind, {})[question.id] = question
        for start in deadline.starts:
            if deadline.from_receipt:
                receipts.add(start.event)
            if start.counts_from:
                fields.setdefault(start.event, set()).add(start.counts_from)
    return Encoding(
        questions={kind: tuple(asked[kind][one] for one in sorted(asked[kind])) for kind in sorted(asked)},
        receipts=frozenset(receipts),
        fields={kind: tuple(sorted(fields[kind])) for kind in sorted(fields)},
        columns=tuple(sorted(set().union(*fields.values()))),
    )


def _questions(deadline: Deadline) -> Iterator[tuple[str, Question]]:
    """Yield every question the deadline asks, with the kind of event it asks it of."""
    for trigger in (*deadline.starts, *deadline.ends):
        if trigger.when or trigger.unless:
            yield trigger.event, _question(trigger.when, trigger.unless)
    for version in deadline.versions:
        for variant in version.variants:
            for start in deadline.starts:
                yield start.event, _question(variant.when, {})
