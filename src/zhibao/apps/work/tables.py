"""Every table an installation keeps, as a backup sees it: its label, its columns, its rows.

Knows Django's models in general and none in particular.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

# Made anew by the installation itself, or true of one running server only.
LEFT_OUT = frozenset({"contenttypes", "sessions", "auth", "axes", "admin"})


@dataclass(frozen=True, slots=True)
class Table:
    """One model's table."""

    label: str
    model: type[models.Model]
    fields: Mapping[str, "models.Field[Any, Any]"]  # by column, foreign keys as their ids

    @property
    def rows(self) -> "models.QuerySet[Any]":
        """All rows, whatever a manager of the model's own would hide."""
        return self.model._base_manager.all()  # noqa: SLF001  the documented name of the unfiltered manager


def kept_tables() -> Iterator[Table]:
    """Yield the tables whose rows are kept, those of many-to-many fields included, in a fixed order."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        about = model._meta  # noqa: SLF001  the documented name of a model's description
        if about.managed and not about.proxy and about.app_label not in LEFT_OUT:
            found.append(Table(about.label_lower, model, {field.attname: field for field in about.concrete_fields}))
    yield from sorted(found, key=lambda table: table.label)
