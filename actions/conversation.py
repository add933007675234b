"""Reading a conversation out of Rasa's tracker: what was said, what it is about, whether the answer was a refusal."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from rasa_sdk.interfaces import Tracker

from desk.models import Priority, Reason
from desk.tickets import TicketRequest
from desk.transcripts import TRANSCRIPT_ENTRIES

_ENTRY_LENGTH = 1000
_TOPIC_LENGTH = 60
_LAST_TEXTS = 3
_TOLD_BEFORE = 2
"""Messages that a situation told in pieces may have before the one that asks."""
PASTED = "pasted"
"""The entity in which the gateway hands on what was pasted to be checked."""

_CHOSEN = "（点选）"
_NO_WORDS = "（没有文字）"


def ticket_request(tracker: Tracker, topic: str, reason: Reason, priority: Priority = Priority.NORMAL) -> TicketRequest:
    """A request for a person about `topic`, with a summary and the conversation so far."""
    return TicketRequest(
        conversation_id=tracker.sender_id,
        topic=topic,
        summary=summary(tracker, topic),
        transcript=transcript(tracker),
        priority=priority,
        reason=reason,
    )


def transcript(tracker: Tracker) -> list[dict[str, str]]:
    """The last entries of the conversation, oldest first: `{"role": "user|bot", "text", "at"}`."""
    return list(_entries(tracker.events))[-TRANSCRIPT_ENTRIES:]


def topic_of(tracker: Tracker, otherwise: str) -> str:
    """What the conversation is about, in one line: the last question, else the subject, else `otherwise`."""
    return line(_slot(tracker, "last_question") or _slot(tracker, "policy_subject") or otherwise)


def said_as(tracker: Tracker, intents: Collection[str]) -> list[str]:
    """The messages of this session that Rasa took for one of `intents`, the oldest first; sub-intents count."""
    said: list[str] = []
    for event in tracker.events:
        if event.get("event") == "session_started":
            said = []
        elif event.get("event") == "user":
            intent = str(((event.get("parse_data") or {}).get("intent") or {}).get("name") or "").partition("/")[0]
            said += [str(event.get("text") or "")] if intent in intents else []
    return said


def line(words: str) -> str:
    """`words` as one line, short enough for a topic."""
    joined = " ".join(words.split())
    return joined if len(joined) <= _TOPIC_LENGTH else joined[: _TOPIC_LENGTH - 1] + "…"


def summary(tracker: Tracker, topic: str) -> str:
    """The topic, what is known about it, and the graduate's last words, a line each."""
    subject, region = _slot(tracker, "policy_subject"), _slot(tracker, "last_region")
    said = [entry["text"] for entry in transcript(tracker) if entry["role"] == "user" and entry["text"] != topic]
    lines = [f"事项：{topic}"]
    lines += [f"主题：{subject}"] if subject and subject != topic else []
    lines += [f"地区：{region}"] if region else []
    lines += ["最近说的：" + " / ".join(said[-_LAST_TEXTS:])] if said else []
    return "\n".join(lines)


def was_refused(tracker: Tracker) -> bool:
    """Whether the latest policy answer of this conversation was a refusal."""
    for event in reversed(tracker.events):
        custom = _custom(event)
        if custom.get("kind") == "policy_answer":
            return bool((custom.get("payload") or {}).get("outcome") == "refused")
    return False


def latest_text(tracker: Tracker) -> str:
    """The graduate's latest message as Rasa got it; empty where it had no text."""
    return str(tracker.latest_message.get("text") or "")


def told_before(tracker: Tracker, kind: str) -> str:
    """What was typed in the last messages before the latest one, since the bot last said something of `kind`, as one text; often empty."""
    said: list[str] = []
    for event in tracker.events:
        if event.get("event") == "session_started" or _custom(event).get("kind") == kind:
            said = []
        elif event.get("event") == "user":
            words = str(event.get("text") or "").strip()
            said += [words] if words and not words.startswith("/") else []
    return "。".join(said[:-1][-_TOLD_BEFORE:])


def pasted_text(tracker: Tracker) -> str:
    """What was pasted to be checked, as the gateway sent it with the intent; empty where the message was only typed."""
    return latest_entity(tracker, PASTED)


def latest_entity(tracker: Tracker, name: str) -> str:
    """The value of an entity of the latest message; empty where it has none."""
    entities = tracker.latest_message.get("entities") or []
    return next((str(entity.get("value") or "") for entity in entities if entity.get("entity") == name), "")


def latest_intent(tracker: Tracker) -> str:
    """The intent of the latest message without its sub-intent; empty where there is none."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "").partition("/")[0]


def _entries(events: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    titles: dict[str, str] = {}
    for event in events:
        if event.get("event") == "user":
            yield _entry("user", _pasted(event) or _said(str(event.get("text") or ""), titles), event)
        elif event.get("event") == "bot":
            custom = _custom(event)
            titles.update(_options(event, custom))
            words = custom.get("text") or event.get("text")
            if words:
                yield _entry("bot", str(words), event)


def _entry(role: str, words: str, event: dict[str, Any]) -> dict[str, str]:
    at = datetime.fromtimestamp(float(event.get("timestamp") or 0), UTC)
    return {"role": role, "text": words[:_ENTRY_LENGTH], "at": at.isoformat(timespec="seconds")}


def _pasted(event: dict[str, Any]) -> str:
    """What a message of the gateway's own carries for a check."""
    entities = (event.get("parse_data") or {}).get("entities") or []
    return next((str(entity.get("value") or "") for entity in entities if entity.get("entity") == PASTED), "")


def _said(words: str, titles: dict[str, str]) -> str:
    """A person's words; a choice that was touched appears by its title, not as the command behind it."""
    if words.startswith("/"):
        return _CHOSEN + titles.get(words, "")
    return words or _NO_WORDS


def _options(event: dict[str, Any], custom: dict[str, Any]) -> dict[str, str]:
    """The choices that a bot message offered, value to title."""
    offered = dict(custom.get("payload") or {}).get("options") or []
    buttons = (event.get("data") or {}).get("buttons") or []
    found = {str(option.get("value")): str(option.get("title")) for option in offered}
    return found | {str(button.get("payload")): str(button.get("title")) for button in buttons}


def _custom(event: dict[str, Any]) -> dict[str, Any]:
    if event.get("event") != "bot":
        return {}
    return dict((event.get("data") or {}).get("custom") or {})


def _slot(tracker: Tracker, name: str) -> str:
    return str(tracker.slots.get(name) or "").strip()
