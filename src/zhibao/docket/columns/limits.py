"""The deadlines of a law pack as the tables that the kernel reads.

Knows how the dataclasses of ``rules.deadlines`` are written as numbers, and what an event of each signature does to them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from zhibao.docket.columns.encoding import Encoding, Signature, encoding_of, question_id
from zhibao.docket.columns.tables import (
    DUTY,
    ENDS,
    FIRST_FIELD,
    LAPSES,
    NONE,
    OPEN_END,
    RIGHT,
    UNITS,
    WAIT,
    Bytes,
    Limits,
    Longs,
    Shorts,
)
from zhibao.kernel.day_arrays import number_of
from zhibao.kernel.days import Length, Unit
from zhibao.rules.deadlines import Deadline, DeadlineVersion, LastDay, Missed, Trigger

LAST_DAYS: Mapping[LastDay, int] = {one: number for number, one in enumerate(LastDay)}
# Numbers of a kind or procedure that the law names and no event has.
UNSEEN = -2


class Effect(NamedTuple):
    """What an event of one signature does; ``columns`` are those of Extras.days that what it starts counts from."""

    kind: int
    notable: bool
    starts: tuple[int, ...]
    columns: tuple[int, ...]
    held: tuple[int, ...]
    ends: Bytes
    lengths: tuple[Length, ...]


class LimitTables:
    """The deadlines of one law, with the tables that do not depend on events; ``limits`` adds what events do to them."""

    def __init__(self, deadlines: Iterable[Deadline], encoding: Encoding) -> None:
        """Raises NotEncodedError for a question or field that ``encoding`` was not made for."""
        self.deadlines = tuple(deadlines)
        self.versions = tuple(version for deadline in self.deadlines for version in deadline.versions)
        self.encoding = encoding
        self.places = {deadline.id: place for place, deadline in enumerate(self.deadlines)}
        named = {kind for deadline in self.deadlines for kind in deadline.events}
        self._kinds = {kind: number for number, kind in enumerate(sorted(named))}
        self._varied = tuple(
            (deadline, version) for deadline in self.deadlines for version in deadline.versions if version.variants
        )
        self._starts = self._by_kind(deadline.starts for deadline in self.deadlines)
        self._ends = self._by_kind(deadline.ends for deadline in self.deadlines)
        self._lapses = _by_name(deadline.lapsed_by for deadline in self.deadlines)
        self._held = _by_name({one.before for one in deadline.versions} - {""} for deadline in self.deadlines)
        self._noted = {kind for version in self.versions for kind in _noted(version)}
        self._fixed = {
            **_by_deadline(self.deadlines, encoding),
            **_by_version(self.versions, self._kinds),
            **_spans(self.versions, self._kinds),
            **_rules(self.versions, self._kinds),
        }
        self._effects: dict[Signature, Effect] = {}

    def limits(self, signatures: Sequence[Signature], procedures: Sequence[str]) -> Limits:
        """Return the tables over events whose codes are places in ``signatures``, and whose procedures are numbered so."""
        effects = [self._effect(signature) for signature in signatures]
        numbers = {name: number for number, name in enumerate(procedures)}
        owed = [deadline.owed_by.procedure for deadline in self.deadlines]
        shape = (len(effects), len(self._varied))
        lengths = [length for effect in effects for length in effect.lengths]
        return Limits(
            kind=_long(effect.kind for effect in effects),
            idle=_flag(not (effect.starts or effect.held or effect.ends.any()) for effect in effects),
            notable=_flag(effect.notable for effect in effects),
            starts_at=_offsets([effect.starts for effect in effects]),
            starts=_long(number for effect in effects for number in effect.starts),
            start_column=_long(column for effect in effects for column in effect.columns),
            held_at=_offsets([effect.held for effect in effects]),
            held=_long(number for effect in effects for number in effect.held),
            ends=np.array([effect.ends for effect in effects], np.int8).T.copy(),
            owed_procedure=_long(numbers.get(name, UNSEEN) if name else NONE for name in owed),
            variant_number=np.array([one.number for one in lengths], np.int64).reshape(shape),
            variant_unit=np.array([UNITS[one.unit] for one in lengths], np.int64).reshape(shape),
            **self._fixed,
        )

    def _effect(self, signature: Signature) -> Effect:
        found = self._effects.get(signature)
        if found is None:
            found = self._effects[signature] = self._make_effect(signature)
        return found

    def _make_effect(self, signature: Signature) -> Effect:
        kind = signature.kind
        ends = np.zeros(len(self.deadlines), dtype=np.int8)
        ends[self._fired(self._ends, signature)] = ENDS
        ends[list(self._lapses.get(kind, ()))] = LAPSES
        starts = self._fired(self._starts, signature)
        return Effect(
            kind=self._kinds.get(kind, len(self._kinds)),
            notable=kind in self._noted,
            starts=tuple(starts),
            columns=tuple(self._column(start, signature) for start in starts),
            held=self._held.get(kind, ()),
            ends=ends,
            lengths=tuple(self._length(*varied, signature) for varied in self._varied),
        )

    def _by_kind(self, groups: Iterable[Iterable[Trigger]]) -> dict[str, list[tuple[int, str]]]:
        """Return by kind of event which deadlines have it in their group of triggers, each with what it asks."""
        found: dict[str, list[tuple[int, str]]] = {}
        for number, triggers in enumerate(groups):
            for trigger in triggers:
                asked = question_id(trigger.when, trigger.unless)
                self.encoding.check(trigger.event, asked)
                found.setdefault(trigger.event, []).append((number, asked))
        return found

    def _fired(self, groups: Mapping[str, Sequence[tuple[int, str]]], signature: Signature) -> list[int]:
        asked = groups.get(signature.kind, ())
        return sorted({number for number, question in asked if self.encoding.hears(signature, question)})

    def _column(self, number: int, signature: Signature) -> int:
        """Return the column of Extras.days that names the day from which the deadline counts, NONE: the event's own."""
        fired = (
            trigger
            for trigger in self.deadlines[number].starts
            if trigger.event == signature.kind
            and self.encoding.hears(signature, question_id(trigger.when, trigger.unless))
        )
        field = next(fired).counts_from
        return FIRST_FIELD + self.encoding.columns.index(field) if field else NONE

    def most_starts(self, limits: Limits, codes: Shorts) -> int:
        """Return how many rows the events of these codes can open at most."""
        each = np.diff(limits.starts_at) + np.diff(limits.held_at)
        return int(each[codes].sum())

    def _length(self, deadline: Deadline, version: DeadlineVersion, signature: Signature) -> Length:
        """Return the length of the version for a start of that signature."""
        if any(start.event == signature.kind for start in deadline.starts):
            for variant in version.variants:
                if self.encoding.hears(signature, question_id(variant.when, {})):
                    return variant.length
        return version.length


def tables_of(deadlines: Mapping[str, Deadline]) -> LimitTables:
    """Return the tables of a pack's deadlines; those of the last few packs are kept."""
    return _kept(_Same(deadlines))


class _Same:
    """Stands for one mapping: equal to nothing but itself, so that finding it again costs no comparing."""

    def __init__(self, deadlines: Mapping[str, Deadline]) -> None:
        self.deadlines = deadlines

    def __hash__(self) -> int:
        return id(self.deadlines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.deadlines is self.deadlines


@lru_cache(maxsize=8)
def _kept(same: _Same) -> LimitTables:
    deadlines = same.deadlines.values()
    return LimitTables(deadlines, encoding_of(deadlines))


def _long(values: Iterable[int]) -> Longs:
    return np.array(list(values), dtype=np.int64)


def _flag(values: Iterable[bool]) -> npt.NDArray[np.bool_]:
    return np.array(list(values), dtype=np.bool_)


def _offsets(groups: Iterable[Sequence[object]]) -> Longs:
    """Return where each group begins when all are put one after the other, and where the last ends."""
    return np.cumsum([0, *(len(group) for group in groups)], dtype=np.int64)


def _by_name(groups: Iterable[Iterable[str]]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, kinds in enumerate(groups):
        for kind in kinds:
            found[kind] = (*found.get(kind, ()), number)
    return found


def _noted(version: DeadlineVersion) -> Iterator[str]:
    """Yield the kinds of event that change how long a count of the version takes."""
    for extension in version.extensions:
        yield extension.event
    for span in version.excludes:
        yield from (span.begins, *span.ends)


def _missed(missed: Missed) -> int:
    return WAIT if missed.waits else RIGHT if missed.lapses else DUTY


def _by_deadline(deadlines: Sequence[Deadline], encoding: Encoding) -> dict[str, Any]:
    for deadline in deadlines:
        for start in deadline.starts:
            encoding.check_fields(start.event, receipt=deadline.from_receipt, field=start.counts_from)
    return {
        "from_receipt": _flag(deadline.from_receipt for deadline in deadlines),
        "missed": _long(_missed(deadline.missed) for deadline in deadlines),
        "versions_at": _offsets([deadline.versions for deadline in deadlines]),
    }


def _by_version(versions: Sequence[DeadlineVersion], kinds: Mapping[str, int]) -> dict[str, Any]:
    rows = np.cumsum([bool(one.variants) for one in versions], dtype=np.int64) - 1
    return {
        "first": _long(number_of(one.span.first) for one in versions),
        "last": _long(OPEN_END if one.span.last is None else number_of(one.span.last) for one in versions),
        "number": _long(one.length.number for one in versions),
        "unit": _long(UNITS[one.length.unit] for one in versions),
        "last_day": _long(LAST_DAYS[one.last_day] for one in versions),
        "before": _long(kinds[one.before] if one.before else NONE for one in versions),
        "backwards": _flag(one.backwards for one in versions),
        "first_day_counts": _flag(one.first_day_counts for one in versions),
        "variant": np.where(_flag(bool(one.variants) for one in versions), rows, NONE),
    }


def _spans(versions: Sequence[DeadlineVersion], kinds: Mapping[str, int]) -> dict[str, Any]:
    spans = [span for version in versions for span in version.excludes]
    ends = np.zeros((len(spans), len(kinds) + 1), dtype=np.bool_)
    for number, span in enumerate(spans):
        ends[number, [kinds[kind] for kind in span.ends]] = True
    return {
        "spans_at": _offsets([version.excludes for version in versions]),
        "span_begin": _long(kinds[span.begins] for span in spans),
        "span_end": ends,
    }


def _rules(versions: Sequence[DeadlineVersion], kinds: Mapping[str, int]) -> dict[str, Any]:
    rules = [rule for version in versions for rule in version.extensions]
    if any(rule.length is not None and rule.length.unit is Unit.HOURS for rule in rules):
        raise ValueError("hours cannot be added to a count of days")
    return {
        "rules_at": _offsets([version.extensions for version in versions]),
        "rule_kind": _long(kinds[rule.event] for rule in rules),
        "rule_number": _long(0 if rule.length is None else rule.length.number for rule in rules),
        "rule_unit": _long(NONE if rule.length is None else UNITS[rule.length.unit] for rule in rules),
        "rule_at_most": _flag(rule.at_most for rule in rules),
    }
