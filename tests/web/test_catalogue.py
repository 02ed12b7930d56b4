"""The English catalogue is complete, and its compiled file is what the texts say."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "messages.py"


@pytest.fixture
def messages():
    spec = importlib.util.spec_from_file_location("messages_script", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_text_of_pages_and_code_has_english_and_the_files_are_up_to_date(messages, capsys):
    code = messages.main(["--check"])
    assert code == 0, capsys.readouterr().out


def test_a_missing_text_and_a_lost_placeholder_are_named(messages):
    catalog = messages.Catalog(locale="en")
    catalog.add("新的一句", locations=[("web/x.html", 1)])
    catalog.add("共 %(n)s 件", "in all", locations=[("web/y.py", 1)])
    catalog.add("线索", "线索")
    catalog.add(("停 %(n)s 次", "停 %(n)s 次"), ("paused once", "paused %(n)s times"))
    found = "\n".join(messages.faults(catalog))
    assert "no English: '新的一句' (web/x.html)" in found
    assert "other placeholders: '共 %(n)s 件'" in found
    assert "Chinese in the English: '线索'" in found
    assert "停" not in found


def test_texts_come_from_code_and_from_templates(messages, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "ROOT", tmp_path)
    code, page = tmp_path / "a.py", tmp_path / "b.html"
    code.write_text('x = _("一句")\ny = pgettext("依据", "算")\n', encoding="utf-8")
    page.write_text(
        '<p>\n   {% translate "另一句" %}{% blocktranslate count n=n %}{{ n }} 件{% plural %}{{ n }} 件们{% endblocktranslate %}',
        encoding="utf-8",
    )
    assert list(messages.texts_of(code)) == [("一句", None, "a.py"), ("算", "依据", "a.py")]
    assert [msgid for msgid, _context, _name in messages.texts_of(page)] == ["另一句", ("%(n)s 件", "%(n)s 件们")]
