"""By which channel a graduate is reached, and what it can carry; `bot` provides it (`bot.wechat.desk_channel`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Undelivered:
    """Part of something said to a graduate that has not reached them, or perhaps not."""

    id: int
    text: str
    state: Literal["waiting", "pending", "unknown", "dead"]
    """To be sent soon; with the next thing they say; sent perhaps; given up."""
    error: str | None
    created_at: datetime


@dataclass(frozen=True)
class Reach:
    """How a reply reaches a graduate: on the page at once, in WeChat within a window and a budget of messages."""

    channel: Literal["web", "wechat"]
    """Which they used last: replies go there."""
    account: str | None = None
    """The official account's name in the settings, where they write in WeChat."""
    following: bool = True
    can_send: bool = True
    """Whether something can be sent to them that answers no message of theirs, window and budget aside."""
    window_until: datetime | None = None
    window_left: int = 0
    consents: int = 0
    """How many subscription messages they have agreed to."""
    undelivered: list[Undelivered] = field(default_factory=list)


class Channels(Protocol):
    """All methods may raise sqlalchemy.exc.SQLAlchemyError."""

    def reach(self, conversation_id: str) -> Reach:
        """How the graduate of a conversation is reached."""

    def resend(self, session: Session, conversation_id: str, part_id: int) -> bool:
        """Have a part sent anew that was given up or was sent perhaps; False where there is no such part in this conversation."""


class PageAlone:
    """Where no other channel is set up."""

    def reach(self, conversation_id: str) -> Reach:
        """See `Channels`."""
        return Reach("web")

    def resend(self, session: Session, conversation_id: str, part_id: int) -> bool:
        """See `Channels`."""
        return False
