"""From the law pack's citations to what a page shows under 条: words, gist, confidence and the address of our law page.

Knows the pack and the addresses; draws nothing.
"""

from collections.abc import Iterable

from django.urls import reverse

from zhibao.apps.cases.law import current_pack
from zhibao.kernel.citations import Citation
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label
from zhibao.web.parts.why import Ground
from zhibao.web.words import lang, say


def article_address(citation: Citation) -> str:
    """Return the address of our page on the article cited."""
    address = reverse("law-article", kwargs={"instrument": citation.instrument, "article": citation.article})
    return f"{address}?version={citation.version}" if citation.version else address


def show_cite(citation: Citation, form: str = "table") -> str:
    """Return a citation as people read it; one that leads nowhere is shown as it is written."""
    try:
        return current_pack().show_cite(citation, lang(), form)
    except ZhibaoError:
        return citation.to_text()


def ground(citation: Citation, confidence: str = "", note: Label | str | None = None) -> Ground:
    """Return the ground for a citation. Without ``confidence`` it is the article's own."""
    pack = current_pack()
    try:
        article, gist = pack.article(citation), pack.gist(citation, lang())
    except ZhibaoError:
        article, gist = None, ""
    return Ground(
        cite=show_cite(citation),
        confidence=str(confidence or (article.confidence if article else "unconfirmed")),
        gist=gist,
        cite_id=citation.to_text(),
        href=article_address(citation),
        note=say(note),
    )


def ground_of_text(cite_id: str, confidence: str = "") -> Ground:
    """Return the ground for a citation written as programs write it; one that cannot be read is shown as it is."""
    try:
        return ground(Citation.from_text(cite_id), confidence)
    except ZhibaoError:
        return Ground(cite=cite_id, confidence=confidence or "unconfirmed")


def grounds(citations: Iterable[Citation], confidence: str = "") -> list[Ground]:
    """Return the grounds for several citations."""
    return [ground(citation, confidence) for citation in citations]
