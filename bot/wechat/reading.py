"""From the XML of a callback to what a follower said or did (WeChat's documentation: 接收普通消息, 接收事件推送)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wechatpy.events import BaseEvent, ClickEvent, ScanEvent, SubscribeEvent, SubscribeScanEvent, UnsubscribeEvent
from wechatpy.messages import BaseMessage, ImageMessage, LinkMessage, LocationMessage, TextMessage, VoiceMessage
from wechatpy.parser import parse_message

from bot.wechat import texts_in as texts
from bot.wechat.envelope import Refused, read

LONGEST_ID = 64
_LONGEST_EVENT = 40
_CONSENT = frozenset({"subscribe_msg_popup_event", "subscribe_msg_change_event"})


class Kind(StrEnum):
    """What a callback is to us."""

    TEXT = "text"
    """Words, in whatever way they came: typed, spoken and recognised, a place's name, a link, a tap on the menu."""
    PICTURE = "picture"
    WORDLESS = "wordless"
    """A message in which there is nothing to read; `reply` says so."""
    FOLLOWED = "followed"
    LEFT = "left"
    SCANNED = "scanned"
    CONSENTED = "consented"
    OTHER = "other"


@dataclass(frozen=True)
class Heard:
    """One callback. `key` is the same for every retry of it, and no other's."""

    kind: Kind
    openid: str
    own_id: str
    key: str
    is_event: bool
    text: str = ""
    reply: str = ""
    media_id: str = ""
    consents: int = 0

    @property
    def client_id(self) -> str:
        """By which the inbox knows a message again."""
        return f"wx-{self.key}"


def heard(xml: str) -> Heard:
    """The message or event in this XML. Raises Refused for what WeChat does not send."""
    elements = read(xml)
    openid, own_id, kind = (_word(elements, name) for name in ("FromUserName", "ToUserName", "MsgType"))
    if not openid or not own_id or not kind or max(len(openid), len(own_id)) > LONGEST_ID:
        raise Refused("no message: nobody sent it", 400)
    for name in ("Event", "EventKey", "CreateTime", "MsgId"):
        _word(elements, name)
    try:
        message = parse_message(xml)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refused(f"no message: {type(error).__name__}", 400) from None
    is_event = kind.lower() == "event"
    key = _event_key(elements, openid) if is_event else _message_key(elements, openid)
    said = _event(message, elements) if is_event else _message(message, elements)
    return Heard(openid=openid, own_id=own_id, key=key, is_event=is_event, **said)


def _message(message: BaseMessage, elements: dict[str, Any]) -> dict[str, Any]:
    match message:
        case TextMessage():
            return _words(_word(elements, "Content"), texts.NOTHING, "")
        case VoiceMessage():
            return _words(_word(elements, "Recognition"), texts.VOICE, texts.VOICE_UNHEARD)
        case LocationMessage():
            label = _word(elements, "Label").strip()
            return _words(label and texts.PLACE.format(place=label), texts.PLACE_UNNAMED, texts.PLACE_UNREAD)
        case LinkMessage():
            parts = (_word(elements, name).strip() for name in ("Title", "Description", "Url"))
            return _words("\n".join(part for part in parts if part), texts.NOTHING, "")
        case ImageMessage():
            return {"kind": Kind.PICTURE, "media_id": _word(elements, "MediaId")}
        case _:
            return {"kind": Kind.OTHER}


def _event(event: BaseEvent, elements: dict[str, Any]) -> dict[str, Any]:
    match event:
        case SubscribeEvent() | SubscribeScanEvent():
            return {"kind": Kind.FOLLOWED}
        case UnsubscribeEvent():
            return {"kind": Kind.LEFT}
        case ScanEvent():
            return {"kind": Kind.SCANNED}
        case ClickEvent() if _word(elements, "EventKey").strip():
            return {"kind": Kind.TEXT, "text": _word(elements, "EventKey")}
    if _word(elements, "Event").lower() in _CONSENT:
        return {"kind": Kind.CONSENTED, "consents": sum(_consents(elements))}
    return {"kind": Kind.OTHER}


def _words(said: str, stands_for: str, reply: str) -> dict[str, Any]:
    if said.strip():
        return {"kind": Kind.TEXT, "text": said}
    return {"kind": Kind.WORDLESS, "text": stands_for, "reply": reply}


def _consents(elements: dict[str, Any]) -> Iterator[int]:
    """+1 for each template that was agreed to (订阅通知, 用户操作订阅通知弹窗), -1 for each that was taken back."""
    name = _word(elements, "Event").lower()
    held = elements.get("SubscribeMsgPopupEvent" if name == "subscribe_msg_popup_event" else "SubscribeMsgChangeEvent")
    listed = held.get("List") if isinstance(held, dict) else None
    for item in listed if isinstance(listed, list) else [listed]:
        status = item.get("SubscribeStatusString") if isinstance(item, dict) else None
        if status == "accept" and name == "subscribe_msg_popup_event":
            yield 1
        elif status == "reject" and name == "subscribe_msg_change_event":
            yield -1


def _message_key(elements: dict[str, Any], openid: str) -> str:
    """MsgId; a message without one is told apart by who sent what when."""
    number = _word(elements, "MsgId").strip()
    if number.isascii() and number.isdigit() and number.strip("0") and len(number) <= LONGEST_ID // 2:
        return number
    return _digest(openid, _word(elements, "CreateTime"), repr(sorted(elements.items(), key=lambda item: item[0])))


def _event_key(elements: dict[str, Any], openid: str) -> str:
    return _digest(openid, _word(elements, "CreateTime"), _word(elements, "Event")[:_LONGEST_EVENT].lower())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode(errors="replace")).hexdigest()[:48]


def _word(elements: dict[str, Any], name: str) -> str:
    """The text of an element; empty without one. Raises Refused where something else stands in its place."""
    value = elements.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(f"no message: {name} is no text", 400)
    return value
