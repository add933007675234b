"""A person, please: asking for one, asking after the request, taking it back."""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply, degraded
from actions.conversation import ticket_request, topic_of, was_refused
from actions.documents import documents_first
from actions.messages import Message, handoff, offer_person, text, while_waiting
from actions.services import Services
from desk import texts
from desk.models import Reason

_PLAIN_REQUEST = "想和老师直接沟通"
_SAYS_MORE = 9
"""From this length on a wish for a person mostly says what for: 档案丢了，请帮我找老师."""


class RequestHuman(GuardedAction):
    """Registers the request; after a refusal its topic is the question that could not be answered."""

    def name(self) -> str:
        return "action_request_human"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        documents = documents_first(tracker, services)
        if documents is not None:
            return Reply([*documents.messages, offer_person()], documents.events)
        reason = Reason.REFUSED if was_refused(tracker) else Reason.REQUESTED
        request = ticket_request(tracker, topic_of(tracker, _wish(tracker)), reason)
        ticket = services.tickets.register(request)
        now = services.clock.now()
        return Reply([handoff(texts.registered(ticket, now), ticket), *while_waiting(ticket, now)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.REGISTRATION_FAILED)


def _wish(tracker: Tracker) -> str:
    """What the graduate wants of a person, where they say it along with the wish."""
    said = str((tracker.latest_message or {}).get("text") or "").strip()
    return said if len(said) >= _SAYS_MORE and not said.startswith("/") else _PLAIN_REQUEST


class HandoffStatus(GuardedAction):
    """Says where the graduate's requests stand."""

    def name(self) -> str:
        return "action_handoff_status"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        ticket = services.tickets.status(tracker.sender_id)
        if ticket is None:
            return documents_first(tracker, services) or Reply([offer_person(texts.NOTHING_OPEN)])
        others = [other for other in services.tickets.open_tickets(tracker.sender_id) if other.id != ticket.id]
        said = texts.status(ticket, services.clock.now()) + texts.others_open(others)
        return Reply([handoff(said, ticket)])


class WithdrawRequest(GuardedAction):
    """Takes the latest request back; an urgent one stays for a person, and the graduate is told so."""

    def name(self) -> str:
        return "action_withdraw_request"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        result = services.tickets.withdraw(tracker.sender_id)
        shown = result.kept or result.withdrawn
        if shown is None:
            return Reply([text(texts.NOTHING_OPEN)])
        return Reply([handoff(texts.withdrawn(result), shown)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.ACTION_UNCERTAIN)
