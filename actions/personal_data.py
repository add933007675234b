"""The graduate's own data: erasing it, getting a copy. People do both, so each is a request of its own."""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply, degraded
from actions.conversation import ticket_request
from actions.messages import Message, handoff, offer_contact
from actions.services import Services
from desk import texts
from desk.models import Reason


class DeleteMyData(GuardedAction):
    """Registers a wish for erasure and says what is stored and what comes next."""

    def name(self) -> str:
        return "action_delete_my_data"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        ticket = services.tickets.register(ticket_request(tracker, texts.TOPIC_DATA_DELETION, Reason.DATA_DELETION))
        return Reply([handoff(texts.data_deletion(ticket, services.clock.now()), ticket)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.REGISTRATION_FAILED)


class ExportMyData(GuardedAction):
    """Registers a wish for a copy and says what is stored and what comes next."""

    def name(self) -> str:
        return "action_export_my_data"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        ticket = services.tickets.register(ticket_request(tracker, texts.TOPIC_DATA_EXPORT, Reason.DATA_EXPORT))
        said = texts.data_export(ticket, services.clock.now())
        return Reply([handoff(said, ticket), *offer_contact(ticket)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.REGISTRATION_FAILED)
