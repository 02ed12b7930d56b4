"""Mutants of the engine that no case under the law as held can tell from the original, argued one by one."""

_DOCKET = "zhibao.docket.columns"
_SIZES = f"{_DOCKET}.tables:_work: (limits, entries, events, events, gaps, gaps, gaps, gaps, events, events, events, "
_SIZES_NOW = f"{_SIZES}events + 1, events + 1) ⇒ (limits, entries, events, events, gaps, gaps, gaps, gaps, events, events, events, "
_YEARS = "zhibao.kernel.days:Calendar.from_years: range(min(years), max(years) + 1) if years else range(2000, 2001)"
_RANK = "zhibao.rules.fines:_rank: _RANKS.index(kind) if kind in _RANKS else len(_RANKS) - 1"
_LATE = "LateFee(days, int(min(grown, cap)), grown {} cap, rule.cite, rule.confidence)"
_SENTENCE = "statute.span.first <= on or tier not in statute.bands"

SIZE = (
    "the size of a work array, one more or one fewer than is ever written: an extension is never the start it lengthens"
)
UNUSED = "room for gaps only: no entry is ever written there"
EVERY_RANK = (
    "every penalty of the files stands in an instrument of a kind that is listed; the other branch is not reached"
)

ENGINE: dict[str, str] = {
    **{f"{_SIZES_NOW}{left}, {right})": SIZE
       for left, right in (("events - 1", "events + 1"), ("events + 0", "events + 1"), ("events + 2", "events + 1"),
                           ("events + 1", "events - 1"), ("events + 1", "events + 0"), ("events + 1", "events + 2"))},
    **{f"{_DOCKET}.tables:make_gaps: _work(0, 0, 0, count) ⇒ _work({sizes}, count)": UNUSED
       for sizes in ("-1, 0, 0", "1, 0, 0", "0, -1, 0", "0, 1, 0")},
    f"{_DOCKET}.counting:join_sorted: joined and work.begins[k] <= work.stops[joined - 1] ⇒ joined and work.begins[k] < work.stops[joined - 1]":
        "gaps that only touch are taken out one after the other: the same days",
    f"{_DOCKET}.counting:run_out: touched or (working and found > position and bool(any_unpublished(tables, position + 1, found))) ⇒ "
    "touched or (working and found > position and bool(any_unpublished(tables, position + 0, found)))":
        "differs only from the last day of a year not published into one that is, 2003-12-31; no count in working days was known then",
    f"{_DOCKET}.kernel:lengthen: (i, 0, NONE) ⇒ (i, 1, NONE)": "an extension that is refused has no unit, and its number is never read",
    f"{_YEARS} ⇒ range(min(years), max(years) + 1) if years else range(1999, 2001)": "a calendar of no years is Monday to Friday whatever year it begins with",
    "zhibao.rules.conditions:evaluate: (sure >= (least or 0), possible < (least or 0)) ⇒ (sure >= (least or 0), possible < (least or -1))":
        "where no least is asked for nothing lies below it: a count is never under nought",
    "zhibao.kernel.days:Calendar.tables: self._tables[0] ⇒ self._tables[-1]": "the list holds one",
    "zhibao.rules.remedies:_yuan: parse_yuan(seen) if seen.replace('.', '', 1).isdecimal() else _no_yuan(row, key) ⇒ "
    "parse_yuan(seen) if seen.replace('.', '', 2).isdecimal() else _no_yuan(row, key)":
        "a second point is refused by parse_yuan as well, and the same is said",
    f"zhibao.rules.fine_procedure:late_fee: {_LATE.format('>')} ⇒ {_LATE.format('>=')}":
        "three per cent a day is never exactly the whole: 99 after 33 days, 102 after 34",
    "zhibao.rules.fine_procedure:_confiscated: Interval(0, None) ⇒ Interval(1, None)": "a fen reaches no limit there is, and the upper end stays open",
    "zhibao.rules.acts:ActFacts.multiplier: self.entity_times == 1 or entities <= {False} ⇒ self.entity_times == 2 or entities <= {False}":
        "the multiple for entities is three or one; times one both branches give one",
    "zhibao.rules.fines:_answer: penalty.lighter and 'adm.nonretro' in pack.values ⇒ penalty.lighter or 'adm.nonretro' in pack.values":
        "both hold of every penalty of the files",
    f"{_RANK} ⇒ _RANKS.index(kind) if kind in _RANKS else len(_RANKS) + 1": EVERY_RANK,
    f"{_RANK} ⇒ _RANKS.index(kind) if kind in _RANKS else len(_RANKS) - 2": EVERY_RANK,
    f"{_RANK} ⇒ _RANKS.index(kind) if kind in _RANKS else len(_RANKS) - 0": EVERY_RANK,
    f"zhibao.rules.assess:_sentence: not day < {_SENTENCE} ⇒ not day <= {_SENTENCE}":
        "the text that begins on the day of the act is its own, and weighs as much as itself",
}  # fmt: skip
