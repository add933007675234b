"""Rasa's own story tests are there in number, and leave no intent and no action out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2]
_CALLED_BY_LOOPS = {
    "action_default_fallback",
    "action_default_ask_affirmation",
    "action_default_ask_rephrase",
    "validate_contact_form",
    "validate_eligibility_form",
}


def _steps() -> list[list[dict[str, Any]]]:
    files = sorted((PROJECT / "tests").glob("test_*.yml"))
    return [s["steps"] for file in files for s in yaml.safe_load(file.read_text(encoding="utf-8"))["stories"]]


def test_there_are_at_least_sixty() -> None:
    assert len(_steps()) >= 60


def test_every_intent_and_action_is_told() -> None:
    domain = yaml.safe_load((PROJECT / "domain.yml").read_text(encoding="utf-8"))
    steps = [step for story in _steps() for step in story]
    assert set(domain["intents"]) - {step.get("intent") for step in steps} == set()
    assert set(domain["actions"]) - _CALLED_BY_LOOPS - {step.get("action") for step in steps} == set()


def test_no_told_text_is_a_training_example(training_data: Any) -> None:
    known = {example.get("text") for example in training_data.intent_examples}
    told = {step["user"].strip() for story in _steps() for step in story if "user" in step}
    assert told & known == set()
