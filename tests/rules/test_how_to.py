"""The page on adding a deadline holds: its files, taken as they stand, load and their golden cases come out."""

import re

import pytest

from tests.house.source import ROOT
from zhibao.docket.golden import RUNNERS
from zhibao.rules.golden import run_golden
from zhibao.rules.load import default_roots, load_cases, load_pack

FILE = re.compile(r"`(law/cn-jx/[^`]+\.yaml)`[^\n]*\n(?:[^\n`]*\n)*?```yaml\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("page", ["add-a-deadline.md", "add-a-deadline.zh-CN.md"])
def test_what_the_page_says_to_write_is_a_deadline_with_its_cases(page, tmp_path):
    files = FILE.findall((ROOT / "docs" / "how-to" / page).read_text())
    assert len(files) == 4
    for name, text in files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    province = tmp_path / "law" / "cn-jx"
    pack = load_pack(default_roots()[0], province)
    assert pack.deadlines["jx.archive"].versions
    cases = load_cases(province)
    assert len(cases) == 2
    assert run_golden(pack, cases, RUNNERS).holds
