"""How dates, money, lengths and shares are said in the language of the page (look: Words).

Knows no template and no database; the language is the one active in Django.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zhibao.kernel.days import LEGAL_TZ
from zhibao.kernel.labels import Label

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def lang() -> str:
    """Return the page's language as labels and errors name it: ``zh`` or ``en``."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def say(label: object) -> str:
    """Return a Label, a ``{"zh", "en"}`` mapping or plain text in the page's language."""
    if isinstance(label, Label):
        return label.say(lang())
    if isinstance(label, Mapping):
        return str(label.get(lang()) or label.get("zh") or "")
    return "" if label is None else str(label)


def entitle(label: object) -> str:
    """Return a label where it stands by itself: in English it then begins with a capital."""
    text = say(label)
    return text[:1].upper() + text[1:] if lang() == "en" else text


def show_name(thing: object, short: str = "") -> str:
    """Return an organ's or person's name in the page's language; ``short`` asks for an organ's short one."""
    stem = "short" if short else "name"
    return str(getattr(thing, f"{stem}_{lang()}", "") or getattr(thing, f"{stem}_zh", ""))


def _local(when: date) -> date:
    return when.astimezone(LEGAL_TZ) if isinstance(when, datetime) else when


def show_day(when: date | None) -> str:
    """2026年11月23日 / 23 Nov 2026."""
    if when is None:
        return ""
    day = _local(when)
    if lang() == "en":
        return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def show_short_day(when: date | None) -> str:
    """11月23日 / 23 Nov: for places where the year is said nearby."""
    if when is None:
        return ""
    day = _local(when)
    return f"{day.day} {MONTHS_EN[day.month - 1]}" if lang() == "en" else f"{day.month}月{day.day}日"


def show_near_day(when: date | None) -> str:
    """11月24日 周二 / Tue 24 Nov: a day near enough for its weekday to help."""
    if when is None:
        return ""
    day = _local(when)
    if lang() == "en":
        return f"{WEEKDAYS_EN[day.weekday()]} {show_short_day(day)}"
    return f"{show_short_day(day)} 周{WEEKDAYS_ZH[day.weekday()]}"


def show_weekday(when: date | None) -> str:
    """星期一 / Monday."""
    if when is None:
        return ""
    day = _local(when)
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    return names[day.weekday()] if lang() == "en" else f"星期{WEEKDAYS_ZH[day.weekday()]}"


def show_moment(when: datetime | None) -> str:
    """2026年11月23日 16:40 / 23 Nov 2026 16:40, in legal time."""
    return "" if when is None else f"{show_day(when)} {when.astimezone(LEGAL_TZ):%H:%M}"


def show_amount(value: object) -> str:
    """31,000.00 from a decimal yuan string; text that is no number is given back as it is."""
    try:
        return f"{Decimal(str(value)):,.2f}"
    except InvalidOperation:
        return str(value)


def show_fen(fen: int | None) -> str:
    """31,000.00 from integer fen; unknown is a word."""
    return _("未知") if fen is None else f"{Decimal(fen) / 100:,.2f}"


def show_count(number: int) -> str:
    """5,158."""
    return f"{number:,}"


def show_length(number: int, unit: str) -> str:
    """3 天, 5 个工作日, 24 小时 / 3 days, 5 working days, 24 hours."""
    forms = {
        "hours": ngettext("%(n)s 小时", "%(n)s 小时", number),
        "days": ngettext("%(n)s 天", "%(n)s 天", number),
        "working-days": ngettext("%(n)s 个工作日", "%(n)s 个工作日", number),
        "months": ngettext("%(n)s 个月", "%(n)s 个月", number),
        "years": ngettext("%(n)s 年", "%(n)s 年", number),
    }
    return forms[unit] % {"n": f"{number:,}"}


def show_span(span: timedelta) -> str:
    """17 小时 20 分 / 17 h 20 min, for limits counted from the minute."""
    minutes = int(abs(span).total_seconds() // 60)
    return _("%(hours)s 小时 %(minutes)s 分") % {"hours": minutes // 60, "minutes": minutes % 60}


def show_share(part: int, whole: int) -> str:
    """83%, or a dash where nothing has been counted yet."""
    return f"{round(100 * part / whole)}%" if whole else "—"


def short_hash(digest: str) -> str:
    """7c1e…09af."""
    return f"{digest[:4]}…{digest[-4:]}" if len(digest) > 8 else digest
