"""All routes of the desk under /api/desk. A new module of routes adds its router to `_ROUTERS`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from desk.api import (
    announcements,
    audit,
    channels,
    deadlines,
    deliveries,
    documents,
    drafts,
    duties,
    employer_files,
    employers,
    event_reviews,
    graduates,
    hours,
    insertions,
    live,
    personal_data,
    posting_reviews,
    replies,
    reports,
    rosters,
    second_factor,
    session,
    single_sign_on,
    staff,
    surveys,
    tickets,
    trainings,
    upkeep,
)
from desk.api.errors import ERRORS
from desk.api.rules import OpenRule, Rule

PREFIX = "/api/desk"
_ROUTERS: tuple[APIRouter, ...] = (
    session.router,
    second_factor.router,
    single_sign_on.router,
    staff.router,
    audit.router,
    hours.router,
    rosters.router,
    graduates.router,
    *replies.ROUTERS,
    insertions.router,
    reports.router,
    *tickets.ROUTERS,
    channels.router,
    duties.router,
    deadlines.router,
    live.router,
    deliveries.router,
    drafts.router,
    personal_data.router,
    documents.router,
    upkeep.router,
    posting_reviews.router,
    event_reviews.router,
    announcements.router,
    employers.router,
    employer_files.router,
    surveys.router,
    trainings.router,
)


@lru_cache(maxsize=1)
def build_router() -> APIRouter:
    """Everything under /api/desk; made once a process, for it never changes.

    Raises RuntimeError for a route that does not name exactly one rule.
    """
    router = APIRouter(prefix=PREFIX, responses=ERRORS)
    for part in _ROUTERS:
        router.include_router(part)
    refuse_unruled(router)
    return router


def refuse_unruled(router: APIRouter) -> None:
    """Every route names exactly one rule, else RuntimeError: what nobody thought about must not be reachable."""
    for route in iter_route_contexts(router.routes):
        if len(rules_of(route)) != 1:
            raise RuntimeError(f"{route.path} names no rule, or more than one: see desk.api.rules")


def rules_of(route: RouteContext) -> list[Rule | OpenRule]:
    """The rules that a route names; none where it is no route of FastAPI's."""
    dependant = getattr(route, "dependant", None)
    return [call for call in _calls(dependant) if isinstance(call, (Rule, OpenRule))] if dependant else []


def _calls(dependant: Dependant) -> Iterator[object]:
    for dependency in dependant.dependencies:
        yield dependency.call
        yield from _calls(dependency)
