"""Rows of imported texts: adding one, and which of several texts of one version is the one shown."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from zhibao.apps.library.models import LawArticle, LawText
from zhibao.apps.library.texts.folding import folded
from zhibao.apps.library.texts.matching import Matched, Unmatched
from zhibao.apps.library.texts.reading import ReadText
from zhibao.apps.library.texts.splitting import SplitArticle
from zhibao.apps.organs.models import Person

ROWS = 500


def same_text(read: ReadText, matched: Matched | Unmatched) -> LawText | None:
    """Return the text of these words for this version (or still unmatched) that is here already."""
    words = Q(sha256=read.sha256) | Q(text_sha256=read.text_sha256)
    if isinstance(matched, Unmatched):
        # Once somebody said which version a file is, importing the file again does not unsay it.
        return LawText.objects.filter(words).first()
    # One that was replaced stays so: of two texts of one version the one imported last is shown, until somebody says otherwise.
    return LawText.objects.filter(words, instrument=matched.instrument, version=matched.version).first()


def unmatched_text(read: ReadText) -> LawText | None:
    """Return a text of these words that waits to be given to a version."""
    words = Q(sha256=read.sha256) | Q(text_sha256=read.text_sha256)
    return LawText.objects.filter(words, state=LawText.UNMATCHED).first()


def add_text(read: ReadText, matched: Matched | Unmatched, *, by: Person, now: datetime) -> LawText:
    """Add the text with its articles, inside the caller's transaction; what it replaces is marked so."""
    text = LawText(
        title=(read.head.title or read.name)[:300],
        number=(read.head.numbers[0] if read.head.numbers else "")[:120],
        adopted=read.head.adopted,
        starts=max(read.head.starts, default=None),
        unit=read.split.unit,
        preamble="\n".join(read.split.preamble),
        notes=[{"line": note.line, "zh": note.says.zh, "en": note.says.en} for note in read.split.notes],
        source_name=read.name[-200:],
        source=read.head.source[:400],
        kind=read.kind,
        encoding=read.encoding,
        size=read.size,
        sha256=read.sha256,
        text_sha256=read.text_sha256,
        by=by,
        at=now,
        **_match_fields(matched),
    )
    text.save(force_insert=True)
    rows = [article_row(text, place, one) for place, one in enumerate(read.split.articles, 1)]
    LawArticle.objects.bulk_create(rows, ROWS)
    if text.state == LawText.CURRENT:
        make_current(text)
    return text


def _match_fields(matched: Matched | Unmatched) -> dict[str, Any]:
    if isinstance(matched, Unmatched):
        why = {"code": matched.code, "zh": matched.why.zh, "en": matched.why.en}
        return {"state": LawText.UNMATCHED, "instrument": "", "version": "", "how": "", "why": why}
    note = {"code": "note", "zh": matched.note.zh, "en": matched.note.en} if matched.note else {}
    return {
        "state": LawText.CURRENT,
        "instrument": matched.instrument,
        "version": matched.version,
        "how": matched.how,
        "why": note,
    }


def article_row(text: LawText, place: int, one: SplitArticle) -> LawArticle:
    """Return the row of one article, not stored."""
    return LawArticle(
        text=text,
        place=place,
        number=one.number[:20],
        label=one.label[:40],
        path=list(one.path),
        paragraphs=[
            {"text": part.text, "items": [{"number": item.number, "text": item.text} for item in part.items]}
            for part in one.paragraphs
        ],
        body=one.body,
        sought=folded(one.body),
        line=one.line,
    )


def make_current(text: LawText) -> None:
    """Let ``text`` be the text of its version: others of that version with an article of the same number stand back.

    A code that comes in parts (总则, 合同编 …) keeps them all, since their numbers do not meet.
    """
    numbers = text.articles.exclude(number__startswith="annex").values("number")
    others = LawText.objects.filter(instrument=text.instrument, version=text.version, state=LawText.CURRENT)
    rivals = others.exclude(pk=text.pk).filter(articles__number__in=numbers).distinct()
    LawText.objects.filter(pk__in=list(rivals.values_list("pk", flat=True))).update(state=LawText.REPLACED)


def give_version(text: LawText, matched: Matched) -> None:
    """Give an unmatched text (or one given wrongly) to a version, inside the caller's transaction."""
    for name, value in _match_fields(matched).items():
        setattr(text, name, value)
    text.save(update_fields=list(_match_fields(matched)))
    make_current(text)
