"""A counsellor's words to the graduate: on the conversation's own record, by the holder alone, each once however often it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from sqlalchemy import select

from core.text.masking import CONTACT_KINDS, mask
from desk import takeover
from desk.chat import Said, Spoken
from desk.errors import RequestRefused
from desk.models import State, Ticket
from desk.requests import texts
from desk.requests.changing import Change, Changing
from desk.requests.handling import answered
from desk.requests.notices import message_id
from desk.staff.policy import Actor


@dataclass(frozen=True)
class Attachment:
    """A clause or a posting that goes with a reply."""

    kind: Literal["clause", "posting"]
    id: int


class Attachments(Protocol):
    """Where clauses and postings are looked up (`desk.requests.attaching`)."""

    def said(self, attachments: Sequence[Attachment]) -> list[Said] | None:
        """Each as a message of the contract; None where one of them is not to be shown."""


class Replying:
    """Every method is one transaction and may raise RequestRefused, TicketConflict or a database error."""

    def __init__(self, changing: Changing, attachments: Attachments) -> None:
        self._changing, self._attachments = changing, attachments

    def send(self, actor: Actor, number: str, text: str, client_id: str, attachments: Sequence[Attachment] = ()) -> list[Spoken]:
        """Say something to the graduate; a repeated `client_id` gives the messages that were said. Refused to all but the holder."""
        words = mask(text, CONTACT_KINDS).strip()
        if not words:
            raise RequestRefused("invalid", texts.EMPTY)
        beside = self._attachments.said(attachments) if attachments else []
        if beside is None:
            raise RequestRefused("no_attachment", texts.NO_ATTACHMENT)
        said = _identified([Said("text", words, None, role="counsellor"), *beside], str(actor.staff_id), client_id, number)
        return self._changing.change(actor, number, lambda change: _send(change, said))


def _identified(said: Sequence[Said], *parts: str) -> list[Said]:
    return [Said(each.kind, each.text, each.payload, each.role, message_id(*parts, str(place))) for place, each in enumerate(said)]


def _send(change: Change, said: Sequence[Said]) -> list[Spoken]:
    ticket = change.ticket
    change.refuse_closed()
    if ticket.assignee_id is None:
        raise RequestRefused("not_claimed", texts.NOBODY_HOLDS)
    if ticket.assignee_id != change.actor.staff_id:
        raise change.not_the_holder()
    if not change.in_chat:
        raise RequestRefused("conversation_gone", texts.CONVERSATION_GONE)
    if change.hold is None or change.hold.staff_id != change.actor.staff_id:
        raise RequestRefused("not_taken_over", texts.NOT_TAKEN_OVER)
    spoken = change.chat.say(change.session, ticket.conversation_id, said)
    answered(change)
    ticket.state = State.PENDING
    _copy_to_joined(change, said)
    change.done("answered")
    return spoken


def _copy_to_joined(change: Change, said: Sequence[Said]) -> None:
    """The same person asked in other conversations too: there the answer is to be found as well, unless somebody holds them."""
    joined = select(Ticket.conversation_id).where(Ticket.joined_into_id == change.ticket.id).distinct().order_by(Ticket.conversation_id)
    for conversation_id in change.session.scalars(joined).all():
        if conversation_id == change.ticket.conversation_id or not change.chat.lock(change.session, conversation_id):
            continue
        if takeover.held(change.session, conversation_id) is None:
            copies = [Said(each.kind, each.text, each.payload, each.role, message_id(each.id, conversation_id)) for each in said]
            change.chat.say(change.session, conversation_id, copies)
