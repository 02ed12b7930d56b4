import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.evidence.digests import Algorithm
from zhibao.evidence.merkle import Tree, leaf_hash, node_hash, root, root_from_inclusion, verify_consistency

VECTORS = json.loads((Path(__file__).resolve().parents[1] / "vectors" / "rfc6962" / "sha256.json").read_text())
SHA = Algorithm.SHA256
PUBLISHED = [leaf_hash(SHA, bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
MANY = {a: [leaf_hash(a, n.to_bytes(2, "big")) for n in range(131)] for a in Algorithm}
ROOTS = {a: [root(a, leaves[:n]) for n in range(131)] for a, leaves in MANY.items()}


def as_the_rfc_says(algorithm, leaves):
    """MTH of RFC 6962, 2.1, word for word: the slow truth."""
    if len(leaves) == 1:
        return leaves[0]
    k = max(1 << i for i in range(10) if 1 << i < len(leaves))
    return node_hash(algorithm, as_the_rfc_says(algorithm, leaves[:k]), as_the_rfc_says(algorithm, leaves[k:]))


def test_published_roots():
    assert root(SHA, []).hex() == VECTORS["empty"]
    assert Tree.over(SHA, []).size == 0
    assert [root(SHA, PUBLISHED[:n]).hex() for n in range(1, 9)] == VECTORS["roots"]


@pytest.mark.parametrize("case", VECTORS["inclusion"], ids=lambda c: f"{c['index']}of{c['size']}")
def test_published_inclusion_paths(case):
    path = Tree.over(SHA, PUBLISHED[: case["size"]]).inclusion_path(case["index"])
    assert [step.hex() for step in path] == case["path"]


@pytest.mark.parametrize("case", VECTORS["consistency"], ids=lambda c: f"{c['old']}to{c['new']}")
def test_published_consistency_paths(case):
    path = Tree.over(SHA, PUBLISHED[: case["new"]]).consistency_path(case["old"])
    assert [step.hex() for step in path] == case["path"]


@pytest.mark.parametrize("algorithm", Algorithm)
def test_roots_equal_the_words_of_the_rfc(algorithm):
    for size in range(1, 131):
        assert ROOTS[algorithm][size] == as_the_rfc_says(algorithm, MANY[algorithm][:size])


@pytest.mark.parametrize("algorithm", Algorithm)
def test_every_leaf_of_every_tree_up_to_130_is_proved_and_no_other(algorithm):
    for size in range(1, 131):
        leaves, whole = MANY[algorithm][:size], ROOTS[algorithm][size]
        tree = Tree.over(algorithm, leaves)
        for index in range(size):
            path = tree.inclusion_path(index)
            assert root_from_inclusion(algorithm, leaves[index], index, size, path) == whole
            assert root_from_inclusion(algorithm, leaves[index - 1], index, size, path) != whole or size == 1
            assert root_from_inclusion(algorithm, leaves[index], index, size, (*path, whole)) is None
            assert not path or root_from_inclusion(algorithm, leaves[index], index, size, path[:-1]) is None


@pytest.mark.parametrize("algorithm", Algorithm)
def test_every_pair_of_trees_up_to_130_is_proved_consistent_and_no_other(algorithm):
    for new in range(1, 131):
        tree = Tree.over(algorithm, MANY[algorithm][:new])
        for old in range(1, new + 1):
            path = tree.consistency_path(old)
            sizes = {"old_size": old, "new_size": new}
            roots = {"old_root": ROOTS[algorithm][old], "new_root": ROOTS[algorithm][new]}
            assert verify_consistency(algorithm, **sizes, **roots, path=path)
            other = ROOTS[algorithm][old - 1]
            assert not verify_consistency(algorithm, **sizes, **{**roots, "old_root": other}, path=path)
            assert not verify_consistency(algorithm, **sizes, **{**roots, "new_root": other}, path=path)
            assert not verify_consistency(algorithm, **sizes, **roots, path=(*path, other))
            assert not path or not verify_consistency(algorithm, **sizes, **roots, path=path[:-1])


@given(st.integers(1, 130), st.data())
def test_a_path_with_one_bit_changed_proves_nothing(size, data):
    index = data.draw(st.integers(0, size - 1))
    path = list(Tree.over(SHA, MANY[SHA][:size]).inclusion_path(index))
    if path:
        at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
        path[at] = (int.from_bytes(path[at]) ^ 1 << bit).to_bytes(32)
        assert root_from_inclusion(SHA, MANY[SHA][index], index, size, path) != ROOTS[SHA][size]


def test_what_is_not_in_the_tree_has_no_path():
    for index in (-1, 8):
        with pytest.raises(IndexError):
            Tree.over(SHA, PUBLISHED).inclusion_path(index)
    for old in (0, 9):
        with pytest.raises(IndexError):
            Tree.over(SHA, PUBLISHED).consistency_path(old)
    assert root_from_inclusion(SHA, PUBLISHED[0], 8, 8, ()) is None
    assert not verify_consistency(SHA, old_size=0, new_size=8, old_root=b"", new_root=b"", path=())
    assert not verify_consistency(SHA, old_size=3, new_size=8, old_root=b"", new_root=b"", path=())


def test_leaves_and_nodes_cannot_stand_for_one_another():
    left, right = PUBLISHED[:2]
    assert leaf_hash(SHA, left + right) != node_hash(SHA, left, right)
