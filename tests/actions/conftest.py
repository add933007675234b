"""The actions as Rasa meets them: rasa-sdk's own executor, on a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
from sqlalchemy.orm import Session, sessionmaker

from actions import complaint, contact, crisis, feedback, handover, personal_data, scam, services
from desk.tickets import Tickets
from knowledge.answers.model import Answer
from tests import loops
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock
from tests.desk.conftest import clock, sessions, tickets

__all__ = ["clock", "sessions", "tickets"]

Run = Callable[[Talk, str], ActionExecutorRunResult]
CarryOut = Callable[[Talk, str], list[dict[str, Any]]]

_ACTIONS = (
    handover.RequestHuman,
    handover.HandoffStatus,
    handover.WithdrawRequest,
    contact.ValidateContactForm,
    contact.SaveContact,
    crisis.Crisis,
    complaint.Complaint,
    feedback.Feedback,
    personal_data.DeleteMyData,
    personal_data.ExportMyData,
    scam.CheckScam,
)


@dataclass
class Documents:
    """Answers every question alike and notes which it was asked."""

    given: Answer
    asked: list[str] = field(default_factory=list)

    def answer(self, text: str, previous: str | None = None, threshold: float = 0.0, place: str | None = None) -> Answer:
        self.asked.append(text)
        return self.given


@pytest.fixture
def provided(sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets) -> Iterator[None]:
    services.provide(services.Services(sessions, clock, tickets, None))
    yield
    services.provide(None)


@pytest.fixture
def documents() -> Documents:
    return Documents(Answer("refused", "no_source", "资料里没有。"))


@pytest.fixture
def executor() -> ActionExecutor:
    return executor_of(_ACTIONS)


@pytest.fixture
def run(executor: ActionExecutor, provided: None) -> Run:
    def run_action(talk: Talk, action: str) -> ActionExecutorRunResult:
        result = loops.run(executor.run(talk.call(action)))
        assert result is not None
        return result

    return run_action


def executor_of(actions: Sequence[type[Action]]) -> ActionExecutor:
    """An executor that knows these actions alone."""
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)
    return executor


def carrying_out(*actions: type[Action]) -> CarryOut:
    """Carries out one of these actions as Rasa would: what it sets and says is kept in the talk for the next turn."""
    executor = executor_of(actions)

    def carry_out(talk: Talk, action: str) -> list[dict[str, Any]]:
        result = loops.run(executor.run(talk.call(action)))
        assert result is not None
        for event in result.events:
            if event["event"] == "slot":
                talk.slots[event["name"]] = event["value"]
        said = messages(result)
        for message in said:
            talk.hears(custom=message)
        return said

    return carry_out


def messages(result: ActionExecutorRunResult) -> list[dict[str, Any]]:
    """What the graduate gets: the custom part of every response."""
    return [response["custom"] for response in result.responses]
