"""Days, money, identifiers, places, citations and canonical bytes: what every room above counts with.

Knows no law, no clock, no disk: today and the calendar are arguments.
"""
