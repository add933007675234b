"""The actions as Rasa meets them: rasa-sdk's own executor, on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor, ActionExecutorRunResult
from sqlalchemy.orm import Session, sessionmaker

from actions import complaint, contact, crisis, feedback, handover, personal_data, scam, services
from desk.tickets import Tickets
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock
from tests.desk.conftest import clock, sessions, tickets

__all__ = ["clock", "sessions", "tickets"]

Run = Callable[[Talk, str], ActionExecutorRunResult]

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


@pytest.fixture
def provided(sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets) -> Iterator[None]:
    services.provide(services.Services(sessions, clock, tickets, None))
    yield
    services.provide(None)


@pytest.fixture
def executor() -> ActionExecutor:
    executor = ActionExecutor()
    for action in _ACTIONS:
        executor.register_action(action)
    return executor


@pytest.fixture
def run(executor: ActionExecutor, provided: None) -> Run:
    def run_action(talk: Talk, action: str) -> ActionExecutorRunResult:
        result = asyncio.run(executor.run(talk.call(action)))
        assert result is not None
        return result

    return run_action


def messages(result: ActionExecutorRunResult) -> list[dict[str, Any]]:
    """What the graduate gets: the custom part of every response."""
    return [response["custom"] for response in result.responses]
