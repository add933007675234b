"""What counsellors announce, beside the answers: each once in a conversation, alerts again whenever somebody asks about traps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from bot.messages import Reply
from core.text.folding import fold
from desk import push_texts as texts
from desk.announcements import Announcements
from desk.push_models import Announcement

_ONCE = UUID("0b7ad1c2-3f0e-4d8f-9f0c-7d0f4a9f6c11")
_ABOUT_SAFETY = re.compile("骗|陷阱|传销|刷单|培训贷|靠谱|安全吗|真的假的|是真是假|预警|押金|黑中介|套路|防范")


class Announcing:
    """Reads what is in force for a conversation. Blocks; call it from a thread."""

    def __init__(self, announcements: Announcements) -> None:
        self._announcements = announcements

    def beside(self, conversation_id: str, question: str) -> list[Reply]:
        """What is to be said beside the answer to a question; the store leaves out what the conversation has heard (`Reply.once`).

        Raises sqlalchemy.exc.SQLAlchemyError.
        """
        about_safety = _ABOUT_SAFETY.search(fold(question)) is not None
        return [_said(row, conversation_id, again=about_safety and row.kind == "alert") for row in self._announcements.in_force()]


def with_alerts(replies: Sequence[Reply], beside: Sequence[Reply]) -> list[Reply]:
    """The replies with what is announced behind them; an answer about a risk brings the alerts even where they were heard before."""
    assesses = any(reply.kind == "risk_check" for reply in replies)
    return [*replies, *(_again(reply) if assesses and _is_alert(reply) else reply for reply in beside)]


def _said(row: Announcement, conversation_id: str, *, again: bool) -> Reply:
    until = f"{row.valid_until.month}月{row.valid_until.day}日"
    text = (texts.ALERT if row.kind == "alert" else texts.ANNOUNCEMENT).format(text=row.text, until=until)
    payload = {"code": row.kind, "until": row.valid_until.isoformat()}
    identity = uuid4().hex if again else uuid5(_ONCE, f"{conversation_id}/{row.id}").hex
    return Reply("notice", text, payload, role="system", id=identity, once=not again)


def _is_alert(reply: Reply) -> bool:
    return (reply.payload or {}).get("code") == "alert"


def _again(reply: Reply) -> Reply:
    return Reply(reply.kind, reply.text, reply.payload, role=reply.role)
