"""The append-only tree of RFC 6962 (section 2), with SHA-256 or SM3: roots, inclusion and consistency proofs.

Knows hashes only; where the leaves are kept, and how to avoid reading all of them, is for the store above.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zhibao.evidence.digests import Algorithm


def leaf_hash(algorithm: Algorithm, record: bytes) -> bytes:
    """Return the hash of a leaf: H(0x00 || record)."""
    return algorithm.digest(b"\x00" + record)


def node_hash(algorithm: Algorithm, left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: H(0x01 || left || right)."""
    return algorithm.digest(b"\x01" + left + right)


@dataclass(frozen=True, slots=True)
class Tree:
    """The tree over the leaf hashes given, all its nodes kept: built in O(n), every proof then O(log n).

    ``levels[h][i]`` is the hash over leaves i * 2^h up to (i + 1) * 2^h, or up to the last.
    """

    algorithm: Algorithm
    levels: tuple[Sequence[bytes], ...]

    @classmethod
    def over(cls, algorithm: Algorithm, leaves: Sequence[bytes]) -> "Tree":
        """Build the tree; of no leaves too."""
        levels: list[Sequence[bytes]] = [leaves]
        while len(levels[-1]) > 1:
            levels.append(_level_above(algorithm, levels[-1]))
        return cls(algorithm, tuple(levels))

    @property
    def size(self) -> int:
        """How many leaves it has."""
        return len(self.levels[0])

    @property
    def root(self) -> bytes:
        """The tree hash; of no leaves it is H("")."""
        return self.levels[-1][0] if self.size else self.algorithm.digest(b"")

    def inclusion_path(self, index: int) -> tuple[bytes, ...]:
        """Return the audit path of leaf ``index`` (RFC 6962, 2.1.1). Raises IndexError where there is no such leaf."""
        if not 0 <= index < self.size:
            raise IndexError(index)
        beside = [(level, index >> height ^ 1) for height, level in enumerate(self.levels)]
        return tuple(level[at] for level, at in beside if at < len(level))

    def consistency_path(self, old: int) -> tuple[bytes, ...]:
        """Return the proof that the tree over the first ``old`` leaves is a beginning of this one (RFC 6962, 2.1.2).

        Raises IndexError unless 0 < old <= size.
        """
        if not 0 < old <= self.size:
            raise IndexError(old)
        path, start, size, whole = [], 0, self.size, True
        while old != size:
            split = 1 << (size - 1).bit_length() - 1
            if old <= split:
                path.append(self._over(start + split, size - split))
                size = split
            else:
                path.append(self._over(start, split))
                start, size, old, whole = start + split, size - split, old - split, False
        rest = () if whole else (self._over(start, size),)
        return (*rest, *reversed(path))

    def _over(self, start: int, size: int) -> bytes:
        """Return the hash over leaves ``start`` to ``start + size``, a subtree as the RFC cuts them."""
        height = (size - 1).bit_length()
        return self.levels[height][start >> height]


def root(algorithm: Algorithm, leaves: Sequence[bytes]) -> bytes:
    """Return the tree hash over leaf hashes. O(n)."""
    return Tree.over(algorithm, leaves).root


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


def _level_above(algorithm: Algorithm, level: Sequence[bytes]) -> list[bytes]:
    """Join neighbours; a last one without a neighbour moves up as it is."""
    joined = [node_hash(algorithm, level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return [*joined, *level[len(level) & ~1 :]]
