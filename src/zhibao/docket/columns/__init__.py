"""Clocks and findings as columns: the same small functions run over one matter or over a million.

kernel.py and counting.py are the functions; the others turn events and law into whole numbers and results back into words.
"""
