"""What Rasa took for something else may be a question that the documents answer: they are asked first."""

from __future__ import annotations

from typing import Any, Protocol

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions.base import Reply
from actions.place import known_place, place_events, with_place_asked
from actions.services import Services
from knowledge.answers.judging import ANSWERABLE, CERTAIN
from knowledge.answers.model import Answer

SURE = 0.85
"""Rasa's confidence from which its reading is not doubted."""
GUESSING = 0.5
"""Rasa's confidence below which it is guessing, so that the documents need not be surer than for any question."""
_SHORTEST = 6
"""Characters; a shorter text is no question about a document."""


class Answering(Protocol):
    """What the actions need of the knowledge."""

    def answer(self, text: str, previous: str | None = None, threshold: float = ANSWERABLE, place: str | None = None) -> Answer: ...


def said(tracker: Tracker) -> str:
    """The graduate's latest words."""
    return str(tracker.latest_message.get("text") or "")


def confidence(tracker: Tracker) -> float:
    """How sure Rasa is of the intent; a choice that was touched is certain."""
    return float((tracker.latest_message.get("intent") or {}).get("confidence") or 0.0)


def ask_knowledge(tracker: Tracker, services: Services, threshold: float = ANSWERABLE, words: str | None = None) -> Answer:
    """The knowledge's answer to the latest message, or to a part of it (`words`).

    It is read in the light of the question before it and of where the graduate is.
    Where it depends on the place and that is not known, the place is asked for behind it, once in a conversation.
    """
    knowledge: Answering = services.knowledge
    given = knowledge.answer(said(tracker) if words is None else words, tracker.get_slot("last_question"), threshold, known_place(tracker))
    return with_place_asked(given, tracker)


def documents_first(tracker: Tracker, services: Services) -> Reply | None:
    """The documents' answer where Rasa is not sure of another intent and they surely have one; else None."""
    words = said(tracker)
    if services.knowledge is None or words.startswith("/") or len(words) < _SHORTEST or confidence(tracker) >= SURE:
        return None
    given = ask_knowledge(tracker, services, CERTAIN if confidence(tracker) >= GUESSING else ANSWERABLE)
    return Reply([given.message()], remembered(given)) if given.outcome == "answered" else None


def remembered(given: Answer) -> list[dict[str, Any]]:
    """What a follow-up builds on: the question as understood, its place and its subject, and where the graduate is."""
    region = given.citations[0].region if given.citations else None
    subject = given.citations[0].title if given.citations else None
    return [SlotSet("last_question", given.question), SlotSet("last_region", region), SlotSet("policy_subject", subject), *place_events(given)]
