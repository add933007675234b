"""Replies that are written often: kept by the staff of a college or for all, with names that are filled in for each request."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from desk.audit import Audit
from desk.errors import RequestRefused
from desk.models import Ticket
from desk.requests.models import CannedReply
from desk.staff.policy import Actor

VARIABLES = ("姓名", "学院", "编号", "老师")
NAMELESS, NO_COLLEGE, NO_NUMBER = "同学", "学院", "（编号）"
UNKNOWN_VARIABLE = "不认识的变量：{names}。可以用 {{姓名}} {{学院}} {{编号}} {{老师}}。"
NOT_FOUND = "没有找到这条常用回复，或者不归您的学院管。"
_VARIABLE = re.compile(r"\{([^{}\n]{1,20})\}")


class CannedReplies:
    """Every method is one transaction and may raise sqlalchemy.exc.SQLAlchemyError."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit) -> None:
        self._sessions, self._clock, self._audit = sessions, clock, audit

    def all(self, actor: Actor) -> Sequence[CannedReply]:
        """Those of their college and those for all, by title."""
        query = select(CannedReply).order_by(CannedReply.title, CannedReply.id)
        if actor.only_college is not None:
            query = query.where(or_(CannedReply.college.is_(None), CannedReply.college == actor.only_college))
        with self._sessions() as session:
            return session.scalars(query).all()

    def save(self, actor: Actor, reply_id: int | None, title: str, text: str) -> CannedReply:
        """Write a new one (`reply_id` None) or change one. Raises RequestRefused."""
        unknown = [name for name in _VARIABLE.findall(text) if name not in VARIABLES]
        if unknown:
            raise RequestRefused("invalid", UNKNOWN_VARIABLE.format(names="、".join(dict.fromkeys(unknown))))
        assert actor.staff_id is not None
        with self._sessions.begin() as session:
            row = CannedReply(college=actor.only_college or None) if reply_id is None else self._own(session, actor, reply_id)
            before = {"title": row.title} if reply_id is not None else {}
            row.title, row.text, row.updated_by, row.updated_at = title.strip(), text.strip(), actor.staff_id, self._clock.now()
            session.add(row)
            session.flush()
            self._audit.record(session, actor, "canned.save", f"canned:{row.id}", before, {"title": row.title})
            return row

    def delete(self, actor: Actor, reply_id: int) -> None:
        """Take one away. Raises RequestRefused."""
        with self._sessions.begin() as session:
            row = self._own(session, actor, reply_id)
            session.delete(row)
            self._audit.record(session, actor, "canned.delete", f"canned:{reply_id}", {"title": row.title}, {})

    @staticmethod
    def _own(session: Session, actor: Actor, reply_id: int) -> CannedReply:
        """One that is theirs to change: their college's, or anybody's for those who see all."""
        row = session.get(CannedReply, reply_id)
        if row is None or (actor.only_college is not None and row.college != (actor.only_college or None)):
            raise RequestRefused("not_found", NOT_FOUND)
        return row


def filled_in(text: str, actor: Actor, ticket: Ticket | None) -> str:
    """A reply with its variables in place; what is not known is said in a word that fits."""
    values = {
        "姓名": NAMELESS,
        "学院": (ticket.college if ticket else None) or NO_COLLEGE,
        "编号": ticket.number if ticket else NO_NUMBER,
        "老师": actor.name,
    }
    return _VARIABLE.sub(lambda found: values.get(found.group(1), found.group()), text)
