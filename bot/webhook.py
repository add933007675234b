"""The action webhook: Rasa calls it over loopback, the actions run in this process."""

from __future__ import annotations

import asyncio
import inspect
import zlib
from collections.abc import Callable
from typing import Any

import orjson
import structlog
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
from rasa_sdk.interfaces import ActionExecutionRejection, ActionMissingDomainException, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.log import where

ACTIONS_PACKAGE = "actions"
MAX_BODY_BYTES = 32 * 1024 * 1024

_log = structlog.get_logger(__name__)


def create_action_app(register: Callable[[ActionExecutor], None] | None = None) -> Starlette:
    """The webhook's application; `register` fills the executor, by default with the package `actions`."""
    executor = ActionExecutor()
    if register is None:
        executor.register_package(ACTIONS_PACKAGE)
    else:
        register(executor)
    endpoint = _Webhook(executor)
    return Starlette(routes=[Route("/webhook", endpoint.run, methods=["POST"]), Route("/health", endpoint.health)])


class _Webhook:
    def __init__(self, executor: ActionExecutor) -> None:
        self._executor = executor

    async def health(self, _request: Request) -> Response:
        return JSONResponse({"status": "ok", "actions": len(self._executor.actions)})

    async def run(self, request: Request) -> Response:
        """Run one action. Errors say which action and nothing else: no exception text, no word of the request."""
        try:
            call = await _read(request)
        except (ValueError, zlib.error):
            return JSONResponse({"error": "not an action call"}, 400)
        name = str(call.get("next_action") or "")
        try:
            result = await self._execute(name, call)
        except ActionExecutionRejection:
            return _error(400, "action rejected", name)
        except ActionNotFoundException:
            _log.error("action unknown", action=name)
            return _error(404, "action unknown", name)
        except ActionMissingDomainException:
            return _error(449, "domain missing", name)
        except Exception as error:
            _log.error("action failed", action=name, error=type(error).__name__, where=where(error))
            return _error(500, "action failed", name)
        return Response(orjson.dumps(result.model_dump() if result else None), media_type="application/json")

    async def _execute(self, name: str, call: dict[str, Any]) -> ActionExecutorRunResult | None:
        """A coroutine runs here on the loop, where it may await; anything else in a thread, where it may block."""
        if inspect.iscoroutinefunction(self._executor.actions.get(name)):
            return await self._executor.run(call)
        return await asyncio.to_thread(lambda: asyncio.run(self._executor.run(call)))


async def _read(request: Request) -> dict[str, Any]:
    body = await request.body()
    if request.headers.get("Content-Encoding") == "deflate":
        inflater = zlib.decompressobj()
        body = inflater.decompress(body, MAX_BODY_BYTES)
    call = orjson.loads(body)
    if not isinstance(call, dict):
        raise ValueError("not an object")
    return call


def _error(status: int, words: str, action: str) -> JSONResponse:
    return JSONResponse({"error": words, "action_name": action}, status)
