"""The choices put before a graduate: what a tap, a typed title or a typed number stands for.

Choices may carry values that users must not type themselves (`/request_human`); so each conversation remembers
what it was offered lately, and only that is let through to Rasa. Suggestions behind an answer and the postings of a
list are on offer too, so that a channel without buttons can number them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import texts
from bot.messages import Reply
from core.text.folding import fold

KEPT = 12
"""How many offers are remembered: a tap on a button a few messages up still works."""

_COUNSELLOR = "counsellor"
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
    fresh = _fresh(offers)
    if said.isascii() and said.isdigit() and len(said) <= 2 and 1 <= int(said) <= len(fresh):
        taken = fresh[int(said) - 1]
        return Choice(taken["title"], taken["value"])
    return None


def numbers(offers: Offers) -> dict[str, int]:
    """The titles of the newest offers with the numbers that stand for them, from 1 on."""
    return {offer["title"]: number for number, offer in enumerate(_fresh(offers), 1)}


def next_offers(offers: Offers, replies: Iterable[Reply]) -> list[dict[str, Any]]:
    """What the conversation has on offer after `replies`: theirs first, then older ones, at most `KEPT`."""
    fresh = _offered(replies)
    values = {offer["value"] for offer in fresh}
    older = [{**offer, "fresh": False} for offer in offers if offer["value"] not in values and offer["value"] != offer["title"]]
    return (fresh + older)[:KEPT]


def options_of(kind: str, payload: dict[str, Any] | None) -> list[Choice]:
    """What a message puts up for choice, in its order: options, what to ask next, what else would be found."""
    shown = payload or {}
    if kind == "choices":
        return [Choice(option["title"], option["value"]) for option in shown.get("options", ())]
    if kind == "policy_answer":
        return [Choice(each, each) for each in shown.get("suggestions", ())]
    if kind == "postings":
        return [Choice(each["text"], each["text"]) for each in shown.get("loosen", ()) if each["total"]]
    return []


def details_of(kind: str, payload: dict[str, Any] | None) -> list[Choice]:
    """The question for the details of each posting of a list, in the list's order."""
    items: list[dict[str, Any]] = (payload or {}).get("items", []) if kind == "postings" else []
    if len(items) == 1 and items[0].get("detail"):
        return []
    asked = [texts.ASK_DETAIL.format(number=item.get("number", place)) for place, item in enumerate(items, 1)]
    return [Choice(each, each) for each in asked]


def _offered(replies: Iterable[Reply]) -> list[dict[str, Any]]:
    """What replies put up for choice, each title once; postings stand first, so that their numbers are those of their list."""
    bots = [reply for reply in replies if reply.role != _COUNSELLOR]
    details = [choice for reply in bots for choice in details_of(reply.kind, reply.payload)]
    by_title: dict[str, Choice] = {}
    for choice in [*details, *(choice for reply in bots for choice in options_of(reply.kind, reply.payload))]:
        if choice.title not in by_title or is_command(choice.value):
            by_title[choice.title] = choice
    return [{"title": choice.title, "value": choice.value, "fresh": True} for choice in by_title.values()]


def _fresh(offers: Offers) -> list[dict[str, Any]]:
    return [offer for offer in offers if offer["fresh"]]
