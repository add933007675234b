"""The chat application on a real database behind a real socket, with a Rasa that does as it is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from bot.app import create_app
from bot.limits import Limits
from core.settings import Settings
from knowledge.service import prepare
from tests.bot.servers import RasaStandIn, served
from tests.waiting import PATIENCE

FIVE_SECONDS = 5.0


@dataclass
class Talk:
    """One conversation over the chat API."""

    base: str
    client: httpx.Client
    token: str = ""
    session_id: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def begin(self) -> Talk:
        opened = self.client.post(f"{self.base}/api/chat/sessions")
        assert opened.status_code == 201, opened.text
        self.token, self.session_id = opened.json()["token"], opened.json()["session_id"]
        self.headers = {"Authorization": f"Bearer {self.token}"}
        return self

    def post(self, text: str, client_id: str | None = None, **headers: str) -> httpx.Response:
        body = {"text": text, "client_id": client_id or str(uuid4())}
        # Escaped, as a browser may send it: half of a surrogate pair cannot be sent otherwise.
        content = json.dumps(body).encode()
        sent = {**self.headers, "Content-Type": "application/json", **headers}
        return self.client.post(f"{self.base}/api/chat/messages", content=content, headers=sent)

    def say(self, text: str, client_id: str | None = None) -> list[dict[str, Any]]:
        response = self.post(text, client_id)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def history(self, after: int = 0) -> list[dict[str, Any]]:
        response = self.client.get(f"{self.base}/api/chat/messages", params={"after": after}, headers=self.headers)
        assert response.status_code == 200, response.text
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages

    def events(self, last_seen: int | None = None) -> Iterator[dict[str, Any]]:
        """The messages of the event stream, for as long as one looks at it."""
        headers = dict(self.headers) if last_seen is None else {**self.headers, "Last-Event-ID": str(last_seen)}
        with self.client.stream("GET", f"{self.base}/api/chat/events", headers=headers) as response:
            assert response.status_code == 200, response.read()
            for line in response.iter_lines():
                if line.startswith("data: "):
                    yield json.loads(line.removeprefix("data: "))


@pytest.fixture
def rasa() -> Iterator[RasaStandIn]:
    stand_in = RasaStandIn()
    stand_in.start()
    yield stand_in
    stand_in.stop()


@pytest.fixture(scope="session")
def prepared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder as `zhiwen serve` leaves it before it starts the app: with the vectors of the built-in entries, which take seconds."""
    home = tmp_path_factory.mktemp("prepared")
    prepare(Settings(_env_file=None, home=home))
    return home


@pytest.fixture
def settings(migrated_url: str, tmp_path: Path, rasa: RasaStandIn, prepared_home: Path) -> Settings:
    shutil.copytree(prepared_home, tmp_path / "home", dirs_exist_ok=True)
    return Settings(_env_file=None, home=tmp_path / "home", database=migrated_url, rasa_url=rasa.url, secret="a secret of the tests")


@pytest.fixture
def command_store(migrated_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Commands that are typed in the test meet this database, on 1 December 2026, on a wide screen."""
    settings = {"DATABASE_URL": migrated_url, "ZHIWEN_HOME": str(tmp_path / "home"), "ZHIWEN_TODAY": "2026-12-01", "COLUMNS": "300"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return migrated_url


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture
def app(settings: Settings, limits: Limits, tmp_path: Path) -> FastAPI:
    return create_app(settings, limits, page_folder=tmp_path / "page", console_folder=tmp_path / "console")


@pytest.fixture
def base(app: FastAPI) -> Iterator[str]:
    """The address of the running application."""
    with served(app) as address:
        yield address


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=PATIENCE, trust_env=False) as client:
        yield client


@pytest.fixture
def begin(base: str, client: httpx.Client) -> Callable[[], Talk]:
    return lambda: Talk(base, client).begin()


@pytest.fixture
def talk(begin: Callable[[], Talk]) -> Talk:
    return begin()
