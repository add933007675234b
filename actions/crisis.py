"""Life at stake, or another danger: on record for a person at once, and the lines to call.

The safety screen in front of Rasa registers most of these before a message gets here; this action is the second net,
and registering twice makes one ticket.
"""

from __future__ import annotations

from rasa_sdk.interfaces import Tracker

from actions.base import GuardedAction, Reply
from actions.conversation import ticket_request
from actions.documents import confidence
from actions.messages import REQUEST_HUMAN, Message, choices, handoff, notice
from actions.services import Services
from desk import texts
from desk.models import Priority, Reason

CRISIS = "crisis"
"""The intent."""

GO_ON = "/greet"

CERTAIN_OF_CRISIS = 0.85
"""Rasa's confidence from which a message that the safety screen let pass is taken for a crisis at once. Below it the
graduate is asked, kindly and with the lines to call in sight: 累死了 is mostly said of a long day."""


class Crisis(GuardedAction):
    """Registers the most urgent request there is; says the lines even when that fails."""

    def name(self) -> str:
        return "action_crisis"

    def answer(self, tracker: Tracker, services: Services) -> Reply:
        if confidence(tracker) < CERTAIN_OF_CRISIS:
            return Reply([choices(texts.CHECK_IN, {texts.CHECK_IN_YES: f"/{CRISIS}", texts.TALK_TO_PERSON: REQUEST_HUMAN, texts.CHECK_IN_NO: GO_ON})])
        return crisis_reply(tracker, services)

    def failure(self, tracker: Tracker) -> list[Message]:
        return crisis_lines()


def crisis_reply(tracker: Tracker, services: Services) -> Reply:
    """Register the crisis and say the lines; raises what the database raises."""
    ticket = services.tickets.register(ticket_request(tracker, texts.TOPIC_CRISIS, Reason.CRISIS, Priority.URGENT))
    return Reply([handoff(texts.crisis(registered=True), ticket)])


def crisis_lines() -> list[Message]:
    """The lines to call, where nothing could be registered."""
    return [notice(texts.crisis(registered=False), "degraded")]
