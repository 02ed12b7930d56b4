"""The answer of the jurisdiction finder as JSON and as sentences: where the matter goes, by what, and what is not sure.

Knows how it is told; it is worked out in ``route``.
"""

from collections.abc import Iterator
from typing import Any

from zhibao.kernel.labels import Label
from zhibao.kernel.money import Fen, show_yuan, to_yuan
from zhibao.kernel.places import PlaceCode
from zhibao.rules.pack import Pack
from zhibao.rules.read import Json
from zhibao.rules.route import Limit, Route, Seat, Way
from zhibao.rules.route_words import CHANNELS, NAMES, PLACES
from zhibao.rules.versions import Confidence

REASONS = {
    "no-rule-in-force": Label("那一天没有收录的管辖规则", "no rule of jurisdiction is held for that day"),
    "no-rule-applies": Label("收录的管辖规则都不适用", "none of the rules of jurisdiction held applies"),
}
NOT_CONFIRMED = Label("名单未核实", "list not confirmed")
LEVEL_WORDS = {
    "country": Label("国家级", "national"),
    "province": Label("省级", "province"),
    "city": Label("设区的市级", "city"),
    "county": Label("县区级", "county"),
}


def route_json(pack: Pack, found: Route, lang: str) -> dict[str, Json]:
    """Return the answer as the contract's commands give it."""
    facts = found.facts
    return {
        "law_pack": pack.hash,
        "channel": facts.channel,
        "stage": facts.stage,
        "on": facts.filed_on.isoformat(),
        "routes": [way_json(pack, way, lang) for way in found.ways],
        "alternatives": [way_json(pack, way, lang) for way in found.alternatives],
        "possible": [way_json(pack, way, lang) for way in found.possible],
        "conflicts": [_conflict(pack, pair, lang) for pair in found.conflicts],
        "missing": list(found.missing),
        "assumed": dict.fromkeys(found.assumed, False),
        "reason": found.reason or None,
        "reason_text": REASONS[found.reason].say(lang) if found.reason else None,
        "mended": [{"where": one.where, "seen": one.seen, "read_as": one.read_as} for one in facts.mended],
    }


def way_json(pack: Pack, way: Way, lang: str) -> dict[str, Json]:
    """Return one way: rule, organ kind and levels, venue, actual organs, article, and whether the list is confirmed."""
    version = way.version
    kind = pack.organ_kinds[way.organ]
    return {
        "rule": way.rule.id,
        "title": way.rule.title.say(lang),
        "step": way.rule.step,
        "organ": way.organ,
        "organ_title": kind.title.say(lang),
        "levels": list(way.levels),
        "venue": way.venue,
        "place": str(way.place) if way.place else None,
        "place_title": _place_title(pack, way.place, lang),
        "organs": [_seat_json(pack, seat, kind.title, lang) for seat in way.seats],
        "confirmed": way.confirmed,
        "unconfirmed_text": None if way.confirmed else NOT_CONFIRMED.say(lang),
        "rule_version": version.span.first.isoformat(),
        "cite": pack.show_cite(version.cite, lang, "table"),
        "cite_id": version.cite.to_text(),
        "also": [{"cite": pack.show_cite(one, lang, "table"), "cite_id": one.to_text()} for one in version.also],
        "confidence": version.confidence.value,
        "note": version.note.say(lang) if version.note else None,
        "limit": _limit_json(way.limit),
        "missing": list(way.missing),
    }


def _seat_json(pack: Pack, seat: Seat, kind: Label, lang: str) -> dict[str, Json]:
    court, hearing = seat.court, seat.hearing
    notes = [one.note for one in (court, hearing) if one is not None and one.note is not None]
    return {
        "id": court.id if court else None,
        "title": court.title.say(lang) if court else kind.say(lang),
        "code": court.code if court else None,
        "level": seat.level,
        "place": str(seat.place) if seat.place else None,
        "place_title": _place_title(pack, seat.place, lang),
        "tribunals": [{"id": one.id, "title": one.title.say(lang)} for one in seat.tribunals],
        "confidence": seat.confidence.value if seat.confidence else None,
        "cite_id": hearing.cite.to_text() if hearing else None,
        "note": Label("；", "; ").say(lang).join(note.say(lang) for note in notes) or None,
    }


def _limit_json(limit: Limit | None) -> dict[str, Json] | None:
    if limit is None:
        return None
    return {"most": to_yuan(Fen(limit.most)), "assumed": limit.assumed, "confidence": limit.confidence.value}


def _place_title(pack: Pack, place: PlaceCode | None, lang: str) -> str | None:
    held = pack.places.get(str(place)) if place else None
    return held.name.say(lang) if held else None


def _conflict(pack: Pack, pair: tuple[Way, Way], lang: str) -> dict[str, Json]:
    one, other = pair
    cites = [pack.show_cite(way.version.cite, lang) for way in pair]
    says = Label(
        f"“{one.rule.title.zh}”（{cites[0]}）和“{other.rule.title.zh}”（{cites[1]}）都适用，去的法院不同，由人判断。",
        f"“{one.rule.title.en}” ({cites[0]}) and “{other.rule.title.en}” ({cites[1]}) both apply and lead to different courts; "
        "people decide.",
    )
    return {
        "rules": [one.rule.id, other.rule.id],
        "cite_ids": [way.version.cite.to_text() for way in pair],
        "says": says.say(lang),
    }


def route_lines(pack: Pack, found: Route, lang: str) -> Iterator[str]:
    """Yield the answer as lines for people."""
    facts = found.facts
    yield Label(
        f"{CHANNELS[facts.channel].zh}，{facts.filed_on}", f"{CHANNELS[facts.channel].en}, {facts.filed_on}"
    ).say(lang)
    if found.reason:
        yield REASONS[found.reason].say(lang)
    for head, ways in (
        (Label("", ""), found.ways),
        (Label("也可以选：", "or: "), found.alternatives),
        (Label("取决于未知的事实：", "depends on facts not known: "), found.possible),
    ):
        for way in ways:
            yield from _way_lines(pack, way, head.say(lang), lang)
    for pair in found.conflicts:
        yield str(_conflict(pack, pair, lang)["says"])
    if found.assumed:
        taken = Label("、", ", ").say(lang).join(NAMES[name].say(lang) for name in found.assumed)
        yield Label(
            f"没有说的，按没有处理：{taken}", f"nothing was said of these, so they are taken as no: {taken}"
        ).say(lang)
    if found.missing:
        names = Label("、", ", ").say(lang).join(NAMES[name].say(lang) for name in found.missing)
        yield Label(f"还不知道：{names}", f"not known: {names}").say(lang)


def _way_lines(pack: Pack, way: Way, head: str, lang: str) -> Iterator[str]:
    kind = pack.organ_kinds[way.organ].title.say(lang)
    levels = Label("、", ", ").say(lang).join(LEVEL_WORDS[level].say(lang) for level in way.levels)
    cite = pack.show_cite(way.version.cite, lang)
    yield f"{head}{way.rule.title.say(lang)} → {kind}{Label('（', ' (').say(lang)}{levels}{Label('）', ')').say(lang)}  {cite}"
    venue = PLACES[way.venue].say(lang)
    yield f"  {venue}: {_place_title(pack, way.place, lang) or way.place or '?'}"
    for seat in way.seats:
        yield f"  · {_seat_words(pack, seat, kind, lang)}"
    if not way.confirmed:
        yield f"  {NOT_CONFIRMED.say(lang)}"
    if way.limit is not None:
        yield f"  {_limit_words(way.limit, lang)}"
    if way.version.note is not None:
        yield f"  {way.version.note.say(lang)}"


def _seat_words(pack: Pack, seat: Seat, kind: str, lang: str) -> str:
    told: Any = _seat_json(pack, seat, Label(kind, kind), lang)
    name = told["title"] if seat.court else f"{told['place_title'] or told['place'] or ''} {kind}".strip()
    parts = [name, told["code"], *(one["title"] for one in told["tribunals"])]
    sure = (
        ""
        if seat.confidence in {None, Confidence.TEXT}
        else f"[{seat.confidence.label.say(lang)}]"
        if seat.confidence
        else ""
    )
    return " ".join(part for part in (*parts, sure, told["note"]) if part)


def _limit_words(limit: Limit, lang: str) -> str:
    amount = show_yuan(Fen(limit.most))
    how = Label("（假定）", " (assumed)") if limit.assumed else Label("", "")
    return Label(f"基层法院上限 {amount} 元{how.zh}", f"ceiling of base courts {amount} yuan{how.en}").say(lang)
