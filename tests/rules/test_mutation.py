"""Every number, comparison, date, ratio, role and article of the offence files is held by at least one golden case.

A mutant counts as caught when the loader refuses the file or a golden case of that offence fails.
"""

from dataclasses import replace

import pytest

from tests.rules.mutants import mutants
from zhibao.rules.assess_golden import check_case
from zhibao.rules.errors import LawFault
from zhibao.rules.load import default_roots, load_cases
from zhibao.rules.offences import check_offence, parse_offence
from zhibao.rules.read import read_table
from zhibao.rules.transfer import parse_transfer_rule

ROOT = default_roots()[0]
FILES = sorted((ROOT / "offences").glob("*.yaml"))
CASES = load_cases(kind="assess-")


def cases_of(offence):
    """Return the cases that touch an offence, the ones varying a field first: they settle most mutants."""

    def touches(case):
        if "vary" in case:
            return case.text("kind") in offence.kinds
        return offence.id in case.table("expect")

    return sorted((case for case in CASES if touches(case)), key=lambda case: "vary" not in case)


def survives(pack, path, text, cases):
    try:
        offence = parse_offence(read_table(text, path.name), pack.cites, pack.measures)
        changed = replace(pack, offences={**pack.offences, offence.id: offence})
        if list(check_offence(offence, changed)):
            return False
    except LawFault:
        return False
    return all(not list(check_case(changed, case)) for case in cases)


def test_no_mutant_of_the_transfer_rules_lives(pack):
    """One may: no crime's limits are held before 2004-12-22, so the first day of the 2001 rules changes no answer."""
    text = (ROOT / "transfer" / "ip.yaml").read_text()
    cases = [case for case in CASES if "expect" in case and "transfer" in case.table("expect")]

    def lives(mutant):
        try:
            rule = parse_transfer_rule(read_table(mutant.text, "ip.yaml"), pack.cites)
        except LawFault:
            return False
        return all(not list(check_case(replace(pack, triggers={rule.id: rule}), case)) for case in cases)

    made = list(mutants(text))
    alive = [mutant.what for mutant in made if lives(mutant)]
    assert len(made) > 5
    assert alive == ["2001-07-09 → 2001-07-10"]


@pytest.mark.slow
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_mutant_of_an_offence_file_lives(pack, path):
    text = path.read_text()
    offence = next(one for one in pack.offences.values() if one.where.split(":")[0].endswith(f"/{path.name}"))
    cases = cases_of(offence)
    assert cases, "no golden case touches this offence"
    assert survives(pack, path, text, cases), "the file as it is must pass"
    made = list(mutants(text))
    alive = [f"{path.name}:{mutant.line} {mutant.what}" for mutant in made if survives(pack, path, mutant.text, cases)]
    assert len(made) > 20
    assert alive == [], f"{len(alive)} of {len(made)} live"
