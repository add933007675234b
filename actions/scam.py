"""Is this a scam? General advice, and a person; at once where money or documents are already gone.

Nothing here judges a single employer: the answer says so.
"""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply, degraded
from actions.conversation import latest_text, line, ticket_request
from actions.documents import documents_first
from actions.losses import Loss, loss_in
from actions.messages import Message, handoff, offer_contact, offer_person
from actions.services import Services
from desk import texts
from desk.models import Priority, Reason
from desk.texts import Danger

_DANGERS = {
    Loss.MONEY: Danger.FRAUD,
    Loss.LOAN: Danger.TRAINING_LOAN,
    Loss.DOCUMENTS: Danger.DOCUMENTS_TAKEN,
    Loss.ACCOUNT: Danger.ACCOUNT_MISUSE,
}


class CheckScam(GuardedAction):
    """Advice before a loss; after one a request for a person, urgent or of high priority, and the lines to call."""

    def name(self) -> str:
        return "action_check_scam"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        words = latest_text(tracker)
        loss = loss_in(words)
        if loss is None:
            return documents_first(tracker, services) or Reply([offer_person(texts.SCAM_ADVICE)])
        topic = texts.TOPIC_LOSS + line(words)
        if loss is Loss.FEE:
            ticket = services.tickets.register(ticket_request(tracker, topic, Reason.REQUESTED, Priority.HIGH))
            said = texts.fee_taken(ticket, services.clock.now())
        else:
            ticket = services.tickets.register(ticket_request(tracker, topic, Reason.URGENT, Priority.URGENT))
            said = texts.urgent(_DANGERS[loss], registered=True)
        return Reply([handoff(said, ticket), *offer_contact(ticket)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.SCAM_DEGRADED)
