"""Leaving a contact: a form of one question, checked here, stored with consent on the open requests.

The question itself (`utter_ask_contact` in the domain) says before anything is sent that sending it is the consent.
"""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.base import GuardedAction, GuardedForm, Reply, degraded
from actions.conversation import latest_intent, latest_text
from actions.crisis import CRISIS, crisis_lines, crisis_reply
from actions.messages import Message, handoff, offer_person, text
from actions.services import Services
from core.text.masking import CONTACT_KINDS
from desk import texts
from desk.contacts import contact_in

SLOT = "contact"

_DECLINED = re.compile(r"不留|不想留|不用留|不方便|不提供|不给|不用了|不要了|不需要|不填|算了|取消|跳过|退出")

_MAX_TRIES = 3

# Said while the form asks for a contact, these are no contact: the graduate has moved on.
_OTHER_WISHES = frozenset(
    {
        "ask_policy",
        "check_eligibility",
        "search_jobs",
        "job_detail",
        "find_events",
        "report_scam_or_check",
        "request_human",
        "handoff_status",
        "withdraw_request",
        "delete_my_data",
        "export_my_data",
        "complaint",
        CRISIS,
    }
)


class ValidateContactForm(GuardedForm):
    """Checks the answer to the form's question; a "no" or another wish leaves the form instead of asking on."""

    def name(self) -> str:
        return "validate_contact_form"

    def after_failure(self) -> dict[str, Any]:
        """Nothing is stored."""
        return {SLOT: None}

    def validate_contact(self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        """The slots that follow from the graduate's message while the form asked for a contact."""
        words = str(value or "")
        contact = contact_in(words)
        if contact is not None:
            return {SLOT: contact}
        if _leaves_the_form(words, tracker):
            return {SLOT: None, REQUESTED_SLOT: None}
        dispatcher.utter_message(json_message=text(texts.CONTACT_INVALID))
        return {SLOT: None}


class SaveContact(GuardedAction):
    """Stores the contact that the form brought, and takes it out of Rasa's memory."""

    def name(self) -> str:
        return "action_save_contact"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        contact = tracker.slots.get(SLOT)
        if not contact and latest_intent(tracker) == CRISIS:
            return crisis_reply(tracker, services)
        if not contact:
            return Reply([text(_nothing_stored(tracker))])
        forget = [SlotSet(SLOT, None)]
        ticket = services.tickets.add_contact(tracker.sender_id, str(contact), services.clock.now())
        if ticket is None:
            return Reply([offer_person(texts.CONTACT_WITHOUT_TICKET)], forget)
        return Reply([handoff(texts.contact_saved(ticket), ticket)], forget)

    def failure(self, tracker: Tracker) -> list[Message]:
        if latest_intent(tracker) == CRISIS:
            return crisis_lines()
        return degraded(texts.ACTION_UNCERTAIN)


def _leaves_the_form(words: str, tracker: Tracker) -> bool:
    moved_on = latest_intent(tracker) in _OTHER_WISHES
    return moved_on or _hidden(words) or bool(_DECLINED.search(words)) or _tries(tracker) >= _MAX_TRIES


def _nothing_stored(tracker: Tracker) -> str:
    """Why the form ended without a contact."""
    if _hidden(latest_text(tracker)):
        return texts.CONTACT_HIDDEN
    return texts.CONTACT_LEFT_FOR_QUESTION if latest_intent(tracker) in _OTHER_WISHES else texts.CONTACT_SKIPPED


def _hidden(words: str) -> bool:
    """Whether a contact was masked before it got here; it is gone then, and asking again would not bring it."""
    return any(kind.value in words for kind in CONTACT_KINDS)


def _tries(tracker: Tracker) -> int:
    """How many messages the graduate has sent since the form began."""
    count = 0
    for event in reversed(tracker.events):
        if event.get("event") == "active_loop":
            break
        count += event.get("event") == "user"
    return count
