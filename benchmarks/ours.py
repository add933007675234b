"""Our whole system, as `zhiwen serve` runs it, in a home folder and on ports of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
from rich.console import Console

from benchmarks.load import JsonConnection, TurnFailed
from benchmarks.processes import PROJECT, RASA_PYTHON, Running, free_ports
from bot.supervisor.serve import ready_model
from core.settings import Settings

TODAY = "2026-12-01"
_POLICY = "policy_answer"
"""The kind of message with which the documents answer a question, refuse it or ask back."""


class Ours:
    """Our running system."""

    name = "ours"

    def __init__(self, port: int, running: Running) -> None:
        self._port, self._running = port, running

    def conversation(self) -> OurConversation:
        """A new session of the chat API."""
        return OurConversation(self._port)

    def processes(self) -> dict[str, list[psutil.Process]]:
        """The processes by their part: app, rasa, and the supervisor that watches over both."""
        parts: dict[str, list[psutil.Process]] = {"app": [], "rasa": [], "supervisor": []}
        for process in self._running.family():
            line = " ".join(process.cmdline())
            part = "app" if "bot.serve_app" in line else "rasa" if "bot.nlu.server" in line else "supervisor"
            parts[part].append(process)
        return parts


class OurConversation:
    """A conversation through the chat API."""

    def __init__(self, port: int) -> None:
        self._connection = JsonConnection(port)
        self._token: str = self._connection.post("/api/chat/sessions", {})["token"]
        # The server closes idle connections after some seconds; the first turn opens it again, as it does for stock.
        self._connection.close()

    def ask(self, question: str) -> None:
        """One turn. Raises TurnFailed when it was no policy turn, or went wrong."""
        body = {"text": question, "client_id": uuid.uuid4().hex}
        messages = self._connection.post("/api/chat/messages", body, Authorization=f"Bearer {self._token}")["messages"]
        kinds = [message["kind"] for message in messages if message["role"] != "user"]
        if kinds != [_POLICY]:
            raise TurnFailed(f"{question}: {kinds or 'no answer'}")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def running(home: Path, documents: Sequence[Path]) -> Iterator[Ours]:
    """Our system with these documents on file; stopped on the way out. Raises NotStarted."""
    _lend_model(home)
    port, action_port, rasa_port = free_ports(3)
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "DATABASE_URL": "",
        "ZHIWEN_HOME": str(home),
        "ZHIWEN_HOST": "127.0.0.1",
        "ZHIWEN_PORT": str(port),
        "ZHIWEN_ACTION_PORT": str(action_port),
        "ZHIWEN_RASA_URL": f"http://127.0.0.1:{rasa_port}",
        "ZHIWEN_TODAY": TODAY,
    }
    zhiwen = str(Path(sys.executable).parent / "zhiwen")
    subprocess.run([zhiwen, "ingest", *map(str, documents)], cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)
    with Running([zhiwen, "serve"], PROJECT, environment, home / "logs" / "serve.log") as process:
        process.wait_until(lambda: _healthy(port))
        yield Ours(port, process)


def _lend_model(home: Path) -> None:
    """The project's trained model, trained now if it is not there, copied into the home of the run."""
    model = ready_model(Settings(home=PROJECT / "var"), Console(stderr=True), RASA_PYTHON)
    target = home / "models" / model.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(model, target)


def _healthy(port: int) -> bool:
    try:
        response = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5.0, trust_env=False)
        return response.status_code == httpx.codes.OK and response.json().get("index") == "ok"
    except (httpx.HTTPError, json.JSONDecodeError):
        return False
