"""What every page shows around its content: sections, the person, the law pack, the language and the theme.

Knows no page.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from zhibao.apps.cases.law import current_pack
from zhibao.apps.cases.queries import counts
from zhibao.apps.watch.queries import count_new_leads
from zhibao.web import toast
from zhibao.web.desk import actor, now
from zhibao.web.words import lang

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the main navigation."""

    name: str
    href: str
    here: bool
    count: int = 0


def sections(request: HttpRequest) -> list[Section]:
    """Return the sections of the main navigation, with what waits in them; the one whose address begins the path is
    the current one.
    """
    path = request.path
    person = actor(request)
    counted = counts(person, now())
    waiting = {reverse("leads"): count_new_leads(person), reverse("findings"): counted.findings}
    named = [
        (_("今日"), reverse("today")),
        (_("线索"), reverse("leads")),
        (_("案件"), reverse("matters")),
        (_("权利"), reverse("register")),
        (_("监测"), reverse("watch")),
        (_("监督"), reverse("findings")),
        (_("法规"), reverse("law")),
    ]
    return [
        Section(name, href, path == href or (href != "/" and path.startswith(href)), waiting.get(href, 0))
        for name, href in named
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give every template the frame's values; the law pack and the toast are only read when they are shown."""
    theme = request.COOKIES.get("zhibao_theme", "")
    return {
        "page_lang": "en" if lang() == "en" else "zh-Hans",
        "other_lang": "zh" if lang() == "en" else "en",
        "colon": "：" if lang() == "zh" else ": ",
        "comma": "、" if lang() == "zh" else ", ",
        "theme": theme if theme in THEMES else "",
        "density": "compact" if request.COOKIES.get("zhibao_density") == "compact" else "",
        "sections": SimpleLazyObject(lambda: sections(request)),
        "law_pack": SimpleLazyObject(current_pack),
        "toast": SimpleLazyObject(lambda: toast.take(request)),
        "print_view": request.GET.get("print") == "1",
    }
