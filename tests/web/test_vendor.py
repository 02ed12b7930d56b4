import hashlib
import json
from pathlib import Path

import zhibao.web

VENDOR = Path(zhibao.web.__file__).parent / "static" / "vendor"


def test_every_vendored_file_is_listed_with_its_hash_and_licence():
    listed = {row["file"]: row for row in json.loads((VENDOR / "VENDOR.json").read_text())["files"]}
    there = {path.name for path in VENDOR.iterdir()} - {"VENDOR.json"}
    assert set(listed) == there
    for name, row in listed.items():
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == row["sha256"], name
        assert (VENDOR / row["licence_file"]).is_file()
        assert row["version"]
