"""What comes before the inbox: clean the text, screen it, and the replies that need no Rasa."""

from __future__ import annotations

import re
from dataclasses import replace

from bot import texts
from bot.messages import DANGER, PICTURE, Incoming, Reply, Verdict
from bot.models import Message
from bot.safety import Screening, screen
from bot.safety.replies import PRIVACY_CONTACT
from core.clock import Clock
from core.text.masking import CONTACT_KINDS
from knowledge.traps.pasting import looks_like_advertisement, pasted

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")
_OFFERS_A_PERSON = frozenset({"abuse", "privacy"})
_TOPIC_LENGTH = 64


def warm_up() -> None:
    """Load what the screen needs, so that the first graduate does not wait for it."""
    screen("你好")


def clean(text: str) -> str:
    """The text without control characters and halves of surrogate pairs, which no database takes."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _UNPRINTABLE.sub("", whole).strip()


def incoming(conversation_id: str, client_id: str, text: str, clock: Clock) -> Incoming:
    """A message as it enters the inbox: masked, with the safety screen's verdict; `text` is clean and not empty."""
    screening = screen(text)
    held = pasted(screening.masked)
    verdict: Verdict = screening.verdict
    ready_reply = screening.reply
    if held is not None and held.surely and _said_by_the_pasted_text(screening):
        verdict, ready_reply = "pass", None
    if verdict == "pass" and len(text) > texts.MAX_CHARACTERS:
        verdict = "too_long"
        ready_reply = texts.TOO_LONG.format(length=len(text), limit=texts.MAX_CHARACTERS)
    return Incoming(
        conversation_id=conversation_id,
        client_id=client_id,
        text=screening.masked,
        verdict=verdict,
        topic=screening.topic[:_TOPIC_LENGTH] if screening.topic else None,
        ready_reply=ready_reply,
        created_at=clock.now(),
        contact=_contact(text, screening),
        pasted=held,
    )


def _said_by_the_pasted_text(screening: Screening) -> bool:
    """Whether what oversteps a bound is what an advertisement says (its contacts, an unlawful offer), not what the graduate wants of us."""
    return screening.verdict == "illegal" or screening.reply == PRIVACY_CONTACT


def incoming_picture(conversation_id: str, client_id: str, words: str, clock: Clock) -> Incoming:
    """What was read from a picture, as it enters the inbox; `words` may be empty."""
    text = clean(words)[: texts.MAX_CHARACTERS]
    if not any(character.isalnum() for character in text):
        return Incoming(
            conversation_id,
            client_id,
            texts.PICTURE_WITHOUT_TEXT,
            "unreadable",
            None,
            texts.PICTURE_UNREADABLE,
            clock.now(),
            picture=True,
        )
    taken = incoming(conversation_id, client_id, text, clock)
    held = taken.pasted
    if held is not None and looks_like_advertisement(held.text):
        held = replace(held, surely=True)
    return replace(taken, contact=None, picture=True, pasted=held)


def _contact(text: str, screening: Screening) -> str | None:
    """The text as it may go on if a contact was asked for; None where it holds none or is held back anyway."""
    if not any(kind.value in screening.masked for kind in CONTACT_KINDS):
        return None
    expected = screen(text, expecting_contact=True)
    return expected.masked if expected.verdict == "pass" else None


def calm_reply(message: Message) -> Reply:
    """The reply to a message that is neither for Rasa nor a danger: said once, calmly, without arguing."""
    if message.verdict == "blocked":
        return Reply("notice", texts.BLOCKED_COMMAND, {"code": "blocked"}, role="system")
    text = message.ready_reply or texts.CALM
    if message.verdict == "unreadable":
        return Reply("text", text)
    if message.verdict in _OFFERS_A_PERSON:
        return Reply("choices", text, {"options": [{"title": texts.TALK_TO_PERSON, "value": "/request_human"}]})
    return Reply("notice", text, {"code": "blocked"}, role="system")


def shown_back(message: Message, replies: list[Reply]) -> list[Reply]:
    """The replies to a message with what was read from its picture, if it was one: first, but after words for somebody in danger."""
    if not (message.payload or {}).get(PICTURE) or message.verdict == "unreadable":
        return replies
    read = Reply("text", texts.PICTURE_READ.format(text=message.text))
    return [*replies, read] if message.verdict in DANGER else [read, *replies]
