"""`zhiwen events` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import app
from tests.bot.typed import Command

pytestmark = pytest.mark.usefixtures("command_store")
run = Command().run
TABLE = "活动名称,城市,地点,开始时间\n冬季双选会,长沙,体育馆,2026-12-05 09:00\n夏季双选会,长沙,体育馆,2026-13-05\n"


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_a_table_is_imported_and_says_what_became_of_each_row(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(TABLE, encoding="utf-8")

    first, again = run("events", "import", path), run("events", "import", path)

    assert first.exit_code == 0, first.output
    assert "未收 第 3 行：没有这一天" in first.output
    assert "共 2 场：新增 1，更新 0，合并 0，未变 0，未收 1" in first.output
    assert "新增 0，更新 0，合并 0，未变 1，未收 1" in again.output


def test_the_summary_says_what_waits_and_why_and_a_source_is_trusted(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("活动名称,城市,开始时间,说明\n冬季双选会,长沙,2026-12-05,\n人才招聘会,长沙,2026-12-06,入场费每人50元\n", encoding="utf-8")

    taken = run("events", "import", path, "--source", "某公众号", "--untrusted")

    assert "待审 第 2 行：冬季双选会：来源“某公众号”还没有设为可信" in taken.output
    assert "待审 第 3 行：人才招聘会：像是要参加的人交钱：“入场费每人50元”" in taken.output
    assert "其中 2 场待审，0 场暂扣" in taken.output
    assert "某公众号" in run("events", "sources", "list").output
    assert "1 场等待中的活动已发布" in run("events", "sources", "trust", "某公众号").output
    assert "1 场自动发布的活动撤回待审" in run("events", "sources", "distrust", "某公众号").output


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", b""), ("a.csv", b"x,y\n1,2\n"), ("a.xlsx", b"PK\x03\x04broken"), ("a.ics", b"hello"), ("b.ics", b"\x00\x01\x02")]
)
def test_what_is_no_calendar_is_refused_in_one_line(tmp_path: Path, name: str, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(SystemExit) as stopped:
        app(["events", "import", str(path)])

    assert stopped.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
