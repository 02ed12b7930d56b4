"""Write docs/reference: every command's help and every error, in both languages. A test holds the files equal to it.

Run it after a command or an error changes; `--check` only says whether the files are up to date.
"""

import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
SRC = ROOT / "src" / "zhibao"
FOLDER = ROOT / "docs" / "reference"
HEADS = {
    "en": "# Commands\n\nMade from the commands themselves by `scripts/make_reference.py`. `--json` and `--lang` go with every command.\n\n"
    "Exit codes: 0 the work was done; 1 a check said no; 2 what was given was not right (under `--json`, "
    '`{"error": {"code", "message", "where", "hint"}}`); 3 a fault of Zhibao itself.\n',
    "zh": "# 命令\n\n由 `scripts/make_reference.py` 从命令本身生成。每条命令都可以加 `--json` 和 `--lang`。\n\n"
    "退出码：0 做完了；1 检查没有通过；2 给的东西不对（加 `--json` 时是 "
    '`{"error": {"code", "message", "where", "hint"}}`）；3 知保自己出错。\n',
}
ERROR_HEADS = {
    "en": "# Errors\n\nMade from the errors themselves by `scripts/make_reference.py`. `code` never changes with the language; words in "
    "braces are filled in.\n\n| code | status | what it says | how to mend it |\n| --- | --- | --- | --- |\n",
    "zh": "# 错误\n\n由 `scripts/make_reference.py` 从错误本身生成。code 不随语言变；花括号里的字当场填入。\n\n"
    "| code | 状态码 | 说什么 | 怎样改 |\n| --- | --- | --- | --- |\n",
}
SUFFIX = {"en": ".md", "zh": ".zh-CN.md"}


def helps(command: click.Command, context: click.Context) -> list[str]:
    """Return the help of a command and of all below it, as sections."""
    found = [f"## {context.command_path}\n\n```\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            found += helps(child, click.Context(child, info_name=name, parent=context))
    return found


def commands(lang: str) -> str:
    """Return the reference of all commands in one language."""
    main = import_module("zhibao.cli.main")
    session = import_module("zhibao.cli.session").Session(lang=lang, as_json=False)
    context = click.Context(main.main, info_name="zhibao", obj=session, max_content_width=100, terminal_width=100)
    return HEADS[lang] + "\n" + "\n".join(helps(main.main, context))


def load_errors() -> list[type]:
    """Import every module that gives an error its code, and return the errors that have a code of their own, by code."""
    for path in sorted(SRC.rglob("*.py")):
        if "migrations" not in path.parts and '    code = "' in path.read_text():
            import_module(".".join(("zhibao", *path.relative_to(SRC).with_suffix("").parts)).removesuffix(".__init__"))
    root = import_module("zhibao.kernel.errors").ZhibaoError
    found, queue = {}, [root]
    while queue:
        cls = queue.pop()
        queue += cls.__subclasses__()
        if "zh" in vars(cls) and "code" in vars(cls) and cls.__module__.startswith("zhibao."):
            found[cls.code] = cls
    return [found[code] for code in sorted(found)]


def errors(lang: str) -> str:
    """Return the reference of all errors in one language."""

    def cell(text: str) -> str:
        return text.replace("|", "\\|").replace("\n", " ").replace("{{", "{").replace("}}", "}")

    rows = [
        f"| `{cls.code}` | {cls.status} | {cell(getattr(cls, lang))} | {cell(getattr(cls, f'hint_{lang}'))} |"
        for cls in load_errors()
    ]
    return ERROR_HEADS[lang] + "\n".join(rows) + "\n"


@cache
def pages() -> dict[Path, str]:
    """Return every page of the reference by its path."""
    import_module("zhibao.cli.main").open_house()
    law_values = import_module("scripts.law_values").law_values
    made = {FOLDER / f"cli{SUFFIX[lang]}": commands(lang) for lang in HEADS}
    made |= {FOLDER / f"law-values{SUFFIX[lang]}": law_values(lang) for lang in HEADS}
    return made | {FOLDER / f"errors{SUFFIX[lang]}": errors(lang) for lang in ERROR_HEADS}


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))  # so that scripts/ is found from wherever this is run
    stale = [path for path, text in pages().items() if not path.exists() or path.read_text() != text]
    if "--check" not in sys.argv:
        for path in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(pages()[path])
    print(f"{len(stale)} pages were not up to date")
    sys.exit(1 if stale and "--check" in sys.argv else 0)
