"""The choices put before a graduate: what a tap, a typed title or a typed number stands for.

Choices may carry values that users must not type themselves (`/request_human`); so each conversation remembers
what it was offered lately, and only that is let through to Rasa.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.messages import Reply
from core.text.folding import fold

KEPT = 12
"""How many offers are remembered: a tap on a button a few messages up still works."""

_LONGEST = 200
"""Nothing longer is compared with the offers."""

Offers = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Choice:
    """An offer that the graduate took."""

    title: str
    value: str


def is_command(text: str) -> bool:
    """Whether a text would make Rasa skip its understanding and obey."""
    return fold(text).startswith("/")


def find_choice(offers: Offers, text: str) -> Choice | None:
    """The offer that `text` names by its value, its title or, for the newest offers, its number."""
    if not offers or len(text) > _LONGEST:
        return None
    said = fold(text)
    for offer in offers:
        if text.strip() == offer["value"] or said == fold(offer["title"]):
            return Choice(offer["title"], offer["value"])
    fresh = [offer for offer in offers if offer["fresh"]]
    if said.isascii() and said.isdigit() and len(said) <= 2 and 1 <= int(said) <= len(fresh):
        taken = fresh[int(said) - 1]
        return Choice(taken["title"], taken["value"])
    return None


def next_offers(offers: Offers, replies: Iterable[Reply]) -> list[dict[str, Any]]:
    """What the conversation has on offer after `replies`: theirs first, then older ones, at most `KEPT`."""
    fresh = [
        {"title": option["title"], "value": option["value"], "fresh": True}
        for reply in replies
        if reply.kind == "choices" and reply.payload
        for option in reply.payload["options"]
    ]
    values = {offer["value"] for offer in fresh}
    older = [{**offer, "fresh": False} for offer in offers if offer["value"] not in values]
    return (fresh + older)[:KEPT]
