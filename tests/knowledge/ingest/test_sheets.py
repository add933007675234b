"""Workbooks and CSV: every cell is found with its row's and its column's heading, in one quote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import DocumentRefused
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.readers import read_content
from knowledge.ingest.readers.sheets import read_csv, read_xlsx
from tests.knowledge.ingest import office

ROWS = [
    ["2024年星海市毕业生补贴标准一览表"],
    ["单位：元/人"],
    ["序号", "补贴项目", "本科生", "硕士生", "发放时间"],
    [1, "一次性求职补贴", 1500, 2000.5, datetime(2024, 3, 1)],
    [2, "租房补贴", 0.5, "每季度800", None],
]


def parse(content: bytes, name: str = "补贴标准.xlsx") -> ParsedDocument:
    return parse_document(read_content(name, content))


def by_path(document: ParsedDocument) -> dict[str, str]:
    return {clause.path: document.text[clause.start : clause.end] for clause in document.clauses}


def test_a_sheet_gives_a_clause_a_row_and_its_title() -> None:
    document = parse(office.xlsx({"Sheet1": ROWS}, ["A1:E1", "A2:E2"]))
    assert document.title == "2024年星海市毕业生补贴标准一览表"
    assert by_path(document)["表1 第1行"] == "序号：1；补贴项目：一次性求职补贴；本科生：1500；硕士生：2000.5；发放时间：2024年3月1日"
    assert all(clause.headings == ("单位:元/人",) for clause in document.clauses if clause.kind == "body")


def test_a_row_is_one_quote_with_its_headings() -> None:
    for text in by_path(parse(office.xlsx({"Sheet1": ROWS}))).values():
        assert len(text) <= 400


def test_merged_headings_of_two_rows_are_joined() -> None:
    rows = [["学历", "标准", None, "期限"], [None, "市区", "县区", None], ["本科", 800, 1000, "3年"], ["硕士", 1500, 1700, None]]
    document = parse(office.xlsx({"补贴": rows}, ["A1:A2", "B1:C1", "D1:D2", "D3:D4"]))
    assert by_path(document)["表1 第2行"] == "学历：硕士；标准·市区：1500；标准·县区：1700；期限：3年"


def test_percentages_and_units_are_shown_as_the_sheet_shows_them() -> None:
    def change(workbook: Any) -> None:
        workbook.worksheets[0]["C5"].number_format = "0%"
        workbook.worksheets[0]["C4"].number_format = '#,##0"元"'

    clauses = by_path(parse(office.xlsx({"Sheet1": ROWS}, change=change)))
    assert "本科生：1500元" in clauses["表1 第1行"]
    assert "本科生：50%" in clauses["表1 第2行"]


def test_hidden_sheets_and_unsaved_formulas_are_told() -> None:
    def change(workbook: Any) -> None:
        workbook.worksheets[1].sheet_state = "hidden"
        workbook.worksheets[0]["D5"] = "=D4*2"

    source = read_xlsx("a.xlsx", office.xlsx({"Sheet1": ROWS, "底稿": [["机密项目", "机密数额"], ["甲", 1]]}, change=change))
    assert "机密" not in source.text
    assert "底稿" in source.notes[0]
    assert "1 个公式" in source.notes[1]


def test_several_sheets_are_headed_by_their_names() -> None:
    rows = [["项目", "标准"], ["求职补贴", "1500元"], ["租房补贴", "800元"]]
    document = parse(office.xlsx({"本科生补贴": rows, "研究生补贴": rows}), "人才补贴标准.xlsx")
    assert document.title == "人才补贴标准"
    assert [(clause.path, clause.headings) for clause in document.clauses] == [
        ("表1 第1行", ("本科生补贴",)),
        ("表1 第2行", ("本科生补贴",)),
        ("表2 第1行", ("研究生补贴",)),
        ("表2 第2行", ("研究生补贴",)),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_whatever_parts_its_columns_and_in_any_encoding(delimiter: str, encoding: str) -> None:
    lines = [["补贴项目", "本科生", "硕士生"], ["求职创业补贴", "1500元", '"2000元,;分两次"'], ["租房补贴", "每季度500元", "每季度800元"]]
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    clauses = by_path(parse(content, "补贴标准.csv"))
    assert clauses["表1 第1行"] == "补贴项目：求职创业补贴；本科生：1500元；硕士生：2000元,;分两次"
    assert clauses["表1 第2行"].endswith("硕士生：每季度800元")


def test_millions_of_cells_are_refused_before_they_are_built() -> None:
    sheet = b"<worksheet><sheetData>" + b'<row r="1"><c r="A1"><v>1</v></c></row>' * 450_000 + b"</sheetData></worksheet>"
    content = office.replaced(office.xlsx({"Sheet1": ROWS}), {"xl/worksheets/sheet1.xml": sheet + b"<!-- " + bytes(range(32, 127)) * 40 + b"-->"})
    with pytest.raises(DocumentRefused, match=r"格子太多|解压后"):
        read_xlsx("a.xlsx", content)


def test_a_cell_in_the_last_row_and_column_costs_nothing() -> None:
    def change(workbook: Any) -> None:
        workbook.worksheets[0]["XFD1048576"] = "远处"

    assert "远处" not in read_xlsx("a.xlsx", office.xlsx({"Sheet1": ROWS}, change=change)).text


def test_thousands_of_rows_are_all_taken() -> None:
    rows = [["岗位表"], ["序号", "单位", "岗位"], *([number, f"第{number}中学", "语文教师"] for number in range(1, 3_001))]
    document = parse(office.xlsx({"Sheet1": rows}))
    assert by_path(document)["表1 第3000行"] == "序号：3000；单位：第3000中学；岗位：语文教师"


def test_an_entity_in_a_sheet_is_refused() -> None:
    content = office.xlsx({"Sheet1": ROWS})
    sheet = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + office.part(content, "xl/worksheets/sheet1.xml")
    with pytest.raises(DocumentRefused, match="实体"):
        read_xlsx("a.xlsx", office.replaced(content, {"xl/worksheets/sheet1.xml": sheet}))


def test_an_empty_workbook_is_refused() -> None:
    with pytest.raises(DocumentRefused, match="没有找到有内容"):
        read_xlsx("a.xlsx", office.xlsx({"Sheet1": []}))


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"]))
def test_any_bytes_in_any_part_are_a_workbook_or_refused(content: bytes, name: str) -> None:
    try:
        assert read_xlsx("any.xlsx", office.replaced(_BOOK, {name: content})).text
    except DocumentRefused as refusal:
        assert str(refusal).startswith("any.xlsx：")


@settings(deadline=None)
@given(st.binary(max_size=300), st.text(alphabet=',;"\n\t毕业生补贴标准1', max_size=100))
def test_any_bytes_are_csv_or_refused(content: bytes, text: str) -> None:
    try:
        assert read_csv("any.csv", text.encode() + content).text
    except DocumentRefused as refusal:
        assert str(refusal).startswith("any.csv：")


_BOOK = office.xlsx({"Sheet1": ROWS})
