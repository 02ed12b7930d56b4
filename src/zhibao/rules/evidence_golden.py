"""Golden cases of what must be proved: for an act, a channel and a day, each element with burden, articles and confidence.

Knows how a case is written; the demands are those of ``evidence_matrix``.
"""

from collections.abc import Iterator
from datetime import date

from zhibao.rules.errors import LawUnknownReference
from zhibao.rules.evidence_matrix import Demand, Element
from zhibao.rules.mismatch import Mismatch, compared
from zhibao.rules.pack import Pack
from zhibao.rules.read import Table
from zhibao.rules.versions import Confidence


def check_evidence(pack: Pack, case: Table) -> Iterator[Mismatch]:
    """Compare the elements of an act, channel by channel and day by day."""
    for row in case.tables("evidence"):
        row.only("entry", "channel", "on")
        entry = row.text("entry")
        if entry not in pack.evidence_matrices:
            raise LawUnknownReference(
                where=row.place("entry"), seen=entry, what_zh="证明要素", what_en="an evidence matrix"
            )
        days = row.table("on")
        for day in days:
            found = pack.evidence_matrices[entry].on(row.text("channel"), date.fromisoformat(day))
            want, name = days.table(day).json(), f"{case.text('name')} {entry} {row.text('channel')} {day}"
            got = {element.id: _words(element, demand) for element, demand in found}
            yield from compared(
                days.place(day), name, want | {"elements": sorted(want)}, got | {"elements": sorted(got)}
            )


def _words(element: Element, demand: Demand) -> str:
    """Return an element's demand as "claimant cn.patent-law@2020/71 shifts cn.patent-law@2020/71/4 retake secondary"."""
    parts = [demand.burden, demand.cite.to_text(), *(cite.to_text() for cite in demand.also)]
    parts += ["shifts", demand.shift.cite.to_text()] if demand.shift else []
    parts += ["retake"] if element.retake else []
    parts += [demand.confidence.value] if demand.confidence is not Confidence.TEXT else []
    return " ".join(parts)
