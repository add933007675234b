"""How fast a session and an address may speak: token buckets in this process."""

from __future__ import annotations

import ipaddress
import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

REMEMBERED = 20_000
"""How many sessions and addresses are remembered; the ones silent longest are forgotten, and start afresh."""


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then `per_second`."""

    burst: float
    per_second: float


@dataclass(frozen=True)
class Limits:
    """The rates in force. A campus often shares one address, so an address may do much more than a session."""

    session: Rate = Rate(burst=15, per_second=0.5)
    address: Rate = Rate(burst=300, per_second=20)
    local_session: Rate = Rate(burst=1_000, per_second=20)
    """For this machine itself, where the terminal, the tests and the benchmark ask; its address has no limit."""
    in_work: int = 8
    """Messages of one session that may be worked on at once."""
    streams: int = 6
    """Event streams that one session may hold open in this process."""


class Buckets:
    """One token bucket a key; `monotonic` gives seconds."""

    def __init__(self, rate: Rate, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._monotonic = monotonic
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> int:
        """Take one token: 0 when there was one, else the whole seconds to wait for it."""
        now = self._monotonic()
        level, since = self._levels.pop(key, (self._rate.burst, now))
        level = min(self._rate.burst, level + (now - since) * self._rate.per_second)
        waiting = 0 if level >= 1 else math.ceil((1 - level) / self._rate.per_second)
        self._levels[key] = (level if waiting else level - 1, now)
        if len(self._levels) > REMEMBERED:
            self._levels.popitem(last=False)
        return waiting


class Throttle:
    """Decides for one message or one new session whether it comes too fast."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._sessions = Buckets(limits.session, monotonic)
        self._local_sessions = Buckets(limits.local_session, monotonic)
        self._addresses = Buckets(limits.address, monotonic)

    def seconds_to_wait(self, address: str, conversation_id: str | None) -> int:
        """0 when it may go on; `conversation_id` is None for a new session."""
        local = _is_this_machine(address)
        waiting = 0 if local else self._addresses.take(address)
        if conversation_id is not None and not waiting:
            sessions = self._local_sessions if local else self._sessions
            waiting = sessions.take(conversation_id)
        return waiting

    def seconds_for_session(self, address: str, conversation_id: str) -> int:
        """The same where the address is not the graduate's own, as that of WeChat's servers: the session alone counts."""
        sessions = self._local_sessions if _is_this_machine(address) else self._sessions
        return sessions.take(conversation_id)


def _is_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
