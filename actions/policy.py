"""Policy questions, and every other message in which the documents may hold the answer."""

from __future__ import annotations

from abc import abstractmethod

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions import texts
from actions.base import GuardedAction, Reply
from actions.calendar import events_follow_up
from actions.documents import SURE, ask_knowledge, confidence, remembered, said
from actions.eligibility import with_check
from actions.jobs_beside import jobs_or_both, wish_taken_for_policy
from actions.messages import Message, choices, offer_person, text
from actions.place import answers_the_question_for_the_place, is_other_place, place_events
from actions.services import Services
from desk import texts as desk_texts
from knowledge.answers.judging import ANSWERABLE, CERTAIN
from knowledge.answers.model import Answer
from knowledge.eligibility.recognising import asks_for_oneself


class PolicyAction(GuardedAction):
    """An action that asks the knowledge first."""

    threshold = ANSWERABLE

    def asked(self, tracker: Tracker, services: Services) -> Answer:
        """The knowledge's answer to the latest message."""
        return ask_knowledge(tracker, services, self.threshold)

    def policy_answer(self, tracker: Tracker, services: Services) -> Reply:
        """The reply to a question about policy, or to the question where one is."""
        if is_other_place(tracker):
            return Reply([text(texts.NAME_PLACE)])
        given = ask_knowledge(tracker, services)
        services.asked.note(given.question if given.place else said(tracker), given)
        return Reply([given.message()], remembered(given))


class AnswerPolicy(PolicyAction):
    """A policy question: answered, refused with the reason, or asked back. A wish for jobs that Rasa took for one is heard as well."""

    def name(self) -> str:
        return "action_answer_policy"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        if (follow_up := events_follow_up(tracker, services)) is not None:
            return follow_up
        if answers_the_question_for_the_place(tracker):
            return self.policy_answer(tracker, services)
        if (jobs := jobs_or_both(tracker, services) or wish_taken_for_policy(tracker, services)) is not None:
            return jobs
        if not asks_for_oneself(said(tracker), services.clock.today()):
            return self.policy_answer(tracker, services)
        given = self.asked(tracker, services)
        services.asked.note(said(tracker), given)
        return with_check(tracker, services, given)


class _DocumentsFirst(PolicyAction):
    """Taken by Rasa for something else: what the documents say comes first, else the truth is said."""

    threshold = CERTAIN
    notes_refusals = False
    """Whether what is refused here was probably a question about policy."""

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        follow_up = events_follow_up(tracker, services)
        if follow_up is not None:
            return follow_up
        if answers_the_question_for_the_place(tracker):
            return self.policy_answer(tracker, services)
        if (jobs := jobs_or_both(tracker, services) or wish_taken_for_policy(tracker, services)) is not None:
            return jobs
        given = self.asked(tracker, services)
        if given.outcome == "answered" or self.notes_refusals:
            services.asked.note(said(tracker), given)
        if given.outcome == "answered" or self.says_enough(given, tracker):
            return Reply([given.message()], remembered(given))
        messages = self.otherwise(given)
        shown = place_events(given) if given.message() in messages else []
        return Reply(messages, [SlotSet("last_question", said(tracker)), *shown])

    def says_enough(self, given: Answer, tracker: Tracker) -> bool:
        """Whether a refusal helps more than the sentence about missing data: it has clauses near the question to show."""
        return bool(given.citations) and confidence(tracker) < SURE

    @abstractmethod
    def otherwise(self, given: Answer) -> list[Message]:
        """What is said when the documents do not answer."""


class OutOfScope(_DocumentsFirst):
    """Not our business, unless the documents surely say otherwise."""

    def name(self) -> str:
        return "action_out_of_scope"

    def says_enough(self, given: Answer, tracker: Tracker) -> bool:
        return False

    def otherwise(self, given: Answer) -> list[Message]:
        return [text(texts.OUT_OF_SCOPE)]


class AskAffirmation(_DocumentsFirst):
    """The first stage of the fallback: the documents, else a question back with ways on."""

    notes_refusals = True

    def name(self) -> str:
        return "action_default_ask_affirmation"

    def otherwise(self, given: Answer) -> list[Message]:
        if given.outcome == "clarify" or given.reason == "not_official":
            return [given.message()]
        return [choices(texts.DID_NOT_UNDERSTAND, {texts.ASK_POLICY: texts.ASK_POLICY_VALUE, desk_texts.TALK_TO_PERSON: "/request_human"})]


class AskRephrase(_DocumentsFirst):
    """The second stage: once more, in other words."""

    def name(self) -> str:
        return "action_default_ask_rephrase"

    def otherwise(self, given: Answer) -> list[Message]:
        return [offer_person(texts.REPHRASE)]


class DefaultFallback(_DocumentsFirst):
    """The end of the fallback: the offer of a person."""

    def name(self) -> str:
        return "action_default_fallback"

    def otherwise(self, given: Answer) -> list[Message]:
        return [offer_person(texts.HANDED_OVER)]
