"""What the actions work with: the app provides its own, tests theirs; a plain Rasa action server builds them itself."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

import structlog
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from desk.personal_data import PersonalData
from desk.recommendations import Recommendations
from desk.subscriptions import Subscriptions
from desk.tickets import Tickets
from knowledge.events.service import Events
from knowledge.upkeep.asked import AskedQuestions

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Services:
    """One set a process, safe to share between threads."""

    session_factory: sessionmaker[Session]
    clock: Clock
    tickets: Tickets
    knowledge: Any
    """What `knowledge.service.open_knowledge` gave; the policy actions say by a Protocol what they need of it."""
    postings: Any = None
    """A `knowledge.postings.service.Postings`; None where it could not be opened."""
    personal_data: PersonalData | None = None
    """All that is kept of graduates; None where only the app knows it all, for then it must not be erased in part."""

    @cached_property
    def events(self) -> Events:
        """The calendar of fairs and talks."""
        return Events(self.session_factory, self.clock)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """What graduates want to be told of."""
        return Subscriptions(self.session_factory, self.clock)

    @cached_property
    def recommendations(self) -> Recommendations:
        """What was offered to graduates in care."""
        return Recommendations(self.session_factory, self.clock, self.tickets)

    @cached_property
    def asked(self) -> AskedQuestions:
        """Where questions that failed are noted for the keepers of the knowledge."""
        return AskedQuestions(self.session_factory, self.clock)


class _Holder:
    """The services in force; made on first use, so that importing an action opens nothing."""

    def __init__(self) -> None:
        self._services: Services | None = None
        self._lock = Lock()

    def provide(self, services: Services | None) -> None:
        with self._lock:
            self._services = services

    def current(self) -> Services:
        with self._lock:
            if self._services is None:
                self._services = build(Settings())
            return self._services


def build(settings: Settings) -> Services:
    """Services on the database of `settings`, for `python -m rasa_sdk --actions actions`."""
    sessions = session_factory(create_database_engine(settings.database_url))
    clock = Clock(settings.today)
    return Services(sessions, clock, Tickets(sessions, clock), _open_knowledge(settings, sessions, clock), _open_postings(settings, sessions, clock))


def _open_knowledge(settings: Settings, sessions: sessionmaker[Session], clock: Clock) -> Any:
    """The knowledge; None where it cannot be opened. Policy actions then end in a notice, people can be reached."""
    try:
        service: Any = importlib.import_module("knowledge.service")
        return service.open_knowledge(settings, sessions, clock)
    except Exception as error:
        _log.error("knowledge_not_opened", error=type(error).__qualname__)
        return None


def _open_postings(settings: Settings, sessions: sessionmaker[Session], clock: Clock) -> Any:
    """The postings; None where they cannot be opened, and then all else goes on."""
    try:
        service: Any = importlib.import_module("knowledge.postings.service")
        return service.open_postings(settings, sessions, clock)
    except Exception as error:
        _log.error("postings_not_opened", error=type(error).__qualname__)
        return None


_holder = _Holder()


def provide(services: Services | None) -> None:
    """Have every action work with `services` from now on; None goes back to building them on first use."""
    _holder.provide(services)


def current() -> Services:
    """The services provided, else services built from the settings in force."""
    return _holder.current()
