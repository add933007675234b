"""The desk on real databases, with a clock that a test sets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from bot.desk_chat import DeskChat
from bot.store import ConversationStore
from core.clock import CHINA
from core.database import session_factory
from core.settings import Settings
from desk.services import DeskServices, build_services
from desk.tickets import Tickets
from knowledge.postings.service import open_postings
from tests.desk.clocks import SetClock
from tests.desk.people import Desk, serving


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


@pytest.fixture
def clock() -> SetClock:
    """Tuesday, 1 December 2026, ten in the morning in China."""
    return SetClock(datetime(2026, 12, 1, 10, 0, tzinfo=CHINA))


@pytest.fixture
def tickets(sessions: sessionmaker[Session], clock: SetClock) -> Tickets:
    return Tickets(sessions, clock)


@pytest.fixture
def services(sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets, tmp_path: Path) -> Iterator[DeskServices]:
    """The desk's services; `clock` is also their wall clock, so that a test moves all time at once."""
    shelf = open_postings(Settings(home=tmp_path / "home"), sessions, clock)
    chat = DeskChat(ConversationStore(sessions, clock, clock), lambda _: None)
    yield build_services(sessions, clock, clock, "a secret of the tests", tickets, chat, shelf, home=tmp_path / "home")
    shelf.close()


@pytest.fixture
def desk(services: DeskServices) -> Iterator[Desk]:
    """The desk's API behind a real socket."""
    with serving(services) as running:
        yield running
