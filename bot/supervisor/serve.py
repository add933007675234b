"""`zhiwen serve`: prepare what is missing, start both processes, watch them, stop them together."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import httpx
from rich.console import Console

from bot import knowledge_link, migrate
from bot.supervisor.environment import PROJECT, RASA_PYTHON, app_environment, is_free, rasa_environment, rasa_port
from bot.supervisor.processes import Child, Command
from bot.supervisor.training import model_path, tail, train
from core.database import create_database_engine
from core.settings import Settings

START_SECONDS = 240.0
LOOK_EVERY = 0.3
DEATHS_AT_START = 3
_LOOK_TIMEOUT = 2.0


class CannotServe(Exception):
    """Something must be mended first; the message says what, in Chinese."""


def serve(settings: Settings, console: Console, rasa_python: Path = RASA_PYTHON) -> None:
    """Serve until SIGINT or SIGTERM. Raises CannotServe or TrainingFailed."""
    model = _prepare(settings, console, rasa_python)
    asyncio.run(_Supervisor(settings, console).run(_commands(settings, model, rasa_python)))


def _prepare(settings: Settings, console: Console, rasa_python: Path) -> Path | None:
    _check_ports(settings)
    with console.status("更新数据库结构…"):
        engine = create_database_engine(settings.database_url)
        migrate.upgrade(engine)
        engine.dispose()
    console.print("✓ 数据库就绪")
    # In a process of its own: the encoder takes 200 MB, which the supervisor would keep for as long as it lives.
    own_process = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
    with console.status("载入内置知识…"), own_process as process:
        process.submit(knowledge_link.prepare, settings).result()
    console.print("✓ 知识就绪")
    if rasa_port(settings) is None:
        console.print(f"✓ 使用外部的 Rasa：{settings.rasa_url}")
        return None
    return ready_model(settings, console, rasa_python)


def ready_model(settings: Settings, console: Console, rasa_python: Path = RASA_PYTHON, *, force: bool = False) -> Path:
    """The model of the present inputs, trained now if it is not there. Raises TrainingFailed."""
    model = model_path(settings)
    if model.is_file() and not force:
        console.print("✓ 模型就绪（训练数据没有变化）")
        return model
    started = time.monotonic()
    with console.status("训练模型，大约需要一两分钟…"):
        model = train(settings, rasa_python)
    console.print(f"✓ 模型训练完成，用时 {time.monotonic() - started:.0f} 秒")
    return model


def _check_ports(settings: Settings) -> None:
    wanted = [(settings.host, settings.port, "ZHIWEN_PORT"), ("127.0.0.1", settings.action_port, "ZHIWEN_ACTION_PORT")]
    port = rasa_port(settings)
    if port is not None:
        wanted.append(("127.0.0.1", port, "ZHIWEN_RASA_URL"))
    for host, number, name in wanted:
        if not is_free(host, number):
            raise CannotServe(f"端口 {host}:{number} 已被占用：请停掉占用它的程序，或用 {name} 换一个端口")


def _commands(settings: Settings, model: Path | None, rasa_python: Path) -> list[Command]:
    logs = settings.home.resolve() / "logs"
    commands = [Command("app", (sys.executable, "-m", "bot.serve_app"), PROJECT, app_environment(settings))]
    port = rasa_port(settings)
    if model is not None and port is not None:
        arguments = [str(rasa_python), "-m", "bot.nlu.server", "run", "--enable-api", "--interface", "127.0.0.1"]
        arguments += ["--port", str(port), "--model", str(model)]
        commands.append(Command("rasa", arguments, PROJECT, rasa_environment(settings), logs / "rasa.log"))
    return commands


class _Supervisor:
    def __init__(self, settings: Settings, console: Console) -> None:
        self._settings = settings
        self._console = console
        self._children: list[Child] = []

    async def run(self, commands: list[Command]) -> None:
        """Start everything, say when it answers, wait for a signal, stop everything."""
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stop.set)
        self._children = [Child(command, self._tell) for command in commands]
        keeping = [asyncio.create_task(child.keep()) for child in self._children]
        starting = asyncio.create_task(self._until_ready(stop))
        stopped = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done():
                starting.result()
                await stop.wait()
            self._console.print("正在停止…")
        finally:
            starting.cancel()
            await asyncio.gather(*(child.stop() for child in self._children))
            await asyncio.gather(*keeping)
        self._console.print("已停止")

    async def _until_ready(self, stop: asyncio.Event) -> None:
        address = f"http://{self._settings.host}:{self._settings.port}"
        deadline = time.monotonic() + START_SECONDS
        with self._console.status("启动服务…"):
            while not await _answers(address):
                if any(child.deaths >= DEATHS_AT_START for child in self._children):
                    raise CannotServe(f"服务启动不了，请看日志：\n{tail(self._logs / 'rasa.log')}")
                if time.monotonic() > deadline:
                    raise CannotServe(f"服务在 {START_SECONDS:.0f} 秒内没有就绪，请执行 zhiwen doctor 查看原因")
                await asyncio.sleep(LOOK_EVERY)
        self._console.print(f"[bold green]职问已启动：{address}[/bold green]  （按 Ctrl-C 停止）")

    @property
    def _logs(self) -> Path:
        return self._settings.home / "logs"

    def _tell(self, name: str, what: str) -> None:
        self._console.print(f"[yellow]{name} {what}[/yellow]")


async def _answers(address: str) -> bool:
    """Whether both processes are there: the app answers, and says that Rasa and the database do."""
    try:
        async with httpx.AsyncClient(timeout=_LOOK_TIMEOUT, trust_env=False) as client:
            health: dict[str, str] = (await client.get(f"{address}/healthz")).json()
    except (httpx.HTTPError, ValueError):
        return False
    return health.get("rasa") == "ok" and health.get("database") == "ok"
