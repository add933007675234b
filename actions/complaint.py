"""A complaint: on record for people to look into; the assistant does not judge it."""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply, degraded
from actions.conversation import latest_text, line, ticket_request
from actions.messages import Message, handoff, while_waiting
from actions.services import Services
from desk import texts
from desk.models import Priority, Reason


class Complaint(GuardedAction):
    """Registers what the graduate complains about, in a queue of its own."""

    def name(self) -> str:
        return "action_complaint"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        topic = texts.TOPIC_COMPLAINT + line(latest_text(tracker))
        ticket = services.tickets.register(ticket_request(tracker, topic, Reason.COMPLAINT, Priority.HIGH))
        now = services.clock.now()
        return Reply([handoff(texts.complaint(ticket, now), ticket), *while_waiting(ticket, now)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.REGISTRATION_FAILED)
