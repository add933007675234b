"""A method that a path of the API does not have: 405 with those it has (RFC 9110, 15.5.6), whatever page is served below the API.

Left to the router, a path that is written out is also taken for one with a parameter in its place, and `Allow` names the first route's
methods alone; here a path written out comes before one with parameters (OpenAPI 3.1, 4.8.8 Paths Object).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import texts
from bot.errors import say

API = "/api/"


@dataclass(frozen=True)
class KnownPath:
    """A path of the API, and the methods it has."""

    pattern: re.Pattern[str]
    methods: frozenset[str]


def known_paths(routes: Iterable[BaseRoute]) -> tuple[KnownPath, ...]:
    """The API's paths, those with the fewest parameters first."""
    methods: dict[str, set[str]] = {}
    for route in iter_route_contexts(list(routes)):
        if route.path and route.path.startswith(API):
            methods.setdefault(route.path, set()).update(route.methods or ())
    fewest_first = sorted(methods, key=lambda path: path.count("{"))
    return tuple(KnownPath(_pattern(path), frozenset(methods[path])) for path in fewest_first)


class OnlyKnownMethods:
    """Answers for the router where the path has no such method; `paths` is asked at every request."""

    def __init__(self, app: ASGIApp, paths: Callable[[], tuple[KnownPath, ...]]) -> None:
        self._app, self._paths = app, paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        known = self._methods(scope["path"]) if scope["type"] == "http" and scope["path"].startswith(API) else None
        if known is None or scope["method"] in known:
            await self._app(scope, receive, send)
            return
        await say(scope["path"], 405, texts.METHOD_NOT_ALLOWED, {"Allow": ", ".join(sorted(known))})(scope, receive, send)

    def _methods(self, path: str) -> frozenset[str] | None:
        return next((known.methods for known in self._paths() if known.pattern.fullmatch(path)), None)


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{[^}]*\}", path)
    return re.compile("[^/]+".join(map(re.escape, parts)))
