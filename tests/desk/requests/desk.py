"""A desk for tests: conversations on record, graduates who ask, staff who answer, all on one real database."""

from __future__ import annotations

from datetime import datetime
from itertools import count
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from bot.desk_chat import DeskChat
from bot.messages import Incoming, MessageView, Reply
from bot.store import ConversationStore
from core.clock import CHINA
from desk.audit import Audit
from desk.chat import Spoken
from desk.models import Priority, Reason, Ticket, TicketEvent
from desk.requests.attaching import OnFile
from desk.requests.changing import Changing
from desk.requests.feed import Feed
from desk.requests.handling import Handling
from desk.requests.models import StaffEvent
from desk.requests.replying import Replying
from desk.staff.models import Presence, Role, Staff
from desk.staff.policy import Actor
from desk.tickets import TicketRequest, Tickets
from tests.desk.clocks import SetClock

_numbers = count(1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


class Desk:
    """One process's services; a second one on the same database is another process."""

    def __init__(self, sessions: sessionmaker[Session], clock: SetClock) -> None:
        self.sessions, self.clock = sessions, clock
        self.woken: list[str] = []
        self.store = ConversationStore(sessions, clock, clock)
        self.chat = DeskChat(self.store, self.woken.append)
        self.tickets = Tickets(sessions, clock)
        self.changing = Changing(sessions, clock, self.chat, Audit(sessions, clock))
        self.handling = Handling(self.changing)
        self.replying = Replying(self.changing, OnFile(sessions, clock, None))
        self.feed = Feed(sessions, clock)

    def staff(self, name: str = "王老师", role: Role = Role.COUNSELLOR, college: str | None = None, **more: object) -> Actor:
        """An account that is online, as it acts."""
        key = f"{name}{next(_numbers)}"
        row = Staff(
            name=key,
            name_key=key,
            display_name=name,
            role=role,
            college=college,
            presence=Presence.ONLINE,
            active=True,
            created_at=self.clock.now(),
            updated_at=self.clock.now(),
        )
        for field, value in more.items():
            setattr(row, field, value)
        with self.sessions.begin() as session:
            session.add(row)
        return Actor(row.id, name, role, college, "127.0.0.1")

    def conversation(self) -> str:
        return self.store.open("web")

    def asks(
        self,
        topic: str = "档案怎么转",
        conversation: str | None = None,
        priority: Priority = Priority.NORMAL,
        reason: Reason = Reason.REQUESTED,
        words: str | None = None,
    ) -> Ticket:
        """A graduate asks for a person."""
        said = [{"role": "user", "text": words or topic, "at": self.clock.now().isoformat()}]
        return self.tickets.register(TicketRequest(conversation or self.conversation(), topic, f"事项：{topic}", said, priority, reason))

    def says(self, conversation: str, text: str = "老师在吗", verdict: str = "pass") -> MessageView:
        """A graduate's message enters the inbox."""
        incoming = Incoming(conversation, uuid4().hex, text, verdict, None, None, self.clock.now())  # type: ignore[arg-type]
        return MessageView.of(self.store.receive(incoming).message)

    def answers(self, conversation: str, text: str = "答：这样办") -> list[MessageView] | None:
        """The bot stores an answer to a message that comes in now."""
        incoming = Incoming(conversation, uuid4().hex, "怎么办", "pass", None, None, self.clock.now())
        return self.store.answer(self.store.receive(incoming).message, [Reply("text", text)])

    def heard(self, conversation: str) -> list[Spoken]:
        return self.chat.messages(conversation)

    def codes(self, conversation: str) -> list[str]:
        """The notices that a graduate saw, in order."""
        return [str((m.payload or {}).get("code")) for m in self.heard(conversation) if m.kind == "notice"]

    def ticket(self, number: str) -> Ticket:
        with self.sessions() as session:
            return session.scalars(select(Ticket).where(Ticket.number == number)).one()

    def events(self, number: str) -> list[TicketEvent]:
        with self.sessions() as session:
            return list(session.scalars(select(TicketEvent).join(Ticket).where(Ticket.number == number).order_by(TicketEvent.id)))

    def told(self) -> list[StaffEvent]:
        return self.feed.after(0, 10_000)
