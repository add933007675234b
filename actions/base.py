"""The boundary between Rasa and our actions: nothing that goes wrong inside gets out as an error.

An action says in `answer` what it replies; `run` puts that on Rasa's dispatcher. When `answer` raises, the failure is
logged without a word of the conversation and the graduate is told the truth instead. Rasa's own error answer would
carry the exception and the whole request, slots included.
"""

from __future__ import annotations

import asyncio
import traceback
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Any

import structlog
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.messages import Message, notice, offer_person
from actions.services import Services, current
from desk import texts

_log = structlog.get_logger(__name__)
_FRAMES_LOGGED = 6


@dataclass(frozen=True)
class Reply:
    """What an action says, and the Rasa events that follow from it."""

    messages: list[Message]
    events: list[dict[str, Any]] = field(default_factory=list)


class GuardedAction(Action, ABC):
    """An action whose failure the graduate hears as a true sentence."""

    @abstractmethod
    def name(self) -> str:
        """The action's name in the domain."""

    @abstractmethod
    def answer(self, tracker: Tracker, services: Services) -> Reply:
        """The reply to the tracker's latest message. Runs in a thread of its own, so it may wait for the database."""

    def failure(self, tracker: Tracker) -> list[Message]:
        """What the graduate is told when `answer` raised."""
        return degraded()

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Called by Rasa: sends the reply's messages and returns its events; never raises."""
        try:
            reply = await asyncio.to_thread(lambda: self.answer(tracker, current()))
        except Exception as error:
            log_failure(self.name(), error)
            reply = Reply(self.failure(tracker))
        for message in reply.messages:
            dispatcher.utter_message(json_message=message)
        return reply.events


class GuardedForm(FormValidationAction, ABC):
    """The checks of a form whose failure ends the form and is heard by the graduate as a true sentence."""

    @abstractmethod
    def name(self) -> str:
        """`validate_` and the form's name in the domain."""

    @abstractmethod
    def after_failure(self) -> dict[str, Any]:
        """The slots that a form which failed leaves behind; that it asks for nothing more is added."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[dict[str, Any]]:
        """Called by Rasa; never raises."""
        try:
            return list(await super().run(dispatcher, tracker, domain))
        except Exception as error:
            log_failure(self.name(), error)
            for message in degraded():
                dispatcher.utter_message(json_message=message)
            return [SlotSet(slot, value) for slot, value in {**self.after_failure(), REQUESTED_SLOT: None}.items()]


def degraded(words: str = texts.DEGRADED) -> list[Message]:
    """A true word about a failure, with the offer of a person."""
    return [notice(words, "degraded"), offer_person()]


def log_failure(action: str, error: Exception) -> None:
    """Log what failed and where; neither the exception's words nor its arguments, which may quote the graduate."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_LOGGED:]
    where = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
    _log.error("action_failed", action=action, error=type(error).__qualname__, where=where)
