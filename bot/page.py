"""The chat page and the widget: the built files of web/chat, or a word on how to build them."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot import texts

BUILT_PAGE = Path(__file__).resolve().parent.parent / "web" / "chat" / "dist"

_HASHED = ("assets/", "widget/")
_WORTH_PACKING = 1024


class Assets(StaticFiles):
    """Built files; those with a hash in their name never change, the page itself is asked for anew each time."""

    def __init__(self, *, directory: Path, hashed: bool = False) -> None:
        """Serve `directory`, which may come later; `hashed` says that every file in it has a hash in its name."""
        super().__init__(directory=directory, check_dir=False)
        self._hashed = hashed

    async def check_config(self) -> None:
        """The folder may come later: until then every file in it is simply not found."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        hashed = self._hashed or path.startswith(_HASHED)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response


def is_built(folder: Path = BUILT_PAGE) -> bool:
    """Whether the page is there to be served."""
    return (folder / "index.html").is_file()


def install(app: FastAPI, folder: Path = BUILT_PAGE) -> None:
    """Serve the page at `/`; a page built while the app runs is found at the next request. Call it last."""

    @app.get("/", include_in_schema=False)
    async def index() -> Response:
        if is_built(folder):
            return FileResponse(folder / "index.html", headers={"Cache-Control": "no-cache"})
        return HTMLResponse(texts.PAGE_MISSING, 503)

    @app.get("/embed-example", include_in_schema=False)
    async def example() -> Response:
        """A page of a school that has the widget on it, as it runs."""
        if is_built(folder):
            return FileResponse(folder / "embed-example.html", headers={"Cache-Control": "no-cache"})
        return HTMLResponse(texts.PAGE_MISSING, 503)

    app.mount("/", GZipMiddleware(Assets(directory=folder), minimum_size=_WORTH_PACKING), name="page")
