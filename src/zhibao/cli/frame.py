"""The frame every command stands in: ``--json``, ``--lang``, help in two languages, errors and exit codes.

    0  the work was done
    1  a check said no
    2  what was given was not right: a sentence, or ``{"error": …}`` under ``--json``
    3  a fault of Zhibao itself, with its trace on standard error

Knows no command. ``Group`` makes commands of the right class by itself: write ``@click.group(cls=Group, help=both(…))``
and ``@that_group.command("name", help=both(…))``.
"""

import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import click

from zhibao.cli.errors import Fault
from zhibao.cli.machine import machine_error
from zhibao.cli.session import Session
from zhibao.cli.speech import LANGS, both, pick
from zhibao.cli.usage import usage_error
from zhibao.kernel.errors import ZhibaoError

REFUSED, FAULT, INTERRUPTED = 2, 3, 130


class _InTwoTongues(click.Command):
    """Help in the session's language, and the two options every command has."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        return [*super().get_params(ctx)[:-1], *_COMMON, *super().get_params(ctx)[-1:]]

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if parent is None and extra.get("obj") is None:
            extra["obj"] = Session.from_argv(list(args))
        return super().make_context(info_name, args, parent, **extra)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=_word(ctx, "用法：", "Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(pick(self.help or "", _lang(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [_record(p, ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)]
        with formatter.section(_word(ctx, "选项", "Options")):
            formatter.write_dl([(_spec(spec), pick(text, _lang(ctx))) for spec, text in filter(None, records)])

    def main(self, args: Sequence[str] | None = None, *_rest: Any, **extra: Any) -> Any:
        """Run, print errors as the contract says, and leave with its exit code."""
        argv = list(sys.argv[1:] if args is None else args)
        session = Session.from_argv(argv)
        extra.pop("standalone_mode", None)
        run = super().main
        sys.exit(_exit_code(session, lambda: run(argv, standalone_mode=False, obj=session, **extra)))


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    if "--help" in option.opts:
        return "--help", both("只看这段说明。", "Show this text only.")
    return option.get_help_record(ctx)


def _spec(spec: str) -> str:
    return spec.replace("INTEGER RANGE", "N").replace("INTEGER", "N")


def _lang(ctx: click.Context) -> str:
    found = ctx.find_object(Session)
    return found.lang if found is not None else "zh"


def _word(ctx: click.Context, zh: str, en: str) -> str:
    return en if _lang(ctx) == "en" else zh


def _exit_code(session: Session, run: Callable[[], Any]) -> int:
    try:
        code = run()
    except click.Abort:
        session.note("已中断。", "Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stdout = None  # type: ignore[assignment,unused-ignore]  # the reader is gone; nothing is flushed to it
        return 0
    except Exception as error:  # noqa: BLE001  the outermost wall: a fault of ours must not look like a check that said no
        return _refused(session, error)
    return code if isinstance(code, int) else 0


def _refused(session: Session, error: Exception) -> int:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and not session.as_json:
        click.echo(error.format_message(), err=True)
        return REFUSED
    if isinstance(error, click.ClickException):
        error = usage_error(error)
    told = error if isinstance(error, ZhibaoError) else machine_error(error)
    if told is not None:
        session.refuse(told)
        return REFUSED
    traceback.print_exception(error)
    session.refuse(Fault())
    return FAULT


class Command(_InTwoTongues):
    """A command with ``--json`` and ``--lang``."""


class Group(_InTwoTongues, click.Group):
    """A family of commands; those declared on it are of class ``Command``."""

    command_class = Command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [(name, self.short_help_of(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(_word(ctx, "命令", "Commands")):
            formatter.write_dl(rows)

    def short_help_of(self, ctx: click.Context, name: str) -> str:
        """Return the line that the list of commands shows beside ``name``."""
        command = self.get_command(ctx, name)
        return pick((command.help if command else "") or "", _lang(ctx)).split("\n")[0]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _InTwoTongues.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


Group.group_class = Group


def _set_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001  click calls it so
    found = ctx.find_object(Session)
    if value and found is not None:
        found.as_json = True


def _set_lang(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    found = ctx.find_object(Session)
    if value and found is not None:
        found.lang = value


_COMMON: tuple[click.Parameter, ...] = (
    click.Option(
        ["--json"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=_set_json,
        help=both("在标准输出上只给一个 JSON 文档。", "Answer with one JSON document on standard output."),
    ),
    click.Option(
        ["--lang"],
        type=click.Choice(LANGS),
        expose_value=False,
        is_eager=True,
        callback=_set_lang,
        help=both("说中文或英文；默认按 LANG，否则中文。", "Speak Chinese or English; by LANG, else Chinese."),
    ),
)
