"""The append-only tree of RFC 6962 (section 2), with SHA-256 or SM3: roots, inclusion and consistency proofs.

Knows hashes only; where the leaves are kept, and how to avoid reading all of them, is for the store above.
"""

from collections.abc import Sequence

from zhibao.evidence.digests import Algorithm


def leaf_hash(algorithm: Algorithm, record: bytes) -> bytes:
    """Return the hash of a leaf: H(0x00 || record)."""
    return algorithm.digest(b"\x00" + record)


def node_hash(algorithm: Algorithm, left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: H(0x01 || left || right)."""
    return algorithm.digest(b"\x01" + left + right)


def root(algorithm: Algorithm, leaves: Sequence[bytes]) -> bytes:
    """Return the tree hash over leaf hashes; of no leaves it is H(""). O(n)."""
    if not leaves:
        return algorithm.digest(b"")
    level = list(leaves)
    while len(level) > 1:
        level = _level_above(algorithm, level)
    return level[0]


def inclusion_path(algorithm: Algorithm, leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the audit path of leaf ``index`` in the tree over ``leaves`` (RFC 6962, 2.1.1). O(n).

    Raises IndexError where there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    path, level, at = [], list(leaves), index
    while len(level) > 1:
        if at ^ 1 < len(level):
            path.append(level[at ^ 1])
        level, at = _level_above(algorithm, level), at // 2
    return tuple(path)


def consistency_path(algorithm: Algorithm, leaves: Sequence[bytes], old: int) -> tuple[bytes, ...]:
    """Return the proof that the tree over the first ``old`` leaves is a beginning of the whole (RFC 6962, 2.1.2).

    Raises IndexError unless 0 < old <= n. O(n).
    """
    if not 0 < old <= len(leaves):
        raise IndexError(old)
    return tuple(_subproof(algorithm, leaves, old, whole=True))


def root_from_inclusion(
    algorithm: Algorithm, leaf: bytes, index: int, size: int, path: Sequence[bytes]
) -> bytes | None:
    """Return the root the path leads to, or None where its length does not fit index and size (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = node_hash(algorithm, step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(algorithm, found, step)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def verify_consistency(
    algorithm: Algorithm, *, old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Say whether the path proves that the old tree is a beginning of the new one (RFC 9162, 2.1.4.2)."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not path and old_root == new_root
    steps = list(path) if old_size & (old_size - 1) else [old_root, *path]
    if not steps:
        return False
    at, last = old_size - 1, new_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old, new = steps[0], steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(algorithm, step, old), node_hash(algorithm, step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(algorithm, new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _level_above(algorithm: Algorithm, level: list[bytes]) -> list[bytes]:
    """Join neighbours; a last one without a neighbour moves up as it is."""
    joined = [node_hash(algorithm, level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return joined + level[len(level) & ~1 :]


def _subproof(algorithm: Algorithm, leaves: Sequence[bytes], old: int, *, whole: bool) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [root(algorithm, leaves)]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    if old <= split:
        return [*_subproof(algorithm, leaves[:split], old, whole=whole), root(algorithm, leaves[split:])]
    return [*_subproof(algorithm, leaves[split:], old - split, whole=False), root(algorithm, leaves[:split])]
