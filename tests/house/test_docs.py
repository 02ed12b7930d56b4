"""Docs cannot rot: commands named in the README exist, each package has its page with its non-goals."""

import re

import pytest

from tests.house.source import APPS, ROOT

DESIGN = ROOT / "docs" / "design"
PAGES = (
    "kernel",
    "rules",
    "docket",
    "evidence",
    "matching",
    "watch",
    "organs",
    "work",
    "register",
    "vault",
    "cases",
    "library",
    "web",
    "api",
    "cli",
    "jobs",
)


@pytest.mark.parametrize("name", PAGES)
def test_each_package_has_a_page_that_says_what_it_is_not(name):
    text = (DESIGN / f"{name}.md").read_text()
    assert re.search(r"^#+ Non-goals", text, re.MULTILINE), f"{name}.md has no 'Non-goals'"


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_readme_commands_are_real(readme):
    text = (ROOT / readme).read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    used = set(re.findall(r"\bmake ([a-z-]+)", text))
    assert {"demo", "test"} <= used <= targets


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_links_in_the_readme_lead_somewhere(readme):
    for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / readme).read_text()):
        assert (ROOT / target).exists(), target


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_apps_are_the_ones_documented():
    assert set(APPS) <= set(PAGES)
