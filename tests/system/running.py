"""The whole system as `make run` starts it: supervisor, Rasa and app, on ports and in a home of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil

from tests.wechat.stand_in.sending import Account
from tests.wechat.stand_in.service import Service

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
TODAY = "2026-12-01"
START_SECONDS = 240


@dataclass
class RunningSystem:
    """A started system. `url` is its public address; stop it with `stop()`."""

    home: Path
    port: int = field(default_factory=lambda: free_port())
    action_port: int = field(default_factory=lambda: free_port())
    rasa_port: int = field(default_factory=lambda: free_port())
    host_ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    """Ports of this machine whose pages may carry the widget."""
    wechat_port: int = field(default_factory=lambda: free_port())
    """Where WeChat's servers are looked for, which nobody need be."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def official_account(self) -> Account:
        """The account of WeChat's that the system serves."""
        return Account(f"{self.url}/wechat")

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "ZHIWEN_HOME": str(self.home),
            "ZHIWEN_PORT": str(self.port),
            "ZHIWEN_ACTION_PORT": str(self.action_port),
            "ZHIWEN_RASA_URL": f"http://127.0.0.1:{self.rasa_port}",
            "ZHIWEN_TODAY": TODAY,
            "ZHIWEN_WIDGET_ORIGINS": " ".join(f"http://127.0.0.1:{port}" for port in self.host_ports),
            "ZHIWEN_PUBLIC_URL": self.url,
            "WECHAT_APP_ID": self.official_account.app_id,
            "WECHAT_TOKEN": self.official_account.token,
            "WECHAT_AES_KEY": self.official_account.aes_key,
            "WECHAT_APP_SECRET": Service.secret,
            "WECHAT_API_BASE": f"http://127.0.0.1:{self.wechat_port}",
            "PYTHONPATH": str(ROOT),
        }

    def command(self, *arguments: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a `zhiwen` command in this system's environment; `typed` is its standard input."""
        line = [sys.executable, "-c", "from bot.cli import app; app()", *arguments]
        return subprocess.run(line, cwd=ROOT, env=self.environment, input=typed, capture_output=True, text=True, timeout=600, check=False)

    def start(self) -> None:
        """Start and wait until it answers; raises AssertionError with the log when it does not."""
        log_path = self.home / "serve.log"
        with log_path.open("wb") as log:
            line = [sys.executable, "-c", "from bot.cli import app; app()", "serve"]
            self.process = subprocess.Popen(line, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        assert self.wait_until_well(START_SECONDS), log_path.read_text(encoding="utf-8", errors="replace")[-4000:]

    def wait_until_well(self, seconds: float) -> bool:
        """Whether /healthz says that all is well within the time."""
        return self.wait_for(lambda: self.health().get("status") == "ok", seconds)

    @staticmethod
    def wait_for(condition: Any, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if condition():
                return True
            time.sleep(0.3)
        return False

    def health(self) -> dict[str, Any]:
        try:
            return dict(httpx.get(f"{self.url}/healthz", timeout=5, trust_env=False).json())
        except httpx.TransportError:
            return {}

    def rasa_process(self) -> psutil.Process:
        """Rasa's own process, a child of the supervisor."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children(recursive=True)
        return next(child for child in children if "bot.nlu.server" in " ".join(child.cmdline()))

    def stop(self) -> None:
        """Stop as ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)


class Conversation:
    """One graduate's conversation over the chat API."""

    def __init__(self, system: RunningSystem) -> None:
        self._client = httpx.Client(base_url=system.url, timeout=60, trust_env=False)
        token = self._client.post("/api/chat/sessions").raise_for_status().json()["token"]
        self._client.headers["Authorization"] = f"Bearer {token}"

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send a message; the replies."""
        body = {"text": text, "client_id": str(uuid4())}
        return list(self._client.post("/api/chat/messages", json=body).raise_for_status().json()["messages"])

    def history(self) -> list[dict[str, Any]]:
        return list(self._client.get("/api/chat/messages", params={"after": 0}).raise_for_status().json()["messages"])

    def my_data(self) -> str:
        """The copy of everything that is kept of the conversation."""
        return self._client.get("/api/chat/my-data").raise_for_status().text

    def close(self) -> None:
        self._client.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
