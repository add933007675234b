"""The calendar in a conversation: what is asked of it, the message that tells it, and a follow-up whatever Rasa took it for."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk.events import SlotSet
from rasa_sdk.interfaces import Tracker

from actions.base import Reply
from actions.documents import said
from actions.messages import Message, events, offer_person
from actions.place import known_place
from actions.services import Services
from actions.turns import just_shown
from core.text.folding import fold
from knowledge.events.answering import answer_text, payload_of
from knowledge.events.query import EventQuery
from knowledge.events.service import FoundEvents
from knowledge.events.understanding import is_follow_up, understand

EVENTS_QUERY = "events_query"
"""The slot that keeps what was asked for, so that 那下周呢 means something."""
_NEARBY = re.compile("附近|本地|本市|我们市|我市|周边")


def events_follow_up(tracker: Tracker, services: Services) -> Reply | None:
    """The reply to a message that only changes the question about events just answered (那下周呢, 换成武汉); else None."""
    if not just_shown(tracker, "events") or not is_follow_up(said(tracker), services.clock.today()):
        return None
    query = asked_for(tracker, services)
    return Reply(told(services.events.find(query), services), query_kept(query))


def asked_for(tracker: Tracker, services: Services) -> EventQuery:
    """What the latest message asks of the calendar, in the light of the question before it and of where the graduate is."""
    today, words = services.clock.today(), said(tracker)
    previous = tracker.get_slot(EVENTS_QUERY) if just_shown(tracker, "events") else None
    query = understand(words, today, EventQuery.from_json(previous) if previous else None)
    place = known_place(tracker)
    if place and _NEARBY.search(fold(words)) and not (query.cities or query.provinces or query.districts):
        return understand(f"{words} {place}", today)
    return query


def told(found: FoundEvents, services: Services) -> list[Message]:
    """What was found; without anything on file the truth and the offer of a person."""
    now = services.clock.now()
    words = answer_text(found, now)
    return [events(words, payload_of(found, now))] if found.any_on_file else [offer_person(words)]


def query_kept(query: EventQuery) -> list[dict[str, Any]]:
    """The event that keeps the question for the next message."""
    return [SlotSet(EVENTS_QUERY, query.to_json())]
