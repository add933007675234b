"""What each follower got, by which way and in which order, and how WeChat's servers were answered."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

from tests.wechat.stand_in.service import Service

PASSIVE, SERVICE, NOTICE, FAULT = "passive", "service", "notice", "fault"
"""Ways to a follower: the answer to a callback, the customer-service API, a subscription message, WeChat's own word that the server failed."""


@dataclass(frozen=True)
class Got:
    """Something that stands in a follower's chat."""

    openid: str
    text: str
    way: str
    at: float = field(default_factory=time.time)


@dataclass(frozen=True)
class Attempt:
    """One delivery of a callback; `status` is 0 where no answer came in time."""

    seconds: float
    status: int
    body: str


@dataclass(frozen=True)
class Delivery:
    """A callback with all its attempts; `text` is what the follower was answered at once, None for `success`."""

    openid: str
    attempts: list[Attempt]
    text: str | None

    @property
    def status(self) -> int:
        """Of the last attempt."""
        return self.attempts[-1].status

    @property
    def seconds(self) -> float:
        """How long the last attempt waited."""
        return self.attempts[-1].seconds


class Record:
    """Everything that has come; safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._got: list[Got] = []
        self.deliveries: list[Delivery] = []
        self.service = Service()

    def add(self, got: Got) -> None:
        with self._lock:
            self._got.append(got)

    def got(self, openid: str | None = None) -> list[Got]:
        """What a follower got, or all of them, in order."""
        with self._lock:
            return [got for got in self._got if openid in (None, got.openid)]

    def texts(self, openid: str) -> list[str]:
        """The same, the words alone."""
        return [got.text for got in self.got(openid)]

    def doubles(self) -> dict[tuple[str, str], int]:
        """What somebody got more than once; meaningful where every answer is another text."""
        return {key: times for key, times in Counter((got.openid, got.text) for got in self.got()).items() if times > 1}

    def as_dict(self) -> dict[str, Any]:
        """For the control routes."""
        return {"got": [asdict(got) for got in self.got()], "deliveries": [asdict(delivery) for delivery in self.deliveries]}
