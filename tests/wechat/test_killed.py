"""The process killed between accepting a message and delivering its answer: after a restart it is delivered, once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import update

from bot.models import Message
from bot.wechat.models import OutgoingPart
from core.database import create_database_engine, session_factory
from tests.bot.servers import RasaStandIn, free_port
from tests.waiting import eventually
from tests.wechat.conftest import Kept
from tests.wechat.stand_in.program import Wechat
from tests.wechat.stand_in.sending import Account

pytestmark = [pytest.mark.slow, pytest.mark.real_time]

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0
QUIET_SECONDS = 3.0
"""Long enough for a second delivery to show."""


class Process:
    """The app in a process of its own that can be killed."""

    def __init__(self, environment: dict[str, str], port: int, output: Path) -> None:
        self._environment, self._port, self._output = environment, port, output
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "bot.serve_app"]
        with self._output.open("ab") as output:
            self._process = subprocess.Popen(command, cwd=ROOT, env=self._environment, stdout=output, stderr=output)
        eventually(self._answers, START_SECONDS)

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def _answers(self) -> bool:
        assert self._process.poll() is None, self._output.read_text(encoding="utf-8")
        try:
            return httpx.get(f"http://127.0.0.1:{self._port}/healthz", trust_env=False).status_code in (200, 503)
        except httpx.TransportError:
            return False


@pytest.fixture
def process(
    port: int, account: Account, wechat: Wechat, migrated_url: str, tmp_path: Path, rasa: RasaStandIn, prepared_home: Path
) -> Iterator[Process]:
    shutil.copytree(prepared_home, tmp_path / "home")
    settings = {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": migrated_url,
        "ZHIWEN_HOME": str(tmp_path / "home"),
        "ZHIWEN_PORT": str(port),
        "ZHIWEN_ACTION_PORT": str(free_port()),
        "ZHIWEN_RASA_URL": rasa.url,
        "ZHIWEN_SECRET": "a secret of the tests",
        "WECHAT_APP_ID": account.app_id,
        "WECHAT_TOKEN": account.token,
        "WECHAT_AES_KEY": account.aes_key,
        "WECHAT_APP_SECRET": wechat.record.service.secret,
        "WECHAT_API_BASE": wechat.url,
    }
    running = Process({**os.environ, **settings}, port, tmp_path / "output.txt")
    yield running
    running.kill()


def test_killed_while_the_answer_was_worked_out(process: Process, wechat: Wechat, rasa: RasaStandIn, migrated_url: str) -> None:
    rasa.seconds = 30.0
    assert wechat.say("o1", "三方协议丢了怎么办").text is None  # accepted with `success`
    process.kill()

    engine = create_database_engine(migrated_url)
    with session_factory(engine).begin() as session:  # a minute passes: nobody works on it any more
        session.execute(update(Message).where(Message.handling == "pending").values(lease_until=None))
    engine.dispose()
    rasa.seconds = 0.0
    process.start()

    eventually(lambda: any("答：三方协议丢了怎么办" in text for text in wechat.record.texts("o1")))
    time.sleep(QUIET_SECONDS)
    assert "\n".join(wechat.record.texts("o1")).count("答：三方协议丢了怎么办") == 1
    assert wechat.record.doubles() == {}


def test_killed_with_the_answer_in_the_outbox(process: Process, wechat: Wechat, rasa: RasaStandIn, kept: Kept) -> None:
    wechat.record.service.errors.extend([-1] * 1_000)
    rasa.seconds = 8.0
    assert wechat.say("o1", "三方协议丢了怎么办").text is None
    eventually(lambda: any(part.error for part in kept.all(OutgoingPart)))  # WeChat was too busy to take it, and that is on record
    process.kill()

    wechat.record.service.errors.clear()
    process.start()

    eventually(lambda: wechat.record.texts("o1") == ["答：三方协议丢了怎么办"])
    time.sleep(QUIET_SECONDS)
    assert wechat.record.texts("o1") == ["答：三方协议丢了怎么办"]


def test_killed_as_wechat_took_the_answer(process: Process, wechat: Wechat, rasa: RasaStandIn) -> None:
    wechat.record.service.silent = True
    rasa.seconds = 8.0
    assert wechat.say("o1", "三方协议丢了怎么办").text is None
    eventually(lambda: bool(wechat.record.texts("o1")))
    process.kill()

    wechat.record.service.silent = False
    rasa.seconds = 0.0
    process.start()
    wechat.say("o1", "档案怎么转")

    time.sleep(QUIET_SECONDS)
    assert wechat.record.texts("o1").count("答：三方协议丢了怎么办") == 1
