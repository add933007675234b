"""Where the conversation side opens the postings: that they cannot be opened must not keep it from anything else."""

from __future__ import annotations

import structlog
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge.postings import service
from knowledge.postings.service import Postings

_log = structlog.get_logger(__name__)


def open_postings(settings: Settings, sessions: sessionmaker[Session], clock: Clock) -> Postings | None:
    """The postings for actions and routes; None when they cannot be opened."""
    try:
        return service.open_postings(settings, sessions, clock)
    except Exception as error:
        _log.error("postings_not_opened", error=type(error).__qualname__)
        return None
