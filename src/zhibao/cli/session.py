"""One run of a command: its language, whether it answers in JSON, and how it prints.

The answer goes to standard output, everything else to standard error. Knows no command.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from zhibao.cli.speech import wanted_lang, wants_json
from zhibao.kernel.errors import ZhibaoError

Advance = Callable[[int], None]
QUIET_SECONDS = 1.0  # what is done sooner needs no progress bar


class Session:
    """The language and the form of the answer of one command run."""

    def __init__(self, *, lang: str, as_json: bool) -> None:
        self.lang = lang
        self.as_json = as_json

    @classmethod
    def from_argv(cls, argv: list[str]) -> "Session":
        """Read language and form before the arguments are parsed."""
        return cls(lang=wanted_lang(argv), as_json=wants_json(argv))

    def say(self, zh: str, en: str) -> str:
        """Return the text in the session's language."""
        return en if self.lang == "en" else zh

    def note(self, zh: str, en: str) -> None:
        """Say something beside the answer, on standard error."""
        click.echo(self.say(zh, en), err=True)

    def answer(self, document: object, text: Callable[[], Iterable[str]], *, ok: bool = True) -> None:
        """Print the answer: ``document`` as JSON, or the lines of ``text``; exit 1 when a check said no (``ok`` false)."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        else:
            for line in text():
                click.echo(line)
        if not ok:
            raise click.exceptions.Exit(1)

    def refuse(self, error: ZhibaoError) -> None:
        """Print an error: as CONTRACT's object on standard output under ``--json``, else as a sentence on standard error."""
        if self.as_json:
            click.echo(json.dumps({"error": error.as_json(self.lang)}, ensure_ascii=False, indent=2))
            return
        where = self.say(f"（{error.where}）", f" ({error.where})") if error.where else ""
        click.echo(f"{error.say(self.lang)}{where}", err=True)
        hint = error.hint(self.lang)
        if hint:
            click.echo(hint, err=True)

    @contextmanager
    def progress(self, zh: str, en: str, total: int | None = None) -> Iterator[Advance]:
        """Yield a function to be called with how many more are done; a bar is drawn on a terminal after one second."""
        if self.as_json or not sys.stderr.isatty():
            yield lambda _more: None
            return
        bar = _Bar(self.say(zh, en), total)
        try:
            yield bar.advance
        finally:
            bar.stop()


class _Bar:
    """A bar on standard error that appears only once the work has taken a second."""

    def __init__(self, title: str, total: int | None) -> None:
        self._title, self._total, self._done = title, total, 0
        self._started = time.monotonic()
        self._shown: Any = None

    def advance(self, more: int) -> None:
        self._done += more
        if self._shown is None and time.monotonic() - self._started > QUIET_SECONDS:
            self._show()
        if self._shown is not None:
            self._shown.update(self._task, completed=self._done)

    def _show(self) -> None:
        from rich.console import Console  # noqa: PLC0415  costs 80 ms, wanted only for long work on a terminal
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._shown.add_task(self._title, total=self._total)
        self._shown.start()

    def stop(self) -> None:
        if self._shown is not None:
            self._shown.stop()


def session() -> Session:
    """Return the session of the command that runs now."""
    found = click.get_current_context().find_object(Session)
    assert found is not None
    return found


def steps(advance: Advance) -> Callable[[int, int | None], None]:
    """Return what actions report to, how many are done so far, as steps of a bar."""
    seen = 0

    def report(done: int, _total: int | None) -> None:
        nonlocal seen
        advance(done - seen)
        seen = done

    return report
