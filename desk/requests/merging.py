"""One answer for many who ask the same, and one ticket for one person who asks in several places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from core.text.folding import fold
from core.text.masking import CONTACT_KINDS, mask
from desk.chat import Said
from desk.errors import RequestRefused
from desk.models import State, Status, Ticket
from desk.requests import texts
from desk.requests.changing import Change, Changing, may_see, no_such_ticket
from desk.requests.handling import close
from desk.requests.listing import Listing, Row, visible_to
from desk.requests.notices import message_id, notice
from desk.staff.policy import Actor

ALIKE = 0.5
"""Share of pairs of characters that two questions have in common (Dice) from which they are shown as the same; a person decides."""
_SCANNED = 1_000
_MOST = 50


@dataclass(frozen=True)
class Alike:
    """A ticket that asks much the same, and how much, up to 1."""

    row: Row
    score: float


@dataclass(frozen=True)
class Merged:
    """What became of each ticket: answered, or left alone and why."""

    answered: tuple[str, ...]
    skipped: tuple[tuple[str, str], ...]


class Merging:
    """Raises RequestRefused, TicketConflict or a database error."""

    def __init__(self, changing: Changing, listing: Listing) -> None:
        self._changing, self._listing = changing, listing

    def same_questions(self, actor: Actor, number: str) -> list[Alike]:
        """Open tickets that are theirs to answer and ask the same as this one, the most alike first."""
        ticket = self._listing.one(actor, number).ticket
        free = or_(Ticket.assignee_id.is_(None), Ticket.assignee_id == actor.staff_id)
        others = select(Ticket).where(Ticket.closed_at.is_(None), Ticket.id != ticket.id, visible_to(actor), free)
        with self._changing.sessions() as session:
            found = session.scalars(others.order_by(Ticket.id.desc()).limit(_SCANNED)).all()
        scored = sorted(((likeness(ticket.topic, other.topic), other) for other in found), key=lambda each: (-each[0], each[1].id))
        return [Alike(self._listing.of(other), round(score, 2)) for score, other in scored[:_MOST] if score >= ALIKE]

    def answer_all(self, actor: Actor, numbers: Sequence[str], text: str, client_id: str) -> Merged:
        """Give all who asked the same answer, each conversation once, and resolve their tickets; what somebody else has is left alone."""
        words = mask(text, CONTACT_KINDS).strip()
        if not words:
            raise RequestRefused("invalid", texts.EMPTY)
        answered: list[str] = []
        skipped: list[tuple[str, str]] = []
        for number in dict.fromkeys(numbers):
            try:
                self._changing.change(actor, number, lambda change: _answer(change, words, client_id))
            except RequestRefused as refused:
                skipped.append((number, refused.message))
            else:
                answered.append(number)
        if not answered and not skipped:
            raise RequestRefused("invalid", texts.NOTHING_TO_MERGE)
        return Merged(tuple(answered), tuple(skipped))

    def join(self, actor: Actor, number: str, into: str) -> Ticket:
        """Join a ticket into another open one of the same person, who left the same contact on both: its conversation gets the replies too."""
        if number == into:
            raise RequestRefused("invalid", texts.JOIN_ITSELF)
        return self._changing.change(actor, number, lambda change: _join(change, into))


def likeness(one: str, other: str) -> float:
    """How alike two questions are written, from 0 to 1."""
    mine, theirs = _pairs(one), _pairs(other)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else 0.0


def _pairs(text: str) -> set[str]:
    letters = "".join(character for character in fold(text) if character.isalnum())
    return {letters[place : place + 2] for place in range(len(letters) - 1)}


def _answer(change: Change, words: str, client_id: str) -> None:
    ticket, me = change.ticket, change.actor.staff_id
    change.refuse_closed()
    if not change.in_chat:
        raise RequestRefused("conversation_gone", texts.CONVERSATION_GONE)
    if ticket.assignee_id not in (None, me):
        raise change.not_the_holder()
    if change.hold is not None and change.hold.staff_id != me:
        raise RequestRefused("already_claimed", texts.ALREADY_CLAIMED.format(holder=texts.WHO))
    ticket.assignee_id, ticket.claimed_at = me, ticket.claimed_at or change.now
    said = texts.MERGED_ANSWER.format(number=ticket.number, text=words)
    change.say(Said("text", said, role="counsellor", id=message_id("merged", str(me), client_id, ticket.conversation_id)))
    close(change)
    change.done("merged")


def _join(change: Change, into: str) -> Ticket:
    ticket = change.ticket
    change.refuse_closed()
    if ticket.assignee_id not in (None, change.actor.staff_id):
        raise change.not_the_holder()
    other = change.session.scalar(select(Ticket).where(Ticket.number == into))
    if other is None or not may_see(change.actor, other):
        raise no_such_ticket()
    if not other.is_open:
        raise RequestRefused("closed", texts.CLOSED)
    if ticket.contact is None or ticket.contact != other.contact:
        raise RequestRefused("not_the_same_person", texts.NOT_THE_SAME_PERSON)
    ticket.joined_into_id, ticket.closed_at = other.id, change.now
    ticket.status, ticket.state = Status.RESOLVED, State.RESOLVED
    ticket.waiting_since = ticket.snoozed_until = ticket.offered_to_id = None
    change.let_go()
    change.say(notice("joined", texts.JOINED_INTO.format(number=ticket.number, into=into), ticket))
    return change.done("joined", {"into": into})
