"""The counsellors' console at `/desk/`: the built files of web/desk, one page for every address below it.

Ant Design writes its styles into the page while it runs. They are let in by a nonce that is new with every response:
the policy names it, and the page finds it in its `<meta property="csp-nonce">` (Content Security Policy Level 3, 2.3.1).
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from fastapi import FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.middleware.gzip import GZipMiddleware

from bot import texts
from bot.page import Assets, is_built

BUILT_CONSOLE = Path(__file__).resolve().parent.parent / "web" / "desk" / "dist"

NONCE_MARK: Final = "__CSP_NONCE__"
"""Stands in the built page where a response's nonce belongs."""

_NONCE_BYTES = 18
_WORTH_PACKING = 1024


def policy(nonce: str) -> str:
    """The console's content policy: nothing from elsewhere, no inline script, styles of ours and those that bear the nonce."""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def install(app: FastAPI, folder: Path = BUILT_CONSOLE) -> None:
    """Serve the console below `/desk/`; one built while the app runs is found at the next request. Call it before the chat page."""

    assets = GZipMiddleware(Assets(directory=folder / "assets", hashed=True), minimum_size=_WORTH_PACKING)
    app.mount("/desk/assets", assets, name="console-assets")

    @app.get("/desk", include_in_schema=False)
    async def without_slash() -> Response:
        return RedirectResponse("/desk/", 308)

    @app.get("/desk/{path:path}", include_in_schema=False)
    async def index(path: str) -> Response:
        if not is_built(folder):
            return HTMLResponse(texts.CONSOLE_MISSING, 503)
        nonce = secrets.token_urlsafe(_NONCE_BYTES)
        page = (folder / "index.html").read_text(encoding="utf-8").replace(NONCE_MARK, nonce)
        headers = {"Content-Security-Policy": policy(nonce), "X-Frame-Options": "DENY", "Cache-Control": "no-store"}
        return HTMLResponse(page, headers=headers)
