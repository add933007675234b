"""The stand-in as a server: WeChat's API, and routes of its own by which somebody plays the followers.

`POST /stand-in/say` with {"openid", "text"} or {"openid", "kind", "fields"}, `POST /stand-in/event` with {"openid", "event", "fields"},
`GET /stand-in/record`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import Future
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import asdict
from typing import Any, TypeVar

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from tests.bot.servers import served
from tests.wechat.stand_in import api, messages
from tests.wechat.stand_in.record import Delivery, Record
from tests.wechat.stand_in.sending import ATTEMPT_SECONDS, Account, Mode, Sender

_Result = TypeVar("_Result")


def application(account: Account, record: Record) -> Starlette:
    """The whole stand-in for one account."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.sender = Sender(account, record)
        yield
        await app.state.sender.close()

    async def say(request: Request) -> JSONResponse:
        asked = await request.json()
        fields = asked.get("fields", {}) | ({"Content": asked["text"]} if "text" in asked else {})
        return _told(await request.app.state.sender.deliver(messages.message(asked["openid"], asked.get("kind", "text"), **fields)))

    async def event(request: Request) -> JSONResponse:
        asked = await request.json()
        return _told(await request.app.state.sender.deliver(messages.event(asked["openid"], asked["event"], **asked.get("fields", {}))))

    routes = [
        *api.routes(record, account.app_id),
        Route("/stand-in/say", say, methods=["POST"]),
        Route("/stand-in/event", event, methods=["POST"]),
        Route("/stand-in/record", lambda _: JSONResponse(record.as_dict())),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


def _told(delivery: Delivery) -> JSONResponse:
    return JSONResponse(asdict(delivery))


class Wechat:
    """WeChat's servers in threads of the test's: the API at `url`, and methods that play the followers and block."""

    def __init__(self, account: Account, attempt_seconds: float = ATTEMPT_SECONDS, port: int | None = None) -> None:
        self.record = Record()
        self._server: AbstractContextManager[str] = served(application(account, self.record), port)
        self.url = self._server.__enter__()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.sender = self.run(_made(account, self.record, attempt_seconds))

    def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Do something on the sender's event loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def begin(self, xml: str) -> Future[Delivery]:
        """Deliver without waiting for it."""
        return asyncio.run_coroutine_threadsafe(self.sender.deliver(xml), self._loop)

    def say(self, openid: str, text: str, *, mode: Mode | None = None, **fields: Any) -> Delivery:
        """A follower writes something."""
        return self.run(self.sender.deliver(messages.message(openid, "text", Content=text, **fields), mode=mode))

    def does(self, openid: str, event: str, **fields: Any) -> Delivery:
        """A follower does something: subscribe, unsubscribe, SCAN, CLICK, VIEW."""
        return self.run(self.sender.deliver(messages.event(openid, event, **fields)))

    def post(self, params: dict[str, str], body: bytes) -> httpx.Response:
        """One request to the callback's address, as it is."""
        return self.run(self.sender.post(params, body))

    def close(self) -> None:
        self.run(self.sender.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._server.__exit__(None, None, None)


async def _made(account: Account, record: Record, seconds: float) -> Sender:
    return Sender(account, record, seconds)
