"""The conversation's part of a graduate's data, and the worker that carries out wishes to be erased.

A wish is a row that is committed before the graduate hears of it; whatever is killed when, it is carried out in the end: database,
spool, Rasa's memory, and only then it counts as done. Every step may be repeated.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.erased import ErasedList
from bot.gateway import Gateway
from bot.models import PENDING, Conversation, Feedback, Message
from bot.rasa_client import RasaClient, RasaFailed
from bot.spool import Spool
from bot.wechat.holdings import wechat_holdings
from core.clock import Clock
from desk.erasure_models import Erasure
from desk.personal_data import Holding, PersonalData, Rows
from desk.personal_holdings import plain
from knowledge.models import AskedQuestion
from knowledge.upkeep.asked import LONGEST

ROUND_SECONDS = 1.0
PATIENCE = timedelta(minutes=10)
"""How long an erasure waits for the messages of its conversation that are still to be answered."""
_BESIDE = timedelta(minutes=2)
"""A question is noted for the keepers of the knowledge within this time of being asked."""
_MESSAGE_SHOWN = ("seq", "role", "kind", "text", "created_at")

_log = structlog.get_logger(__name__)


def conversation_holdings() -> tuple[Holding, ...]:
    """What is kept of a conversation itself. The questions noted in vain go first, for they are found by the messages."""
    return (
        Holding("没答上来的问题", ("asked_questions",), _export_asked, _erase_asked),
        *wechat_holdings(),
        Holding("评价", ("feedback",), _export_feedback, _erase_feedback),
        Holding("聊天记录", ("messages", "conversations"), _export_messages, _erase_messages),
    )


class ErasureWorker:
    """One worker a process; several may do the same work at once without harm."""

    def __init__(
        self,
        data: PersonalData,
        sessions: sessionmaker[Session],
        gateway: Gateway,
        rasa: RasaClient,
        spool: Spool,
        erased: ErasedList,
        wall: Clock,
    ) -> None:
        self._data, self._sessions, self._gateway = data, sessions, gateway
        self._rasa, self._spool, self._erased, self._wall = rasa, spool, erased, wall
        self._looked_back = False

    async def run(self) -> None:
        """Work for ever."""
        while True:
            try:
                await self.work()
            except (SQLAlchemyError, OSError) as error:
                _log.warning("erasures wait", error=type(error).__name__)
            await asyncio.sleep(ROUND_SECONDS)

    async def work(self) -> int:
        """One round; how many wishes were carried out. Raises SQLAlchemyError or OSError."""
        if not self._looked_back:
            await self._gateway.blocking(self._look_back)
            self._looked_back = True
        due = await self._gateway.blocking(self._data.due)
        return sum([await self._carry_out(erasure) for erasure in due])

    async def _carry_out(self, erasure: Erasure) -> bool:
        conversation_id = erasure.conversation_id or ""
        if await self._gateway.blocking(self._is_still_talking, erasure):
            return False
        counts = await self._gateway.blocking(self._data.erase, conversation_id)
        if counts is None:
            return False
        counts = await self._gateway.blocking(self._data.note_counts, erasure, counts)
        await self._gateway.blocking(self._spool.erase, conversation_id)
        try:
            await self._rasa.erase(conversation_id)
        except RasaFailed as error:
            _log.warning("rasa has not forgotten yet", erasure=erasure.number, error=type(error).__name__)
            return False
        await self._gateway.blocking(self._erased.add, conversation_id)
        await self._gateway.blocking(self._data.settle, erasure, counts)
        return True

    def _look_back(self) -> None:
        """What was erased once and is here again came with an old backup: it goes again."""
        with self._sessions() as session:
            present = list(session.scalars(select(Conversation.id)))
        for conversation_id in self._erased.among(present):
            self._data.ask_erasure(conversation_id)

    def _is_still_talking(self, erasure: Erasure) -> bool:
        """Whether a message, perhaps the wish itself, is being answered: Rasa would write to its memory afterwards."""
        if erasure.asked_at + PATIENCE <= self._wall.now():
            return False
        pending = select(Message.id).where(Message.conversation_id == erasure.conversation_id, Message.handling == PENDING)
        with self._sessions() as session:
            return session.scalars(pending.limit(1)).first() is not None


def _export_messages(session: Session, conversation_id: str) -> Rows:
    rows = session.scalars(select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq))
    return [{name: plain(getattr(row, name)) for name in _MESSAGE_SHOWN} for row in rows]


def _erase_messages(session: Session, conversation_id: str, _now: datetime) -> int:
    gone = _gone(session, delete(Message).where(Message.conversation_id == conversation_id))
    session.execute(delete(Conversation).where(Conversation.id == conversation_id))
    return gone


def _export_feedback(session: Session, conversation_id: str) -> Rows:
    rows = session.scalars(select(Feedback).where(Feedback.conversation_id == conversation_id).order_by(Feedback.created_at))
    return [{"helpful": row.helpful, "comment": row.comment, "created_at": plain(row.created_at)} for row in rows]


def _erase_feedback(session: Session, conversation_id: str, _now: datetime) -> int:
    return _gone(session, delete(Feedback).where(Feedback.conversation_id == conversation_id))


def _asked(session: Session, conversation_id: str) -> list[AskedQuestion]:
    """The questions that were noted without a name: of these words, perhaps with the subject of the one before, and noted within minutes."""
    said = session.execute(select(Message.text, Message.created_at).where(Message.conversation_id == conversation_id, Message.role == "user")).all()
    found: dict[int, AskedQuestion] = {}
    for words, at in said:
        near = select(AskedQuestion).where(AskedQuestion.asked_at >= at - _BESIDE, AskedQuestion.asked_at <= at + _BESIDE)
        found |= {row.id: row for row in session.scalars(near) if words[:LONGEST] in row.text or row.text in words}
    return list(found.values())


def _export_asked(session: Session, conversation_id: str) -> Rows:
    return [{"text": row.text, "outcome": row.outcome, "asked_at": plain(row.asked_at)} for row in _asked(session, conversation_id)]


def _erase_asked(session: Session, conversation_id: str, _now: datetime) -> int:
    rows = _asked(session, conversation_id)
    for row in rows:
        session.delete(row)
    session.flush()
    return len(rows)


def _gone(session: Session, statement: Any) -> int:
    result: Any = session.execute(statement)
    return int(result.rowcount)
