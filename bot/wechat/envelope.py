"""What WeChat's callbacks are wrapped in: signature, time window and, where the account has a key, AES.

By "消息加解密" of WeChat's documentation: the signature is SHA-1 over the sorted token, timestamp and nonce, `msg_signature` over these and
the ciphertext; AES-256-CBC, the AppID behind the text. wechatpy decrypts; what it leaves out is done here: comparison in constant time, the
time window, the previous key, one error for the many that it raises, and replies that no `]]>` can break.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import struct
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.replies import TextReply

from core.clock import Clock
from core.wechat_account import WechatAccount

TIME_WINDOW = timedelta(minutes=5)
MOST_CHARACTERS = 256
"""Of any parameter in the address."""
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not take."""
_NOT_READ = (WeChatException, ExpatError, ValueError, KeyError, AttributeError, TypeError, IndexError, struct.error)
"""What wechatpy and xmltodict raise for input that is not WeChat's; binascii.Error and UnicodeDecodeError are ValueErrors."""


class Refused(Exception):
    """Not from WeChat, or not to be understood; `status` is the HTTP status, the words are for the log."""

    def __init__(self, reason: str, status: int = 403) -> None:
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True)
class Query:
    """The parameters in a callback's address; empty where they are missing."""

    signature: str = ""
    timestamp: str = ""
    nonce: str = ""
    encrypt_type: str = ""
    msg_signature: str = ""

    @property
    def encrypted(self) -> bool:
        """Compatible or safe mode; WeChat says `aes`, for plain messages nothing or `raw`."""
        return self.encrypt_type not in ("", "raw")

    @property
    def digest(self) -> str:
        """What makes the request one of its kind: SHA-256 of timestamp and nonce, 64 characters."""
        return hashlib.sha256(f"{self.timestamp}\n{self.nonce}".encode()).hexdigest()


@dataclass(frozen=True)
class Opened:
    """The XML of a message, and what a reply is encrypted with: None for a plain one."""

    xml: str
    crypto: WeChatCrypto | None


class Envelope:
    """Opens and closes the envelopes of one account."""

    def __init__(self, account: WechatAccount, wall: Clock) -> None:
        """`wall`: the real time."""
        self._token, self._wall = account.token, wall
        keys = [key for key in (account.aes_key, account.aes_key_previous) if key]
        self._cryptos = [WeChatCrypto(account.token, key, account.app_id) for key in keys]

    def verify(self, query: Query) -> None:
        """Whether the address was made by WeChat, and just now. Raises Refused."""
        if max(len(part) for part in (query.signature, query.timestamp, query.nonce, query.msg_signature)) > MOST_CHARACTERS:
            raise Refused("parameter too long", 400)
        if not query.nonce or not _TIMESTAMP.fullmatch(query.timestamp):
            raise Refused("no nonce or no timestamp")
        if not _same(query.signature, self._signature(query.timestamp, query.nonce)):
            raise Refused("wrong signature")
        if abs(self._wall.now().timestamp() - int(query.timestamp)) > TIME_WINDOW.total_seconds():
            raise Refused("timestamp outside the window")

    def open(self, query: Query, body: bytes) -> Opened:
        """The message in a callback whose address is verified. Raises Refused."""
        if not query.encrypted:
            return Opened(_text(body), None)
        encrypted = read(_text(body)).get("Encrypt")
        if not isinstance(encrypted, str) or not encrypted:
            raise Refused("nothing encrypted", 400)
        if not _same(query.msg_signature, self._signature(query.timestamp, query.nonce, encrypted)):
            raise Refused("wrong msg_signature")
        for crypto in self._cryptos:
            try:
                xml = crypto.decrypt_message({"Encrypt": encrypted}, query.msg_signature, query.timestamp, query.nonce)
            except _NOT_READ:
                continue  # the other key, or not for this account
            return Opened(str(xml), crypto)
        raise Refused("no key of this account opens it, or the AppID is another")

    def seal(self, reply: str, opened: Opened) -> str:
        """A reply's XML, encrypted with the key that opened the message."""
        if opened.crypto is None:
            return reply
        timestamp = str(int(self._wall.now().timestamp()))
        return str(opened.crypto.encrypt_message(reply, secrets.token_hex(8), timestamp))

    def _signature(self, *parts: str) -> str:
        return hashlib.sha1("".join(sorted([self._token, *parts])).encode(errors="replace")).hexdigest()  # as WeChat defines it


def read(xml: str) -> dict[str, Any]:
    """The elements of a message. Entities are refused, and an element that stands there twice. Raises Refused."""
    try:
        root = xmltodict.parse(xml)["xml"]
    except _NOT_READ as error:
        raise Refused(f"no message: {type(error).__name__}", 400) from None
    if not isinstance(root, dict) or any(isinstance(value, list) for value in root.values()):
        raise Refused("no message: not one of each element", 400)
    return root


def text_reply(to: str, own_id: str, text: str, at: int) -> str:
    """The XML of a text for a follower, at a time in Unix seconds."""
    return str(TextReply(target=_inside(to), source=_inside(own_id), content=_inside(text), time=at).render())


def _inside(text: str) -> str:
    """The text as it may stand in CDATA: where it holds the end of one, another begins there."""
    return _FORBIDDEN.sub("", text).replace("]]>", "]]]]><![CDATA[>")


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("not UTF-8", 400) from None


def _same(given: str, ours: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), ours.encode())
