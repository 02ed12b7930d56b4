import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.evidence.digests import Algorithm, Digests, digest_stream

# GB/T 32905-2016, appendix A.
SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SM3_ABCD_16 = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


@pytest.mark.parametrize(("data", "digest"), [(b"abc", SM3_ABC), (b"abcd" * 16, SM3_ABCD_16)])
def test_sm3_gives_the_values_of_the_standard(data, digest):
    assert Algorithm.SM3.digest(data).hex() == digest
    assert digest_stream([data]).of(Algorithm.SM3) == digest


@given(st.lists(st.binary()))
def test_how_a_content_is_cut_makes_no_difference(chunks):
    whole = b"".join(chunks)
    assert digest_stream(chunks) == Digests(
        hashlib.sha256(whole).hexdigest(), Algorithm.SM3.digest(whole).hex(), len(whole)
    )
    assert digest_stream(chunks).of(Algorithm.SHA256) == Algorithm.SHA256.digest(whole).hex()
