"""Texts of law as files: decoding, unpacking Word, splitting into articles, telling which instrument a text is.

Knows no database and no person.
"""
