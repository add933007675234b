"""Starts the processes that are measured, waits for them, looks at their memory, and stops them whatever happens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import httpx
import psutil

from bot.supervisor.environment import PROJECT, RASA_PYTHON

__all__ = ["PROJECT", "RASA_PYTHON", "NotStarted", "Running", "free_ports", "rasa_environment", "resident_bytes", "says_ok"]

START_SECONDS = 300.0
STOP_SECONDS = 25.0
_LOOK_EVERY = 0.3
_LOG_TAIL = 2_000


class NotStarted(Exception):
    """A process died or did not answer in time; the message ends with its log."""


class Running:
    """One process (and what it starts) with its log in a file; a context manager that stops it."""

    def __init__(self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> None:
        self._log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with open(log, "wb") as output:
            self._process = subprocess.Popen(
                arguments,
                cwd=folder,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self) -> Running:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def wait_until(self, answers: Callable[[], bool]) -> None:
        """Blocks until `answers`. Raises NotStarted."""
        deadline = time.monotonic() + START_SECONDS
        while not answers():
            if self._process.poll() is not None:
                raise NotStarted(f"ended with status {self._process.returncode}:\n{self._tail()}")
            if time.monotonic() > deadline:
                raise NotStarted(f"no answer within {START_SECONDS:.0f} s:\n{self._tail()}")
            time.sleep(_LOOK_EVERY)

    def family(self) -> list[psutil.Process]:
        """The process and all its descendants."""
        own = psutil.Process(self._process.pid)
        return [own, *own.children(recursive=True)]

    def stop(self) -> None:
        """Ask it to end, and end it and its descendants when it does not."""
        if self._process.poll() is not None:
            return
        family = self.family()
        self._process.send_signal(signal.SIGTERM)
        _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)
        for process in alive:
            process.kill()
        self._process.wait()

    def _tail(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-_LOG_TAIL:]


def resident_bytes(processes: Sequence[psutil.Process]) -> int:
    """Their resident memory, summed."""
    return sum(process.memory_info().rss for process in processes)


def free_ports(count: int) -> list[int]:
    """Ports of the loopback interface on which nobody listens."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def says_ok(url: str) -> bool:
    """Whether a GET is answered with 200."""
    try:
        return httpx.get(url, timeout=2.0, trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def rasa_environment(**more: str) -> dict[str, str]:
    """The environment of a Rasa process: quiet, without telemetry."""
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    return {**os.environ, **quiet, **more}
