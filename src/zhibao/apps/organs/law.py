"""The law pack, loaded once per process; every app reads it here. A restart takes up a changed one."""

from functools import cache

from django.conf import settings

from zhibao.rules.load import load_pack
from zhibao.rules.pack import Pack


@cache
def current_pack() -> Pack:
    """Return the pack of the folders that ``ZHIBAO_LAW`` names, else the national one with the province's."""
    return load_pack(*settings.ZHIBAO_LAW)
