"""Real servers on loopback for the tests: any ASGI application in a thread, and a stand-in for Rasa that can fail."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

START_SECONDS = 180


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(app: ASGIApp, port: int | None = None) -> Iterator[str]:
    """Serve an application in a thread; gives its address."""
    port = port or free_port()
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_SECONDS
    while not server.started:
        assert thread.is_alive() and time.monotonic() < deadline, "the server did not start"
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(START_SECONDS)


class RasaStandIn:
    """Answers like Rasa's REST channel; `answer` decides what, and may sleep or return nothing at all."""

    def __init__(self) -> None:
        self.port = free_port()
        self.heard: list[tuple[str, str]] = []
        self.forgotten: list[str] = []
        self.answer: Callable[[str], list[dict[str, Any]]] = lambda text: [{"text": f"答：{text}"}]
        self.seconds = 0.0
        self.status = 200
        self.breaks_off = False
        self._running: Any = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def texts(self) -> list[str]:
        """What was said to it."""
        return [text for _, text in self.heard]

    def start(self) -> None:
        routes = [
            Route("/webhooks/rest/webhook", self._webhook, methods=["POST"]),
            Route("/webhooks/rest/conversations/{conversation}", self._forget, methods=["DELETE"]),
            Route("/status", lambda _: JSONResponse({"model_file": "m"})),
        ]
        self._running = served(Starlette(routes=routes), self.port)
        self._running.__enter__()

    def stop(self) -> None:
        if self._running is not None:
            self._running.__exit__(None, None, None)
            self._running = None

    async def _webhook(self, request: Request) -> Response:
        body = await request.json()
        self.heard.append((body["sender"], body["message"]))
        if self.breaks_off:
            return _BrokenOff()
        if self.seconds:
            await asyncio.sleep(self.seconds)
        return JSONResponse(self.answer(body["message"]), self.status)

    async def _forget(self, request: Request) -> Response:
        if self.status == 200:
            self.forgotten.append(request.path_params["conversation"])
        return Response(status_code=204 if self.status == 200 else self.status)


class _BrokenOff(Response):
    """Promises a body and ends the connection without it."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b"[{", "more_body": False})
