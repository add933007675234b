"""What graduates tell about themselves: acknowledged; only the place is remembered, for this conversation."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions import texts
from actions.base import Reply
from actions.calendar import events_follow_up
from actions.documents import said
from actions.jobs_beside import jobs_or_both, wish_taken_for_policy
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
        follow_up = events_follow_up(tracker, services)
        if follow_up is not None:
            return follow_up
        if services.knowledge is not None and answers_the_question_for_the_place(tracker):
            return super().answer(tracker, services)
        if (jobs := jobs_or_both(tracker, services) or wish_taken_for_policy(tracker, services)) is not None:
            return jobs
        place = own_place(said(tracker))
        if place is None:
            return Reply([text(texts.SELF_PROFILE)])
        return Reply([text(f"{texts.PLACE_REMEMBERED.format(place=place)}{texts.SELF_PROFILE}")], [SlotSet(PLACE, place)])
