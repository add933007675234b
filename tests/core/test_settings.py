"""Settings from the environment, and the secret that is made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from core.settings import Settings


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No settings of the machine, no .env of the project."""
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "HOST", "PORT", "ACTION_PORT", "RASA_URL", "TODAY", "SECRET"):
        monkeypatch.delenv(f"ZHIWEN_{name}", raising=False)
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


def test_without_settings_everything_is_local() -> None:
    settings = Settings()
    assert settings.host == "127.0.0.1"
    assert settings.today is None
    assert settings.database_url == "sqlite:///var/zhiwen.db"


def test_the_environment_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHIWEN_TODAY", "2026-12-01")
    monkeypatch.setenv("ZHIWEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone@somewhere/zhiwen")
    settings = Settings()
    assert settings.today == date(2026, 12, 1)
    assert settings.home == tmp_path / "home"
    assert settings.database_url == "postgresql://someone@somewhere/zhiwen"


def test_variables_of_the_machine_that_are_called_like_a_setting_are_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "HOST", "SECRET"):
        monkeypatch.setenv(name, "/somewhere/else")
    settings = Settings()
    assert (settings.home, settings.host, settings.secret) == (Path("var"), "127.0.0.1", None)


def test_an_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ZHIWEN_PORT=8123\nUNKNOWN=stays unread\n", encoding="utf-8")
    assert Settings().port == 8123


@pytest.mark.parametrize(("name", "value"), [("ZHIWEN_PORT", "70000"), ("ZHIWEN_PORT", "eight"), ("ZHIWEN_TODAY", "2026-13-01")])
def test_a_wrong_setting_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_the_home_folder_is_made_for_the_database(tmp_path: Path) -> None:
    home = tmp_path / "not" / "there"
    assert Settings(home=home).database_url == f"sqlite:///{home / 'zhiwen.db'}"
    assert home.is_dir()


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    first, second = Settings(home=tmp_path / "home"), Settings(home=tmp_path / "home")
    assert first.signing_secret == second.signing_secret
    assert len(first.signing_secret) >= 48


def test_only_its_owner_can_read_the_secret(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert settings.signing_secret
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_many_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(lambda _: Settings(home=tmp_path).signing_secret, range(16)))
    assert len(secrets) == 1
    assert "" not in secrets


def test_a_given_secret_leaves_no_file(tmp_path: Path) -> None:
    assert Settings(home=tmp_path, secret="given").signing_secret == "given"
    assert not (tmp_path / "secret").exists()
