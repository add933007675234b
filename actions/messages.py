"""The messages that actions send: `{"kind", "text", "payload"}`, exactly the public contract's kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desk import texts
from desk.models import Priority, Status, Ticket
from desk.requests import texts as request_texts
from desk.requests.notices import OFF_HOURS
from desk.tickets import Tickets
from desk.working_hours import is_working_moment

Message = dict[str, Any]

REQUEST_HUMAN = "/request_human"
LEAVE_CONTACT = "/leave_contact"


def text(words: str) -> Message:
    """A plain answer."""
    return {"kind": "text", "text": words, "payload": None}


def handoff(words: str, ticket: Ticket) -> Message:
    """A ticket and where it stands."""
    return {"kind": "handoff", "text": words, "payload": Tickets.handoff_payload(ticket)}


def choices(words: str, options: Mapping[str, str]) -> Message:
    """A question with `options` of title to value; a value is a slash intent, or text that is sent as if typed."""
    listed = [{"title": title, "value": value} for title, value in options.items()]
    return {"kind": "choices", "text": words, "payload": {"options": listed}}


def events(words: str, payload: dict[str, Any]) -> Message:
    """Fairs and talks; the payload is `knowledge.events.answering.payload_of`."""
    return {"kind": "events", "text": words, "payload": payload}


def notice(words: str, code: str) -> Message:
    """A remark about the conversation itself; `code` is one of the contract's."""
    return {"kind": "notice", "text": words, "payload": {"code": code}}


def offer_person(words: str = texts.OFFER_PERSON) -> Message:
    """The offer of a person, one touch away."""
    return choices(words, {texts.TALK_TO_PERSON: REQUEST_HUMAN})


def ask_for_advertisement(words: str) -> Message:
    """The question for the text or a picture of what is to be checked; `expects` tells the gateway that the next message may be it."""
    return offer_person(words) | {"expects": "advertisement"}


def while_waiting(ticket: Ticket, now: datetime) -> list[Message]:
    """What goes with the news that a request is on record: outside working hours when somebody will be there, and the offer to leave a contact."""
    away = ticket.status is Status.QUEUED and ticket.priority is not Priority.URGENT and not is_working_moment(now)
    return [*([notice(request_texts.off_hours(now), OFF_HOURS)] if away else []), *offer_contact(ticket)]


def offer_contact(ticket: Ticket) -> list[Message]:
    """The offer to leave a contact, where none is there yet; no messages otherwise."""
    if ticket.contact is not None:
        return []
    return [choices(texts.OFFER_CONTACT, {texts.LEAVE_CONTACT: LEAVE_CONTACT})]
