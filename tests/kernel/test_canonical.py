import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.kernel.canonical import canonical_bytes, sha256_hex
from zhibao.kernel.errors import NotCanonical

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def test_keys_are_sorted_by_utf16_as_in_the_standard():
    # RFC 8785, 3.2.3
    given_keys = {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\u0080": 6, "ö": 7}
    assert list(json.loads(canonical_bytes(given_keys))) == ["\r", "1", "\u0080", "ö", "€", "😀", "\ufb33"]


def test_strings_are_escaped_as_in_the_standard():
    # RFC 8785, 3.2.2.2
    assert canonical_bytes('€$\u000f\nA\'B"\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\"/"'.encode()
    assert canonical_bytes("\b\t\n\f\r\x7f") == b'"\\b\\t\\n\\f\\r\x7f"'


def test_literals_and_nesting():
    assert canonical_bytes({"b": [True, None, (1, -2)], "a": {}}) == b'{"a":{},"b":[true,null,[1,-2]]}'


@given(VALUES)
def test_the_form_is_json_and_its_own_fixed_point(value):
    data = canonical_bytes(value)
    assert json.loads(data) == value
    assert canonical_bytes(json.loads(data)) == data


@pytest.mark.parametrize("value", [1.5, {"a": [float("nan")]}, 2**53, -(2**53), b"x", {1: 2}, {"a": {3}}])
def test_what_has_no_one_form_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical_bytes(value)


def test_the_place_of_the_fault_is_told_and_half_a_pair_is_refused():
    with pytest.raises(NotCanonical) as caught:
        canonical_bytes({"a": [1, 0.5]})
    assert caught.value.where == "$.a[1]"
    with pytest.raises(NotCanonical):
        canonical_bytes("\ud800")


def test_sha256():
    assert sha256_hex(b"abc") == hashlib.sha256(b"abc").hexdigest()
