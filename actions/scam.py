"""Is this a trap? What was pasted or told is assessed phrase by phrase; a person at once where money or documents are already gone.

Nothing here judges a single employer: the answer says so.
"""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply, degraded
from actions.conversation import latest_text, line, pasted_text, ticket_request, told_before
from actions.documents import documents_first
from actions.losses import Loss, loss_in
from actions.messages import Message, ask_for_advertisement, handoff, offer_person, while_waiting
from actions.services import Services
from desk import texts
from desk.models import Priority, Reason
from desk.texts import Danger
from knowledge.traps import telling
from knowledge.traps.assess import assess
from knowledge.traps.model import Assessment
from knowledge.traps.pasting import looks_like_advertisement, without_request

_DANGERS = {
    Loss.MONEY: Danger.FRAUD,
    Loss.LOAN: Danger.TRAINING_LOAN,
    Loss.DOCUMENTS: Danger.DOCUMENTS_TAKEN,
    Loss.ACCOUNT: Danger.ACCOUNT_MISUSE,
}


class CheckScam(GuardedAction):
    """An assessment; after a loss a request for a person first, urgent or of high priority; without anything to assess, the question for it."""

    def name(self) -> str:
        return "action_check_scam"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        handed = pasted_text(tracker)
        words = handed or latest_text(tracker)
        assessment = assess(without_request(words))
        loss = loss_in(words) if assessment.flagged or not handed else None
        if loss is not None:
            return self._after_loss(tracker, services, loss, words, assessment)
        if handed or looks_like_advertisement(words):
            return _told(assessment)
        if not assessment.flagged:
            assessment = _of_what_was_told_before(tracker, words) or assessment
        documents = documents_first(tracker, services)
        if documents is not None:
            return documents
        return _told(assessment) if assessment.flagged else Reply([ask_for_advertisement(texts.SCAM_ADVICE)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.SCAM_DEGRADED)

    def _after_loss(self, tracker: Tracker, services: Services, loss: Loss, words: str, assessment: Assessment) -> Reply:
        topic = texts.TOPIC_LOSS + line(words)
        if loss is Loss.FEE:
            ticket = services.tickets.register(ticket_request(tracker, topic, Reason.REQUESTED, Priority.HIGH))
            said = texts.fee_taken(ticket, services.clock.now())
        else:
            ticket = services.tickets.register(ticket_request(tracker, topic, Reason.URGENT, Priority.URGENT))
            said = texts.urgent(_DANGERS[loss], registered=True)
        told = [telling.message(assessment)] if assessment.flagged else []
        return Reply([handoff(said, ticket), *told, *while_waiting(ticket, services.clock.now())])


def _of_what_was_told_before(tracker: Tracker, words: str) -> Assessment | None:
    """Of a situation told over several messages, the last of which only asks ("这个靠谱吗"); None where there is nothing to warn of."""
    before = told_before(tracker, telling.KIND)
    together = assess(f"{before}。{without_request(words)}") if before else None
    return together if together is not None and together.flagged else None


def _told(assessment: Assessment) -> Reply:
    return Reply([telling.message(assessment), offer_person()])
