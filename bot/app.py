"""The public application: chat API, health, page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware

from bot import console_page, errors, page
from bot.channels import calendar, entering, left_requests, my_data, pictures, postings, surveys, web, wechat
from bot.limits import Limits
from bot.methods import KnownPath, OnlyKnownMethods, known_paths
from bot.origins import WidgetOrigins
from bot.parts import Parts, build
from bot.security import BodyLimit, SecurityHeaders
from core.settings import Settings
from desk.api.routers import build_router

_log = structlog.get_logger(__name__)


def create_app(
    settings: Settings,
    limits: Limits | None = None,
    page_folder: Path = page.BUILT_PAGE,
    console_folder: Path = console_page.BUILT_CONSOLE,
) -> FastAPI:
    """The application for these settings; it opens the database and the knowledge when it starts, not before.

    While it runs its parts are `app.state.parts`.
    """

    @cache
    def paths() -> tuple[KnownPath, ...]:
        return known_paths(app.routes)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        parts = await asyncio.to_thread(build, settings, limits)
        app.state.parts = parts
        await asyncio.to_thread(paths)  # FastAPI works routes out when they are first looked at: not when somebody waits
        embedding = parts.knowledge.embedding()
        if embedding is not None:
            embedding.start()
        if parts.postings is not None:
            parts.postings.start()
        runs = (
            parts.backlog.run(),
            parts.digests.run(),
            parts.desk_worker.run(),
            parts.wechat.run(),
            parts.erasures.run(),
            parts.retention.run(parts.gateway),
            _poll(parts),
            _write_entries(parts),
        )
        workers = [asyncio.create_task(run) for run in runs]
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
            del app.state.parts  # FastAPI remembers routes for the life of the process, and through them the application

    app: FastAPI = FastAPI(
        title="职问",
        description="高校毕业生就业问答：对话接口",
        version="0.1.0",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(WidgetOrigins, origins=settings.widget_origins),
            Middleware(OnlyKnownMethods, paths=paths),
            Middleware(BodyLimit),
        ],
    )
    errors.install(app)
    app.include_router(web.router)
    app.include_router(entering.router)
    app.include_router(calendar.router)
    app.include_router(pictures.router)
    app.include_router(postings.router)
    app.include_router(my_data.router)
    app.include_router(surveys.router)
    app.include_router(wechat.router)
    app.include_router(left_requests.router)
    app.include_router(build_router())

    @app.get("/healthz", tags=["health"], responses={503: {"description": "不能回答问题"}})
    async def healthz(request: Request) -> JSONResponse:
        """Whether questions can be answered, and what is wrong if not."""
        report = await request.app.state.parts.health.report()
        return JSONResponse(report.as_dict(), 200 if report.can_answer else 503)

    console_page.install(app, console_folder)
    page.install(app, page_folder)
    return app


async def _write_entries(parts: Parts) -> None:
    """Write the school's own entries as the desk adopted them: a process may have ended between the store and the files."""
    try:
        await asyncio.to_thread(parts.desk.knowledge.promotion.publish)
    except (SQLAlchemyError, OSError) as error:
        _log.warning("entries_not_written", error=type(error).__name__)


async def _poll(parts: Parts) -> None:
    async def heads(conversation_ids: list[str]) -> dict[str, int]:
        return await parts.gateway.blocking(parts.store.heads, conversation_ids)

    await parts.hub.poll(heads, lambda error: _log.warning("poll failed", error=type(error).__name__))
