"""Sends a text to a WeCom group robot by its webhook (WeCom developer documentation: 群机器人, message type `text`)."""

from __future__ import annotations

from typing import Protocol

import httpx

TIMEOUT_SECONDS = 5.0


class NotSent(Exception):
    """The robot did not take a message; the words say why in a form that may be shown: no address, no secret."""


class SentPerhaps(Exception):
    """The message was on its way and no answer came: the robot has taken it, or not."""


_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.InvalidURL)


class Sender(Protocol):
    """Whatever takes the text of a notification."""

    def send(self, text: str) -> None:
        """Raises NotSent, SentPerhaps."""


class WecomRobot:
    """One robot; its address holds a secret and is never logged."""

    def __init__(self, address: str) -> None:
        self._address = address

    def send(self, text: str) -> None:
        """Send a text. Raises SentPerhaps, and NotSent, also where the robot answers with an error code of its own (it does so with status 200)."""
        try:
            with httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False) as client:
                response = client.post(self._address, json={"msgtype": "text", "text": {"content": text}})
            answer = response.json() if response.status_code == httpx.codes.OK else {}
        except (*_NEVER_LEFT, ValueError) as error:
            raise NotSent(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise SentPerhaps(type(error).__name__) from error
        if response.status_code != httpx.codes.OK:
            raise NotSent(f"HTTP {response.status_code}")
        if not isinstance(answer, dict) or answer.get("errcode") != 0:
            code = answer.get("errcode") if isinstance(answer, dict) else None
            raise NotSent(f"errcode {code if isinstance(code, int) else 'missing'}")
