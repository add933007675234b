"""The graduate's own data: a copy of it, and its erasure. Both are asked back first; nothing happens by a sentence that was misunderstood."""

from __future__ import annotations

from collections.abc import Callable

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply, degraded
from actions.conversation import latest_entity, ticket_request
from actions.job_talk import condition_dropped
from actions.messages import Message, choices, handoff, notice, offer_contact, text
from actions.services import Services
from desk import personal_texts, texts
from desk.models import Reason, Ticket
from desk.personal_data import PersonalData

CONFIRMED = "confirmed"
"""The entity that a choice carries; its values are these."""
YES, PERSON, NO = "yes", "person", "no"

READY = "my_data"
"""The code of the notice beside which the page offers the file."""


class DeleteMyData(GuardedAction):
    """Says what is kept and what erasing means, and on the second word has it erased."""

    def name(self) -> str:
        return "action_delete_my_data"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        if (jobs := condition_dropped(tracker, services)) is not None:
            return jobs
        decided, data = latest_entity(tracker, CONFIRMED), services.personal_data
        if decided == NO:
            return Reply([text(personal_texts.LEFT_ALONE)])
        if decided == PERSON or data is None:
            return _by_person(tracker, services, texts.TOPIC_DATA_DELETION, Reason.DATA_DELETION, texts.data_deletion)
        if decided == YES:
            return Reply([_begin(data, tracker.sender_id)])
        question = personal_texts.deletion_question(data.counts(tracker.sender_id))
        return Reply([_question(question, "delete_my_data", personal_texts.CONFIRM_DELETION)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.REGISTRATION_FAILED)


class ExportMyData(GuardedAction):
    """Says what is kept, and on the second word offers it as a file."""

    def name(self) -> str:
        return "action_export_my_data"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        decided, data = latest_entity(tracker, CONFIRMED), services.personal_data
        if decided == NO:
            return Reply([text(personal_texts.LEFT_ALONE)])
        if decided == PERSON or data is None:
            return _by_person(tracker, services, texts.TOPIC_DATA_EXPORT, Reason.DATA_EXPORT, texts.data_export)
        counts = data.counts(tracker.sender_id)
        if decided == YES:
            return Reply([notice(personal_texts.export_ready(counts), READY)])
        return Reply([_question(personal_texts.export_question(counts), "export_my_data", personal_texts.CONFIRM_EXPORT)])

    def failure(self, tracker: Tracker) -> list[Message]:
        return degraded(texts.REGISTRATION_FAILED)


def _begin(data: PersonalData, conversation_id: str) -> Message:
    wish = data.ask_erasure(conversation_id)
    return text(personal_texts.deletion_waits(wish.number) if wish.waits else personal_texts.deletion_begun(wish.number))


def _question(words: str, intent: str, yes: str) -> Message:
    titles = {yes: YES, personal_texts.BY_PERSON: PERSON, personal_texts.LEAVE_IT: NO}
    return choices(words, {title: f'/{intent}{{"{CONFIRMED}": "{value}"}}' for title, value in titles.items()})


def _by_person(tracker: Tracker, services: Services, topic: str, reason: Reason, told: Callable[..., str]) -> Reply:
    """A conversation of an earlier day cannot be told from somebody else's: a person checks whose it was."""
    ticket: Ticket = services.tickets.register(ticket_request(tracker, topic, reason))
    return Reply([handoff(told(ticket, services.clock.now()), ticket), *offer_contact(ticket)])
