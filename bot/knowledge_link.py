"""The one place where the conversation side meets the knowledge: prepared by `serve`, opened by the app, asked for health.

`knowledge.service` offers `prepare(settings)`, which brings the built-in entries into database and index and may be
repeated, and `open_knowledge(settings, sessions, clock)`, whose result goes to the actions and has the methods of `Knowledge`.
"""

from __future__ import annotations

import importlib
from typing import Any, Protocol, cast

import structlog
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from desk.requests.suggesting import Answering
from knowledge.answers.model import Answer
from knowledge.search.pack_search import PackHit
from knowledge.search.ranking import Found

_MODULE = "knowledge.service"
_log = structlog.get_logger(__name__)


class Knowledge(Protocol):
    """What the app needs to know of the knowledge."""

    def ready(self) -> bool:
        """Whether questions can be searched."""

    def foresee(self, text: str) -> None:
        """Search for a message before an action asks."""

    def find(self, text: str) -> Found | None:
        """The clauses for a question; None where no documents are on file."""

    def built_in(self, text: str) -> list[PackHit]:
        """The entries nearest to a text."""

    def answer(self, text: str, *, place: str | None = None) -> Answer | None:
        """What somebody in this place would be told; None where the knowledge could not be opened."""

    def by_words_alone(self) -> bool:
        """Whether the encoder of the documents does not answer, so that words alone are searched."""

    def embedding(self) -> Embedding | None:
        """What computes missing vectors beside the conversation."""


class Embedding(Protocol):
    """Runs in a thread of its own from `start` to `close`."""

    def start(self) -> None: ...

    def close(self) -> None: ...


class _Service(Protocol):
    def prepare(self, settings: Settings) -> None: ...

    def open_knowledge(self, settings: Settings, sessions: sessionmaker[Session], clock: Clock) -> Knowledge: ...


class MissingKnowledge:
    """Stands where the knowledge could not be opened: the rest of the conversation goes on without it."""

    def ready(self) -> bool:
        """Never."""
        return False

    def foresee(self, text: str) -> None:
        """There is nothing to search."""

    def find(self, text: str) -> None:
        """There is nothing to search."""

    def built_in(self, text: str) -> list[PackHit]:
        """Nor here."""
        return []

    def answer(self, text: str, *, place: str | None = None) -> None:
        """There is nothing to answer from."""

    def by_words_alone(self) -> bool:
        """Nothing is searched at all."""
        return False

    def embedding(self) -> None:
        """There is nothing to compute."""


def prepare(settings: Settings) -> None:
    """Bring the built-in knowledge up to date. Raises what `knowledge.service` raises."""
    _service().prepare(settings)


def open_knowledge(settings: Settings, sessions: sessionmaker[Session], clock: Clock) -> Knowledge:
    """The knowledge for the actions; `MissingKnowledge` when it cannot be opened, so that people can still be reached."""
    try:
        return _service().open_knowledge(settings, sessions, clock)
    except Exception as error:
        _log.error("knowledge not opened", error=type(error).__name__)
        return MissingKnowledge()


def answering(knowledge: Knowledge) -> Answering | None:
    """The knowledge as something that answers questions; None where it could not be opened."""
    return None if isinstance(knowledge, MissingKnowledge) else cast(Answering, knowledge)


def _service() -> _Service:
    module: Any = importlib.import_module(_MODULE)
    return cast(_Service, module)
