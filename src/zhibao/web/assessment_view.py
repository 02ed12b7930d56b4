"""What the law makes of a matter, as a page shows it: two versions of the rule side by side, and which applies and why.

Knows the assessment; decides nothing. Unknown is a word, never zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from zhibao.apps.cases.law import current_pack
from zhibao.kernel.citations import Citation
from zhibao.rules.answer import REASONS, Assessment
from zhibao.rules.conditions import Compare, Interval
from zhibao.rules.conditions import Why as Reading
from zhibao.rules.outcomes import OffenceAnswer, Outcome, Tested
from zhibao.web.grounds import ground, grounds, show_cite
from zhibao.web.limits import kind_words, measure_name, tree_words
from zhibao.web.parts.why import Source, Why
from zhibao.web.words import entitle, lang, say, show_day, show_fen

UNKNOWN = Interval(0, None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One limit of one version, put to the facts. ``bar`` is (value, limit) where both are numbers."""

    words: str
    state: str
    word: str
    cite: str
    why: Why
    bar: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of one tier across the versions shown; None where a version has no such limit.

    ``heads`` is the tier and the kind of act where they begin, else empty; ``value`` is empty where it is not known,
    and a dash where several measures are looked at together.
    """

    measure: str
    tier: str
    heads: str
    value: str
    cells: Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Column:
    """One version of the rule."""

    name: str
    day: str
    outcome: str
    state: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One offence: versions, lines, the sentence that says which applies, and what is not known."""

    offence_id: str
    title: str
    columns: Sequence[Column]
    lines: Sequence[Line]
    verdict: str
    verdict_why: Why
    missing: str
    reason: str
    sentence: str
    sentence_why: Why | None


def tier_name(tier: str) -> str:
    """Return what a tier is called."""
    return {
        "none": _("不到入罪标准"),
        "base": _("基本档"),
        "grave": _("加重档"),
        "unknown": _("未知"),
    }.get(tier, tier)


def _shown(answer: OffenceAnswer) -> list[Outcome]:
    """Return the version of the act's day, and beside it the one chosen or else the newest."""
    own, *later = answer.compared
    if not later:
        return [own]
    other = next((each for each in later if each.version == answer.outcome.version), later[-1])
    return [own, other]


def _leaf(tested: Tested) -> Reading:
    return tested.why.decisive()


def _key(tested: Tested) -> tuple[str, str, tuple[str, ...]]:
    leaf = next(iter(tested.why.leaves())).tree
    name = "+".join(leaf.measures) if isinstance(leaf, Compare) and not tested.why.parts else tested.limit.id
    return (tested.tier, name, tested.limit.kinds)


def _value(reading: Reading) -> str:
    if not isinstance(reading.tree, Compare):
        return {True: _("是"), False: _("否"), None: ""}[reading.truth]
    value = reading.value or UNKNOWN
    if value.high != value.low and value.low == 0:
        return ""
    told = show_fen(value.low) if reading.tree.unit == "yuan" else f"{value.low:,}"
    return told if value.high == value.low else _("至少 %(amount)s") % {"amount": told}


def _measure(tested: Tested) -> str:
    if tested.why.parts:
        return tree_words(tested.limit.tree)
    tree = _leaf(tested).tree
    if isinstance(tree, Compare):
        return " + ".join(measure_name(measure) for measure in tree.measures)
    return tree_words(tree)


def _met(tested: Tested) -> tuple[str, str]:
    return {True: ("run", _("达到")), False: ("none", _("未达到")), None: ("unk", _("未知"))}[tested.why.truth]


def _leaf_words(reading: Reading) -> str:
    """Say what is proved of one comparison: 销售金额 287,120.00."""
    tree = reading.tree
    names = " + ".join(measure_name(name) for name in tree.measures) if isinstance(tree, Compare) else tree_words(tree)
    return f"{names} {_value(reading) or _('未知')}"


def _cell(tested: Tested, sources: Sequence[Source]) -> Cell:
    state, word = _met(tested)
    reading = _leaf(tested)
    bar = None
    if (
        isinstance(reading.tree, Compare)
        and reading.value not in (None, UNKNOWN)
        and reading.limit
        and not tested.why.parts
    ):
        assert reading.value is not None
        bar = (reading.value.low, reading.limit)
    words = tree_words(tested.limit.tree)
    value = ("、" if lang() == "zh" else ", ").join(_leaf_words(leaf) for leaf in tested.why.leaves())
    how = _("查实 %(value)s；界线 %(limit)s：%(word)s。") % {"value": value, "limit": words, "word": word}
    note = say(tested.limit.note)
    why = Why(
        about=words,
        how=f"{how} {note}".strip(),
        grounds=grounds(tested.limit.cites, tested.limit.confidence),
        sources=sources,
        law_pack=current_pack().hash,
    )
    return Cell(words, state, word, show_cite(tested.limit.cite), why, bar)


def _lines(outcomes: Sequence[Outcome], sources: Sequence[Source]) -> list[Line]:
    keys = dict.fromkeys(_key(tested) for outcome in outcomes for tested in outcome.tested)
    lines: list[Line] = []
    for key in sorted(keys, key=lambda key: (("base", "grave").index(key[0]), key[2])):
        found = [next((each for each in outcome.tested if _key(each) == key), None) for outcome in outcomes]
        first = next(each for each in found if each is not None)
        tier = f"{tier_name(key[0])} · " + " / ".join(kind_words(kind) for kind in first.limit.kinds)
        lines.append(
            Line(
                measure=entitle(_measure(first)),
                tier=tier,
                heads="" if lines and lines[-1].tier == tier else tier,
                value="—" if first.why.parts else _value(_leaf(first)),
                cells=[_cell(each, sources) if each else None for each in found],
            )
        )
    return lines


def _column(answer: OffenceAnswer, outcome: Outcome, place: int) -> Column:
    chosen = answer.chosen != "undetermined" and outcome.version == answer.outcome.version
    name = _("行为时的规定") if place == 0 else _("后来的规定")
    day = _("%(day)s起") % {"day": show_day(date.fromisoformat(outcome.version))} if outcome.version else _("没有规定")
    state = {"none": "none", "base": "run", "grave": "run", "unknown": "unk"}[outcome.tier]
    return Column(name, day, tier_name(outcome.tier), state, chosen)


def _verdict(answer: OffenceAnswer) -> str:
    if answer.chosen == "lighter":
        return _("采用后来的规定：对当事人更轻。")
    if answer.chosen == "undetermined":
        return _("分不出哪一版更轻：要先查清还不知道的数额。")
    if len(answer.compared) == 1:
        return _("适用行为时的规定：以后没有改过。")
    return _("适用行为时的规定：后来的没有更轻。")


def _verdict_why(answer: OffenceAnswer) -> Why:
    told = "；" if lang() == "zh" else "; "
    compared = told.join(f"{each.version or '—'}: {tier_name(each.tier)}" for each in answer.compared)
    how = _("每一版各算一次，取轻的。%(compared)s") % {"compared": compared}
    days = sorted({act.first for act in answer.facts.acts} | {act.last for act in answer.facts.acts})
    span = f"{show_day(days[0])}—{show_day(days[-1])}" if days else _("未知")
    article = Citation("cn.criminal-law", None, "12")
    found = [ground(article)] if article.instrument in current_pack().instruments else []
    adds = answer.offence.adds_up_by(answer.outcome.version) if len(answer.facts.acts) > 1 else None
    cites = [*found, ground(adds)] if adds else found
    sources = [Source(_("行为 %(span)s") % {"span": span})]
    return Why(_("从旧兼从轻"), how, cites, sources, current_pack().hash)


def _missing(outcome: Outcome) -> str:
    names = ("、" if lang() == "zh" else ", ").join(measure_name(name) for name in sorted(outcome.missing))
    return _("还不知道：%(names)s。查清以后结论可能变。") % {"names": names} if names else ""


def _sentence(answer: OffenceAnswer) -> tuple[str, Why | None]:
    found = answer.sentence
    if found is None:
        return "", None
    how = _("按这一档，条文写明的刑罚。")
    cite = ground(found.statute.cite, found.statute.confidence)
    return say(found.band.text), Why(_("刑罚"), how, [cite], law_pack=current_pack().hash)


def view_answer(answer: OffenceAnswer, sources: Sequence[Source]) -> AnswerView:
    """Return one offence as the page shows it."""
    shown = _shown(answer)
    sentence, why = _sentence(answer)
    reason = say(REASONS[answer.outcome.reason]) if answer.outcome.reason in REASONS else ""
    if answer.outcome.silence is not None:
        reason = f"{reason}{say(answer.outcome.silence.why)}"
    return AnswerView(
        offence_id=answer.offence.id,
        title=entitle(answer.offence.title),
        columns=[_column(answer, outcome, place) for place, outcome in enumerate(shown)],
        lines=_lines(shown, sources),
        verdict=_verdict(answer),
        verdict_why=_verdict_why(answer),
        missing=_missing(answer.outcome),
        reason=reason,
        sentence=sentence,
        sentence_why=why,
    )


@dataclass(frozen=True, slots=True)
class TransferView:
    """Whether the matter must go to the police, in words."""

    state: str
    word: str
    why: Why


def view_transfer(assessment: Assessment, sources: Sequence[Source]) -> TransferView:
    """Return whether the matter must be handed to the police."""
    transfer = assessment.transfer
    state, word = {
        True: ("soon", _("应当移送公安")),
        False: ("none", _("不到移送的条件")),
        None: ("unk", _("还不能判断要不要移送")),
    }[transfer.must]
    how = {
        "threshold": _("已查实的数额达到一条入罪标准。"),
        "reasonable-suspicion": _("有合理嫌疑，并且需要公安的侦查手段。"),
        "unknown": _("有没有合理嫌疑、要不要公安手段，还没有写。"),
        "none": _("没有一条标准达到，也没有写明合理嫌疑。"),
    }.get(transfer.basis, "")
    cites = [ground(transfer.ground.cite, str(transfer.ground.confidence))] if transfer.ground else []
    return TransferView(state, word, Why(word, how, cites, sources, current_pack().hash))
