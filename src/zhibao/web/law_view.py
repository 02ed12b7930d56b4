"""What the law pages share: names of sections and kinds, the address of an entry, where a version stands on a day.

Knows the law pack; draws nothing.
"""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhibao.apps.library.articles import article_label
from zhibao.kernel.labels import Label
from zhibao.rules.citing import show_article
from zhibao.rules.diff_words import HOWS
from zhibao.rules.versions import Span
from zhibao.rules.words import SECTIONS, VALUES
from zhibao.web.desk import today
from zhibao.web.parts.ribbon import Stretch, version_ribbon
from zhibao.web.words import entitle, lang, show_day

OWN_PAGE = {"instruments": "law-instrument", "deadlines": "law-deadline", "offences": "law-offence"}
NOT_LISTED = frozenset({"instruments", "measures", "places"})  # a page of their own, or no law to look up


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the library, as its tabs name it."""

    name: str
    href: str
    here: bool


def tabs(path: str) -> list[Tab]:
    """Return the pages of the library; the one whose address begins the path is the current one."""
    named = [
        (_("法规"), reverse("law")),
        (_("将要变的"), reverse("law-coming")),
        (_("核对"), reverse("law-values")),
        (_("原文"), reverse("law-texts")),
        (_("日历"), reverse("law-calendar")),
        (_("例案"), reverse("law-cases")),
        (_("本地法律包"), reverse("law-local")),
    ]
    longest = max((href for _name, href in named if path.startswith(href)), key=len, default="")
    return [Tab(name, href, href == longest) for name, href in named]


def section_name(section: str) -> str:
    """Return what a section of the pack is called."""
    return entitle(SECTIONS.get(section, Label(section, section)))


def kind_name(kind: str) -> str:
    """Return what a kind of instrument is called."""
    return entitle(VALUES["kind"].get(kind, Label(kind, kind)))


def numbered(article: str) -> str:
    """Return an article's number as the page's language writes it: 第五十九条, art. 59."""
    return article_label(article) if lang() == "zh" else show_article(article, "en")


def how_name(how: str) -> str:
    """Return how an entry changes, in words."""
    return entitle(HOWS.get(how, Label(how, how)))


def how_tone(how: str) -> str:
    """Return the tone of a badge for how an entry changes: what changes results, what changes papers only, what does not."""
    return {"changed": "soon", "begins": "soon", "ends": "stop", "renumbered": "run", "lapses": "unk"}.get(how, "none")


def entry_address(section: str, entry_id: str) -> str:
    """Return the address of our page on an entry of the pack."""
    if section in OWN_PAGE:
        return reverse(OWN_PAGE[section], args=[entry_id])
    return reverse("law-entry", args=[section, entry_id])


def standing(span: Span, day: date) -> tuple[str, str]:
    """Return the tone and the words for where a version stands on a day."""
    if span.contains(day):
        return "run", _("当天有效")
    return ("soon", _("未施行")) if day < span.first else ("none", _("已不再用"))


def ribbon(stretches: list[Stretch], day: date) -> SafeString:
    """Draw versions on a ribbon with the day asked for."""
    return version_ribbon(stretches, day, _("今天") if day == today() else show_day(day))
