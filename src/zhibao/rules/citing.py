"""Citations as people read them: running text (第三条第一款第（一）项) and table form (第3条第1款第1项), and in English.

Knows the forms only; which articles exist is for ``instruments``.
"""

from zhibao.kernel.citations import Citation
from zhibao.rules.instruments import Instrument

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
FORMS = ("running", "table")


def chinese_number(number: int) -> str:
    """Write 1 to 9999 in Chinese as articles are numbered: 10 十, 13 十三, 213 二百一十三, 1008 一千零八."""
    digits = [int(digit) for digit in str(number)]
    out, gap = "", False
    for index, digit in enumerate(digits):
        place = len(digits) - index - 1
        if digit == 0:
            gap = True
            continue
        out += ("零" if gap and out else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return out.removeprefix("一") if out.startswith("一十") else out


def show_citation(citation: Citation, instrument: Instrument, lang: str, form: str = "running") -> str:
    """Return the citation in ``lang`` ("zh" or "en") and ``form`` ("running" or "table")."""
    name = _name(citation, instrument, lang)
    if lang == "zh":
        return name + (_running(citation) if form == "running" else " " + _table(citation))
    return f"{name} {_english(citation, form)}"


def _name(citation: Citation, instrument: Instrument, lang: str) -> str:
    """Return the short name; the number of the version cited where an instrument goes by its number."""
    version = instrument.version(citation.version) if citation.version else None
    number = version.number if version else instrument.number
    short = instrument.short.say(lang)
    if lang == "zh" and short == instrument.number and number:
        return number
    return short


def show_article(article: str, lang: str) -> str:
    """Return an article's number by itself: 第3条, 附件1, 第5.1.9节; in English art. 3, annex 1, part 5.1.9."""
    return _article(article, running=False) if lang == "zh" else _english_article(article)


def _english_article(article: str) -> str:
    head, _, tail = article.partition("-")
    return f"{head} {tail.replace('-', '.')}" if head in {"annex", "part"} else f"art. {article}"


def _article(article: str, *, running: bool) -> str:
    head, _, tail = article.partition("-")
    if not head.isdecimal():
        return {"annex": f"附件{tail}", "part": f"第{tail.replace('-', '.')}节"}.get(head, article)
    after = f"之{chinese_number(int(tail)) if running else tail}" if tail else ""
    return f"第{chinese_number(int(head)) if running else head}条{after}"


def _running(citation: Citation) -> str:
    text = _article(citation.article, running=True)
    if citation.paragraph is not None:
        text += f"第{chinese_number(citation.paragraph)}款"
    if citation.item is not None:
        text += f"第（{chinese_number(citation.item)}）项"
    return text


def _table(citation: Citation) -> str:
    text = _article(citation.article, running=False)
    if citation.paragraph is not None:
        text += f"第{citation.paragraph}款"
    if citation.item is not None:
        text += f"第{citation.item}项"
    return text


def _english(citation: Citation, form: str) -> str:
    text = _english_article(citation.article)
    if citation.paragraph is None:
        return text
    if form == "table":
        return text + f"({citation.paragraph})" + (f"({citation.item})" if citation.item is not None else "")
    return text + f" para. {citation.paragraph}" + (f" item ({citation.item})" if citation.item is not None else "")
