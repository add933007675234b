"""An official account in all its parts over HTTP: the application, a Rasa that does as it is told, and WeChat's servers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.app import create_app
from bot.limits import Limits
from bot.models import Message
from core.settings import Settings
from tests.bot.conftest import client, command_store, limits, prepared_home, rasa
from tests.bot.servers import RasaStandIn, free_port, served
from tests.wechat.stand_in.program import Wechat
from tests.wechat.stand_in.sending import ATTEMPT_SECONDS, Account

__all__ = ["client", "command_store", "limits", "prepared_home", "rasa"]

OLDER_KEY = "0123456789ABCDEFGabcdefghijklmnopqrstuvwxyz"

Serve = Callable[..., AbstractContextManager[Settings]]
"""Serves an application with settings of a test's choice beside the usual ones."""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def account(port: int) -> Account:
    return Account(f"http://127.0.0.1:{port}/wechat")


@pytest.fixture
def attempt_seconds() -> float:
    """How long WeChat waits for an answer."""
    return ATTEMPT_SECONDS


@pytest.fixture
def wechat(account: Account, attempt_seconds: float) -> Iterator[Wechat]:
    """WeChat's servers, which deliver to `port`."""
    running = Wechat(account, attempt_seconds)
    yield running
    running.close()


@pytest.fixture
def serve(
    port: int, account: Account, wechat: Wechat, migrated_url: str, tmp_path: Path, rasa: RasaStandIn, prepared_home: Path, limits: Limits
) -> Serve:
    shutil.copytree(prepared_home, tmp_path / "home", dirs_exist_ok=True)

    @contextmanager
    def serve(**changed: Any) -> Iterator[Settings]:
        usual = {
            "home": tmp_path / "home",
            "database": migrated_url,
            "rasa_url": rasa.url,
            "secret": "a secret of the tests",
            "wechat_app_id": account.app_id,
            "wechat_token": account.token,
            "wechat_aes_key": account.aes_key,
            "wechat_app_secret": wechat.record.service.secret,
            "wechat_api_base": wechat.url,
        }
        settings = Settings(_env_file=None, **{**usual, **changed})
        app = create_app(settings, limits, page_folder=tmp_path / "page", console_folder=tmp_path / "console")
        with served(app, port):
            yield settings

    return serve


@pytest.fixture
def served_account(serve: Serve) -> Iterator[Settings]:
    """The application with the usual settings: an account that may send."""
    with serve() as settings:
        yield settings


@dataclass
class Kept:
    """What the application's database holds."""

    engine: Engine

    def all(self, table: type[Any]) -> list[Any]:
        """Every row of a table."""
        with Session(self.engine) as session:
            return list(session.scalars(select(table)))

    def said(self, role: str = "user") -> list[str]:
        """The messages of the graduates, or of others, in the order of their coming."""
        return [message.text for message in sorted(self.all(Message), key=lambda row: row.created_at) if message.role == role]


@pytest.fixture
def kept(migrated_engine: Engine) -> Kept:
    return Kept(migrated_engine)
