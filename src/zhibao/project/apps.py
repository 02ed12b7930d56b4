"""Registers the system checks of the project."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "zhibao.project"
    label = "project"

    def ready(self) -> None:
        """Import the checks, so that ``zhibao check`` and every start of the server run them."""
        from zhibao.project import checks  # noqa: F401, PLC0415 (registers on import; models must be loaded first)
