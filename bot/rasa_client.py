"""Talking to the Rasa server over its REST channel."""

from __future__ import annotations

from typing import Any

import httpx

from bot.messages import Reply

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 30.0
"""How long a turn may take before it counts as failed; the graduate hears of a delay long before."""
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

    def __init__(self, url: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=url.rstrip("/"),
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS),
            trust_env=False,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def ask(self, conversation_id: str, text: str) -> list[Reply]:
        """Rasa's replies to one message of a conversation; at least one. Raises RasaFailed."""
        try:
            response = await self._http.post("/webhooks/rest/webhook", json={"sender": conversation_id, "message": text})
        except httpx.ReadTimeout as error:
            raise RasaTimedOut(f"no answer within {ANSWER_SECONDS:.0f} s") from error
        except httpx.HTTPError as error:
            raise RasaUnreachable(type(error).__name__) from error
        if response.status_code >= 500:
            raise RasaUnreachable(f"status {response.status_code}")
        replies = _read(response)
        if not replies:
            raise RasaSilent(f"status {response.status_code}, nothing to say")
        return replies

    async def alive(self) -> bool:
        """Whether the server answers and has a model loaded."""
        try:
            response = await self._http.get("/status", timeout=ALIVE_SECONDS)
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK


def _read(response: httpx.Response) -> list[Reply]:
    """The replies in the body of Rasa's response; what cannot be shown is left out."""
    try:
        items = response.json()
    except ValueError as error:
        raise RasaSilent("the answer is not JSON") from error
    if response.status_code != httpx.codes.OK or not isinstance(items, list):
        raise RasaSilent(f"status {response.status_code}")
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
