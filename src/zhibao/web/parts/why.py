"""依据: what a derived value rests on. Three boxes, always in this order: how, which articles, which events.

Knows no law pack and no matter: the words and addresses are given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhibao.web.parts.markup import element, join
from zhibao.web.words import short_hash

RANK = ("text", "secondary", "unconfirmed")


@dataclass(frozen=True, slots=True)
class Ground:
    """One article that a value rests on: as people cite it, its gist, how sure we are, its id and where it is shown."""

    cite: str
    confidence: str
    gist: str = ""
    cite_id: str = ""
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One event (or person's entry) that a value rests on."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """The ground under one value. ``about`` names the value, for people who cannot see where the stamp stands.

    ``recompute`` is where the input can be fetched, to compute the value again with the command line.
    """

    about: str
    how: str
    grounds: Sequence[Ground]
    sources: Sequence[Source] = ()
    law_pack: str = ""
    recompute: str = ""

    @property
    def confidence(self) -> str:
        """The weakest confidence among the articles; no article at all counts as unconfirmed."""
        ranks = [RANK.index(ground.confidence) for ground in self.grounds if ground.confidence in RANK]
        return RANK[max(ranks)] if ranks and len(ranks) == len(self.grounds) else "unconfirmed"


def confidence_words(confidence: str) -> str:
    """Return how sure we are of an article, in words."""
    return {"text": _("读自原文"), "secondary": _("据二手资料")}.get(confidence, _("未核实"))


def confidence_mark(confidence: str) -> SafeString:
    """Draw the confidence of an article: boxed, underlined or dashed, always with the word."""
    kept = confidence if confidence in RANK else "unconfirmed"
    return element("span", confidence_words(kept), cls="conf", data_c=kept)


def _linked(text: str, href: str) -> SafeString:
    return element("a", text, href=href) if href else element("span", text)


def _ground(ground: Ground) -> SafeString:
    pieces: list[str] = [element("b", _linked(ground.cite, ground.href)), " ", confidence_mark(ground.confidence)]
    if ground.gist:
        pieces.append(element("div", ground.gist, cls="gist"))
    if ground.note:
        pieces.append(element("div", ground.note, cls="dimmer"))
    return element("div", *pieces)


def _sources(sources: Sequence[Source]) -> SafeString:
    if not sources:
        return element("span", _("还没有事项"), cls="dim")
    return join(piece for source in sources for piece in (_linked(source.text, source.href), " "))


def _foot(why: Why) -> SafeString:
    pieces: list[str] = []
    if why.law_pack:
        pieces.append(element("span", _("法包 %(hash)s") % {"hash": short_hash(why.law_pack)}, cls="mono"))
    cites = "；".join(f"{ground.cite} [{ground.cite_id}]" if ground.cite_id else ground.cite for ground in why.grounds)
    if cites:
        pieces.append(element("button", _("复制引文"), type="button", cls="link js", data_copy=cites))
    if why.recompute:
        pieces.append(element("a", _("自己复算"), href=why.recompute))
    return element("div", *pieces, cls="foot2")


def why_stamp(why: Why, *, opened: bool = False) -> SafeString:
    """Draw the stamp 据 (§ in English), joined to the value so that it never starts a line. Not for use inside ``<p>``."""
    name = _("依据：%(what)s") if why.confidence != "unconfirmed" else _("依据（未核实）：%(what)s")
    grounds = [_ground(ground) for ground in why.grounds] or [element("span", _("没有写明条文"), cls="dim")]
    boxes = element(
        "dl",
        element("dt", pgettext("依据", "算")),
        element("dd", why.how),
        element("dt", pgettext("依据", "条")),
        element("dd", *grounds),
        element("dt", pgettext("依据", "事")),
        element("dd", _sources(why.sources)),
    )
    stamp = element("summary", pgettext("依据", "据"), aria_label=name % {"what": why.about})
    details = element(
        "details",
        stamp,
        element("div", boxes, _foot(why)),
        cls="why",
        data_c=why.confidence,
        open="" if opened else None,
    )
    return join(["\u2060", details])
