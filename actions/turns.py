"""What was said to the graduate in the turn before this one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa_sdk.interfaces import Tracker


def just_shown(tracker: Tracker, kind: str) -> bool:
    """Whether a message of this kind was among the replies to the graduate's last message but one."""
    return any(message.get("kind") == kind for message in last_replies(tracker))


def last_replies(tracker: Tracker) -> list[dict[str, Any]]:
    """The messages (`kind`, `text`, `payload`) said in reply to the message before the latest, the latest first."""
    return list(_replies(tracker.events))


def _replies(events: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    spoken = False
    for event in reversed(events):
        if event.get("event") == "bot":
            spoken = True
            custom = (event.get("data") or {}).get("custom")
            if isinstance(custom, dict):
                yield custom
        elif event.get("event") == "user" and spoken:
            return
