"""Every format gives the same rows: CSV in any encoding and with any sign between, workbooks as people make them, JSON in three shapes."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from knowledge.errors import DocumentRefused
from knowledge.postings.reading import Row, read_rows

HEADINGS = ["职位名称", "单位名称", "工作城市", "薪资", "职位描述"]
ROWS = [
    ["会计", "晴川商贸有限公司", "长沙", "6-9K", "负责日常核算与纳税申报，协助年度审计工作。"],
    ["出纳", "晴川商贸有限公司", "武汉", "面议", "每日收付款项\n登记日记账，整理银行单据。"],
]
WANTED = [dict(zip(HEADINGS, row, strict=True)) for row in ROWS]


def quoted(sign: str = ",") -> str:
    lines = [sign.join(f'"{cell}"' if sign in cell or "\n" in cell else cell for cell in row) for row in [HEADINGS, *ROWS]]
    return "\r\n".join(lines) + "\r\n"


def cells(path: Path) -> list[dict[str, str]]:
    return [row.cells for row in read_rows(path)]


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gb2312", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_text_in_any_encoding_with_any_sign(tmp_path: Path, encoding: str, sign: str) -> None:
    assert cells(saved(tmp_path, "岗位.csv", quoted(sign).encode(encoding))) == WANTED


def test_text_in_big5(tmp_path: Path) -> None:
    text = "職位名稱,單位名稱,工作城市,薪資\n會計,晴川商貿有限公司,長沙,面議\n出納,晴川商貿有限公司,武漢,面議\n"

    assert cells(saved(tmp_path, "崗位.csv", text.encode("big5")))[0]["單位名稱"] == "晴川商貿有限公司"


def test_the_encoding_is_known_though_chinese_comes_late(tmp_path: Path) -> None:
    head = "title,employer,city,salary\n" + "clerk,ACME,Wuhan,6-9K\n" * 60_000
    content = (head + "会计,晴川商贸有限公司武汉分公司,长沙,面议\n").encode("gb18030")

    assert cells(saved(tmp_path, "岗位.csv", content))[-1]["employer"] == "晴川商贸有限公司武汉分公司"


def test_lines_are_counted_where_rows_begin(tmp_path: Path) -> None:
    path = saved(tmp_path, "岗位.csv", quoted() + "审计,晴川,长沙,面议,年报\r\n")

    assert [row.line for row in read_rows(path)] == [2, 3, 5]


def test_titles_above_and_blank_lines_between_are_passed_over(tmp_path: Path) -> None:
    path = saved(tmp_path, "岗位.csv", "2027届招聘汇总,,,,\n填表日期：2026年11月,,,,\n" + quoted() + "\n,,,,\n" + ",".join(HEADINGS) + "\n")

    assert cells(path) == WANTED


def test_what_stands_behind_the_last_column_is_kept_apart(tmp_path: Path) -> None:
    path = saved(tmp_path, "岗位.csv", ",".join(HEADINGS) + "\n会计,晴川,长沙,6-9K,核算,报税,开票\n")

    assert [row.surplus for row in read_rows(path)] == [("报税", "开票")]


def test_a_byte_that_breaks_the_encoding_stays_with_its_row(tmp_path: Path) -> None:
    content = quoted().encode() + b"\xff\xfe\xfd," + "晴川,长沙,面议,核算\n审计,晴川,长沙,面议,年报\n".encode()

    assert ["\ufffd" in "".join(row.values()) for row in cells(saved(tmp_path, "岗位.csv", content))] == [False, False, True, False]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("空.csv", b"", "空的"),
        ("表.csv", "甲,乙\n1,2\n".encode(), "没有找到认得的表头"),
        ("表.csv", (",".join(HEADINGS) + '\n"会计,晴川,长沙,面议,核算\n出纳,晴川,武汉,面议,收付\n').encode(), "第 2 行附近的引号没有配对"),
        ("旧.xls", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "另存为 XLSX"),
        ("坏.xlsx", b"PK\x03\x04" + b"\x00" * 600, "坏"),
        ("网页.csv", b"<html><table></table></html>", "不是表格"),
        ("坏.json", b'{"data": [{"title": "a"}, {"title": ', "不是完整的 JSON"),
        ("空.json", b'{"data": []}', "没有岗位"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(DocumentRefused, match=says) as refusal:
        list(read_rows(saved(tmp_path, name, content)))

    assert name in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="没有这个文件"):
        read_rows(tmp_path / "无.csv")


# JSON


@pytest.mark.parametrize(
    "shape",
    [
        lambda rows: json.dumps(rows, ensure_ascii=False),
        lambda rows: json.dumps(rows, ensure_ascii=True, indent=2),
        lambda rows: json.dumps({"code": 0, "data": rows}, ensure_ascii=False),
        lambda rows: json.dumps({"data": {"total": 2, "list": rows}, "message": "ok"}, ensure_ascii=False, indent=1),
        lambda rows: "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n",
        lambda rows: "\ufeff" + json.dumps(rows, ensure_ascii=False),
    ],
    ids=["list", "indented", "data", "deeper", "lines", "mark"],
)
def test_json_in_any_shape(tmp_path: Path, shape: object) -> None:
    assert cells(saved(tmp_path, "岗位.json", shape(WANTED))) == WANTED  # type: ignore[operator]


def test_lists_and_objects_within_are_flattened(tmp_path: Path) -> None:
    row = {
        "title": "会计",
        "company": {"name": "晴川", "id": 7},
        "city": ["长沙", "武汉"],
        "salary": {"min": 6000.0, "max": 9000},
        "note": None,
        "hot": True,
    }

    [found] = cells(saved(tmp_path, "岗位.json", json.dumps([row])))

    assert found == {
        "title": "会计",
        "company.name": "晴川",
        "company.id": "7",
        "city": "长沙、武汉",
        "salary.min": "6000",
        "salary.max": "9000",
        "hot": "是",
    }


def test_a_broken_line_is_one_row_and_the_rest_goes_on(tmp_path: Path) -> None:
    lines = [json.dumps(WANTED[0]), json.dumps(WANTED[1]), '{"职位名称": ', json.dumps(WANTED[0])]

    rows = list(read_rows(saved(tmp_path, "岗位.jsonl", "\n".join(lines))))

    assert [(row.line, bool(row.problem)) for row in rows] == [(1, False), (2, False), (3, True), (4, False)]


def test_json_lines_are_counted(tmp_path: Path) -> None:
    rows = list(read_rows(saved(tmp_path, "岗位.json", '[\n {"title": "a",\n  "employer": "b"},\n {"title": "c"}\n]')))

    assert [row.line for row in rows] == [2, 4]


# Workbooks


def workbook(folder: Path, *sheets: tuple[str, list[list[object]], list[str]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for title, rows, merged in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for reference in merged:
            sheet.merge_cells(reference)
    path = folder / "岗位.xlsx"
    book.save(path)
    return path


def test_a_workbook_with_a_merged_title_and_merged_employers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["晴川集团2027届校园招聘需求表"],
        ["填表人：", "王老师"],
        ["序号", "单位名称", "岗位名称", "工作地点", "月薪", "截止日期", "人数"],
        [1, "晴川商贸有限公司", "会计", "长沙", 8000.0, datetime(2027, 1, 15), 3],
        [2, None, "出纳", "长沙", "6-9K", 46402, 2.0],
        [3, "晴川物流有限公司", "仓管", "武汉", None, None, None],
    ]
    found = list(read_rows(workbook(tmp_path, ("Sheet1", rows, ["A1:G1", "B4:B5"]))))

    assert [row.line for row in found] == [4, 5, 6]
    assert [row.cells["单位名称"] for row in found] == ["晴川商贸有限公司", "晴川商贸有限公司", "晴川物流有限公司"]
    assert (found[0].cells["月薪"], found[0].cells["截止日期"], found[1].cells["截止日期"], found[1].cells["人数"]) == (
        "8000",
        "2027-01-15",
        "46402",
        "2",
    )


def test_every_sheet_with_headings_is_read(tmp_path: Path) -> None:
    head: list[object] = list(HEADINGS)
    path = workbook(tmp_path, ("说明", [["请如实填写"]], []), ("长沙", [head, list(ROWS[0])], []), ("武汉", [["武汉岗位"], head, list(ROWS[1])], []))

    found: list[Row] = list(read_rows(path))

    assert [(row.sheet, row.line, row.cells) for row in found] == [("长沙", 2, WANTED[0]), ("武汉", 3, WANTED[1])]


def test_a_workbook_without_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused, match="没有找到认得的表头"):
        list(read_rows(workbook(tmp_path, ("一", [["甲", "乙"], [1, 2]], []))))
