"""The conversation's place: asked for once where an answer depends on it, remembered, changed by what the graduate says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions import texts
from knowledge.answers.model import Answer
from knowledge.language.places import is_school
from knowledge.language.whereabouts import only_places

PLACE = "place"
PLACE_ASKED = "place_asked"


def known_place(tracker: Tracker) -> str | None:
    """Where the graduate said they are; None while they have not."""
    return tracker.get_slot(PLACE) or None


def with_place_asked(given: Answer, tracker: Tracker) -> Answer:
    """The answer with the question for the place behind it, where it depends on the place and nobody has asked yet."""
    if not given.depends_on_place or known_place(tracker) or tracker.get_slot(PLACE_ASKED):
        return replace(given, depends_on_place=False)
    schools = [place for place in given.places if is_school(place)]
    question = texts.ASK_SCHOOL if len(schools) > 1 else texts.ASK_PLACE
    suggestions = (*given.places, texts.OTHER_PLACE, *given.suggestions[-1:])
    return replace(given, text=f"{given.text}\n\n{question}", suggestions=suggestions)


def place_events(given: Answer) -> list[dict[str, Any]]:
    """What is remembered of an answer's place: the one that was said, and that it was asked for."""
    said = [SlotSet(PLACE, given.place)] if given.place else []
    return [*said, SlotSet(PLACE_ASKED, True)] if given.depends_on_place or given.place else said


def answers_the_question_for_the_place(tracker: Tracker) -> bool:
    """Whether the latest message only names a place, or asks to name another one, and follows a policy answer."""
    words = str(tracker.latest_message.get("text") or "")
    return _follows_policy(tracker) and (is_other_place(tracker) or bool(only_places(words)))


def is_other_place(tracker: Tracker) -> bool:
    """Whether the choice of another place was touched."""
    return str(tracker.latest_message.get("text") or "").strip() == texts.OTHER_PLACE


def _follows_policy(tracker: Tracker) -> bool:
    """Whether the last thing said to the graduate was a policy answer, or the invitation to name a place."""
    for event in reversed(tracker.events):
        if event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom") or {}
            return custom.get("kind") == "policy_answer" or custom.get("text") == texts.NAME_PLACE
    return False
