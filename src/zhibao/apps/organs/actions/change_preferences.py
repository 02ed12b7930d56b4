"""Change what a person sees of the product itself."""

from datetime import datetime

from django.db import transaction

from zhibao.apps.organs.actions.make_person import check_person
from zhibao.apps.organs.models import Person


def change_preferences(
    *, actor: Person, language: str | None = None, single_keys: bool | None = None, now: datetime
) -> Person:
    """Change one's own language (``zh`` or ``en``) and whether single keys act; what is None stays. Raises BadPerson."""
    del now
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=actor.pk)
        person.language = person.language if language is None else language
        person.single_keys = person.single_keys if single_keys is None else single_keys
        check_person(person)
        person.save(update_fields=["language", "single_keys"])
    return person
