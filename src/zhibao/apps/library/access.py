"""Who may do what in the library: everybody reads the law; law officers import, check and change it.

Knows deeds and organs; counts of matters are narrowed to what a person may see by the cases app.
"""

from zhibao.apps.library.errors import LawNotYours, TextNotFound
from zhibao.apps.library.models import LawText
from zhibao.apps.organs.access import Deed, can, require
from zhibao.apps.organs.models import Person


def require_reading(person: Person) -> None:
    """Let everybody who works here read the law; raise DeedNotAllowed for a closed account."""
    require(person, Deed.READ_LAW)


def require_importing(person: Person) -> None:
    """Let law officers and administrators import texts of law."""
    require(person, Deed.IMPORT_LAW)


def require_checking(person: Person) -> None:
    """Let law officers say whether a value is as the text says."""
    require(person, Deed.CHECK_LAW)


def require_changing(person: Person) -> None:
    """Let law officers of an organ with none above it change the pack in use, which all organs share."""
    require(person, Deed.CHANGE_LAW)
    if person.organ.parent_id is not None:
        raise LawNotYours


def may_change(person: Person) -> bool:
    """Tell whether ``require_changing`` would let the person."""
    return can(person, Deed.CHANGE_LAW) and person.organ.parent_id is None


def access_text(person: Person, text_id: int) -> LawText:
    """Return an imported text; raises TextNotFound, DeedNotAllowed."""
    require_reading(person)
    found = LawText.objects.select_related("by", "by__organ").filter(pk=text_id).first()
    if found is None:
        raise TextNotFound(text=str(text_id))
    return found


def require_trying(person: Person) -> None:
    """Let law officers try a change, whatever their organ: nothing comes of it."""
    require(person, Deed.CHANGE_LAW)
