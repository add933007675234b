"""Postings on a database with all tables, with an index in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge.postings.service import Postings, open_postings
from tests.knowledge.postings.search.rows import TODAY

Open = Callable[..., Postings]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def open_anew(sessions: sessionmaker[Session], home: Path) -> Iterator[Open]:
    """Open the postings as another process would, on any day."""
    opened: list[Postings] = []

    def opening(today: date = TODAY) -> Postings:
        opened.append(open_postings(Settings(_env_file=None, home=home), sessions, Clock(today)))
        return opened[-1]

    yield opening
    for postings in opened:
        postings.close()


@pytest.fixture
def postings(open_anew: Open) -> Postings:
    return open_anew()
