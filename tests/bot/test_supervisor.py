"""Real child processes that die, and a real start and stop of the application."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from bot.supervisor import processes
from bot.supervisor.environment import PROJECT, is_free
from bot.supervisor.processes import Child, Command
from bot.supervisor.serve import _commands, _Supervisor
from bot.supervisor.training import TrainingFailed, fingerprint, model_path, train
from core.settings import Settings
from tests.bot.servers import RasaStandIn, free_port

pytestmark = pytest.mark.real_time


@pytest.fixture
def backend() -> str:
    return "sqlite"


def command(code: str, folder: Path) -> Command:
    return Command("child", (sys.executable, "-c", code), folder, os.environ, folder / "child.log")


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.02)


def test_a_process_that_dies_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FIRST_PAUSE", 0.05)
    said: list[str] = []

    async def watch() -> None:
        child = Child(command("print('起')", tmp_path), lambda _, what: said.append(what))
        keeping = asyncio.create_task(child.keep())
        await _until(lambda: child.deaths >= 3)
        await child.stop()
        await keeping

    asyncio.run(watch())
    assert (tmp_path / "child.log").read_text(encoding="utf-8").count("起") >= 3
    assert "状态 0" in said[0]


def test_a_killed_process_comes_back_with_another_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FIRST_PAUSE", 0.05)

    async def watch() -> tuple[int | None, int | None]:
        child = Child(command("import time; time.sleep(60)", tmp_path), lambda *_: None)
        keeping = asyncio.create_task(child.keep())
        await _until(lambda: child.pid is not None)
        first = child.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await _until(lambda: child.pid not in (None, first))
        second = child.pid
        await child.stop()
        await keeping
        assert child.pid is None
        return first, second

    first, second = asyncio.run(watch())
    assert first != second


def test_a_process_that_does_not_listen_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "STOP_SECONDS", 0.3)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"

    async def watch() -> None:
        child = Child(command(deaf, tmp_path), lambda *_: None)
        keeping = asyncio.create_task(child.keep())
        await _until(lambda: (tmp_path / "child.log").is_file() and "ready" in (tmp_path / "child.log").read_text())
        await child.stop()
        await keeping
        assert child.pid is None

    asyncio.run(watch())


def test_a_program_that_is_not_there_is_reported_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FIRST_PAUSE", 0.05)
    missing = Command("rasa", (str(tmp_path / "missing"),), tmp_path, os.environ)
    said: list[str] = []

    async def watch() -> None:
        child = Child(missing, lambda name, what: said.append(f"{name} {what}"))
        keeping = asyncio.create_task(child.keep())
        await _until(lambda: child.deaths >= 2)
        await child.stop()
        await keeping

    asyncio.run(watch())
    assert said[0].startswith("rasa 意外退出")


def test_the_application_starts_answers_and_stops_on_a_signal(settings: Settings, rasa: RasaStandIn) -> None:
    port, action_port = free_port(), free_port()
    ours = settings.model_copy(update={"port": port, "action_port": action_port})
    console = Console(file=io.StringIO(), width=200)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(PROJECT), os.environ.get("PYTHONPATH", "")]),
        "ZHIWEN_HOME": str(ours.home),
        "ZHIWEN_PORT": str(port),
        "ZHIWEN_ACTION_PORT": str(action_port),
        "ZHIWEN_RASA_URL": rasa.url,
        "DATABASE_URL": ours.database_url,
    }
    app = Command("app", (sys.executable, "-m", "bot.serve_app"), PROJECT, environment, ours.home / "app.log")
    statuses: list[int] = []

    def look_then_stop() -> None:
        deadline = time.monotonic() + 60
        while "职问已启动" not in console.file.getvalue() and time.monotonic() < deadline:
            time.sleep(0.05)
        try:
            for address in (f"http://127.0.0.1:{action_port}/health", f"http://127.0.0.1:{port}/api/openapi.json"):
                statuses.append(httpx.get(address, trust_env=False).status_code)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    looking = threading.Thread(target=look_then_stop)
    looking.start()
    asyncio.run(_Supervisor(ours, console).run([app]))
    looking.join()

    assert statuses == [200, 200]
    assert "已停止" in console.file.getvalue()
    assert is_free("127.0.0.1", port) and is_free("127.0.0.1", action_port)


def test_rasa_on_another_machine_is_not_started(settings: Settings) -> None:
    elsewhere = settings.model_copy(update={"rasa_url": "http://rasa.example:5005"})

    assert [one.name for one in _commands(elsewhere, None, Path("python"))] == ["app"]
    assert [one.name for one in _commands(settings, Path("m"), Path("python"))] == ["app", "rasa"]


def test_the_fingerprint_follows_the_inputs_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "config.yml").write_text("a", encoding="utf-8")
    seen = [fingerprint(tmp_path)]

    (tmp_path / "README.md").write_text("a", encoding="utf-8")
    (tmp_path / "data" / "__pycache__").mkdir()
    (tmp_path / "data" / "__pycache__" / "x.pyc").write_text("a", encoding="utf-8")
    assert fingerprint(tmp_path) == seen[0]

    (tmp_path / "data" / "nlu" / "greet.yml").write_text("a", encoding="utf-8")
    seen.append(fingerprint(tmp_path))
    (tmp_path / "data" / "nlu" / "greet.yml").rename(tmp_path / "data" / "nlu" / "hello.yml")
    seen.append(fingerprint(tmp_path))
    (tmp_path / "config.yml").write_text("b", encoding="utf-8")
    seen.append(fingerprint(tmp_path))
    assert len(set(seen)) == 4


def test_a_training_that_fails_leaves_no_model_and_shows_the_log(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\necho 'domain.yml is broken'; exit 3\n", encoding="utf-8")
    broken.chmod(0o755)

    with pytest.raises(TrainingFailed, match=r"domain\.yml is broken"):
        train(settings, broken)
    assert not model_path(settings).exists()
