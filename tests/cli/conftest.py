"""The command line in this process (``run``) and as a real process (``process``)."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest
from click.testing import CliRunner

from tests.house.source import ROOT
from zhibao.cli.main import main


@dataclass
class Told:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        return self.json["error"]


@pytest.fixture
def run(monkeypatch):
    """Run a command in this process."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def run(*words, given=None):
        told = CliRunner().invoke(main, [str(word) for word in words], input=given)
        return Told(told.exit_code, told.stdout, told.stderr)

    return run


@pytest.fixture
def process(tmp_path):
    """Run a command as a process of its own, as other programs do."""

    def process(*words, given=b"", **environment):
        done = subprocess.run(
            [sys.executable, "-m", "zhibao.cli", *map(str, words)],
            input=given,
            capture_output=True,
            cwd=ROOT,
            env=os.environ | {"LANG": "en_GB.UTF-8", "ZHIBAO_HOME": str(tmp_path)} | environment,
            timeout=120,
        )
        return Told(done.returncode, done.stdout.decode(), done.stderr.decode())

    return process


@pytest.fixture
def facts(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS))
    return path


FACTS = {
    "acts": [
        {
            "kind": "counterfeit-mark-goods",
            "from": "2025-05-01",
            "to": "2025-07-30",
            "right_kinds": 1,
            "illegal_gain": "31000.00",
            "turnover": None,
            "unsold_value": None,
            "entity": False,
        }
    ],
    "priors": [{"kind": "administrative-penalty", "for": "counterfeit-mark-goods", "on": "2024-06-01"}],
    "suspicion": {"reasonable": True, "police_measures_needed": True},
    "on": "2026-11-23",
}
