"""Who holds a conversation. While somebody does, the bot says nothing in it.

Whoever writes a message of the bot locks the conversation and then asks `held` in the same transaction; whoever takes a conversation over
locks it too. So one of the two comes first, and an answer that was being worked out meanwhile is not said.
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desk.requests.models import Hold


def held(session: Session, conversation_id: str) -> Hold | None:
    """The hold on a conversation, if there is one."""
    return session.scalar(select(Hold).where(Hold.conversation_id == conversation_id).execution_options(populate_existing=True))


def take(session: Session, conversation_id: str, ticket_id: int, staff_id: int, now: datetime) -> None:
    """Put a conversation into somebody's hands, in place of whoever had it; the caller has locked it."""
    release(session, conversation_id)
    session.add(Hold(conversation_id=conversation_id, ticket_id=ticket_id, staff_id=staff_id, token=uuid4().hex, since=now))
    session.flush()


def release(session: Session, conversation_id: str) -> None:
    """Give a conversation back to the bot; the caller has locked it."""
    session.execute(delete(Hold).where(Hold.conversation_id == conversation_id).execution_options(synchronize_session="fetch"))
