"""No route stands behind another that takes its words for a number."""

from __future__ import annotations

import re

from fastapi.routing import RouteContext, iter_route_contexts

from desk.api.routers import build_router

ROUTES = list(iter_route_contexts(build_router().routes))


def reached(path: str, method: str) -> RouteContext | None:
    """The first route that takes this address, as the router chooses it."""
    for route in ROUTES:
        if method in (route.methods or ()) and re.fullmatch(re.sub(r"\{[^}]*\}", "[^/]+", route.path or ""), path):
            return route
    return None


def test_every_address_without_a_parameter_reaches_its_own_route() -> None:
    written_out = [(route, method) for route in ROUTES for method in route.methods or () if "{" not in (route.path or "")]
    hidden = [
        f"{method} {route.path}" for route, method in written_out if (first := reached(route.path or "", method)) is None or first.path != route.path
    ]

    assert len(written_out) > 50
    assert hidden == []
