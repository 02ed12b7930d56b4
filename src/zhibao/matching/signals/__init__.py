"""One file per signal: a way in which what is written may differ from a mark and still be it.

Each holds the plain comparison that is the truth of its signal, its sentences, and examples that a test runs.
"""
