"""Damages worked out a second time, slowly: the laws as a table typed from their articles, the totals by trying every multiple.

Shares nothing with the engine: plain dictionaries, fractions of yuan, no law files.
"""

from datetime import date
from fractions import Fraction

# right, kind, from, to, groups of bases, floor, cap (None: no statutory damages), multiples (None: none), word for the mind
LAWS = (
    ("trademark", "", "2014-05-01", "2019-10-31", ("loss", "gain", "licence"), 0, 3_000_000, (1, 3), "malice"),
    ("trademark", "", "2019-11-01", "2026-12-31", ("loss", "gain", "licence"), 0, 5_000_000, (1, 5), "malice"),
    ("trademark", "", "2027-01-01", "2099-12-31", ("loss gain", "licence"), 0, 5_000_000, (1, 5), "intent"),
    ("patent", "", "2009-10-01", "2021-05-31", ("loss", "gain", "licence"), 10_000, 1_000_000, None, ""),
    ("patent", "", "2021-06-01", "2099-12-31", ("loss gain", "licence"), 30_000, 5_000_000, (1, 5), "intent"),
    ("copyright", "", "2010-04-01", "2021-05-31", ("loss", "gain"), 0, 500_000, None, ""),
    ("copyright", "", "2021-06-01", "2099-12-31", ("loss gain", "fee"), 500, 5_000_000, (1, 5), "intent"),
    ("trade-secret", "", "2019-04-23", "2025-10-14", ("loss", "gain"), 0, 5_000_000, (1, 5), "malice"),
    ("trade-secret", "", "2025-10-15", "2099-12-31", ("loss gain",), 0, 5_000_000, (1, 5), "intent"),
    ("unfair-competition", "confusion", "2019-04-23", "2025-10-14", ("loss", "gain"), 0, 5_000_000, None, ""),
    ("unfair-competition", "confusion", "2025-10-15", "2099-12-31", ("loss gain",), 0, 5_000_000, None, ""),
    ("plant-variety", "", "2016-01-01", "2022-02-28", ("loss", "gain", "licence"), 0, 3_000_000, (1, 3), "intent"),
    ("plant-variety", "", "2022-03-01", "2099-12-31", ("loss", "gain", "licence"), 0, 5_000_000, (1, 5), "intent"),
    ("ic-layout", "", "2001-10-01", "2026-10-14", ("loss gain",), None, None, None, ""),
    ("ic-layout", "", "2026-10-15", "2099-12-31", ("loss gain", "licence"), None, None, (1, 5), "intent"),
)
HARD = "undeterminable"


def law_of(right, kind, day):
    """Return the row in force on ``day`` (text), or None."""
    return next((row for row in LAWS if row[:2] == (right, kind) and row[2] <= day <= row[3]), None)


def amounts(facts, group):
    """Return what each base of a group comes to: yuan, None (unknown), or HARD."""
    for name in group.split():
        if name in {"loss", "gain"}:
            yield facts.get(name) if facts.get(name) in {None, HARD} else Fraction(facts[name])
            continue
        fee, times = facts.get("licence_fee"), 1 if name == "fee" else facts.get("licence_multiple")
        yield fee if fee in {None, HARD} else None if times is None else Fraction(fee) * Fraction(times)


def bases(facts, groups):
    """Return the amounts that may be the base; None where that cannot be told; [] where there is none at all."""
    for group in groups:
        found = list(amounts(facts, group))
        known = [one for one in found if one not in {None, HARD}]
        if known:
            return known
        if None in found:
            return None
    return []


def punitive(facts, row, final):
    """Return True, False or None: whether punitive damages may be had, the base aside."""
    if row[7] is None:
        return False
    mind = facts["intent"]
    if row[8] == "malice" and final < "2021-03-03":
        mind = None if mind else mind
    tests = [mind, facts["serious"], facts["claimed"]]
    return False if False in tests else None if None in tests else True


def totals(facts, row, final):
    """Return (least, most) in yuan, or (None, None); every tenth of a multiple is tried."""
    found = bases(facts, row[4])
    if found is None:
        return None, None
    if not found:
        return (None, None) if row[6] is None else (Fraction(row[5]), Fraction(row[6]))
    had = punitive(facts, row, final)
    sums = []
    for base in found:
        if had is not True:
            sums.append(base)
        if had is not False:
            low, high = row[7]
            for tenth in range(low * 10, high * 10 + 1):
                whole = base + base * Fraction(tenth, 10)
                sums.append(min(whole, 5 * base) if final >= "2026-05-01" else whole)
    return min(sums), max(sums)


def days():
    """Return days on both sides of every change of these laws."""
    edges = sorted({row[i] for row in LAWS for i in (2, 3)} - {"2099-12-31"})
    return [date.fromisoformat(edge) for edge in edges]
