"""The law pack this process decides under.

Knows that it is loaded once; knows nothing of what is in it.
"""

from functools import cache

from zhibao.rules.load import load_pack
from zhibao.rules.pack import Pack


@cache
def current_pack() -> Pack:
    """Return the national pack with the province's added to it; a restart takes up a changed one."""
    return load_pack()
