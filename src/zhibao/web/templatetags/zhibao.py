"""Template tags: the parts and the words of the look, ready for pages.

Knows only how to hand values to ``parts`` and ``words``.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhibao.apps.cases.law import current_pack
from zhibao.apps.work.models import Job
from zhibao.web import words
from zhibao.web.law_view import section_name
from zhibao.web.parts.bars import Bar, clock_bar, limit_bar, share_bar
from zhibao.web.parts.markup import element
from zhibao.web.parts.seal import large_seal, small_seal
from zhibao.web.parts.strip import Column, strip
from zhibao.web.parts.why import Why, confidence_mark, why_stamp

register = template.Library()

register.filter("day", words.show_day)
register.filter("short_day", words.show_short_day)
register.filter("near_day", words.show_near_day)
register.filter("moment", words.show_moment)
register.filter("amount", words.show_amount)
register.filter("fen", words.show_fen)
register.filter("count", words.show_count)
register.filter("say", words.say)
register.filter("entitle", words.entitle)
register.filter("weekday", words.show_weekday)
register.filter("short_hash", words.short_hash)
register.filter("named", words.show_name)


@register.simple_tag(takes_context=True)
def why(context: Mapping[str, Any], value: Why | None) -> SafeString | str:
    """Draw the stamp of a value's ground; a print view opens it."""
    return "" if value is None else why_stamp(value, opened=bool(context.get("print_view")))


@register.simple_tag
def tag(state: str, text: str) -> SafeString:
    """Draw a badge: ``state`` is run, soon, over, met, late, stop, unk, fail, crim or none."""
    return element("span", text, cls="tag", data_s=state)


@register.simple_tag(name="clock_bar")
def draw_clock_bar(bar: Bar) -> SafeString:
    """Draw a clock bar."""
    return clock_bar(bar)


@register.simple_tag(name="limit_bar")
def draw_limit_bar(value: float, limit: float) -> SafeString:
    """Draw a number against a limit."""
    return limit_bar(float(value), float(limit))


@register.simple_tag(name="share_bar")
def draw_share_bar(part: int, whole: int) -> SafeString | str:
    """Draw how often something was right; nothing where nothing was counted."""
    return share_bar(part / whole) if whole else ""


@register.simple_tag
def share(part: int, whole: int) -> str:
    """Write a share as a percentage."""
    return words.show_share(part, whole)


@register.simple_tag
def seal(*, holds: bool, large: bool = False) -> SafeString:
    """Draw the seal of a check that held, or the empty square."""
    return large_seal() if large and holds else small_seal(holds=holds)


@register.simple_tag
def confidence(value: str) -> SafeString:
    """Draw how sure we are of an article."""
    return confidence_mark(value)


@register.simple_tag(name="strip")
def draw_strip(
    columns: Sequence[Column], title: str = "", start: int = 0, end: int = 0, *, small: bool = False
) -> SafeString:
    """Draw the mark over what was sold."""
    return strip(columns, title=title, span=(start, end), small=small)


@register.filter
def iso(when: date | datetime | None) -> str:
    """Write a day or moment for a ``datetime`` attribute."""
    return when.isoformat() if when is not None else ""


@register.filter
def kind_title(kind: str) -> str:
    """Return what an event kind is called."""
    known = current_pack().event_kinds
    return words.entitle(known[kind].title) if kind in known else kind


@register.filter
def procedure_title(procedure: str) -> str:
    """Return what a procedure is called."""
    known = current_pack().procedures
    return words.entitle(known[procedure].title) if procedure in known else procedure


@register.filter
def right_kind_title(kind: str) -> str:
    """Return what a kind of right is called."""
    known = current_pack().rights
    return words.entitle(known[kind].title) if kind in known else kind


@register.filter
def place_name(place: str) -> str:
    """Return what a GB/T 2260 place is called."""
    known = current_pack().places
    return words.say(known[place].name) if place in known else place


@register.filter
def slice_to(text: str, end: int) -> str:
    """Return what stands before a match."""
    return text[:end]


@register.filter
def slice_from(text: str, start: int) -> str:
    """Return what stands after a match."""
    return text[start:]


@register.filter
def last_day(late_from: datetime) -> datetime:
    """Return the last moment in time, where ``late_from`` is the first that is late."""
    return late_from - timedelta(microseconds=1)


@register.simple_tag
def stage(procedure: str, stage_id: str) -> str:
    """Return what a stage of a procedure is called."""
    known = current_pack().procedures.get(procedure)
    found = next((each for each in known.stages if each.id == stage_id), None) if known else None
    return words.entitle(found.title) if found else stage_id


@register.filter
def right_status(status: str) -> str:
    """Return what a status of a right is called."""
    return {
        "pending": _("申请中"),
        "in-force": _("有效"),
        "suspended": _("中止"),
        "expired": _("期满"),
        "cancelled": _("已撤销"),
        "invalidated": _("已宣告无效"),
    }.get(status, status)


@register.filter
def custody_kind(kind: str) -> str:
    """Return what a step of custody is called."""
    return {
        "received": _("收存"),
        "viewed": _("查看"),
        "copied": _("复制"),
        "sealed": _("封存"),
        "handed-over": _("移交"),
        "returned": _("返还"),
        "destroyed": _("销毁"),
    }.get(kind, kind)


@register.filter
def verdict_name(verdict: str) -> str:
    """Return what an answer to a finding is called."""
    return {
        "right": _("说得对"),
        "wrong": _("说错了"),
        "answered": _("只说明情况"),
    }.get(verdict, verdict)


@register.filter
def job_state(job: Job) -> str:
    """Return where a job stands, in words."""
    return {
        "waiting": _("等待"),
        "running": _("进行中"),
        "done": _("已做完"),
        "failed": _("没做成"),
    }.get(job.state, job.state)


@register.filter
def hint(problem: Mapping[str, str]) -> str:
    """Return how to mend a problem, in the page's language."""
    return str(problem.get(f"hint_{words.lang()}", ""))


@register.filter
def pairs(value: object) -> list[tuple[str, object]]:
    """Return a mapping's keys and values; nothing of anything else. (``value.items`` would find a key of that name.)"""
    return list(value.items()) if isinstance(value, Mapping) else []


@register.filter
def is_list(value: object) -> bool:
    """Tell a list from a text."""
    return isinstance(value, list | tuple)


@register.filter
def section_title(section: str) -> str:
    """Return what a section of the law pack is called."""
    return section_name(section)


@register.simple_tag
def lookup(names: Mapping[str, str], key: str) -> str:
    """Return a name from a mapping, or the key itself."""
    return names.get(key, key)


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: str | int | None) -> str:
    """Return the page's query string with ``changes``; None or an empty value takes a key out."""
    kept = context["request"].GET.copy()
    for key, value in changes.items():
        kept.pop(key, None)
        if value not in (None, ""):
            kept[key] = str(value)
    return f"?{kept.urlencode()}" if kept else "?"
