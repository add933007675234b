"""What graduates asked in vain, or were answered from a paper whose time is over: what the keepers of the knowledge look at.

Only the words are kept, masked and cut, without the conversation or anything else that points at a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.text.masking import mask
from knowledge.answers.model import Answer
from knowledge.models import AskedQuestion

LONGEST = 200
"""Characters of a question that are kept."""
KEPT_DAYS = 180
MARKED = "marked"
"""The outcome of a question whose answer a person has found wrong."""
_OUTDATED = frozenset({"expired", "superseded"})
_log = structlog.get_logger(__name__)


class AskedQuestions:
    """Notes questions beside the conversation: a note that fails is logged and holds nobody up."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock) -> None:
        self._sessions, self._clock = sessions, clock
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="asked")

    def note(self, text: str, given: Answer) -> Future[None] | None:
        """Keep what was asked if the answer failed or rests on an outdated paper; the result is there once it is stored."""
        if not _worth_noting(given):
            return None
        row = AskedQuestion(
            asked_at=self._clock.now(),
            text=mask(text)[:LONGEST],
            outcome=given.outcome,
            reason=given.reason,
            warnings=sorted(set(given.warnings) & _OUTDATED),
            documents=[int(citation.document_id) for citation in given.citations[:1]],
        )
        return self._writer.submit(self._store, row)

    def _store(self, row: AskedQuestion) -> None:
        try:
            with self._sessions.begin() as session:
                session.execute(delete(AskedQuestion).where(AskedQuestion.asked_at < self._clock.now() - timedelta(days=KEPT_DAYS)))
                session.add(row)
        except SQLAlchemyError as error:
            _log.error("asked_question_not_noted", error=type(error).__qualname__)


def _worth_noting(given: Answer) -> bool:
    """A refusal for want of a source, or an answer whose first citation is outdated; what the built-in knowledge answers is no gap."""
    if given.outcome == "refused":
        return given.reason != "not_official"
    return given.outcome == "answered" and bool(_OUTDATED & set(given.warnings))


def mark(session: Session, clock: Clock, text: str, reason: str) -> None:
    """Keep a question whose answer a person has found wrong, in the caller's transaction."""
    session.add(AskedQuestion(asked_at=clock.now(), text=mask(text)[:LONGEST], outcome=MARKED, reason=reason, warnings=[], documents=[]))


def refused_since(session: Session, clock: Clock, days: int) -> Sequence[AskedQuestion]:
    """The questions refused or marked as answered wrong in the last `days` days, the latest first."""
    since = clock.now() - timedelta(days=days)
    in_vain = AskedQuestion.outcome.in_(("refused", MARKED))
    return session.scalars(select(AskedQuestion).where(in_vain, AskedQuestion.asked_at >= since).order_by(AskedQuestion.asked_at.desc())).all()


def answered_outdated_since(session: Session, clock: Clock, days: int) -> Sequence[AskedQuestion]:
    """The questions of the last `days` days that an outdated document answered, the latest first."""
    since = clock.now() - timedelta(days=days)
    return session.scalars(
        select(AskedQuestion).where(AskedQuestion.outcome == "answered", AskedQuestion.asked_at >= since).order_by(AskedQuestion.asked_at.desc())
    ).all()
