"""Users who ask one question after the other: a bounded number of turns, each timed as its user sees it."""

from __future__ import annotations

import http.client
import json
import statistics
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol

import psutil

TURN_SECONDS = 30.0
TURNS_A_CONVERSATION = 10
"""After so many turns a user begins a new conversation, as people do."""


class TurnFailed(Exception):
    """A turn was not answered as it should be: its time would mean nothing."""


class Conversation(Protocol):
    """One user's conversation with the system under test."""

    def ask(self, question: str) -> None:
        """One turn; returns when the answer is there. Raises TurnFailed."""

    def close(self) -> None:
        """Let go of the connection."""


class System(Protocol):
    """A system under test."""

    name: str

    def conversation(self) -> Conversation:
        """A new conversation."""

    def processes(self) -> Mapping[str, Sequence[psutil.Process]]:
        """Its processes, by their part."""


@dataclass
class Timing:
    """The turns of one or more rounds; `elapsed` is the time they took together, `processor` what they cost the machine."""

    turns: list[float] = field(default_factory=list)
    elapsed: float = 0.0
    processor: float = 0.0

    def add(self, other: Timing) -> None:
        """Take in another round."""
        self.turns += other.turns
        self.elapsed += other.elapsed
        self.processor += other.processor

    @property
    def median_ms(self) -> float:
        """Half of the turns were faster."""
        return 1000 * statistics.median(self.turns)

    @property
    def p95_ms(self) -> float:
        """19 of 20 turns were faster."""
        return 1000 * statistics.quantiles(self.turns, n=20)[-1]

    @property
    def processor_ms(self) -> float:
        """Processor time of all processes of the system for one turn: tells more than the clock on a busy machine."""
        return 1000 * self.processor / len(self.turns)

    @property
    def per_second(self) -> float:
        """Turns a second of all users together."""
        return len(self.turns) / self.elapsed


def run_round(system: System, questions: Sequence[str], users: int, turns: int) -> Timing:
    """`turns` turns, shared by `users` users at the same time. Conversations are opened before the clock starts."""
    shares = [turns // users + (user < turns % users) for user in range(users)]
    prepared = [_conversations(system, share) for share in shares]
    try:
        with ThreadPoolExecutor(users) as pool:
            spent, started = processor_seconds(system), time.perf_counter()
            work = [pool.submit(_talk, own, share, questions, i) for i, (own, share) in enumerate(zip(prepared, shares, strict=True))]
            times = [seconds for user in work for seconds in user.result()]
            return Timing(times, time.perf_counter() - started, processor_seconds(system) - spent)
    finally:
        for own in prepared:
            for conversation in own:
                conversation.close()


def processor_seconds(system: System) -> float:
    """Processor time that the processes of a system have used since they were started."""
    times = [process.cpu_times() for processes in system.processes().values() for process in processes]
    return sum(one.user + one.system for one in times)


def _conversations(system: System, turns: int) -> list[Conversation]:
    return [system.conversation() for _ in range(-(-turns // TURNS_A_CONVERSATION))]


def _talk(conversations: Sequence[Conversation], turns: int, questions: Sequence[str], offset: int) -> list[float]:
    times = []
    for turn in range(turns):
        question = questions[(turn + 7 * offset) % len(questions)]
        started = time.perf_counter()
        conversations[turn // TURNS_A_CONVERSATION].ask(question)
        times.append(time.perf_counter() - started)
    return times


class JsonConnection:
    """A kept-alive connection that posts JSON: the client must cost little, for it shares the machine."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TURN_SECONDS)

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        """The JSON answer. Raises TurnFailed for any status but 2xx and for a broken connection."""
        try:
            self._connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json", **headers})
            response = self._connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            raise TurnFailed(f"{path}: {type(error).__name__}") from error
        if response.status // 100 != 2:
            raise TurnFailed(f"{path}: status {response.status}")
        return json.loads(content)

    def close(self) -> None:
        """Close it."""
        self._connection.close()
