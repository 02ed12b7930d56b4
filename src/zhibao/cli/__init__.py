"""The command line: what a person at a terminal, or another program, asks of Zhibao.

Decides nothing: it reads what is given, calls the rooms below, and prints one answer.
"""
