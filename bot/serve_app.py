"""The app process: the public listener and, on loopback, the action webhook, in one event loop.

python -m bot.serve_app
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp

from actions import services
from bot import log
from bot.app import create_app
from bot.parts import Parts
from bot.webhook import create_action_app
from core.settings import Settings

LOOPBACK = "127.0.0.1"
SHUTDOWN_SECONDS = 5

_log = structlog.get_logger(__name__)


class _Server(uvicorn.Server):
    """A server whose process handles the signals itself, for there are two servers in it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def main() -> None:
    """Serve until SIGINT or SIGTERM."""
    settings = Settings()
    log.configure(settings.home / "logs")
    public = create_app(settings)
    server = _server(public, settings.host, settings.port)
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(_serve(settings, public, server))


async def _serve(settings: Settings, public: FastAPI, server: _Server) -> None:
    webhook = _server(create_action_app(), LOOPBACK, settings.action_port)
    _stop_on_signals(public, server, webhook)
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if not serving.done():
        provide_services(public.state.parts)
        await webhook.serve()
        server.should_exit = True
    await serving
    services.provide(None)


def provide_services(parts: Parts) -> None:
    """Have the actions work with the app's own sessions, tickets, knowledge and postings."""
    services.provide(services.Services(parts.sessions, parts.clock, parts.tickets, parts.knowledge, parts.postings, parts.desk.personal_data))


def _server(app: ASGIApp, host: str, port: int) -> _Server:
    return _Server(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )
    )


def _stop_on_signals(public: FastAPI, *servers: _Server) -> None:
    def stop() -> None:
        _log.info("stopping")
        if hasattr(public.state, "parts"):
            public.state.parts.hub.close()
        for server in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)


if __name__ == "__main__":
    main()
