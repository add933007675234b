"""Talking to the Rasa server over its REST channel."""

from __future__ import annotations

import asyncio
import base64
from typing import Any

import aiohttp
import orjson

from bot.messages import Reply
from core.text.folding import fold
from knowledge.search.encoder import Encoder, Vectors

CONNECT_SECONDS = 3.0
"""Within what the graduate waits, and more than a busy machine may keep this process from noticing that it is connected."""
_JSON = {"Content-Type": "application/json"}
ANSWER_SECONDS = 45.0
"""How long a turn may take before it counts as failed, an action of half a minute included; the graduate hears of a delay long before.
Less than the lease of a message (`bot.store.LEASE`)."""
ALIVE_SECONDS = 1.5
CONNECTIONS = 32


class RasaFailed(Exception):
    """Rasa gave no usable answer."""


class RasaUnreachable(RasaFailed):
    """Nobody listens, or the connection broke: not the message's fault, so try again later."""


class RasaTimedOut(RasaFailed):
    """The turn took longer than `ANSWER_SECONDS`."""


class RasaSilent(RasaFailed):
    """Rasa answered with nothing or with nonsense, as it does when an action fails."""


class RasaClient:
    """One kept-alive connection pool to one Rasa server; use within one event loop."""

    def __init__(self, url: str, encoder: Encoder) -> None:
        """`encoder`: the one that Rasa's classifier was trained with; messages go out with their vectors."""
        self._url = url.rstrip("/")
        self._encoder = encoder
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def ask(self, conversation_id: str, text: str) -> list[Reply]:
        """Rasa's replies to one message of a conversation; at least one. Raises RasaFailed."""
        body = {"sender": conversation_id, "message": text}
        if not text.startswith("/"):
            body["vector"] = base64.b64encode((await self._vector(fold(text))).astype("<f4").tobytes()).decode()
        try:
            async with self._http().post(f"{self._url}/webhooks/rest/webhook", data=orjson.dumps(body), headers=_JSON) as response:
                status, content = response.status, await response.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientError) as error:
            raise RasaUnreachable(type(error).__name__) from error
        except TimeoutError as error:
            raise RasaTimedOut(f"no answer within {ANSWER_SECONDS:.0f} s") from error
        if status >= 500:
            raise RasaUnreachable(f"status {status}")
        replies = _read(status, content)
        if not replies:
            raise RasaSilent(f"status {status}, nothing to say")
        return replies

    async def erase(self, conversation_id: str) -> None:
        """Have Rasa forget a conversation; one it does not know is no error. Raises RasaFailed."""
        try:
            async with self._http().delete(f"{self._url}/webhooks/rest/conversations/{conversation_id}") as response:
                status = response.status
        except (aiohttp.ClientError, TimeoutError) as error:
            raise RasaUnreachable(type(error).__name__) from error
        if status != 204:
            raise RasaUnreachable(f"status {status}")

    async def alive(self) -> bool:
        """Whether the server answers and has a model loaded."""
        try:
            async with self._http().get(f"{self._url}/status", timeout=aiohttp.ClientTimeout(total=ALIVE_SECONDS)) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _vector(self, text: str) -> Vectors:
        """Nearly always remembered: the safety screen has just encoded the same text."""
        known = self._encoder.remembered(text)
        return known if known is not None else (await asyncio.to_thread(self._encoder.encode, [text]))[0]

    def _http(self) -> aiohttp.ClientSession:
        """The session, opened on first use: it belongs to the loop that runs then."""
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS, sock_connect=CONNECT_SECONDS)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=CONNECTIONS))
        return self._session


def _read(status: int, content: bytes) -> list[Reply]:
    """The replies in the body of Rasa's response; what cannot be shown is left out."""
    try:
        items = orjson.loads(content)
    except ValueError as error:
        raise RasaSilent("the answer is not JSON") from error
    if status != 200 or not isinstance(items, list):
        raise RasaSilent(f"status {status}")
    replies = (_reply(item) for item in items if isinstance(item, dict))
    return [reply for reply in replies if reply is not None]


def _reply(item: dict[str, Any]) -> Reply | None:
    custom = item.get("custom")
    if isinstance(custom, dict) and custom.get("kind") and custom.get("text"):
        return Reply(str(custom["kind"]), str(custom["text"]), custom.get("payload"), expects=custom.get("expects"))
    text = item.get("text")
    if not text:
        return None
    options = [
        {"title": str(button["title"]), "value": str(button["payload"])}
        for button in item.get("buttons") or []
        if button.get("title") and button.get("payload")
    ]
    if options:
        return Reply("choices", str(text), {"options": options})
    return Reply("text", str(text))
