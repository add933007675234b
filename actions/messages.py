"""The messages that actions send: `{"kind", "text", "payload"}`, exactly the public contract's kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desk import texts
from desk.models import Ticket
from desk.tickets import Tickets

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


def notice(words: str, code: str) -> Message:
    """A remark about the conversation itself; `code` is one of the contract's."""
    return {"kind": "notice", "text": words, "payload": {"code": code}}


def offer_person(words: str = texts.OFFER_PERSON) -> Message:
    """The offer of a person, one touch away."""
    return choices(words, {texts.TALK_TO_PERSON: REQUEST_HUMAN})


def offer_contact(ticket: Ticket) -> list[Message]:
    """The offer to leave a contact, where none is there yet; no messages otherwise."""
    if ticket.contact is not None:
        return []
    return [choices(texts.OFFER_CONTACT, {texts.LEAVE_CONTACT: LEAVE_CONTACT})]
