"""The answer of a verification: a numbered list of checks, each passed, failed or not made, with the reason.

Knows no cryptography. Fails closed: a check that was not made counts as missing unless the sealer said openly why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhibao.kernel.labels import Label


class Status(StrEnum):
    """What became of a check."""

    PASS = "pass"  # noqa: S105 a verdict, not a password
    FAIL = "fail"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """One numbered check. ``excused``: not made, because the sealer withheld the content openly."""

    number: int
    id: str
    title: Label
    status: Status
    reason: Label
    excused: bool = False

    def as_json(self, lang: str) -> dict[str, str | int]:
        """Return the check as programs read it; title and reason in ``lang``."""
        return {
            "number": self.number,
            "id": self.id,
            "title": self.title.say(lang),
            "status": self.status.value,
            "reason": self.reason.say(lang),
        }


Told = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Report:
    """All checks in order, what the bundle says of itself, and what none of this proves."""

    checks: tuple[Check, ...]
    about: Told
    does_not_prove: tuple[Label, ...]

    @property
    def ok(self) -> bool:
        """Whether every check passed, or was not made for a reason the sealer gave openly."""
        return bool(self.checks) and all(check.status is Status.PASS or check.excused for check in self.checks)

    @property
    def failed(self) -> Check | None:
        """The first check that failed, if one did."""
        return next((check for check in self.checks if check.status is Status.FAIL), None)

    def as_json(self, lang: str) -> dict[str, object]:
        """Return ``{"ok", "checks", "about", "does_not_prove"}``; the sentences in ``lang``."""
        return {
            "ok": self.ok,
            "checks": [check.as_json(lang) for check in self.checks],
            "about": dict(self.about),
            "does_not_prove": [label.say(lang) for label in self.does_not_prove],
        }
