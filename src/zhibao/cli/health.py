"""What ``zhibao check`` asks: settings, tables, law, event chains, vault. Each check passes, fails or is left out.

Repairs nothing, and does not take a check that could not be run for one that passed.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.core.checks import ERROR
from django.core.checks import run_checks as run_system_checks

from zhibao.apps.cases.checks import chain_faults
from zhibao.apps.cases.law import current_pack
from zhibao.apps.vault.checks import vault_faults
from zhibao.cli.readiness import pending
from zhibao.cli.session import Advance, steps
from zhibao.kernel.errors import ZhibaoError
from zhibao.kernel.labels import Label

TOLD = 20  # faults told for one check; there may be more
PASS, FAIL, SKIPPED = "pass", "fail", "skipped"
Reasons = Iterable[Label]


@dataclass(frozen=True, slots=True)
class Step:
    """One check and what came of it."""

    title: Label
    result: str
    why: tuple[Label, ...] = ()

    def as_json(self, number: int, lang: str) -> dict[str, Any]:
        """Return the check as ``zhibao check`` prints it."""
        why = [reason.say(lang) for reason in self.why]
        return {"check": number, "title": self.title.say(lang), "result": self.result, "why": why}


def run_checks(*, fast: bool, advance: Advance) -> Iterator[Step]:
    """Yield each check as it is done. What reads every record and file is left out when ``fast``."""
    yield _step(Label("设置", "settings"), _settings)
    tables = _step(Label("数据库的表", "tables of the database"), _tables)
    yield tables
    yield _step(Label("法律包", "law pack"), _law)
    for title, faults in (
        (Label("案件的事项链", "event chains of the matters"), chain_faults),
        (Label("证据库与存证日志", "vault and evidence log"), vault_faults),
    ):
        if fast or tables.result != PASS:
            yield Step(title, SKIPPED, (Label("没有做", "not run"),))
            continue
        found: Callable[[Any], Iterable[ZhibaoError]] = faults
        yield _step(title, lambda found=found: (_reason(fault) for fault in found(steps(advance))))  # type: ignore[misc]


def _step(title: Label, look: Callable[[], Reasons]) -> Step:
    try:
        why = tuple(islice(look(), TOLD))
    except ZhibaoError as error:
        why = (_reason(error),)
    return Step(title, FAIL if why else PASS, why)


def _reason(error: ZhibaoError) -> Label:
    where = f"{error.where}: " if error.where else ""
    return Label(f"{where}{error.say('zh')}", f"{where}{error.say('en')}")


def _settings() -> Reasons:
    for message in run_system_checks(include_deployment_checks=False):
        if message.level >= ERROR:
            yield Label(str(message.msg), str(message.msg))


def _tables() -> Reasons:
    return (Label(f"还没有建立：{name}", f"not made yet: {name}") for name in pending())


def _law() -> Reasons:
    current_pack()
    return ()
