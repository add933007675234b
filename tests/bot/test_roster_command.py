"""`zhiwen roster` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.typed import Command

_command = Command("roster")
said, refusal, run = _command.said, _command.refusal, _command.run


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def store(command_store: str) -> None:
    """The commands' own store."""


def test_a_roster_comes_in_once_and_goes_out_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text("学号,姓名,学院,爱好\n20270001,林小满,文学院,书\n20270002,,文学院,\n", encoding="utf-8")
    first = said("import", str(path))
    assert "第 3 行" in first and "缺少姓名" in first and "爱好" in first and "新建档案 1 份" in first
    assert "新建档案 0 份，更新 0 份，没有变化 1 份" in said("import", str(path))

    for name in ("台账.csv", "台账.xlsx"):
        out = tmp_path / name
        said("export", str(out))
        assert "新建档案 0 份，更新 0 份，没有变化 1 份，没有收 0 行" in said("import", str(out))
        assert "已经存在" in refusal("export", str(out))


@pytest.mark.parametrize("name", ["没有.csv", "空.csv"])
def test_what_is_no_roster_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "空.csv").write_text("a,b\n", encoding="utf-8")
    assert name in refusal("import", str(tmp_path / name))
    assert "只能导出" in refusal("export", str(tmp_path / "台账.doc"))
