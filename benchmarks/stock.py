"""Stock Rasa, the baseline: trained once on the present examples, run with its action server in a process of its own."""

from __future__ import annotations

import hashlib
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.load import JsonConnection, TurnFailed
from benchmarks.processes import PROJECT, RASA_PYTHON, NotStarted, Running, free_ports, rasa_environment, says_ok

EPOCHS = 3
"""Enough to tell the intents apart (96 % of the examples); how long DIET trained does not change what a turn costs."""
ANSWER = "请看相关文件。"
_FOLDER = PROJECT / "benchmarks" / "stock_rasa"
_EXAMPLES = PROJECT / "data" / "nlu"
_TRAIN_SECONDS = 1800


class Stock:
    """Running stock Rasa."""

    name = "stock"

    def __init__(self, port: int, parts: dict[str, Running]) -> None:
        self._port, self._parts = port, parts

    def conversation(self) -> StockConversation:
        """A new conversation of the REST channel."""
        return StockConversation(self._port)

    def processes(self) -> dict[str, list[psutil.Process]]:
        """The processes by their part."""
        return {name: process.family() for name, process in self._parts.items()}


class StockConversation:
    """A conversation through the REST channel."""

    def __init__(self, port: int) -> None:
        self._connection = JsonConnection(port)
        self._sender = uuid.uuid4().hex

    def ask(self, question: str) -> None:
        """One turn. Raises TurnFailed when the custom action did not answer: such a turn would be cheaper."""
        replies = self._connection.post("/webhooks/rest/webhook", {"sender": self._sender, "message": question})
        if [reply.get("text") for reply in replies] != [ANSWER]:
            raise TurnFailed(f"{question}: not answered by the action")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def running(models: Path, logs: Path) -> Iterator[Stock]:
    """Stock Rasa, answering; stopped on the way out. Raises NotStarted."""
    model = trained(models, logs)
    port, action_port = free_ports(2)
    actions = [str(RASA_PYTHON), "-m", "rasa_sdk", "--actions", "actions", "--port", str(action_port)]
    server = [str(RASA_PYTHON), "-m", "rasa", "run", "--enable-api", "--interface", "127.0.0.1", "--port", str(port), "--model", str(model)]
    server_environment = rasa_environment(STOCK_ACTION_URL=f"http://127.0.0.1:{action_port}/webhook")
    with (
        Running(actions, _FOLDER, rasa_environment(SANIC_HOST="127.0.0.1"), logs / "stock-actions.log") as action_process,
        Running(server, _FOLDER, server_environment, logs / "stock-rasa.log") as rasa_process,
    ):
        action_process.wait_until(lambda: says_ok(f"http://127.0.0.1:{action_port}/health"))
        rasa_process.wait_until(lambda: says_ok(f"http://127.0.0.1:{port}/status"))
        yield Stock(port, {"rasa": rasa_process, "actions": action_process})


def trained(models: Path, logs: Path) -> Path:
    """The model of the present examples, trained when it is not in `models`. Raises NotStarted."""
    model = models / f"stock-{_fingerprint()}.tar.gz"
    if model.is_file():
        return model
    models.mkdir(parents=True, exist_ok=True)
    logs.mkdir(parents=True, exist_ok=True)
    config = models / "config.yml"
    config.write_text(_config(), encoding="utf-8")
    command = [str(RASA_PYTHON), "-m", "rasa", "train", "--config", str(config), "--domain", "domain.yml"]
    command += ["--data", str(_EXAMPLES), "data/rules.yml", "--out", str(models), "--fixed-model-name", model.name.removesuffix(".tar.gz")]
    with open(logs / "stock-train.log", "wb") as log:
        done = subprocess.run(command, cwd=_FOLDER, env=rasa_environment(), stdout=log, stderr=subprocess.STDOUT, timeout=_TRAIN_SECONDS, check=False)
    if done.returncode != 0 or not model.is_file():
        raise NotStarted(f"stock Rasa was not trained (status {done.returncode}): see {logs / 'stock-train.log'}")
    return model


def _config() -> str:
    return (_FOLDER / "config.yml").read_text(encoding="utf-8").replace("epochs: 100", f"epochs: {EPOCHS}")


def _fingerprint() -> str:
    """Changes with anything that the model is made of."""
    digest = hashlib.sha256(_config().encode())
    for path in [_FOLDER / "domain.yml", _FOLDER / "data" / "rules.yml", *sorted(_EXAMPLES.rglob("*.yml"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
