"""`zhiwen staff`: the first administrator and everybody after, without a password on the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.cli import app
from core.database import create_database_engine, session_factory
from desk.staff.models import Staff

PASSWORD = "一个只在测试里用的密码"


@pytest.fixture
def zhiwen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Runs a command in this process and gives its status and output."""
    monkeypatch.setenv("ZHIWEN_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as left:
            app(list(arguments))
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out + said.err

    return run


def kept(tmp_path: Path) -> dict[str, Staff]:
    engine = create_database_engine(f"sqlite:///{tmp_path / 'zhiwen.db'}")
    with session_factory(engine)() as session:
        found = {row.name: row for row in session.query(Staff)}
    engine.dispose()
    return found


def test_accounts_are_made_listed_closed_and_opened(zhiwen, tmp_path: Path) -> None:
    assert "还没有账号" in zhiwen("staff", "list")[1]
    status, said = zhiwen("staff", "add", "admin", "--role", "administrator", "--stdin", typed=f"{PASSWORD}\n")
    assert (status, said.strip()) == (0, "已新建账号 admin（管理员）")
    zhiwen("staff", "add", "王老师", "--college", "计算机学院", "--no-password")

    assert kept(tmp_path)["admin"].password_hash.startswith("$argon2id$")
    assert (kept(tmp_path)["王老师"].password_hash, kept(tmp_path)["王老师"].college) == (None, "计算机学院")
    assert zhiwen("staff", "disable", "王老师")[0] == 0
    assert "已停用" in zhiwen("staff", "list")[1]
    assert zhiwen("staff", "enable", "王老师")[0] == 0 and kept(tmp_path)["王老师"].active


@pytest.mark.parametrize(
    ("arguments", "typed", "complaint"),
    [
        (("add", "admin", "--stdin"), "短\n", "密码太简单"),
        (("add", "有 空格", "--stdin"), f"{PASSWORD}\n", "登录名要有"),
        (("password", "没有这个人", "--stdin"), f"{PASSWORD}\n", "没有叫“没有这个人”的账号"),
        (("disable", "没有这个人"), "", "没有叫"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(zhiwen, arguments: tuple[str, ...], typed: str, complaint: str) -> None:
    status, said = zhiwen("staff", *arguments, typed=typed)

    assert status == 2
    assert complaint in said and len(said.strip().splitlines()) == 1


def test_a_name_that_is_taken_and_the_last_administrator_are_refused(zhiwen) -> None:
    zhiwen("staff", "add", "admin", "--role", "administrator", "--stdin", typed=f"{PASSWORD}\n")

    assert "已经有叫" in zhiwen("staff", "add", "ADMIN", "--stdin", typed=f"{PASSWORD}\n")[1]
    assert "最后一个管理员" in zhiwen("staff", "disable", "admin")[1]


def test_a_password_is_given_anew(zhiwen, tmp_path: Path) -> None:
    zhiwen("staff", "add", "admin", "--role", "administrator", "--stdin", typed=f"{PASSWORD}\n")
    before = kept(tmp_path)["admin"].password_hash

    assert zhiwen("staff", "password", "admin", "--stdin", typed="另一个很长的新密码啊\n")[0] == 0
    assert kept(tmp_path)["admin"].password_hash != before
