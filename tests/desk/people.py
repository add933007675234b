"""People at the desk for tests: accounts of every role, signed in over the real API."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.middleware import Middleware

from bot import errors
from bot.security import BodyLimit, SecurityHeaders
from desk.api.routers import build_router
from desk.api.rules import COOKIE, CSRF_HEADER
from desk.services import DeskServices
from desk.staff.models import Role, Staff
from desk.staff.policy import system_actor
from tests.bot.servers import served

PASSWORD = "一个只在测试里用的密码"
COLLEGE, OTHER_COLLEGE = "计算机学院", "文学院"


def desk_app(services: DeskServices) -> FastAPI:
    """The desk's API alone, with the error handlers and middleware of the whole application."""
    app = FastAPI(middleware=[Middleware(SecurityHeaders), Middleware(BodyLimit)])
    errors.install(app)
    app.include_router(build_router())
    app.state.parts = SimpleNamespace(desk=services)
    return app


@contextmanager
def serving(services: DeskServices, port: int | None = None) -> Iterator[Desk]:
    """The desk's API behind a real socket."""
    with served(desk_app(services), port) as base, ExitStack() as callers:
        yield Desk(base, services, callers)


class Caller(httpx.Client):
    """A browser at the desk: keeps its cookie and sends the token that belongs to it."""

    def __init__(self, base: str) -> None:
        super().__init__(base_url=f"{base}/api/desk", timeout=60, trust_env=False)

    def begin(self) -> dict[str, Any]:
        """Open the console: who is signed in, and a token for what comes."""
        return self._keep(self.get("/session"))

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        self.begin()
        response = self.post("/session", json={"name": name, "password": password, **more})
        if response.status_code == 200:
            self._keep(response)
        return response

    def _keep(self, response: httpx.Response) -> dict[str, Any]:
        assert response.status_code == 200, response.text
        state: dict[str, Any] = response.json()
        self.headers[CSRF_HEADER] = state["csrf"]
        return state


@dataclass
class Desk:
    """A running desk, and people for it."""

    base: str
    services: DeskServices
    callers: ExitStack

    def add(self, name: str, role: Role, college: str | None = None) -> Staff:
        return self.services.staff.add(system_actor("测试"), name, role, password=PASSWORD, college=college)

    def caller(self) -> Caller:
        """Somebody who has not signed in."""
        return self.callers.enter_context(Caller(self.base))

    def signed_in(self, name: str, role: Role, college: str | None = None) -> Caller:
        """Somebody of this role, made where there is none of the name yet."""
        staff = self.services.staff.find(name) or self.add(name, role, college)
        token = self.services.staff_sessions.open(staff, "127.0.0.1", "tests")
        caller = self.caller()
        caller.cookies.set(COOKIE, token, path="/api/desk")
        caller.headers[CSRF_HEADER] = self.services.staff_sessions.csrf(token)
        return caller
