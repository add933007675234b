"""`zhiwen postings` as it is typed: import with its report, sources, and an import that is killed and run again."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core.database import create_database_engine, session_factory
from knowledge.postings.models import Posting, PostingOrigin, PostingSource
from tests.bot.typed import Command
from tests.knowledge.postings.made_rows import written

TODAY = date(2026, 12, 1)
PROJECT = Path(__file__).resolve().parents[2]
_command = Command("postings")
said, refused = _command.said, _command.refusal


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def store(command_store: str) -> str:
    return command_store


def stored(url: str) -> int:
    engine = create_database_engine(url)
    with session_factory(engine)() as session:
        count = session.scalar(select(func.count()).select_from(Posting)) or 0
    engine.dispose()
    return count


ROWS = ({}, {"external_id": "A2", "title": ""}, {"external_id": "A3", "city": ""}, {"external_id": "A4", "title": "审计", "description": "限男性。"})


def test_the_report_counts_and_says_of_each_row_why(tmp_path: Path, store: str) -> None:
    shown = said("import", written(tmp_path, *ROWS))

    assert "未收 第 3 行（A2，晴川商贸有限公司）：缺少职位名称" in shown
    assert "收下待审 第 4 行（A3，会计，晴川商贸有限公司）：没有写工作城市" in shown
    assert "暂扣 第 5 行" in shown
    assert "共 4 行。" in shown
    assert stored(store) == 3


def test_the_whole_report_as_csv_runs_no_formulas(tmp_path: Path) -> None:
    report = tmp_path / "结果.csv"

    said("import", written(tmp_path, {"title": "=HYPERLINK(1)"}, {"external_id": "A2", "title": ""}), "--report", report)

    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["行"], row["结果"], row["原因"]) for row in rows] == [("2", "收下并发布", ""), ("3", "未收", "缺少职位名称")]
    assert rows[0]["职位"] == "'=HYPERLINK(1)"


def test_the_result_as_json(tmp_path: Path) -> None:
    found = json.loads(said("import", written(tmp_path, *ROWS), "--json"))

    assert found["total"] == 4
    assert {name: count for name, count in found["counts"].items() if count} == {"published": 1, "waiting": 1, "held": 1, "refused": 1}
    assert [(row["line"], row["result"]) for row in found["rows"]] == [(3, "refused"), (4, "waiting"), (5, "held")]


def test_a_dry_run_writes_nothing(tmp_path: Path, store: str) -> None:
    assert "什么都没有写入" in said("import", written(tmp_path, *ROWS), "--dry-run")
    assert stored(store) == 0


def test_columns_named_on_the_command_line_are_remembered_for_the_source(tmp_path: Path, store: str) -> None:
    path = tmp_path / "表.csv"
    path.write_text("甲,乙,丙\n会计,晴川商贸有限公司,长沙\n", encoding="utf-8")

    said("import", path, "--source", "某校", "--map", "甲=职位名称", "--map", "乙=employer", "--map", "丙=城市")

    assert "未变" in said("import", path, "--source", "某校")
    assert "甲＝职位名称" in said("sources", "list")


def test_a_file_without_a_source_is_told_apart_by_its_name(tmp_path: Path) -> None:
    said("import", written(tmp_path, {"source": ""}, name="岗位表终稿3.csv"))

    assert "学校导入（岗位表终稿3）" in said("sources", "list")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--map", "甲"], "列名=字段"),
        (["--map", "甲=星座"], "“星座”不认识"),
        (["--report", "/无/此/处.csv"], "报告写不进"),
    ],
)
def test_misuse_is_answered_in_one_line(tmp_path: Path, store: str, arguments: list[str], says: str) -> None:
    line = refused("import", written(tmp_path, {}), *arguments)

    assert says in line
    assert "\n" not in line
    assert stored(store) == 0


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    assert "没有这个文件" in refused("import", tmp_path / "无.csv")


def test_a_file_of_which_nothing_can_be_taken_is_an_error(tmp_path: Path) -> None:
    assert "一行也没有收进来" in refused("import", written(tmp_path, {"title": ""}))


def test_sources_are_listed_distrusted_and_trusted(tmp_path: Path) -> None:
    said("import", written(tmp_path, {}), "--untrusted")

    assert "不可信" in said("sources", "list")
    assert "1 个等待中的岗位已发布" in said("sources", "trust", "校就业网")
    assert "1 个自动发布的岗位撤回待审" in said("sources", "distrust", "校就业网")


def test_an_import_that_is_killed_goes_on_where_it_was(tmp_path: Path, store: str) -> None:
    rows = 3_000
    path = written(tmp_path, *({"external_id": f"A{number}", "title": f"会计{number}号岗"} for number in range(rows)))
    command = [sys.executable, "-c", "from bot.cli.main import app; app()", "postings", "import", str(path)]
    worker = subprocess.Popen(command, cwd=PROJECT, env={**os.environ, "PYTHONPATH": str(PROJECT)}, stdout=subprocess.DEVNULL)
    try:
        _wait_until(lambda: 0 < stored(store) < rows, worker)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    left = stored(store)
    assert 0 < left < rows
    assert left % 500 == 0

    found = json.loads(said("import", path, "--json"))

    assert found["counts"]["unchanged"] >= left
    assert found["counts"]["unchanged"] + found["counts"]["published"] == rows
    engine = create_database_engine(store)
    with session_factory(engine)() as session:
        assert session.scalar(select(func.count()).select_from(Posting)) == rows
        assert session.scalar(select(func.count()).select_from(PostingOrigin)) == rows
        assert session.scalars(select(PostingSource.name)).all() == ["校就业网"]
    engine.dispose()


def _wait_until(condition: object, worker: subprocess.Popen[bytes]) -> None:
    while not condition():  # type: ignore[operator]
        assert worker.poll() is None, "the import was over before it could be killed"
        time.sleep(0.02)
