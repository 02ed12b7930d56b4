import hashlib
import itertools

import pytest

from zhibao.matching import tables
from zhibao.matching.errors import TableAltered

NAMES = sorted(tables.manifest()["tables"])


@pytest.mark.parametrize("name", NAMES)
def test_each_table_has_the_rows_and_the_digest_of_the_manifest(name):
    assert len(tables.rows(name)) == tables.manifest()["tables"][name]["rows"]


def test_an_altered_table_is_refused_in_both_languages():
    with pytest.raises(TableAltered) as caught:
        tables.checked("case.tsv", b"A\tb\n")
    assert "case.tsv" in caught.value.say("zh")
    assert "case.tsv" in caught.value.say("en")


@pytest.mark.parametrize("name", ["width.tsv", "case.tsv", "variant.tsv", "confusable.tsv"])
def test_tables_of_pairs_have_two_cells_and_each_key_once(name):
    rows = tables.rows(name)
    assert {len(row) for row in rows} == {2}
    assert len(tables.pairs(name)) == len(rows)
    assert all(len(key) == 1 and value for key, value in rows)


def test_a_simplified_form_is_not_simplified_further():
    variants = tables.pairs("variant.tsv")
    assert [form for form in variants.values() if form in variants] == []


def test_ranges_ascend_and_do_not_touch():
    spans = tables.ranges("letter.tsv")
    assert all(last + 1 < first for (_, last), (first, _) in itertools.pairwise(spans))


def test_the_digest_names_every_table():
    lines = "".join(f"{name} {tables.manifest()['tables'][name]['sha256']}\n" for name in NAMES)
    assert tables.digest() == hashlib.sha256(lines.encode()).hexdigest()
