"""Whether every record is whole, for whoever runs the installation.

Knows no person: the operator asks for all. Repairs nothing.
"""

from collections.abc import Callable, Iterator

from zhibao.apps.cases.errors import BrokenChain
from zhibao.apps.cases.models import Matter
from zhibao.apps.cases.queries import chain_of

Progress = Callable[[int, int | None], None]


def chain_faults(progress: Progress | None = None) -> Iterator[BrokenChain]:
    """Yield the first fault of every matter whose events do not join, or whose last event is not the one its head names."""
    total = Matter.objects.count()
    for done, matter in enumerate(Matter.objects.order_by("number").iterator(chunk_size=200), start=1):
        faults = chain_of(matter)
        if faults:
            yield BrokenChain(where=matter.number, matter=matter.number, seq=faults[0].seq)
        if progress is not None:
            progress(done, total)
