"""What graduates tell about themselves: acknowledged; only the place is remembered, for this conversation."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions import texts
from actions.base import Reply
from actions.documents import said
from actions.messages import text
from actions.place import PLACE, answers_the_question_for_the_place
from actions.policy import AnswerPolicy
from actions.services import Services
from knowledge.language.whereabouts import own_place


class SelfProfile(AnswerPolicy):
    """Details about oneself; a place alone behind a policy answer is the answer to where one is."""

    def name(self) -> str:
        return "action_self_profile"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        if services.knowledge is not None and answers_the_question_for_the_place(tracker):
            return super().answer(tracker, services)
        place = own_place(said(tracker))
        if place is None:
            return Reply([text(texts.SELF_PROFILE)])
        return Reply([text(f"{texts.PLACE_REMEMBERED.format(place=place)}{texts.SELF_PROFILE}")], [SlotSet(PLACE, place)])
