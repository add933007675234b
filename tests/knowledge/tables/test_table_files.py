"""What all readers of table files rely on: columns parted, lines counted, cells that do no harm."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.tables.cells import as_text, csv_line, unguarded
from knowledge.tables.delimited import BrokenQuotes, delimiter_of, read_delimited
from knowledge.tables.workbooks import opened_workbook, sheet_rows, visible_sheets


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("甲,乙\n1,2\n", ","),
        ("甲;乙\n1,5;2,5\n3,5;4\n", ";"),
        ("某校招聘信息\n请如实填写，谢谢\n制表：就业处\n甲\t乙\t丙\n1\t2\t3\n", "\t"),
        ("sep=|\n甲,一|乙\n1|2\n", "|"),
        ("说明\n先看通知，再填表\n不用打印\n当天交\n", ","),
    ],
)
def test_the_sign_that_parts_most_rows_alike_parts_the_columns(text: str, delimiter: str) -> None:
    assert delimiter_of(text)[0] == delimiter


def test_a_row_over_several_lines_is_counted_by_its_first() -> None:
    rows = read_delimited(io.StringIO('\ufeff甲,乙\n"一\n二",2\n3,4\n', newline=""))

    assert list(rows) == [(1, ["甲", "乙"]), (2, ["一\n二", "2"]), (4, ["3", "4"])]


def test_a_quotation_that_never_closes_says_where_it_begins() -> None:
    with pytest.raises(BrokenQuotes) as broken:
        list(read_delimited(io.StringIO('甲,乙\n1,2\n3,"4\n5,6\n', newline="")))

    assert broken.value.line == 3


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("='+-@\t")), min_size=1, max_size=4))
def test_what_is_guarded_comes_back_and_begins_no_formula(cells: list[str]) -> None:
    _, written = next(read_delimited(io.StringIO("sep=,\n" + csv_line(cells), newline="")))

    assert [unguarded(cell) for cell in written] == cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in written)


def test_merged_cells_stand_in_every_row_that_they_cover_and_hidden_sheets_in_none() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("城市", "名称"), ("长沙", "甲"), (None, "乙"), (3.0, datetime(2026, 12, 5))):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.create_sheet("内部").sheet_state = "hidden"
    content = io.BytesIO()
    book.save(content)

    with opened_workbook("表.xlsx", content.getvalue()) as opened:
        [shown] = visible_sheets(opened)
        rows = list(sheet_rows(shown, content.getvalue()))

    assert rows == [(1, ["城市", "名称"]), (2, ["长沙", "甲"]), (3, ["长沙", "乙"]), (4, ["3", "2026-12-05"])]


@pytest.mark.parametrize(("value", "text"), [("#N/A", ""), ("#REF!", ""), (True, "是"), (0.1 + 0.2, "0.3"), (None, "")])
def test_a_value_is_said_as_a_reader_of_the_sheet_sees_it(value: object, text: str) -> None:
    assert as_text(value) == text
