"""The conversation's record as the desk meets it (`desk.chat.Chat`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.messages import MessageView, Reply
from bot.models import Message
from bot.store import ConversationStore
from core.database import after_commit
from desk.chat import Said, Spoken

MOST_SHOWN = 200


class DeskChat:
    """Puts on record what the desk says, and reads what was said."""

    def __init__(self, store: ConversationStore, notify: Callable[[str], None]) -> None:
        """`notify` wakes, from any thread, whoever watches a conversation."""
        self._store, self._notify = store, notify

    def lock(self, session: Session, conversation_id: str) -> bool:
        """See `desk.chat.Chat`."""
        return self._store.lock(session, conversation_id)

    def say(self, session: Session, conversation_id: str, said: Sequence[Said]) -> list[Spoken]:
        """See `desk.chat.Chat`."""
        known = self._store.known(session, [each.id for each in said])
        told = {view.id for view in known}
        replies = [Reply(each.kind, each.text, each.payload, role=each.role, id=each.id) for each in said if each.id not in told]
        added = self._store.say_for_desk(session, conversation_id, replies)
        after_commit(session, lambda: self._notify(conversation_id))
        return [_spoken(view) for view in (*known, *added)]

    def messages(self, conversation_id: str, seqs: Sequence[int] | None = None) -> list[Spoken]:
        """See `desk.chat.Chat`."""
        views = self._store.latest(conversation_id, MOST_SHOWN) if seqs is None else self._store.numbered(conversation_id, seqs)
        return [_spoken(view) for view in views]

    def conversation_mentions(self, conversation_id: InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
        """See `desk.chat.Chat`."""
        return exists().where(Message.conversation_id == conversation_id, Message.text.icontains(words, autoescape=True))


def _spoken(view: MessageView) -> Spoken:
    return Spoken(view.id, view.seq, view.role, view.kind, view.text, view.payload, view.created_at)
