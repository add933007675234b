"""Replies put before a counsellor: what the documents on file answer to the graduate's words, and whether it may be sent as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from desk.chat import Chat, Spoken
from desk.requests.listing import Listing
from desk.staff.policy import Actor
from knowledge.answers.model import Answer
from knowledge.errors import IndexMissing

RELIABLE = frozenset({"in_force", "trial"})
"""The standings of a clause that may be quoted to a graduate as what holds."""
_LEAST_WORDS = 4
_MOST_QUESTIONS = 2

WHY_NOT = {
    "no_source": "资料里没有找到依据，请查证后自己写。",
    "damaged": "找到的原文有缺损，不能据此回复，请核对原件。",
    "wrong_region": "找到的是别的地区的规定，不能据此回复。",
    "wrong_year": "找到的是别的年份的规定，不能据此回复。",
    "expired": "找到的规定已经过期，不能据此回复。",
    "not_official": "只有内置资料，没有官方原文可以引用，请核对后自己写。",
    "superseded": "找到的规定已经被新的取代，不能据此回复。",
    "repealed": "找到的规定已经废止，不能据此回复。",
    "only_that_year": "找到的规定只管当年，不能据此回复。",
    "not_yet_in_force": "找到的规定还没有施行，不能据此回复。",
    "conflict": "找到的两处规定不一致，请核对后再回复。",
}
NOT_NOW = "现在查不了资料，请稍后再试。"


class Answering(Protocol):
    """What is needed of `knowledge.service.Knowledge`."""

    def answer(self, text: str, previous: str | None = None) -> Answer: ...


@dataclass(frozen=True)
class Suggestion:
    """A reply to a question of the graduate's; `why_not` says why it may not be sent, where `usable` is false."""

    question: str
    text: str
    citations: tuple[dict[str, Any], ...]
    usable: bool
    why_not: str | None
    confidence: float


class Suggesting:
    """Asks the knowledge; `knowledge` is None where it could not be opened."""

    def __init__(self, listing: Listing, chat: Chat, knowledge: Answering | None) -> None:
        self._listing, self._chat, self._knowledge = listing, chat, knowledge

    def suggestions(self, actor: Actor, number: str) -> list[Suggestion]:
        """Suggestions for a ticket, the newest question first. Raises RequestRefused or a database error."""
        ticket = self._listing.one(actor, number).ticket
        questions = _questions(ticket.topic, self._chat.messages(ticket.conversation_id))
        if self._knowledge is None:
            return [Suggestion(question, "", (), False, NOT_NOW, 0.0) for question in questions[:1]]
        found = [self._suggested(self._knowledge, question) for question in questions]
        return [suggestion for suggestion in found if suggestion is not None]

    @staticmethod
    def _suggested(knowledge: Answering, question: str) -> Suggestion | None:
        try:
            given = knowledge.answer(question)
        except IndexMissing:
            return Suggestion(question, "", (), False, NOT_NOW, 0.0)
        if given.outcome == "clarify":
            return None
        why_not = reason_against(given)
        return Suggestion(
            question, given.text, tuple(each.payload() for each in given.citations), why_not is None, why_not, round(given.confidence, 2)
        )


def reason_against(given: Answer) -> str | None:
    """Why an answer may not be sent under a counsellor's name; None where it may."""
    if given.outcome != "answered":
        return WHY_NOT[given.reason or "no_source"]
    if not given.citations:
        return WHY_NOT["no_source"]
    status = given.citations[0].status
    if status not in RELIABLE:
        return WHY_NOT.get(status, WHY_NOT["expired"])
    return next((WHY_NOT[warning] for warning in given.warnings if warning in ("expired", "superseded", "conflict")), None)


def _questions(topic: str, conversation: Sequence[Spoken]) -> list[str]:
    said = [message.text for message in reversed(conversation) if message.role == "user" and len(message.text) >= _LEAST_WORDS]
    return list(dict.fromkeys([*said[: _MOST_QUESTIONS - 1], topic]))[:_MOST_QUESTIONS]
