"""Mutants that nothing can notice, argued one by one, and what is not mutated at all, with the reason.

A mutant named here that is caught after all, or does not exist any more, is an error: the list says only what is true.
"""

from scripts.mutation.excused_engine import ENGINE

# What is left alone, and why: told in the report.
LEFT_ALONE = {
    "instruments: how many items a paragraph has": "guards citations only: one too many lets a citation through that nobody wrote",
    "places: codes": "the key of the entry; another code is another place",
    "event_kinds, procedures": "the shape of forms and stages, no value of the law; the loader holds every name in them",
    "years: leaving out a day": "moving a day by one takes it out as well",
    "years: a weekend day among the holidays": "it is off anyway; moved to another day that is off, no day of the year changes",
    "words for people": "titles, notes, gists, addresses and numbers of documents lead to no answer",
}

# key of the mutant (see LawMutant.key and CodeMutant.key): why no case can tell it from the original.
SAME_TEXT = "the day only picks which version of the text is cited, and the day after it is the same version"
EQUIVALENT: dict[str, str] = {
    **ENGINE,
    "law/cn/rights/copyright.yaml since: 2021-06-01 → 2021-06-02": SAME_TEXT,
    "law/cn/rights/customs-recordal.yaml since: 2018-03-19 → 2018-03-20": SAME_TEXT,
    "law/cn/rights/geographical-indication.yaml since: 2024-02-01 → 2024-02-02": SAME_TEXT,
    "law/cn/rights/ic-layout.yaml since: 2001-10-01 → 2001-10-02": SAME_TEXT,
    "law/cn/rights/patent-design.yaml since: 2021-06-01 → 2021-06-02": SAME_TEXT,
    "law/cn/rights/patent-invention.yaml since: 2021-06-01 → 2021-06-02": SAME_TEXT,
    "law/cn/rights/patent-utility-model.yaml since: 2021-06-01 → 2021-06-02": SAME_TEXT,
    "law/cn/rights/plant-variety.yaml since: 2025-06-01 → 2025-06-02": SAME_TEXT,
    "law/cn/rights/trade-secret.yaml since: 2025-10-15 → 2025-10-16": SAME_TEXT,
    "law/cn/rights/trademark.yaml since: 2019-11-01 → 2019-11-02": SAME_TEXT,
    "law/cn/jurisdiction/conf.court.city.yaml versions[1].from: 2022-01-01 → 2022-01-02": "the rules it asks about begin on 2022-05-01; before that it sends nothing anywhere",
}
