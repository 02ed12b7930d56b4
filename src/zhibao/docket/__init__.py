"""What happened, and what follows from it: events, the fold, clocks, transfers, findings.

Pure: today is an argument, the law pack is an argument, nothing is stored here.
"""
