"""WeChat as the desk meets it (`desk.channels.Channels`)."""

from __future__ import annotations

from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.models import Message
from bot.wechat.models import DEAD, PENDING, UNKNOWN, WAITING, Follower, OutgoingPart
from bot.wechat.outbox import NOTICE_PART, Outbox
from bot.wechat.rendering import MOST_BYTES
from bot.wechat.texts import AGAIN
from core.clock import Clock
from core.database import after_commit
from desk.channels import Reach, Undelivered

MOST_SHOWN = 50
_UNDELIVERED = (WAITING, PENDING, UNKNOWN, DEAD)
_State = Literal["waiting", "pending", "unknown", "dead"]


class DeskChannels:
    """Reads how followers are reached, and has parts sent again."""

    def __init__(self, sessions: sessionmaker[Session], outbox: Outbox, wall: Clock) -> None:
        self._sessions, self._outbox, self._wall = sessions, outbox, wall

    def reach(self, conversation_id: str) -> Reach:
        """See `desk.channels.Channels`."""
        with self._sessions() as session:
            follower = session.scalar(select(Follower).where(Follower.conversation_id == conversation_id))
            if follower is None:
                return Reach("web")
            is_open = follower.window_until is not None and follower.window_until > self._wall.now()
            return Reach(
                channel=_used_last(session, conversation_id),
                account=follower.account,
                following=follower.subscribed,
                can_send=self._outbox.can_send(follower.account),
                window_until=follower.window_until if is_open else None,
                window_left=follower.window_left if is_open else 0,
                consents=follower.consents,
                undelivered=_undelivered(session, follower),
            )

    def resend(self, session: Session, conversation_id: str, part_id: int) -> bool:
        """See `desk.channels.Channels`."""
        follower = session.scalar(select(Follower).where(Follower.conversation_id == conversation_id).with_for_update())
        part = session.get(OutgoingPart, part_id, with_for_update=True) if follower else None
        if follower is None or part is None or part.follower_id != follower.id or part.state not in (UNKNOWN, DEAD):
            return False
        if part.state == UNKNOWN:
            part.text = _perhaps_again(part.text)
        part.state, part.attempts, part.error, part.claim, part.next_at = WAITING, 0, None, None, self._wall.now()
        after_commit(session, lambda: self._outbox.wake(conversation_id))
        return True


def _perhaps_again(text: str) -> str:
    """Says that it may have been read before, where there is room for it."""
    told = text if text.startswith(AGAIN) else AGAIN + text
    return told if len(told.encode()) <= MOST_BYTES else text


def _used_last(session: Session, conversation_id: str) -> Literal["web", "wechat"]:
    said = select(Message.channel).where(Message.conversation_id == conversation_id, Message.role == "user")
    last = session.scalars(said.order_by(Message.seq.desc()).limit(1)).all()
    return "web" if last and last[0] != "wechat" else "wechat"


def _undelivered(session: Session, follower: Follower) -> list[Undelivered]:
    mine = select(OutgoingPart).where(OutgoingPart.follower_id == follower.id, OutgoingPart.state.in_(_UNDELIVERED), OutgoingPart.part != NOTICE_PART)
    parts = session.scalars(mine.order_by(OutgoingPart.id).limit(MOST_SHOWN))
    return [Undelivered(part.id, part.text, cast(_State, part.state), part.error, part.created_at) for part in parts]
