"""Which marks a text carries, openly or in disguise: the slow truth and the fast index that equals it.

Knows no database, file format or law; see docs/design/matching.md.
"""
