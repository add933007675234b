"""A child process that is started again when it dies, ever more slowly, and stopped cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
"""A process that lived this long is healthy: its next death is the first again."""
STOP_SECONDS = 12.0


@dataclass(frozen=True)
class Command:
    """What to run; `log` is None for the supervisor's own console."""

    name: str
    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path | None = None


class Child:
    """Keeps one command running. `report` is told, in a word, what happens to it."""

    def __init__(self, command: Command, report: Callable[[str, str], None]) -> None:
        self._command = command
        self._report = report
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()
        self.deaths = 0

    @property
    def name(self) -> str:
        """The command's name."""
        return self._command.name

    @property
    def pid(self) -> int | None:
        """The running process, if one is."""
        running = self._process is not None and self._process.returncode is None
        return self._process.pid if running and self._process else None

    async def keep(self) -> None:
        """Run until `stop`; start again after each death."""
        pause = FIRST_PAUSE
        while not self._stopping.is_set():
            started = time.monotonic()
            code = await self._run_once()
            if self._stopping.is_set():
                return
            self.deaths += 1
            if time.monotonic() - started > STEADY_SECONDS:
                pause = FIRST_PAUSE
            self._report(self.name, f"意外退出（状态 {code}），{pause:.0f} 秒后重新启动")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def stop(self) -> None:
        """Ask the process to end, and end it when it does not listen."""
        self._stopping.set()
        process = self._process
        if process is None or process.returncode is not None:
            return
        _signal(process, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            _signal(process, signal.SIGKILL)
            await process.wait()

    async def _run_once(self) -> int | str:
        command = self._command
        log = _open_log(command.log)
        try:
            # A session of its own: ctrl-C in the terminal reaches the supervisor alone, which stops the rest in order.
            self._process = await asyncio.create_subprocess_exec(
                *command.arguments,
                cwd=command.folder,
                env=dict(command.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        except OSError as error:
            return error.strerror or type(error).__name__
        finally:
            if log is not None:
                log.close()
        return await self._process.wait()


def _open_log(path: Path | None) -> IO[bytes] | None:
    if path is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.stat().st_size > 20 * 1024 * 1024:
        path.replace(path.with_suffix(".old.log"))
    return open(path, "ab")


def _signal(process: asyncio.subprocess.Process, number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)
