"""核对: every legal value with when and by whom it was last held against the text; a law officer confirms it or says it differs.

Knows the library's queries and actions.
"""

import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhibao.apps.cases.law import current_pack
from zhibao.apps.library import queries
from zhibao.apps.library.actions.check_value import check_value
from zhibao.apps.library.actions.export_values import export_values
from zhibao.apps.library.values import ValueFilters, ValueView
from zhibao.apps.organs.access import Deed, can
from zhibao.kernel.errors import ZhibaoError
from zhibao.web import toast
from zhibao.web.desk import actor, desk, now, page_number
from zhibao.web.grounds import article_address, show_cite
from zhibao.web.law_view import entry_address, section_name, tabs
from zhibao.web.tables import XLSX, attachment
from zhibao.web.words import entitle, lang, say

SHOWN = 40
FORMATS = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
TONES = {"confirmed": "met", "differs": "over", "text": "none", "secondary": "unk", "unconfirmed": "soon"}


def state_names() -> dict[str, str]:
    """Return what the states of a value are called."""
    return {
        "unconfirmed": _("未核实"),
        "secondary": _("据二手资料"),
        "text": _("读自原文"),
        "confirmed": _("本地核对一致"),
        "differs": _("本地核对不一致"),
    }


def filters_of(request: HttpRequest) -> ValueFilters:
    """Return what the list is narrowed to."""
    asked = request.GET
    return ValueFilters(
        section=asked.get("section", ""),
        text=asked.get("q", "").strip(),
        state=asked.get("state", ""),
        instrument=asked.get("instrument", ""),
    )


@desk
@require_GET
def values(request: HttpRequest) -> HttpResponse:
    """List the values, a page at a time."""
    return _page(request)


def _page(request: HttpRequest, error: ZhibaoError | None = None) -> HttpResponse:
    person, wanted = actor(request), filters_of(request)
    page = queries.values(person, wanted, page_number(request), SHOWN)
    counts, names = queries.value_counts(person), state_names()
    context = {
        "tabs": tabs(reverse("law-values")),
        "wanted": wanted,
        "page": page,
        "rows": [_row(one, names) for one in page.items],
        "states": [(state, names[state], counts.get(state, 0)) for state in names],
        "parts": sorted({(name, section_name(name)) for name, _entry in current_pack().entries()}),
        "may_check": can(person, Deed.CHECK_LAW),
        "error": error.say(lang()) if error else "",
        "hint": error.hint(lang()) if error else "",
        "post": request.POST if error else None,
    }
    return render(request, "web/law_values.html", context, status=error.status if error else 200)


def _row(one: ValueView, names: dict[str, str]) -> dict[str, object]:
    value = one.value
    return {
        "it": value,
        "title": entitle(value.title),
        "section": section_name(value.section),
        "href": entry_address(value.section, value.entry),
        "cites": [(show_cite(cite), article_address(cite)) for cite in value.cites],
        "state": names.get(one.state, one.state),
        "tone": TONES.get(one.state, "none"),
        "check": one.check,
        "by": say(one.check.by) if one.check else "",
        "organ": say(one.check.organ) if one.check else "",
        "last_on": one.last_on,
    }


@desk
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Keep what a law officer says of a value; a form that cannot be taken comes back with what was typed."""
    post = request.POST
    try:
        check_value(
            actor=actor(request),
            value_id=post.get("value", ""),
            verdict=post.get("verdict", ""),
            against=post.get("against", ""),
            note=post.get("note", ""),
            now=now(),
        )
    except ZhibaoError as error:
        return _page(request, error)
    toast.leave(request, _("已记下核对结果。"))
    kept = {name: request.GET[name] for name in ("section", "q", "state", "instrument", "page") if name in request.GET}
    return redirect(f"{reverse('law-values')}?{urlencode(kept)}")


@desk
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give the values found as a table."""
    form, out = request.GET.get("as", "csv"), io.BytesIO()
    export_values(actor=actor(request), out=out, format=form, filters=filters_of(request), now=now())
    return attachment(out.getvalue(), f"law-values.{form}", FORMATS.get(form, "application/octet-stream"))
