"""Who the token stands for."""

from django.http import HttpRequest
from ninja import Router, Schema

from zhibao.api.auth import person_of

router = Router(tags=["me"])


class OrganOut(Schema):
    """An agency, by its id and names."""

    id: str
    kind: str
    level: str
    place: str
    name_zh: str
    name_en: str


class Me(Schema):
    """The person behind the token."""

    username: str
    name_zh: str
    name_en: str
    roles: list[str]
    language: str
    organ: OrganOut


@router.get("", response=Me)
def read_me(request: HttpRequest) -> Me:
    """Tell whose token this is, and for which organ it acts."""
    return Me.from_orm(person_of(request))
