"""Job fairs and talks: from the calendar by days, place and audience; what documents say of them comes from the documents."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions.base import Reply
from actions.calendar import asked_for, query_kept, told
from actions.documents import ask_knowledge, remembered, said
from actions.place import answers_the_question_for_the_place, place_events
from actions.policy import AnswerPolicy
from actions.services import Services
from core.text.folding import fold
from knowledge.answers.judging import ANSWERABLE, CERTAIN
from knowledge.answers.model import Answer
from knowledge.events.query import EventQuery
from knowledge.events.service import FoundEvents

_NAMED_ACTION = re.compile("行动|冲刺|攻坚|招聘月|服务月|24365|国聘|宏志|百日千万|活动周|就业季")
"""Actions of the school year are told by documents, whether or not the calendar lists some of their fairs."""
_ASKS_FOR_RULES = re.compile(
    "收费|要钱|交钱|免费|带简历|带什么|要带|穿什么|准备|注意|靠谱|安全|真假|骗|规定|要求|政策|文件|可以签|比例|多少场|办几场|几场以上|不少于"
)
_SHOWN_REFUSALS = ("wrong_year", "wrong_region", "expired", "damaged")
"""Refusals that say more than that nothing was found."""
_LONG_AGO_DAYS = 180


class FindEvents(AnswerPolicy):
    """Events that fit what was asked; the documents where the question is theirs."""

    def name(self) -> str:
        return "action_find_events"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        if services.knowledge is not None and answers_the_question_for_the_place(tracker):
            return self.policy_answer(tracker, services)
        words, query = fold(said(tracker)), asked_for(tracker, services)
        found = services.events.find(query)
        given = _documents(tracker, services, found)
        if given is None:
            return Reply(told(found, services), [SlotSet("last_question", said(tracker)), *query_kept(query)])
        if given.outcome == "answered":
            services.asked.note(said(tracker), given)
        if _documents_suffice(given, found, words):
            return Reply([given.message()], _kept(given, tracker))
        shown = [given.message()] if _says_something(given, words) else []
        return Reply([*shown, *told(found, services)], [*_kept(given, tracker), *query_kept(query)])


def _documents(tracker: Tracker, services: Services, found: FoundEvents) -> Answer | None:
    """What the documents say, where the question may be theirs; None where the calendar alone is asked."""
    if services.knowledge is None:
        return None
    if not found.any_on_file or _is_for_documents(fold(said(tracker)), found.query, services):
        return ask_knowledge(tracker, services, ANSWERABLE)
    if found.query.asks_for_days() or (found.items and found.query.hosts):
        return None
    given = ask_knowledge(tracker, services, CERTAIN)
    return given if given.outcome == "answered" or given.reason in _SHOWN_REFUSALS else None


def _is_for_documents(words: str, query: EventQuery, services: Services) -> bool:
    """Whether a question is about a named action, about rules, or about years ago."""
    long_ago = query.last is not None and (services.clock.today() - query.last).days > _LONG_AGO_DAYS
    return long_ago or _NAMED_ACTION.search(words) is not None or _ASKS_FOR_RULES.search(words) is not None


def _documents_suffice(given: Answer, found: FoundEvents, words: str) -> bool:
    """Whether the calendar adds nothing: the documents have something to say, and nothing fits, or another thing was asked.

    Where a school or an employer was named that the calendar has nothing of, that is said beside what documents hold in general.
    """
    if not _says_something(given, words):
        return False
    if not found.any_on_file or _ASKS_FOR_RULES.search(words):
        return True
    if _NAMED_ACTION.search(words):
        return not (found.items and found.query.hosts)
    return not found.items and not found.query.hosts


def _says_something(given: Answer, words: str) -> bool:
    """Whether the documents answer, or show what is near; general knowledge counts where it is what was asked for."""
    general = given.reason == "not_official" and (_NAMED_ACTION.search(words) or _ASKS_FOR_RULES.search(words))
    return given.outcome == "answered" or bool(given.citations) or given.reason in _SHOWN_REFUSALS or bool(general)


def _kept(given: Answer, tracker: Tracker) -> list[dict[str, Any]]:
    if given.outcome == "answered":
        return remembered(given)
    return [SlotSet("last_question", said(tracker)), *(place_events(given) if given.citations else [])]
