"""Complaints of the argument parser, said again in the house's words and in both languages.

Knows click's exceptions only; what a command does with its arguments is not known here.
"""

from collections.abc import Callable
from typing import Any

import click

from zhibao.cli.errors import BadUsage

Sentences = tuple[str, str]  # zh, en


def usage_error(error: click.ClickException) -> BadUsage:
    """Return the house's error for one of click's."""
    zh, en = _sentences(error)
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context is not None else "zhibao"
    return BadUsage(where=_place(error), what_zh=zh, what_en=en, command=command)


def _place(error: click.ClickException) -> str:
    if isinstance(error, click.BadParameter):
        return _name(error)
    if isinstance(error, (click.NoSuchOption, click.BadOptionUsage)):
        return error.option_name
    if isinstance(error, click.exceptions.NoSuchCommand):
        return error.command_name
    return ""


def _sentences(error: click.ClickException) -> Sentences:
    for kind, say in _SAYINGS:
        if isinstance(error, kind):
            return say(error)
    return "参数写错了", f"The arguments are wrong: {error.format_message().rstrip('.')}"


def _missing(error: Any) -> Sentences:
    return f"缺少「{_name(error)}」", f"'{_name(error)}' is missing"


def _no_option(error: Any) -> Sentences:
    zh, en = _near(error.possibilities or [])
    return f"没有「{error.option_name}」这个选项{zh}", f"There is no option '{error.option_name}'{en}"


def _no_command(error: Any) -> Sentences:
    zh, en = _near(error.possibilities or [])
    return f"没有「{error.command_name}」这条命令{zh}", f"There is no command '{error.command_name}'{en}"


def _bad_option(error: Any) -> Sentences:
    return f"选项「{error.option_name}」的用法不对", f"The option '{error.option_name}' is not used rightly"


def _any_usage(error: Any) -> Sentences:
    if isinstance(error, click.exceptions.NoArgsIsHelpError) or "Missing command" in error.message:
        return "缺少命令", "A command is missing"
    return "参数太多，或写错了地方", f"Arguments are too many or out of place: {error.message.rstrip('.')}"


def _near(names: list[str]) -> Sentences:
    if not names:
        return "", ""
    listed = " / ".join(names)
    return f"，最接近的是 {listed}", f"; nearest: {listed}"


def _name(error: click.BadParameter) -> str:
    parameter = error.param
    if parameter is None:
        return str(error.param_hint or "")
    return parameter.opts[0] if parameter.opts[0].startswith("-") else parameter.make_metavar(error.ctx or _bare())


def _bare() -> click.Context:
    return click.Context(click.Command("zhibao"))


def _bad_value(error: click.BadParameter) -> Sentences:
    name = _name(error)
    kind = error.param.type if error.param is not None else None
    if isinstance(kind, click.Choice):
        listed = " / ".join(str(choice) for choice in kind.choices)
        return f"「{name}」只能是 {listed}", f"'{name}' must be one of {listed}"
    if isinstance(kind, click.IntRange):
        low, high = kind.min, "∞" if kind.max is None else kind.max
        return f"「{name}」应是 {low} 到 {high} 的整数", f"'{name}' should be a whole number from {low} to {high}"
    return f"「{name}」的值不对", f"'{name}' has a wrong value: {error.message.rstrip('.')}"


_SAYINGS: tuple[tuple[type[click.ClickException], Callable[[Any], Sentences]], ...] = (
    (click.MissingParameter, _missing),
    (click.BadParameter, _bad_value),
    (click.NoSuchOption, _no_option),
    (click.exceptions.NoSuchCommand, _no_command),
    (click.BadOptionUsage, _bad_option),
    (click.UsageError, _any_usage),
)
