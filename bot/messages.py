"""What a message looks like outside the database: `MessageView` of the chat API, `Reply` before it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID, uuid4, uuid5

from pydantic import BaseModel, field_serializer

from bot.models import Message
from knowledge.traps.pasting import Pasted

Channel = Literal["web", "wechat"]

UNSAVED_SEQ = 0
"""The `seq` of a message that could not be put on record; those on record start at 1."""

_NOTICES = UUID("6f0a5c0e-6f5f-4f0b-9d62-0a3f7c1f5a10")

Verdict = Literal["pass", "crisis", "urgent", "abuse", "injection", "privacy", "illegal", "too_long", "blocked", "unreadable", "left"]
"""The safety screen's verdicts, and the gateway's own: text too long, choice not on offer, picture without legible text,
question left for a person by the widget's form."""

LEFT: Verdict = "left"
"""Nobody answers such a message but a person: it is registered, whatever it says (`bot.left`)."""

CONTACT = "contact"
"""`Reply.expects` of the question for a phone number, e-mail or WeChat name."""

HELD_CONTACT = "held_contact"
"""The same question, asked while a counsellor holds the conversation: `bot.held_contact`."""

PICTURE = "picture"
"""Key of the payload of a graduate's message whose text was read from a picture."""

DANGER: frozenset[Verdict] = frozenset({"crisis", "urgent"})

_FOR_STAFF = frozenset({"confidence"})
"""Keys of a payload that counsellors see and graduates do not: a number would say more than it knows."""


class MessageView(BaseModel):
    """A message as the chat API shows it (contract: `Message`)."""

    id: str
    seq: int
    role: Literal["user", "bot", "counsellor", "system"]
    kind: str
    text: str
    payload: dict[str, Any] | None
    created_at: datetime

    @field_serializer("payload")
    def _without_what_is_for_staff(self, payload: dict[str, Any] | None) -> dict[str, Any] | None:
        return {key: value for key, value in payload.items() if key not in _FOR_STAFF} if payload else payload

    @classmethod
    def of(cls, message: Message) -> MessageView:
        """The public part of a stored message."""
        return cls.model_construct(
            id=message.id,
            seq=message.seq,
            role=message.role,
            kind=message.kind,
            text=message.text,
            payload=message.payload,
            created_at=message.created_at,
        )


@dataclass(frozen=True)
class Reply:
    """Something to say to the graduate; `text` carries the whole answer, `payload` its typed form."""

    kind: str
    text: str
    payload: dict[str, Any] | None = None
    role: str = "bot"
    expects: str | None = None
    """What the graduate is asked for, where the safety screen must know: `CONTACT`."""
    id: str = field(default_factory=lambda: uuid4().hex)
    once: bool = False
    """Left out where a message with this id is on record already."""
    urgent: bool = False
    """For somebody in danger: said even while a counsellor holds the conversation."""
    held_only: bool = False
    """Said only while a counsellor holds the conversation; with `once`, one time a takeover."""


@dataclass(frozen=True)
class Incoming:
    """A graduate's message on its way into the inbox; `text` is already masked."""

    conversation_id: str
    client_id: str
    text: str
    verdict: Verdict
    topic: str | None
    ready_reply: str | None
    created_at: datetime
    contact: str | None = None
    """The text with the contact in it left readable; used only where the bot has just asked for one."""
    picture: bool = False
    """Whether the text was read from a picture."""
    pasted: Pasted | None = None
    """What the text holds to be checked for traps."""
    channel: Channel = "web"
    """By which the message came, and its answer goes."""

    @property
    def in_danger(self) -> bool:
        """Whether a person must hear of it, whatever else is down."""
        return self.verdict in DANGER


def notice_id(conversation_id: str, client_id: str, code: str) -> str:
    """The id of the notice that answers one message: the same each time, so that it is never said twice."""
    return uuid5(_NOTICES, f"{conversation_id}/{client_id}/{code}").hex


def unsaved(reply: Reply, at: datetime) -> MessageView:
    """A reply that is shown although the database could not take it."""
    return MessageView.model_construct(
        id=reply.id,
        seq=UNSAVED_SEQ,
        role=reply.role,
        kind=reply.kind,
        text=reply.text,
        payload=reply.payload,
        created_at=at,
    )
