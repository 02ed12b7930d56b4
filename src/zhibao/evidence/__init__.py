"""Proof that a file has not changed since a moment: digests, an append-only log, signed checkpoints, time stamps, bundles.

Knows no storage, no clock and no network: bytes, keys, the time and randomness are arguments. Says nothing of what a file shows.
"""
