"""`zhiwen postings check` and the reviewers' commands as they are typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.bot.typed import Command

pytestmark = pytest.mark.usefixtures("command_store")
_command = Command("postings")
run, said, refusal = _command.run, _command.said, _command.refusal
ROWS: list[dict[str, Any]] = [
    {"id": "A1", "title": "会计", "employer": "示例甲公司", "city": "长沙", "salary": "6-8K", "description": "负责核算，男女不限。"},
    {"id": 2, "title": "前台", "employer": "示例甲公司", "city": "长沙", "salary": "5K", "description": "限女性，未婚，30岁以下。"},
    {
        "id": "A3",
        "title": "销售",
        "employer": "示例乙公司",
        "city": "长沙",
        "salary": "5K",
        "description": "年龄30岁以下。",
        "violations": [{"phrase": "限女性"}],
    },
]


@pytest.fixture
def backend() -> str:
    return "sqlite"


def checked(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said("check", str(path), "--json").splitlines()]


def lines_file(path: Path, *without: str) -> Path:
    kept = [{name: value for name, value in row.items() if name not in without} for row in ROWS]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept), encoding="utf-8")
    return path


def test_each_row_of_json_lines_gets_its_findings_and_keeps_its_id(tmp_path: Path) -> None:
    rows = checked(lines_file(tmp_path / "岗位.jsonl"))
    assert [(row["id"], row["decision"]) for row in rows] == [("A1", "pass"), (2, "hold"), ("A3", "review")]
    found = rows[1]["violations"]
    assert {(one["kind"], one["field"], one["certain"]) for one in found} == {
        ("gender", "description", True),
        ("marital_childbirth", "description", True),
        ("age_illegitimate", "description", False),
    }
    assert all(one["phrase"] in ROWS[1]["description"] and one["reason"] and one["laws"] for one in found)


@pytest.mark.parametrize("shape", [lambda rows: rows, lambda rows: {"data": rows}, lambda rows: rows[1]])
def test_other_shapes_of_json_are_read_alike(tmp_path: Path, shape: Any) -> None:
    path = tmp_path / "岗位.json"
    path.write_text(json.dumps(shape(ROWS), ensure_ascii=False), encoding="utf-8")
    assert [row["decision"] for row in checked(path) if row["id"] == 2] == ["hold"]


def test_tables_are_read_by_their_chinese_columns(tmp_path: Path) -> None:
    heading = ["编号", "岗位名称", "单位名称", "学历要求", "岗位描述", "备注"]
    cells = ["7", "行政", "示例甲公司", "985本科", "处理文书", "仅招男生"]
    path = tmp_path / "岗位.csv"
    path.write_bytes("\r\n".join([",".join(heading), ",".join(cells)]).encode("gb18030"))
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(heading)
    sheet.append(cells)
    book.save(tmp_path / "岗位.xlsx")

    for name in ("岗位.csv", "岗位.xlsx"):
        (row,) = checked(tmp_path / name)
        assert row["id"] == "7"
        assert {(one["kind"], one["field"]) for one in row["violations"]} == {("school_tier", "学历要求"), ("gender", "备注")}


def test_a_row_without_a_title_is_for_a_person(tmp_path: Path) -> None:
    path = tmp_path / "岗位.jsonl"
    path.write_text('{"id": "A1", "title": " ", "description": "记账"}\n[1]\n{"id": "A2", "title": "会计"}\n', encoding="utf-8")
    rows = checked(path)
    assert [(row["id"], row["decision"]) for row in rows] == [("A1", "review"), ("2", "review"), ("A2", "pass")]
    assert all(row["problems"] for row in rows[:2])


@pytest.mark.parametrize("content", [b"", b"{", b"hello", b'["a"]', b"\xff\xfe\x00"])
def test_a_file_that_is_none_is_one_line_and_status_2(tmp_path: Path, content: bytes) -> None:
    for name in ("岗位.json", "岗位.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        assert name in refusal("check", str(path), "--json")


def test_a_missing_file_is_said() -> None:
    assert "没有这个文件" in refusal("check", "没有.csv")


def test_without_json_a_table_is_printed(tmp_path: Path) -> None:
    table = said("check", str(lines_file(tmp_path / "岗位.jsonl")))
    assert "性别限制：“限女性”" in table
    assert "共 3 条：通过 1，暂扣 1，待人工 1" in table


def test_what_was_imported_goes_through_the_queue(tmp_path: Path) -> None:
    said("import", str(lines_file(tmp_path / "岗位.jsonl", "violations")), "--source", "测试")
    waiting = json.loads(said("queue", "--json"))
    assert [(line["title"], line["status"]) for line in waiting["items"]] == [("销售", "waiting"), ("前台", "held")]
    sales, desk = (str(line["id"]) for line in waiting["items"])
    assert "前台" in said("queue", "--kind", "性别限制")
    assert "销售" not in said("queue", "--kind", "gender")

    said("pass", sales, "--by", "王老师", "--reason", "年龄要求已由单位说明")
    said("reject", desk, "--by", "王老师", "--reason", "限定性别")

    assert "没有等着处理的岗位" in said("queue")
    shown = said("show", desk)
    assert "已驳回" in shown
    assert "性别限制：“限女性”（description）" in shown
    assert "王老师" in shown


def test_the_same_row_imported_again_leaves_a_decision_and_a_changed_one_comes_back(tmp_path: Path) -> None:
    path = lines_file(tmp_path / "岗位.jsonl")
    said("import", str(path), "--source", "测试")
    clean = next(line for line in json.loads(said("queue", "--status", "published", "--json"))["items"])
    said("hold", str(clean["id"]), "--by", "王老师", "--reason", "单位电话打不通")

    said("import", str(path), "--source", "测试")
    assert "暂扣" in said("show", str(clean["id"])).split("状态：")[1][:4]

    ROWS_CHANGED = [{**ROWS[0], "description": "负责核算与报税，男女不限。"}]
    path.write_text(json.dumps(ROWS_CHANGED, ensure_ascii=False), encoding="utf-8")
    said("import", str(path), "--source", "测试")
    assert "待审" in said("show", str(clean["id"])).split("状态：")[1][:4]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "99"), "没有编号为 99"),
        (("pass", "99"), "没有编号为 99"),
        (("hold", "99"), "写明理由"),
        (("queue", "--kind", "长相"), "没有“长相”"),
        (("queue", "--status", "丢了"), "没有“丢了”"),
    ],
)
def test_misuse_is_one_chinese_line_and_status_2(arguments: tuple[str, ...], words: str) -> None:
    assert words in refusal(*arguments)
