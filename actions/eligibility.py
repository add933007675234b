"""Do I qualify: the verdict at once, then at most three questions in a loop that gives way to any other wish.

`action_check_eligibility` starts the loop (`eligibility_form`) where a question could settle the verdict; the form's
validation reads the answers and asks on; `action_tell_eligibility` says what came of it. A message that is no answer but
another wish ends the loop and is handled as if it had just been said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rasa_sdk.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions import texts
from actions.base import GuardedAction, GuardedForm, Reply
from actions.conversation import latest_text, said_as
from actions.documents import SURE, ask_knowledge, confidence, remembered, said
from actions.jobs_beside import jobs_or_both, wish_taken_for_policy
from actions.leaving import declines, wishes_otherwise
from actions.messages import Message, text
from actions.services import Services, current
from knowledge.answers.model import Answer
from knowledge.eligibility import texts as wordings
from knowledge.eligibility.answering import read_answer
from knowledge.eligibility.reading.clauses import clauses
from knowledge.eligibility.reading.reader import read_facts
from knowledge.eligibility.recognising import likely, recognise
from knowledge.eligibility.schema import Programme, Question, programme, questions
from knowledge.eligibility.verdicts import Assessment, assess
from knowledge.eligibility.wording import eligibility_message, open_message, question_message, which_message

FORM = "eligibility_form"
ANSWER_SLOT = "eligibility_answer"
PROGRAMME_SLOT = "eligibility_programme"
FACTS_SLOT = "eligibility_facts"
TALK_SLOT = "eligibility_talk"

_ASKS_WHETHER = re.compile("能|可以|可不可以|符合|够|资格|算|行吗|行不行|条件|要求|有我|轮得到|配不配|合格|达标|报得了|领得到")
_FOLLOW_UP_LENGTH = 20
"""Characters; a longer message that names no programme is not about the one before."""
_TELLING_REFUSALS = frozenset({"wrong_region", "wrong_year", "damaged", "expired"})
"""Refusals that say something of use: there is a document, and why it does not hold here."""
_TELLING_INTENTS = frozenset({"self_profile", "check_eligibility"})


@dataclass(frozen=True)
class _Talk:
    """Where the loop stands: the questions put, the one that is open, whether it was put twice, and how the loop was left."""

    asked: tuple[str, ...] = ()
    question: str | None = None
    again: bool = False
    left: str | None = None

    @classmethod
    def of(cls, tracker: Tracker) -> _Talk:
        kept = dict(tracker.slots.get(TALK_SLOT) or {})
        return cls(tuple(kept.get("asked", ())), kept.get("question"), bool(kept.get("again")), kept.get("left"))

    def slot(self) -> dict[str, Any]:
        return {"asked": list(self.asked), "question": self.question, "again": self.again, "left": self.left}


class CheckEligibility(GuardedAction):
    """Whether one qualifies, as far as what was said allows; the documents on file are quoted below; the authority decides."""

    def name(self) -> str:
        return "action_check_eligibility"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        if (jobs := jobs_or_both(tracker, services) or wish_taken_for_policy(tracker, services)) is not None:
            return jobs
        today = services.clock.today()
        facts = _facts_so_far(tracker, today)
        asked_about = _programme_meant(tracker)
        given = ask_knowledge(tracker, services) if services.knowledge is not None else None
        if asked_about is None or (_asks_in_general(said(tracker), today) and _says_enough(given, tracker)):
            return _without_check(tracker, given, facts, today)
        found = assess(asked_about, facts, today)
        kept = remembered(given) if given is not None else [SlotSet("last_question", said(tracker))]
        return Reply([eligibility_message(found, today), *_below(given), *_question(found)], [*kept, *_begun(found, facts)])


def with_check(tracker: Tracker, services: Services, given: Answer) -> Reply:
    """The answer to a policy question in which the graduate described themselves, and the check below it."""
    today = services.clock.today()
    facts, asked_about = _facts_so_far(tracker, today), _programme_meant(tracker)
    if asked_about is None:
        return Reply([given.message()], remembered(given))
    found = assess(asked_about, facts, today)
    return Reply([given.message(), eligibility_message(found, today), *_question(found)], [*remembered(given), *_begun(found, facts)])


class ValidateEligibilityForm(GuardedForm):
    """Reads the answer to the open question and asks on; ends the loop when the verdict is certain or the graduate wants something else."""

    def name(self) -> str:
        return "validate_eligibility_form"

    def after_failure(self) -> dict[str, Any]:
        return {ANSWER_SLOT: None, TALK_SLOT: _Talk(left="failed").slot()}

    def validate_eligibility_answer(self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> dict[str, Any]:
        """The slots that follow from the graduate's message while the loop has a question open."""
        words, talk, today = str(value or ""), _Talk.of(tracker), current().clock.today()
        asked_about, question = programme(tracker.slots.get(PROGRAMME_SLOT)), _open_question(talk)
        if asked_about is None or question is None:
            return _ended(replace(talk, left="failed"))
        if declines(words):
            return _ended(replace(talk, left="declined"))
        answer = read_answer(question, words, today)
        if wishes_otherwise(tracker, words, answer is not None) or _other_programme(words, asked_about):
            return _ended(replace(talk, left="otherwise"))
        if answer is None and not talk.again:
            dispatcher.utter_message(json_message=question_message(question, again=True))
            return {ANSWER_SLOT: None, TALK_SLOT: replace(talk, again=True).slot()}
        facts = {**dict(tracker.slots.get(FACTS_SLOT) or {}), **(answer.facts if answer else {})}
        return _went_on(dispatcher, assess(asked_about, facts, today, talk.asked), facts, talk)


class TellEligibility(GuardedAction):
    """What came of the loop: the verdict, or a word on leaving it and then whatever was said instead."""

    def name(self) -> str:
        return "action_tell_eligibility"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        talk, asked_about = _Talk.of(tracker), programme(tracker.slots.get(PROGRAMME_SLOT))
        closed = SlotSet(TALK_SLOT, _Talk().slot())
        if asked_about is None or talk.left == "failed":
            return Reply([], [closed])
        if talk.left == "declined":
            return Reply([text(wordings.LEFT.format(name=asked_about.name))], [closed])
        if talk.left == "otherwise":
            return Reply([text(wordings.LEFT_TOPIC.format(name=asked_about.name))], [closed, *_said_anew(tracker)])
        today = services.clock.today()
        found = assess(asked_about, dict(tracker.slots.get(FACTS_SLOT) or {}), today, talk.asked)
        return Reply([eligibility_message(found, today)], [closed])


def _programme_meant(tracker: Tracker) -> Programme | None:
    """The programme that the message names; a short one that names none is about the one before."""
    words = said(tracker)
    named = recognise(words)
    if named is not None or len(words) > _FOLLOW_UP_LENGTH:
        return named
    return recognise(str(tracker.slots.get("last_question") or "")) or programme(tracker.slots.get(PROGRAMME_SLOT))


def _facts_so_far(tracker: Tracker, today: date) -> dict[str, Any]:
    """What was said of oneself in this conversation, the latest word last."""
    facts = dict(tracker.slots.get(FACTS_SLOT) or {})
    for words in _told(tracker):
        facts |= read_facts(words, today)
    return facts


def _told(tracker: Tracker) -> list[str]:
    """The messages of this session in which the graduate spoke of themselves, the latest included."""
    told = said_as(tracker, _TELLING_INTENTS)
    latest = latest_text(tracker)
    return told if latest in told[-1:] else [*told, latest]


def _asks_in_general(words: str, today: date) -> bool:
    """Whether a message asks after the rule: it says nothing of the person who asks, or does not ask whether that person may."""
    if read_facts(words, today):
        return False
    return not _ASKS_WHETHER.search(words) or not any(clause.names_self for clause in clauses(words))


def _says_enough(given: Answer | None, tracker: Tracker) -> bool:
    """Whether the documents answer, or, where Rasa is not sure that a check was wanted at all, have something near."""
    return given is not None and (given.outcome == "answered" or (bool(given.citations) and confidence(tracker) < SURE))


def _without_check(tracker: Tracker, given: Answer | None, facts: dict[str, Any], today: date) -> Reply:
    """Nothing to check: what the documents or the built-in knowledge say, else the question which programme is meant."""
    kept = [SlotSet(FACTS_SLOT, facts)]
    if given is not None and (given.outcome == "answered" or given.reason == "not_official" or given.citations):
        message = given.message()
        if given.outcome == "answered":
            message["text"] = f"{texts.ELIGIBILITY}\n{message['text']}"
        return Reply([message], [*remembered(given), *kept])
    return Reply([open_message(), which_message(likely(facts, today))], [SlotSet("last_question", said(tracker)), *kept])


def _below(given: Answer | None) -> list[Message]:
    """What the documents on file say, below the verdict: an answer, or why one that is near does not hold here."""
    if given is None:
        return []
    message = given.message()
    if given.outcome == "answered":
        message["text"] = f"{wordings.DOCUMENTS_BELOW}\n{message['text']}"
        return [message]
    return [message] if given.reason in _TELLING_REFUSALS else []


def _question(found: Assessment) -> list[Message]:
    return [question_message(found.question)] if found.question else []


def _begun(found: Assessment, facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The slots of a check, and the loop where a question is open."""
    talk = _Talk((found.question.id,), found.question.id) if found.question else _Talk()
    kept = [SlotSet(PROGRAMME_SLOT, found.programme.id), SlotSet(FACTS_SLOT, facts), SlotSet(TALK_SLOT, talk.slot())]
    return [*kept, ActiveLoop(FORM)] if found.question else kept


def _went_on(dispatcher: CollectingDispatcher, found: Assessment, facts: dict[str, Any], talk: _Talk) -> dict[str, Any]:
    """The next question, or the end of the loop where there is none."""
    if found.question is None:
        return _ended(replace(talk, question=None)) | {FACTS_SLOT: facts}
    dispatcher.utter_message(json_message=question_message(found.question))
    going_on = _Talk((*talk.asked, found.question.id), found.question.id)
    return {ANSWER_SLOT: None, FACTS_SLOT: facts, TALK_SLOT: going_on.slot()}


def _ended(talk: _Talk) -> dict[str, Any]:
    return {ANSWER_SLOT: None, TALK_SLOT: talk.slot(), REQUESTED_SLOT: None}


def _open_question(talk: _Talk) -> Question | None:
    return next((question for question in questions() if question.id == talk.question), None)


def _other_programme(words: str, asked_about: Programme) -> bool:
    named = recognise(words)
    return named is not None and named.id != asked_about.id and words.rstrip().endswith(("吗", "么", "不", "呢", "?", "？"))


def _said_anew(tracker: Tracker) -> list[dict[str, Any]]:
    """The latest message once more, now outside the loop, so that Rasa's rules take it as any other."""
    return [ActionExecuted("action_listen"), UserUttered(latest_text(tracker), dict(tracker.latest_message))]
