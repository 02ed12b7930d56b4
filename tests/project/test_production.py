"""An installation for real cases, from an empty folder: pages, files, cookies and transport as they must be."""

import json
import os
import subprocess
import sys

PROGRAM = """
import json, re
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("check", verbosity=0)
from django.test import Client
behind = {"HTTP_HOST": "zhibao.example.cn", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "10.0.0.1"}
page = Client(**behind).get("/accounts/login/")
files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.content.decode())
print(json.dumps({
    "page": page.status_code,
    "hsts": page["Strict-Transport-Security"],
    "cookies": [bool(cookie["secure"]) for cookie in page.cookies.values()],
    "files": [Client(**behind).get(name).status_code for name in files],
    "plain": Client(HTTP_HOST="zhibao.example.cn").get("/accounts/login/").status_code,
    "stranger": Client(HTTP_HOST="evil.example", HTTP_X_FORWARDED_PROTO="https").get("/accounts/login/").status_code,
}))
"""


def test_a_fresh_installation_serves_safely_and_needs_no_further_step(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "zhibao.project.settings",
        "ZHIBAO_HOME": str(tmp_path / "new" / "home"),
        "ZHIBAO_PRODUCTION": "1",
        "ZHIBAO_SECRET_KEY": "long-and-made-for-this-test-only-" * 2,
        "ZHIBAO_HOSTS": "zhibao.example.cn",
        "ZHIBAO_TIMESTAMPS": "zhibao.gateways.timestamps.HttpTimestampAuthority",
        "ZHIBAO_LOG_ORIGIN": "zhibao.example.cn/log",
        "ZHIBAO_BEHIND_PROXY": "1",
    }
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["files"]
    assert set(found.pop("files")) == {200}
    assert found == {"page": 200, "hsts": "max-age=31536000", "cookies": [True], "plain": 301, "stranger": 400}
