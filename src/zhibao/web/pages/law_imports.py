"""原文: texts of law brought into this installation: files taken in, what they were matched to, where pack and text differ.

Knows the library's queries and actions.
"""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhibao.apps.cases.law import current_pack
from zhibao.apps.library import queries
from zhibao.apps.library.actions.import_text import Imported, import_text
from zhibao.apps.library.actions.tell_text import tell_text
from zhibao.apps.library.models import LawText
from zhibao.apps.organs.access import Deed, can
from zhibao.kernel.errors import ZhibaoError
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now, page_number
from zhibao.web.grounds import article_address, show_cite
from zhibao.web.law_view import tabs
from zhibao.web.words import entitle, lang, say

SHOWN = 40
MOST_FILES = 60


def state_names() -> list[tuple[str, str]]:
    """Return the states of an imported text."""
    return [("current", _("在用")), ("unmatched", _("没有对上")), ("replaced", _("已被替换"))]


@desk
@require_GET
def texts(request: HttpRequest) -> HttpResponse:
    """List the imported texts, and where the pack does not agree with them."""
    return _page(request)


def _page(
    request: HttpRequest, error: ZhibaoError | None = None, taken: list[dict[str, object]] | None = None
) -> HttpResponse:
    person, asked = actor(request), request.GET
    state, text = asked.get("state", ""), asked.get("q", "").strip()
    page = queries.texts(person, state=state, text=text, page=page_number(request), size=SHOWN)
    pack = current_pack()
    context = {
        "tabs": tabs(reverse("law-texts")),
        "page": page,
        "rows": [_row(one) for one in page.items],
        "state": state,
        "text": text,
        "states": state_names(),
        "may_import": can(person, Deed.IMPORT_LAW),
        "findings": [
            (show_cite(one.cite), article_address(one.cite), say(one.says), one.where)
            for one in queries.text_findings(person)[:SHOWN]
        ],
        "instruments": sorted((entitle(one.title), one.id) for one in pack.instruments.values()),
        "how_to_tell": _("对不上版本的，导入后在表里指明；也可以在文本最前面写一段 instrument、version。"),
        "taken": taken or [],
        "error": error.say(lang()) if error else "",
        "hint": error.hint(lang()) if error else "",
    }
    return render(request, "web/law_texts.html", context, status=error.status if error else 200)


def _row(text: LawText) -> dict[str, object]:
    names = dict(state_names())
    instrument = current_pack().instruments.get(text.instrument)
    return {
        "it": text,
        "state": names.get(text.state, text.state),
        "tone": {"current": "met", "unmatched": "soon"}.get(text.state, "none"),
        "instrument": entitle(instrument.title) if instrument else "",
        "versions": [version.id for version in instrument.versions] if instrument else [],
        "why": say(text.why) if text.why else "",
        "notes": [(note["line"], say(note)) for note in text.notes[:10]],
    }


@desk
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take files in, one by one: what is wrong with one does not keep the others out."""
    files = request.FILES.getlist("files")
    if not files:
        toast.leave(request, _("没有选文件。"))
        return redirect("law-texts")
    return _page(request, taken=[_take(request, file) for file in files[:MOST_FILES]])


def _take(request: HttpRequest, file: "UploadedFile[Any]") -> dict[str, object]:
    name = file.name or ""
    try:
        done = import_text(actor=actor(request), raw=file.read(), name=name, now=now())
    except ZhibaoError as error:
        return {"name": name, "tone": "over", "says": error.say(lang()), "hint": error.hint(lang())}
    return {"name": name, "tone": "met" if done.text.state == "current" else "soon", "says": _taken(done), "hint": ""}


def _taken(done: Imported) -> str:
    told = {"title": done.text.title, "articles": done.articles, "version": done.text.version}
    if not done.made:
        return _("《%(title)s》已经在这里，没有变化。") % told
    if done.text.state != "current":
        return _("《%(title)s》%(articles)s 条，没有对上法律包里的版本。") % told
    return _("《%(title)s》%(articles)s 条，对上 %(version)s 版。") % told


@desk
@require_POST
def tell(request: HttpRequest, text_id: int) -> HttpResponse:
    """Say which version a text is."""
    instrument, _slash, version = request.POST.get("version", "").partition("@")
    try:
        told = tell_text(actor=actor(request), text_id=text_id, instrument=instrument, version=version, now=now())
    except ZhibaoError as error:
        return _page(request, error)
    toast.leave(
        request, _("《%(title)s》现在是 %(version)s 版的原文。") % {"title": told.title, "version": told.version}
    )
    return redirect("law-texts")
