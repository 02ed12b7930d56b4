"""FACTS as a careless or hostile program sends them: every document is answered or refused at its place."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhibao.kernel.errors import BadInput
from zhibao.rules.assess import assess

TODAY = date(2026, 11, 25)
ACT = {"kind": "counterfeit-mark-goods", "from": "2025-05-01", "to": "2025-05-01", "right_kinds": 1, "entity": False}
PRIOR = {"kind": "criminal-penalty", "for": "counterfeit-mark-goods", "on": "2024-01-01"}


def refused(pack, facts):
    with pytest.raises(BadInput) as caught:
        assess(pack, facts, today=TODAY)
    return caught.value


@pytest.mark.parametrize(
    ("amount", "seen"),
    [
        pytest.param(10**5000, "9000000000000000…", id="5000 digits"),
        pytest.param(-(10**5000), "-9000000000000000…", id="minus 5000 digits"),
        (-1, "-1"),
        (True, "true"),
        (3.5, "3.5"),
        ([], "[]"),
        ("1\u200b0", "1\\u200b0"),
        ("1e9", "1e9"),
        ("1.001", "1.001"),
    ],
)
def test_what_is_no_amount_is_refused_where_it_stands(pack, amount, seen):
    error = refused(pack, {"acts": [{**ACT, "turnover": amount}]})
    assert (error.code, error.where) == ("fact-bad-amount", "acts[0].turnover")
    assert f"“{seen}”" in error.say("zh")
    assert f"“{seen}”" in error.say("en")


@pytest.mark.parametrize("kind", [[], {}, ["criminal-penalty"], None, 5, "warning"])
def test_a_prior_of_no_known_kind_is_refused(pack, kind):
    error = refused(pack, {"acts": [ACT], "priors": [{**PRIOR, "kind": kind}]})
    assert (error.code, error.where) == ("fact-unknown-kind", "priors[0].kind")


@pytest.mark.parametrize(
    "facts", [None, [], "x", {"acts": {}}, {"acts": [None]}, {"acts": [ACT], "suspicion": {"reasonable": "true"}}]
)
def test_a_wrong_shape_is_told_with_the_way_to_mend_it(pack, facts):
    error = refused(pack, facts)
    assert error.where
    assert error.hint("zh")
    assert error.hint("en")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2025-05-01", "30000"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted({*ACT, *PRIOR})), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(field=st.sampled_from([*ACT, "turnover", "labels", "role"]), value=JSON, priors=JSON, suspicion=JSON, on=JSON)
def test_anything_in_a_field_is_answered_or_refused(pack, field, value, priors, suspicion, on):
    facts = {"acts": [{**ACT, field: value}], "priors": priors, "suspicion": suspicion, "on": on}
    assert answered_or_refused(pack, facts)


def answered_or_refused(pack, facts):
    """Return the answer's pack, or where the document was refused; any other error goes through."""
    try:
        return assess(pack, facts, today=TODAY).as_json("zh")["law_pack"]
    except BadInput as error:
        return error.where


def acts(**measures):
    zero = {"illegal_gain": "0", "turnover": "0"}
    return [{**ACT, **zero, **measures}]


@pytest.mark.parametrize(
    ("measures", "priors", "tier"),
    [
        # Counted by hand from 法释〔2025〕5号 articles 3 and 13 and CONTRACT's meaning of a repeat.
        ({"illegal_gain": "29999.99"}, [], "none"),
        ({"illegal_gain": "30000"}, [], "base"),
        ({"illegal_gain": "20000", "right_kinds": 2}, [], "base"),
        ({"illegal_gain": "20000"}, None, "unknown"),
        ({"illegal_gain": "20000"}, [{**PRIOR, "on": "2023-05-01"}], "base"),
        ({"illegal_gain": "20000"}, [{**PRIOR, "on": "2023-04-30"}], "none"),
        ({"illegal_gain": "20000"}, [{**PRIOR, "on": "2025-05-01"}], "none"),
        ({"illegal_gain": "20000"}, [{**PRIOR, "for": "infringe-copyright"}], "none"),
        ({"turnover": "499999.99"}, [], "base"),
        ({"turnover": "500000"}, [], "grave"),
        ({"illegal_gain": "200000", "right_kinds": 2}, [], "grave"),
        ({"kind": "infringe-copyright", "turnover": "25000", "copies": 250, "works": 0, "downloads": 0, "clicks": 0, "members": 0}, [], "base"),
        ({"kind": "infringe-copyright", "illegal_gain": "15000", "copies": 250, "works": 0, "downloads": 0, "clicks": 0, "members": 0}, [], "none"),
        ({"kind": "infringe-copyright", "copies": 0, "works": 0, "downloads": 5000, "clicks": 50000, "members": 0}, [], "none"),
    ],
)  # fmt: skip
def test_tiers_counted_by_hand(pack, measures, priors, tier):
    told = assess(pack, {"acts": acts(**measures), "priors": priors, "on": "2026-11-23"}, today=TODAY).as_json("en")
    assert told["offences"][0]["tier"] == tier
