"""What the graduate thinks of an answer."""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply
from actions.conversation import latest_intent
from actions.messages import offer_person, text
from actions.services import Services
from desk import texts


class Feedback(GuardedAction):
    """Thanks for praise; an apology and a way to a person for the contrary."""

    def name(self) -> str:
        return "action_feedback"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        if latest_intent(tracker) == "feedback_positive":
            return Reply([text(texts.FEEDBACK_THANKS)])
        return Reply([offer_person(texts.FEEDBACK_APOLOGY)])
