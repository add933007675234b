"""`zhiwen backup` and `zhiwen restore` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.typed import Command

backup, restore, roster = Command("backup"), Command("restore"), Command("roster")


@pytest.fixture
def backend() -> str:
    return "sqlite"


def test_what_was_backed_up_is_there_again_in_another_place(command_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = tmp_path / "名册.csv"
    names.write_text("学号,姓名,学院\n20270001,林小满,文学院\n", encoding="utf-8")
    roster.said("import", names)
    file = tmp_path / "备份.zip"
    assert "请妥善保管" in backup.said(file)
    assert "不会覆盖" in backup.refusal(file)
    backup.said(file, "--force")
    assert "只能恢复到空的地方" in restore.refusal(file)

    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    monkeypatch.setenv("ZHIWEN_HOME", str(tmp_path / "new"))
    assert "行数和校验值都与备份一致" in restore.said(file)
    assert "没有变化 1 份" in roster.said("import", names)


def test_what_is_no_backup_is_one_line(command_store: str, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("x")
    for name in ("x.zip", "missing.zip"):
        assert name in restore.refusal(tmp_path / name)
    assert "没有可以备份" not in backup.said(tmp_path / "b.zip")
