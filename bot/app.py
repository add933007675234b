"""The public application: chat API, health, page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import structlog
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.middleware import Middleware

from bot import errors, page
from bot.channels import web
from bot.limits import Limits
from bot.parts import Parts, build
from bot.security import BodyLimit, SecurityHeaders
from core.settings import Settings

_log = structlog.get_logger(__name__)


def create_app(settings: Settings, limits: Limits | None = None, page_folder: Path = page.BUILT_PAGE) -> FastAPI:
    """The application for these settings; it opens the database and the knowledge when it starts, not before.

    While it runs its parts are `app.state.parts`.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        parts = await asyncio.to_thread(build, settings, limits)
        app.state.parts = parts
        embedding = parts.knowledge.embedding()
        if embedding is not None:
            embedding.start()
        workers = [asyncio.create_task(parts.backlog.run()), asyncio.create_task(_poll(parts))]
        try:
            yield
        finally:
            parts.hub.close()
            for worker in workers:
                worker.cancel()
                with suppress(asyncio.CancelledError):
                    await worker
            if embedding is not None:
                await asyncio.to_thread(embedding.close)
            await parts.close()

    app = FastAPI(
        title="职问",
        description="高校毕业生就业问答：对话接口",
        version="0.1.0",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        middleware=[Middleware(SecurityHeaders), Middleware(BodyLimit)],
    )
    errors.install(app)
    app.include_router(web.router)

    @app.get("/healthz", tags=["health"], responses={503: {"description": "不能回答问题"}})
    async def healthz() -> JSONResponse:
        """Whether questions can be answered, and what is wrong if not."""
        report = await app.state.parts.health.report()
        return JSONResponse(report.as_dict(), 200 if report.can_answer else 503)

    page.install(app, page_folder)
    return app


async def _poll(parts: Parts) -> None:
    async def heads(conversation_ids: list[str]) -> dict[str, int]:
        return await parts.gateway.blocking(parts.store.heads, conversation_ids)

    await parts.hub.poll(heads, lambda error: _log.warning("poll failed", error=type(error).__name__))
