"""Files that would harm the register or tell their sender the wrong thing: each ends in a sentence, and good rows stay."""

import csv
import io
import json

import pytest

from zhibao.apps.register import queries
from zhibao.apps.register.actions.export_rights import export_rights
from zhibao.apps.register.actions.import_file import import_file
from zhibao.apps.register.errors import BrokenArchive, BrokenTable, FileNotText
from zhibao.apps.register.models import Right

pytestmark = pytest.mark.django_db

HEAD = "注册号,商标,类别,权利人,有效期起\n"


def bring(actor, data, now, name):
    return import_file(actor=actor, name=name, stream=io.BytesIO(data), now=now)


def row(number, name="青釉坊", owner="青釉坊公司", since="2020-02-29"):
    return f"{number},{name},21,{owner},{since}\n"


def test_a_null_character_is_told_on_its_line_and_not_on_the_first(registrar, now):
    text = HEAD + "".join(row(1000 + place) for place in range(8)) + row(1008, "青\x00釉")
    with pytest.raises(FileNotText) as caught:
        bring(registrar, text.encode(), now, "list.csv")
    assert caught.value.data["line"] == 10
    assert caught.value.where == "list.csv"
    assert not Right.objects.exists()


def test_a_cell_without_end_is_not_taken_for_an_open_quotation_mark_alone(registrar, now):
    with pytest.raises(BrokenTable) as caught:
        bring(registrar, (HEAD + row(1, "x" * 3_000_000)).encode(), now, "list.csv")
    assert "两万字" in caught.value.say("zh")
    assert "20,000" in caught.value.say("en")


def test_a_torn_workbook_is_told_without_english_in_the_chinese(registrar, now):
    with pytest.raises(BrokenArchive) as caught:
        bring(registrar, b"PK\x03\x04garbage", now, "list.xlsx")
    assert caught.value.say("zh") == "这个 Excel 文件打不开：结构坏了。"


@pytest.mark.parametrize(
    "line",
    [
        '{"number": ' + "9" * 6000 + ', "name": "x"}',
        '{"number": "\\ud800", "name": "x"}',
        '{"number": {"a": 1}, "name": "x"}',
        "[" * 100_000,
        "[1]",
        "{",
    ],
    ids=["5000 digits", "half a character", "an object for a cell", "nested", "a list", "torn"],
)
def test_a_line_no_database_can_keep_is_a_row_to_mend_and_the_others_are_in(registrar, now, line):
    good = [json.dumps({"number": number, "name": "青釉坊"}, ensure_ascii=False) for number in ("1", "3")]
    text = f"{good[0]}\n{line}\n{good[1]}\n"
    run = bring(registrar, text.encode(), now, "list.jsonl")
    assert (run.state, run.problem, run.bad) == ("done", None, 1)
    assert set(Right.objects.values_list("number", flat=True)) >= {"1", "3"}
    [kept] = run.bad_rows.all()
    assert (kept.number, kept.raw, kept.problems[0]["code"]) == (2, {}, "row-not-json")


def test_null_characters_of_json_are_kept_nowhere(registrar, now):
    """PostgreSQL refuses them in text and in JSON alike, so that a bad row could not even be kept to be mended."""
    lines = [{"number": "1", "name": "青\x00釉"}, {"number": "\x00", "name": "无号", "odd\x00": "\x00"}]
    run = bring(registrar, "\n".join(map(json.dumps, lines)).encode(), now, "list.jsonl")
    assert (run.made, run.bad) == (1, 1)
    assert Right.objects.get().name == "青 釉"
    kept = queries.bad_rows(registrar, run.pk, size=10).items[0]
    assert "\\u0000" not in json.dumps(kept.raw)


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-2+3", "@SUM(A1)", "=HYPERLINK(1)"])
def test_a_formula_stays_text_on_its_way_out_and_itself_on_its_way_back(registrar, now, name):
    bring(registrar, (HEAD + row(1, f'"{name}"', f'"{name}"')).encode(), now, "list.csv")
    out = io.BytesIO()
    export_rights(actor=registrar, out=out, format="csv", as_of=now.date(), now=now)
    cells = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"))))[1]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@"}]
    again = bring(registrar, out.getvalue(), now, "back.csv")
    assert (again.same, again.bad) == (1, 0)
    assert Right.objects.get().name == name
