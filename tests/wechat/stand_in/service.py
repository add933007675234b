"""What WeChat's side knows and allows: the token, each follower's window and budget, consents, media, the menu; and how it can fail."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any

MESSAGE_SECONDS, MESSAGE_BUDGET = 48 * 3600.0, 5
EVENT_SECONDS, EVENT_BUDGET = 60.0, 3
OPENS = frozenset({"subscribe", "SCAN", "CLICK"})
"""Events after which something may be sent."""
MOST_BYTES = 2_048

OK, BUSY, BAD_TOKEN, BAD_OPENID, TOO_LONG, NO_WINDOW, TOO_MANY, NO_LEAVE, NO_CONSENT, BAD_MEDIA, BAD_SECRET = (
    0,
    -1,
    40001,
    40003,
    45002,
    45015,
    45047,
    48001,
    43101,
    40007,
    40125,
)


@dataclass
class _Window:
    until: float
    left: int


@dataclass
class Service:
    """One account's side of the API; safe to use from any thread. The fields may be changed while it runs."""

    secret: str = "stand-in-secret"
    token_seconds: int = 7_200
    permitted: bool = True
    """Whether the account may use the customer-service interface."""
    errors: list[int] = field(default_factory=list)
    """Codes that the next sendings are refused with, in order; 500 and above are statuses of HTTP."""
    seconds: float = 0.0
    """How long a sending takes before it counts."""
    silent: bool = False
    """Whether what is sent is taken and never answered."""
    media: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    menu: dict[str, Any] | None = None
    consents: dict[str, int] = field(default_factory=dict)
    fetches: int = 0
    forced: int = 0
    token: str = ""
    ahead: float = 0.0
    """By how many seconds its clock is set forward."""
    _windows: dict[str, _Window] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def heard(self, openid: str, event: str | None) -> None:
        """A follower wrote (`event` None) or did something."""
        now = time.time() + self.ahead
        with self._lock:
            if event is None:
                self._windows[openid] = _Window(now + MESSAGE_SECONDS, MESSAGE_BUDGET)
            elif event in OPENS:
                known = self._windows.get(openid)
                if known is None or known.until < now + EVENT_SECONDS or known.left == 0:
                    self._windows[openid] = _Window(now + EVENT_SECONDS, EVENT_BUDGET)

    def fetched(self, force: bool) -> str:
        """The token: the same for everybody until it ends or is forced."""
        with self._lock:
            self.fetches += 1
            self.forced += force
            if force or not self.token:
                self.token = secrets.token_hex(32)
            return self.token

    def replaced(self) -> None:
        """Somebody else had the token replaced: the old one is dead."""
        with self._lock:
            self.token = secrets.token_hex(32)

    def next_error(self) -> int:
        with self._lock:
            return self.errors.pop(0) if self.errors else OK

    def spend(self, openid: str, text: str) -> int:
        """Count a customer-service message; the code that it is answered with."""
        with self._lock:
            window = self._windows.get(openid)
            if not self.permitted:
                return NO_LEAVE
            if window is None:
                return BAD_OPENID
            if window.until <= time.time() + self.ahead:
                return NO_WINDOW
            if len(text.encode()) > MOST_BYTES:
                return TOO_LONG
            if window.left == 0:
                return TOO_MANY
            window.left -= 1
            return OK

    def spend_consent(self, openid: str) -> int:
        with self._lock:
            if self.consents.get(openid, 0) < 1:
                return NO_CONSENT
            self.consents[openid] -= 1
            return OK
