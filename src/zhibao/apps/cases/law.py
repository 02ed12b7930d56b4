"""The law pack this process decides under: the one every app reads."""

from zhibao.apps.organs.law import current_pack

__all__ = ["current_pack"]
