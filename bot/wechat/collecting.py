"""What was said in a conversation and belongs in WeChat, put into the outbox in parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, and_, delete, select, update
from sqlalchemy.orm import Session

from bot.messages import Channel, MessageView
from bot.models import Conversation, Message
from bot.wechat import rendering
from bot.wechat.models import PENDING, WAITING, Follower, OutgoingPart
from desk.subscriptions import EVENTS, POSTINGS

_WECHAT: Channel = "wechat"
_DIGESTS = (POSTINGS, EVENTS)


def locked(session: Session, which: ColumnElement[bool]) -> Follower | None:
    """The follower, kept from everybody else until the transaction ends: parts are made and given out by one at a time."""
    kept = update(Follower).where(which).values(collected_seq=Follower.collected_seq).execution_options(synchronize_session=False)
    held: CursorResult[tuple[()]] = session.execute(kept)  # type: ignore[assignment]
    if held.rowcount != 1:
        return None
    return session.scalar(select(Follower).where(which).execution_options(populate_existing=True))


def collect(session: Session, follower: Follower, limit: int, now: datetime, link: str | None = None) -> None:
    """Put what is new for WeChat into the outbox, in parts of at most `limit` bytes; the caller has locked the follower.

    `link` stands for a link to the page in what is put there (`Links.unmade`): it is made when a part goes out.

    Answers belong to the channel that the question came by; what is said unasked, by counsellors, digests or the desk, to the one that the
    graduate used last. What was answered on the page is not said again here.
    """
    mine = Message.conversation_id == follower.conversation_id
    new = session.scalars(select(Message).where(mine, Message.seq > follower.collected_seq).order_by(Message.seq)).all()
    if not new:
        return
    asked = _channels(session, follower, [message.in_reply_to for message in new if message.in_reply_to])
    used = _last_channel(session, follower)
    offers = session.scalar(select(Conversation.offers).where(Conversation.id == follower.conversation_id)) or []
    for message in new:
        if message.role == "user":
            used = message.channel
        elif (asked.get(message.in_reply_to) if message.in_reply_to else used) == _WECHAT:
            _leave_out_older(session, message)
            session.add_all(_parts(follower, message, rendering.parts(MessageView.of(message), offers, (lambda: link) if link else None, limit), now))
    follower.collected_seq = new[-1].seq
    session.flush()


def _leave_out_older(session: Session, message: Message) -> None:
    """A digest takes the place of one of its kind that still waits: nobody wants last month's postings before the answer they ask for."""
    if message.kind not in _DIGESTS or message.role != "bot" or message.in_reply_to is not None:
        return
    same = (Message.conversation_id == message.conversation_id, Message.role == "bot", Message.in_reply_to.is_(None), Message.kind == message.kind)
    older = select(Message.id).where(*same, Message.seq < message.seq)
    stale = delete(OutgoingPart).where(OutgoingPart.state == PENDING, OutgoingPart.message_id.in_(older))
    session.execute(stale.execution_options(synchronize_session=False))


def _channels(session: Session, follower: Follower, ids: list[str]) -> dict[str, str | None]:
    """By which channel each of these messages came."""
    rows = session.execute(select(Message.id, Message.channel).where(Message.conversation_id == follower.conversation_id, Message.id.in_(ids)))
    return {row.id: row.channel for row in rows}


def _last_channel(session: Session, follower: Follower) -> str | None:
    """The channel of the graduate's last message that was collected; before the first the one that the conversation began on."""
    theirs = and_(Message.conversation_id == follower.conversation_id, Message.role == "user", Message.seq <= follower.collected_seq)
    last = session.scalars(select(Message.channel).where(theirs).order_by(Message.seq.desc()).limit(1)).all()
    if last:
        return last[0]
    return session.scalar(select(Conversation.channel).where(Conversation.id == follower.conversation_id))


def _parts(follower: Follower, message: Message, texts: Sequence[str], now: datetime) -> list[OutgoingPart]:
    return [
        OutgoingPart(
            follower_id=follower.id,
            message_id=message.id,
            part=number,
            text=text,
            state=WAITING,
            attempts=0,
            next_at=now,
            created_at=now,
        )
        for number, text in enumerate(texts)
    ]
