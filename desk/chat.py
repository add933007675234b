"""What the desk needs of the conversation's record; `bot` provides it (`bot.desk_chat`), for the desk does not know how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import uuid4

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute, Session


@dataclass(frozen=True)
class Said:
    """Something the desk says to a graduate: the contract's kind, text and payload. One with an id that is on record is not said again."""

    kind: str
    text: str
    payload: dict[str, Any] | None = None
    role: Literal["counsellor", "system", "bot"] = "system"
    id: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True)
class Spoken:
    """A message on record."""

    id: str
    seq: int
    role: str
    kind: str
    text: str
    payload: dict[str, Any] | None
    created_at: datetime


class Chat(Protocol):
    """The record of conversations. All methods may raise sqlalchemy.exc.SQLAlchemyError."""

    def lock(self, session: Session, conversation_id: str) -> bool:
        """Keep everybody else from adding to a conversation until the transaction ends; False where it is no longer there.

        Whoever locks a ticket as well locks the conversation first.
        """

    def say(self, session: Session, conversation_id: str, said: Sequence[Said]) -> list[Spoken]:
        """Add to a conversation that exists, and wake whoever watches it once the transaction is committed. What was on record comes back too."""

    def messages(self, conversation_id: str, seqs: Sequence[int] | None = None) -> list[Spoken]:
        """The latest messages of a conversation in order, or those with these numbers."""

    def conversation_mentions(self, conversation_id: InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
        """The condition that something with `words` in it was said in a conversation."""
