"""Files as they come: encodings without a mark, titles above the heads, merged cells, dates as serials, and things that only pretend."""

import io
import json
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhibao.apps.register import limits
from zhibao.apps.register.errors import (
    ArchiveBomb,
    BrokenArchive,
    BrokenJson,
    BrokenTable,
    BrokenXml,
    FileEmpty,
    FileIsHtml,
    FileNotText,
    FileUnknown,
    ForbiddenXml,
    HeadTwice,
    NoHeads,
    NotSt96,
    SheetTooLarge,
)
from zhibao.apps.register.readers import excel_file
from zhibao.apps.register.readers.sniff import open_sheet

TABLE = "注册号,商标,类别,权利人\n12345678,青釉坊,21,景德镇青釉瓷业有限公司\n12345679,窑里红,30,窑里红茶厂\n"


def rows(data, name="a.csv"):
    sheet = open_sheet(io.BytesIO(data), name)
    return sheet, list(sheet.rows)


def workbook(fill, *, merge=()):
    book = openpyxl.Workbook()
    for line in fill:
        book.active.append(line)
    for cells in merge:
        book.active.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_in_every_usual_encoding(encoding):
    sheet, found = rows(TABLE.encode(encoding))
    assert sheet.encoding == encoding
    assert [row.cells["商标"] for row in found] == ["青釉坊", "窑里红"]
    assert [row.number for row in found] == [2, 3]


def test_gb_18030_is_told_even_when_chinese_comes_late():
    text = "id,mark,owner\n" + "".join(f"{n},mark {n},owner\n" for n in range(30_000)) + "30001,㐂福𠮷,福记\n"
    _, found = rows(text.encode("gb18030"))
    assert found[-1].cells["mark"] == "㐂福𠮷"


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_other_delimiters(delimiter):
    assert len(rows(TABLE.replace(",", delimiter).encode())[1]) == 2


def test_titles_above_the_heads_and_empty_rows_are_passed_over():
    text = "江西省商标清单,,,\n,,,\n" + TABLE.replace("12345679", "\n,,,\n12345679")
    _, found = rows(text.encode())
    assert [row.number for row in found] == [4, 7]


def test_cells_beyond_the_heads_are_counted():
    _, found = rows(b"id,mark,owner\n1,a,b,c,d\n")
    assert found[0].extra == 2


def test_a_line_break_inside_a_cell_is_one_row():
    _, found = rows(b'id,mark,owner\n1,"two\nlines",b\n2,c,d\n')
    assert [row.number for row in found] == [2, 3]


def test_an_unclosed_quotation_mark_keeps_what_came_before():
    sheet = open_sheet(io.BytesIO(b'id,mark,owner\n1,a,b\n2,"c,d\n3,e,f\n'), "a.csv")
    assert next(sheet.rows).cells["mark"] == "a"
    with pytest.raises(BrokenTable) as caught:
        next(sheet.rows)
    assert caught.value.data["line"] == 3


def test_bytes_of_no_known_encoding_name_the_line():
    with pytest.raises(FileNotText) as caught:
        rows(b"id,mark\n1,a\n2,\xff\xfe\xff\n")
    assert caught.value.data["line"] == 3


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n  \n"])
def test_empty_files(data):
    with pytest.raises(FileEmpty):
        rows(data)


def test_a_table_without_known_heads_says_which_are_needed():
    with pytest.raises(NoHeads) as caught:
        rows("甲,乙\n1,2\n".encode())
    assert "注册号、名称" in caught.value.say("zh")


def test_two_columns_of_one_meaning_are_refused():
    with pytest.raises(HeadTwice, match="'mark' and '商标'"):
        rows("id,mark,商标\n1,a,b\n".encode())


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list.xls"])
@pytest.mark.parametrize(
    "data",
    [
        b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>",
        b"\xef\xbb\xbf\r\n <table border=1>",
        b"<html xmlns:o='x'>",
    ],
)
def test_a_web_page_under_a_table_s_name_is_refused(name, data):
    with pytest.raises(FileIsHtml, match="web page"):
        rows(data, name)


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"\x1f\x8b\x08"])
def test_other_files_are_refused(data):
    with pytest.raises(FileUnknown):
        rows(data, "list.xlsx")


def test_excel_numbers_dates_and_merged_cells():
    data = workbook(
        [
            ["江西省商标清单", None, None, None, None],
            ["注册号", "商标", "类别", "权利人", "注册日期"],
            [12345678, "青釉坊", 21, "景德镇青釉瓷业有限公司", date(2018, 3, 7)],
            ["12345679", "青釉坊 QY", "21、30", None, 43166],
            [12345680.0, "窑里红", 30.0, "窑里红茶厂", datetime(2020, 1, 2, 3, 4)],  # noqa: DTZ001 (Excel knows no zones)
        ],
        merge=["A1:E1", "D3:D4"],
    )
    sheet, found = rows(data, "a.xlsx")
    assert sheet.format == "excel"
    assert [row.number for row in found] == [3, 4, 5]
    assert [row.cells["权利人"] for row in found] == ["景德镇青釉瓷业有限公司", "景德镇青釉瓷业有限公司", "窑里红茶厂"]
    assert [row.cells["注册号"] for row in found] == ["12345678", "12345679", "12345680"]
    assert [row.cells["注册日期"] for row in found] == ["2018-03-07", "43166", "2020-01-02 03:04:00"]
    assert found[2].cells["类别"] == "30"


def test_excel_rows_are_numbered_as_excel_does():
    book = openpyxl.Workbook()
    sheet = book.active
    for column, head in enumerate(["id", "mark", "owner"], 2):
        sheet.cell(5, column, head)
        sheet.cell(9, column, f"{head} 1")
    out = io.BytesIO()
    book.save(out)
    _, found = rows(out.getvalue(), "a.xlsx")
    assert [row.number for row in found] == [9]


def test_an_empty_first_sheet_is_passed_over_and_hidden_ones_too():
    book = openpyxl.Workbook()
    hidden = book.create_sheet("hidden")
    hidden.append(["id", "mark"])
    hidden.sheet_state = "hidden"
    third = book.create_sheet("third")
    third.append(["id", "mark"])
    third.append([1, "a"])
    out = io.BytesIO()
    book.save(out)
    assert rows(out.getvalue(), "a.xlsx")[1][0].cells["mark"] == "a"


def test_a_workbook_without_rows():
    with pytest.raises(FileEmpty):
        rows(workbook([]), "a.xlsx")


def test_booleans_are_words():
    assert [excel_file.as_text(value) for value in (True, False, 1.5, date(2020, 1, 2))] == [
        "是",
        "否",
        "1.5",
        "2020-01-02",
    ]


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        archive.writestr("xl/workbook.xml", "")
        for name, data in parts:
            archive.writestr(name, data)
    return out.getvalue()


def test_an_archive_bomb_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(excel_file, "EXCEL_UNPACKED", 2 * limits.MEGABYTE)
    bomb = packed([("xl/worksheets/sheet1.xml", b" " * (3 * limits.MEGABYTE))])
    assert len(bomb) < 10_000
    with pytest.raises(ArchiveBomb):
        rows(bomb, "a.xlsx")


def test_a_bomb_that_lies_about_its_size_is_refused(monkeypatch):
    monkeypatch.setattr(excel_file, "EXCEL_UNPACKED", 2 * limits.MEGABYTE)
    data = bytearray(packed([("a.xml", b" " * (3 * limits.MEGABYTE))]))
    size = (3 * limits.MEGABYTE).to_bytes(4, "little")
    assert data.count(size) == 2
    data = bytes(data).replace(size, (100).to_bytes(4, "little"))
    with pytest.raises(ArchiveBomb):
        rows(data, "a.xlsx")


def test_a_stray_cell_in_the_last_corner_does_not_take_all_memory():
    book = openpyxl.Workbook()
    book.active.append(["id", "mark"])
    book.active.append([1, "a"])
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SheetTooLarge) as caught:
        rows(out.getvalue(), "a.xlsx")
    assert caught.value.data == {"rows": 1_048_576, "columns": 16_384}


@pytest.mark.parametrize(
    "hidden", [b'<c t="n">', b"<c>", b'<c r="&#88;FD1048576">', b'<x:c s="1" t="n">', b'<c s="1"/>']
)
def test_cells_that_hide_their_place_are_refused(hidden):
    extent = excel_file.Extent()
    extent.look(b'<sheetData><row r="1"><c r="A1"><v>1</v></c>')
    extent.look(hidden + b"<v>1</v></c></row></sheetData>")
    with pytest.raises(SheetTooLarge):
        extent.refuse_too_large()


@given(st.integers(1, 90))
def test_the_reach_of_cells_is_told_however_the_stream_is_cut(size):
    text = b"".join(b'<row r="%d"><c r="A%d" s="1"><v>1</v></c><c r=\'AB%d\'/></row>' % (n, n, n) for n in range(1, 30))
    extent = excel_file.Extent()
    for at in range(0, len(text), size):
        extent.look(text[at : at + size])
    extent.refuse_too_large()
    assert (extent.cells, extent.places, extent.row, extent.column) == (58, 58, 29, 28)


def test_a_merge_over_the_whole_sheet_costs_nothing():
    small = zipfile.ZipFile(io.BytesIO(workbook([["id", "mark", "owner"], [1, "a", "b"]], merge=["C2:C3"])))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in small.namelist():
            archive.writestr(name, small.read(name).replace(b'"C2:C3"', b'"C2:XFD1048576"'))
    assert [row.cells["owner"] for row in rows(out.getvalue(), "a.xlsx")[1]] == ["b"]


def test_too_many_parts_or_an_odd_packing_are_refused():
    with pytest.raises(ArchiveBomb):
        rows(packed([(f"{n}", b"") for n in range(limits.EXCEL_PARTS + 1)]), "a.xlsx")
    with pytest.raises(ArchiveBomb):
        rows(packed([("a", b"x" * 99)], zipfile.ZIP_BZIP2), "a.xlsx")


def test_a_zip_that_is_no_workbook_and_a_torn_one():
    with pytest.raises(BrokenArchive):
        rows(packed([("readme.txt", b"hello")], zipfile.ZIP_STORED), "a.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.bin", "")
    with pytest.raises(BrokenArchive, match=r"no \.xlsx workbook"):
        rows(out.getvalue(), "a.xlsb")
    with pytest.raises(BrokenArchive):
        rows(workbook([["id", "mark"], [1, "a"]])[:-40], "a.xlsx")
    with pytest.raises(BrokenArchive):
        rows(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls")


ST96 = """<?xml version="1.0" encoding="UTF-8"?>
<tmk:TrademarkBag xmlns:tmk="http://www.wipo.int/standards/XMLSchema/ST96/Trademark" xmlns:com="http://www.wipo.int/standards/XMLSchema/ST96/Common">
 <tmk:Trademark>
  <com:RegistrationNumber>12345678</com:RegistrationNumber>
  <com:ApplicationNumber><com:ApplicationNumberText>87654321</com:ApplicationNumberText></com:ApplicationNumber>
  <tmk:ApplicationDate>2017-01-05+08:00</tmk:ApplicationDate>
  <com:RegistrationDate>2018-03-07</com:RegistrationDate>
  <com:ExpiryDate>2028-03-06</com:ExpiryDate>
  <tmk:MarkCurrentStatusCode>Registration published</tmk:MarkCurrentStatusCode>
  <tmk:MarkRepresentation><tmk:MarkReproduction><tmk:WordMarkSpecification>
   <tmk:MarkSignificantVerbalElementText>QINGYOU</tmk:MarkSignificantVerbalElementText>
   <tmk:MarkVerbalElementText>青釉坊</tmk:MarkVerbalElementText>
  </tmk:WordMarkSpecification></tmk:MarkReproduction></tmk:MarkRepresentation>
  <tmk:GoodsServicesBag><tmk:GoodsServices><tmk:ClassDescriptionBag>
   <tmk:ClassDescription><tmk:ClassNumber>021</tmk:ClassNumber><tmk:GoodsServicesDescriptionText>瓷器</tmk:GoodsServicesDescriptionText></tmk:ClassDescription>
   <tmk:ClassDescription><tmk:ClassNumber>30</tmk:ClassNumber><tmk:GoodsServicesDescriptionText>茶</tmk:GoodsServicesDescriptionText></tmk:ClassDescription>
  </tmk:ClassDescriptionBag></tmk:GoodsServices></tmk:GoodsServicesBag>
  <tmk:HolderBag><tmk:Holder><com:Contact><com:Name><com:OrganizationName><com:OrganizationStandardName>景德镇青釉瓷业有限公司</com:OrganizationStandardName></com:OrganizationName></com:Name>
   <com:PostalAddressBag><com:AddressLineText>珠山区</com:AddressLineText><com:AddressLineText>1号</com:AddressLineText><com:CountryCode>CN</com:CountryCode></com:PostalAddressBag></com:Contact></tmk:Holder></tmk:HolderBag>
 </tmk:Trademark>
 <tmk:Trademark>
  <com:ApplicationNumber><com:ApplicationNumberText>99</com:ApplicationNumberText></com:ApplicationNumber>
  <tmk:MarkVerbalElementText>OAKHILL</tmk:MarkVerbalElementText>
  <tmk:ApplicantBag><tmk:Applicant><com:FirstName>Ann</com:FirstName><com:LastName>Reed</com:LastName></tmk:Applicant></tmk:ApplicantBag>
 </tmk:Trademark>
</tmk:TrademarkBag>"""


def test_st96_trademarks():
    sheet, found = rows(ST96.encode(), "marks.xml")
    assert sheet.format == "st96"
    first, second = found
    assert first.cells == {
        "number": "12345678",
        "name": "青釉坊",
        "status": "in-force",
        "applied_on": "2017-01-05",
        "granted_on": "2018-03-07",
        "until": "2028-03-06",
        "owner": "景德镇青釉瓷业有限公司",
        "country": "CN",
        "owner_address": "珠山区 1号",
        "classes": "21,30",
        "goods": "瓷器；茶",
    }
    assert (second.number, second.cells["number"], second.cells["owner"]) == (2, "99", "Ann Reed")


def test_st96_that_breaks_off_keeps_what_came_before():
    sheet = open_sheet(io.BytesIO(ST96[:-300].encode()), "marks.xml")
    assert next(sheet.rows).cells["number"] == "12345678"
    with pytest.raises(BrokenXml) as caught:
        next(sheet.rows)
    assert caught.value.data["taken"] == 1


def test_xml_with_entities_or_without_trademarks_is_refused():
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>'
    with pytest.raises(ForbiddenXml):
        list(rows(evil, "a.xml")[1])
    with pytest.raises(NotSt96):
        rows(b"<?xml version='1.0'?><patents><patent/></patents>", "a.xml")


def test_json_lines():
    _, found = rows(
        '{"id": 1, "mark": "青釉坊", "classes": [21, 30], "watch": true, "owner": null}\n\n'.encode(), "a.jsonl"
    )
    assert found[0].cells == {"id": "1", "mark": "青釉坊", "classes": "21,30", "watch": "是"}


@pytest.mark.parametrize("bad", ["[1]", '{"id": ', '{"id": {"a": 1}}', '{"id": "\\ud800"}', "[" * 5000, "x" * 200])
def test_a_bad_json_line_is_a_row_with_a_fault_and_the_others_go_on(bad):
    _, found = rows(f'{{"id": 1}}\n{bad}\n{{"id": 3}}\n'.encode(), "a.jsonl")
    assert [(row.number, dict(row.cells)) for row in found] == [(1, {"id": "1"}), (2, {}), (3, {"id": "3"})]
    assert found[1].fault.code == "row-not-json"
    assert bad[:20].strip() in found[1].fault.say("zh")
    assert len(found[1].fault.say("en")) < 200


def test_bad_lines_at_the_start_are_rows_too_where_good_ones_follow():
    _, found = rows(b'{"id": \n[1]\n{"id": 3}\n', "a.jsonl")
    assert [(row.number, row.fault is None) for row in found] == [(1, False), (2, False), (3, True)]
    _, found = rows(b'{"id": \n', "a.jsonl")
    assert [row.fault.code for row in found] == ["row-not-json"]


def test_an_object_over_many_lines_is_no_json_lines():
    spread = json.dumps({f"key{number}": number for number in range(30)}, indent=1)
    with pytest.raises(BrokenJson) as caught:
        rows(spread.encode(), "a.jsonl")
    assert caught.value.data["lines"] == 20
