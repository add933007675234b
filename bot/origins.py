"""Which web pages may use the chat: our own, and those of the origins that the installation names (`ZHIWEN_WIDGET_ORIGINS`).

A page of any other origin is refused by the chat API and cannot load the widget's modules (Fetch, 3.2: the CORS protocol).
Nothing here reads or sets cookies, so an origin is never allowed credentials.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import texts
from bot.errors import say

OWN: Final = ""
"""The origin of our own pages, and of programs that are no pages, in a token."""

CHAT: Final = "/api/chat/"
WIDGET: Final = "/widget/"
FILES: Final = frozenset({"/widget.js", "/widget.css"})
"""The first is loaded by a plain `<script>`, which asks nobody's leave: it does nothing on a page that the chat API refuses."""

_CALENDAR: Final = "/api/events.ics"
_METHODS: Final = ("GET", "POST", "PUT", "DELETE")
_HEADERS: Final = ("Authorization", "Content-Type", "Last-Event-ID")
_PREFLIGHT_SECONDS: Final = 600


def asking_origin(headers: Headers) -> str:
    """The origin of the page that asks; `OWN` for our own pages and for what sends none.

    A browser's word that the request stays within one origin counts (Fetch Metadata), for a proxy may have changed `Host`.
    """
    origin = headers.get("origin", "")
    if not origin or headers.get("sec-fetch-site") == "same-origin" or urlsplit(origin).netloc == headers.get("host"):
        return OWN
    return origin.lower()


class WidgetOrigins:
    """Lets pages of the named origins, and no others, use the chat API and load the widget."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._origins = frozenset(origins)
        self._shared = CORSMiddleware(
            app,
            allow_origins=sorted(self._origins),
            allow_methods=_METHODS,
            allow_headers=_HEADERS,
            expose_headers=("Retry-After",),
            max_age=_PREFLIGHT_SECONDS,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope.get("path", "")
        if scope["type"] != "http" or not (path.startswith((CHAT, WIDGET)) or path in (*FILES, _CALENDAR)):
            await self._app(scope, receive, send)
            return
        origin = asking_origin(Headers(scope=scope))
        answering = _embeddable(send) if path in FILES or path.startswith(WIDGET) else send
        if origin in self._origins:
            await self._shared(scope, receive, answering)
        elif origin != OWN and path.startswith(CHAT):
            await say(path, 403, texts.FOREIGN_PAGE, {"Vary": "Origin"})(scope, receive, send)
        else:
            await self._app(scope, receive, answering)


def _embeddable(send: Send) -> Send:
    """The widget's files may be embedded anywhere (they are the same for all), and what allows to read them depends on the origin."""

    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            headers.add_vary_header("Origin")
        await send(message)

    return with_headers
