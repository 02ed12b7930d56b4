"""Which resource leads to which operations."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from zhibao.api import (
    bundles,
    exhibits,
    feeds,
    findings,
    imports,
    jobs,
    law,
    law_answers,
    law_coming,
    law_library,
    law_officer,
    law_pack,
    law_search,
    leads,
    matters,
    me,
    rights,
)
from zhibao.api.door import make_door
from zhibao.api.errors import NoSuchAddress
from zhibao.api.problems import problem

door = make_door()
door.add_router("/me", me.router)
door.add_router("/law", law.router)
for _part in (law_answers, law_library, law_search, law_coming, law_officer, law_pack):
    door.add_router("/law", _part.router)
door.add_router("/rights", rights.router)
door.add_router("/imports", imports.router)
door.add_router("/feeds", feeds.router)
door.add_router("/leads", leads.router)
door.add_router("/matters", matters.router)
door.add_router("/exhibits", exhibits.router)
door.add_router("/bundles", bundles.router)
door.add_router("/findings", findings.router)
door.add_router("/jobs", jobs.router)


@csrf_exempt
def no_such_address(request: HttpRequest, **_parts: str) -> HttpResponse:
    """Answer for every address under ``/api`` that no operation has."""
    return problem(request, NoSuchAddress(path=request.path))


urlpatterns: list[URLPattern | URLResolver] = [
    path("", door.urls),
    re_path(r"^(?P<rest>.*)$", no_such_address),
]
