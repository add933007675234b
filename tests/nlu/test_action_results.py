"""Results of actions are still checked, by a validator that is built once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

from bot.nlu import action_results


@pytest.fixture
def action() -> Iterator[RemoteAction]:
    original = RemoteAction._validate_action_result
    action_results.install()
    yield RemoteAction("action_answer_policy", None)
    RemoteAction._validate_action_result = original


@pytest.mark.parametrize(
    "result",
    [
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "contact", "value": None}], "responses": [{"text": "好"}]},
        {"events": [], "responses": [{"custom": {"kind": "text", "text": "好", "payload": None}}]},
    ],
)
def test_a_well_formed_result_passes(action: RemoteAction, result: dict[str, Any]) -> None:
    assert action._validate_action_result(result) is True


@pytest.mark.parametrize(
    "result",
    [
        {"events": "none", "responses": []},
        {"events": [{"event": "slot"}], "responses": []},
        {"events": [{"event": "no_such_event"}], "responses": []},
        {"events": [], "responses": ["text"]},
        [],
    ],
)
def test_a_malformed_result_is_rejected_with_advice(action: RemoteAction, result: Any) -> None:
    with pytest.raises(ValidationError, match="custom-actions"):
        action._validate_action_result(result)


def test_installing_twice_leaves_one_validator(action: RemoteAction) -> None:
    installed = RemoteAction._validate_action_result
    validator = action_results._validator()
    action_results.install()
    assert RemoteAction._validate_action_result is installed
    assert action_results._validator() is validator
