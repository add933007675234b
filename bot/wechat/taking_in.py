"""What a follower said, as it enters the inbox."""

from __future__ import annotations

from dataclasses import replace

from bot import screening
from bot import texts as said
from bot.messages import Incoming, MessageView
from bot.wechat import texts_in as texts
from bot.wechat.reading import Heard, Kind
from bot.wechat.rendering import MOST_BYTES, parts
from core.clock import Clock


def taken_in(conversation_id: str, heard: Heard, clock: Clock) -> Incoming:
    """Words go through the safety screen like those of any channel; what holds none is kept with the reply that says so."""
    text = screening.clean(heard.text)
    if heard.kind is Kind.TEXT and text:
        return replace(screening.incoming(conversation_id, heard.client_id, text, clock), channel="wechat")
    if heard.kind is Kind.PICTURE:
        return wordless(conversation_id, heard, texts.PICTURE, texts.PICTURE_NOT_HERE, clock)
    return wordless(conversation_id, heard, text or texts.NOTHING, heard.reply or said.EMPTY_TEXT, clock)


def wordless(conversation_id: str, heard: Heard, stands_for: str, reply: str, clock: Clock) -> Incoming:
    """A message that nothing can be read from, and what is said to it."""
    return Incoming(conversation_id, heard.client_id, stands_for, "unreadable", None, reply, clock.now(), channel="wechat")


def packed(views: list[MessageView]) -> str:
    """As much of these messages as one answer takes, from the beginning; of the first always something."""
    pieces = [piece for view in views for piece in parts(view)]
    text = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        if len(f"{text}\n\n{piece}".encode()) > MOST_BYTES:
            break
        text = f"{text}\n\n{piece}"
    return text
