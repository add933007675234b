"""`zhiwen ingest` as it is typed: folders and archives in, a table of what became of them out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.cli.console import UserError
from bot.cli.ingest import ingest
from tests.knowledge.ingest import office, pages
from tests.knowledge.papers import GANSU, LIST

TABLE = [["补贴项目", "本科生", "硕士生"], ["求职补贴", "1500元", "2000元"], ["租房补贴", "500元", "800元"]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHIWEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a bit of everything."""
    root = tmp_path / "文件"
    root.mkdir()
    (root / "通知.html").write_text(pages.GOVERNMENT, encoding="utf-8")
    (root / "清单.docx").write_bytes(office.docx(lambda document: [document.add_paragraph(line) for line in LIST.splitlines()]))
    (root / "标准.zip").write_bytes(office.archive({"人才补贴标准.xlsx": office.xlsx({"Sheet1": TABLE})}))
    (root / "旧文件.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (root / "脚本.js").write_text("alert(1)", encoding="utf-8")
    return root


def documents_in(home: Path) -> int:
    database = sqlite3.connect(home / "zhiwen.db")
    try:
        return int(database.execute("select count(*) from documents").fetchone()[0])
    finally:
        database.close()


def test_a_folder_is_taken_whole_and_what_was_not_is_told_with_its_remedy(home: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UserError, match="有 1 份没有收进来"):
        ingest([folder])
    said = capsys.readouterr().out
    assert "新增 通知.html：《甘肃省教育厅关于做好2024届高校毕业生就业服务工作的通知》" in said
    assert "新增 标准.zip/人才补贴标准.xlsx" in said
    assert "旧版 Office 文件（DOC），请用 Word 或 WPS 打开，另存为 DOCX" in said
    assert "（.js 1 个）：脚本.js" in said
    assert "共 4 份：新增 3，新版本 0，未变 0，未收 1，跳过 1" in said
    assert documents_in(home) == 3


def test_a_preview_shows_the_clauses_and_writes_nothing(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paper.txt").write_text(GANSU, encoding="utf-8")
    ingest([tmp_path / "paper.txt"], dry_run=True)
    said = capsys.readouterr().out
    assert "甘教就函〔2023〕18号" in said
    assert "主要任务 › 发放求职补贴" in said
    assert "什么都没有写入" in said
    assert not home.exists()


def test_a_folder_without_anything_to_read_is_told_with_what_is_in_it(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "空" / "a.js").write_text("1", encoding="utf-8")
    with pytest.raises(UserError, match="没有找到能读的文件"):
        ingest([tmp_path / "空"])
    assert ".js 1 个" in capsys.readouterr().out
    assert not home.exists()


def test_a_database_that_cannot_be_opened_is_said_in_one_line(home: Path, folder: Path) -> None:
    home.mkdir()
    (home / "zhiwen.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(UserError, match="数据库用不了") as failure:
        ingest([folder / "清单.docx"])
    assert failure.value.status == 1
