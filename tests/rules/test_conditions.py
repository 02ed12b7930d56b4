"""One tree, two readers: reasons for one case and columns for many agree, nulls included."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.rules.conditions import (
    ONE,
    All,
    Any,
    AtLeast,
    Compare,
    Exists,
    Interval,
    Repeat,
    Which,
    at_least,
    columns_of,
    evaluate,
    explain,
    leaves,
    scaled,
)

GOODS = Which(("goods",))
AGAIN = Which(("goods",), repeat=Repeat(2, ("x",), ("criminal",)))
MEASURES = ("a", "b")
TRUTHS = st.sampled_from([True, False, None])


@dataclass(frozen=True)
class Given:
    """A case as a plain table: amounts by measure and which, truths by name and which."""

    amounts: dict
    truths: dict
    times: Interval = ONE

    @property
    def multiplier(self):
        return self.times

    def amount(self, measure, which):
        return self.amounts[measure, which]

    def exists(self, which):
        return self.truths[which]

    def unknowns(self, measure, _which):
        return frozenset({measure or "priors"})


def gain(limit, op=">=", which=GOODS, **more):
    return Compare(("a",), which, op, limit, "yuan", **more)


def case(a=None, b=None, times=ONE, *, there=True):
    amounts = {("a", GOODS): Interval.of(a), ("b", GOODS): Interval.of(b)}
    return Given(amounts, {GOODS: there}, times)


@pytest.mark.parametrize(
    ("op", "truths"),
    [
        (">=", [False, True, True, None]),
        (">", [False, False, True, None]),
        ("<=", [True, True, False, None]),
        ("<", [True, False, False, None]),
        ("=", [False, True, False, None]),
    ],
)
def test_each_comparison_below_at_above_and_unknown(op, truths):
    assert [explain(gain(100, op), case(value)).truth for value in (99, 100, 101, None)] == truths


@pytest.mark.parametrize("op", [">=", ">", "<=", "<", "="])
def test_each_comparison_is_the_same_in_columns(op):
    tree, rows = gain(100, op), [case(value) for value in (99, 100, 101, None)]
    true, false = evaluate(tree, columns_of(tree, rows))
    pairs = {(True, False): True, (False, True): False, (False, False): None}
    told = [pairs[bool(yes), bool(no)] for yes, no in zip(true, false, strict=True)]
    assert told == [explain(tree, row).truth for row in rows]


def test_what_is_proved_counts_although_more_may_come():
    part = Given({("a", GOODS): Interval(100, None)}, {})
    assert explain(gain(100), part).truth is True
    assert explain(gain(101), part).truth is None
    assert explain(gain(100, "<"), part).truth is False
    assert explain(gain(99, "="), part).truth is False
    bounded = Given({("a", GOODS): Interval(0, 99)}, {})
    assert explain(gain(100), bounded).truth is False


def test_a_sum_with_one_part_unknown_is_unknown_until_proved():
    total = Compare(("a", "b"), GOODS, ">=", 100, "yuan")
    assert explain(total, case(40, 60)).truth is True
    assert explain(total, case(40, 59)).truth is False
    assert explain(total, case(100, None)).truth is True
    why = explain(total, case(40, None))
    assert (why.truth, why.open) == (None, {"a", "b"})


def test_an_uncertain_multiplier_leaves_what_lies_between_open():
    three = Interval(1, 3)
    assert explain(gain(100), case(300, times=three)).truth is True
    assert explain(gain(100), case(99, times=three)).truth is False
    why = explain(gain(100), case(200, times=three))
    assert why.truth is None
    assert "entity" in why.open
    assert explain(gain(100, scales=False), case(200, times=three)).truth is True
    assert explain(gain(100, "="), case(100, times=three)).truth is None


def test_ratios_stay_beside_the_limit_and_skip_what_does_not_scale():
    tree = All((gain(100), Compare(("b",), GOODS, ">=", 2, "count", scales=False), Exists(GOODS)))
    ten = scaled(tree, Fraction(10))
    assert [leaf.factor for leaf in leaves(ten) if isinstance(leaf, Compare)] == [10, 1]
    assert explain(ten.parts[0], case(1000)).limit == 1000
    assert explain(ten.parts[0], case(999)).truth is False
    half = scaled(gain(25), Fraction(1, 2))
    assert [explain(half, case(value)).truth for value in (12, 13)] == [False, True]


@pytest.mark.parametrize(
    ("least", "truths", "result"),
    [
        (2, [True, True, False], True), (2, [True, None, False], None), (2, [True, False, False], False),
        (1, [None, False], None), (1, [], False), (0, [], True), (3, [True, True, None], None),
    ],
)  # fmt: skip
def test_kleene_counting(least, truths, result):
    assert at_least(least, truths) is result


def test_whether_there_is_such_an_act_is_asked_for():
    assert explain(Exists(GOODS), case(there=True)).truth is True
    why = explain(Exists(GOODS), case(there=None))
    assert (why.truth, why.open) == (None, {"priors"})


def test_the_decisive_comparison_is_the_one_that_settles_it():
    tree = All((gain(100), Any((gain(500), gain(200)))))
    assert explain(tree, case(300)).decisive().tree == gain(200)
    assert explain(tree, case(150)).decisive().tree == gain(500)
    assert explain(tree, case(50)).decisive().tree == gain(100)
    assert [leaf.tree for leaf in explain(tree, case(1)).leaves()] == [gain(100), gain(500), gain(200)]


def trees():
    compare = st.builds(
        Compare,
        st.sampled_from([("a",), ("b",), ("a", "b")]),
        st.sampled_from([GOODS, AGAIN]),
        st.sampled_from([">=", ">", "<=", "<", "="]),
        st.integers(0, 50),
        st.just("yuan"),
        st.booleans(),
        st.sampled_from([Fraction(1), Fraction(10), Fraction(1, 2), Fraction(5, 2)]),
    )
    leaf = st.one_of(compare, st.builds(Exists, st.sampled_from([GOODS, AGAIN])))
    parts = lambda inner: st.lists(inner, min_size=0, max_size=3).map(tuple)  # noqa: E731  a strategy, not a function to call
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(All, parts(inner)),
            st.builds(Any, parts(inner)),
            st.builds(AtLeast, st.integers(0, 3), parts(inner)),
        ),
        max_leaves=8,
    )


def intervals():
    low = st.integers(0, 600)
    return st.one_of(
        st.just(Interval(0, None)),
        low.map(lambda n: Interval(n, n)),
        low.map(lambda n: Interval(n, None)),
        st.tuples(low, low).map(lambda pair: Interval(min(pair), max(pair))),
    )


def cases():
    keys = [(measure, which) for measure in MEASURES for which in (GOODS, AGAIN)]
    return st.builds(
        Given,
        st.fixed_dictionaries({key: intervals() for key in keys}),
        st.fixed_dictionaries({GOODS: TRUTHS, AGAIN: TRUTHS}),
        st.sampled_from([ONE, Interval(3, 3), Interval(1, 3)]),
    )


@given(trees(), st.lists(cases(), min_size=1, max_size=5))
def test_columns_say_what_reasons_say(tree, rows):
    true, false = evaluate(tree, columns_of(tree, rows))
    told = [explain(tree, row).truth for row in rows]
    assert list(true) == [truth is True for truth in told]
    assert list(false) == [truth is False for truth in told]


@given(trees(), cases())
def test_only_an_unknown_outcome_names_what_is_missing(tree, row):
    why = explain(tree, row)
    assert why.truth is None or why.open == frozenset()


@given(st.integers(0, 100), st.integers(0, 100))
def test_learning_more_never_unsays_what_was_said(limit, value):
    """A comparison that is settled while a sum is partly known stays settled whatever the rest turns out to be."""
    total = Compare(("a", "b"), GOODS, ">=", limit, "yuan")
    before = explain(total, case(value, None)).truth
    for rest in (0, 1, 50, 1000):
        after = explain(total, case(value, rest)).truth
        assert before is None or before is after
