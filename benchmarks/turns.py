"""What a turn costs: ours and stock Rasa in turn, one user first, then several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import psutil

from benchmarks.load import System, Timing, TurnFailed, run_round
from benchmarks.questions import QUESTIONS

USERS = (1, 4, 8)
ROUNDS = 4
_LISTEN_SECONDS = 0.5


@dataclass(frozen=True)
class TurnFigures:
    """Timings by (system, users), and how busy others kept the machine just before the rounds (0 to 1)."""

    timings: dict[tuple[str, int], Timing]
    others: tuple[float, ...]
    questions: tuple[str, ...]


def measure_turns(ours: System, stock: System, turns: int) -> TurnFigures:
    """At least `turns` turns of each system at each number of users; the systems take turns round by round."""
    questions = common_questions(ours, stock)
    timings = {(system.name, users): Timing() for system in (ours, stock) for users in USERS}
    others = []
    for users in USERS:
        for number in range(ROUNDS):
            for system in (ours, stock) if number % 2 == 0 else (stock, ours):
                others.append(psutil.cpu_percent(_LISTEN_SECONDS) / 100)
                timings[system.name, users].add(run_round(system, questions, users, -(-turns // ROUNDS)))
    return TurnFigures(timings, tuple(others), questions)


def common_questions(*systems: System) -> tuple[str, ...]:
    """The questions that every system takes for policy questions, so that all do the same work. Warms them up, too.

    Raises TurnFailed when those are fewer than half.
    """
    failures = {question: failure for question in QUESTIONS for system in systems if (failure := _failure(system, question))}
    if len(failures) > len(QUESTIONS) / 2:
        raise TurnFailed(f"{len(failures)} of {len(QUESTIONS)} questions have no answer; the last one: {[*failures.values()][-1]}")
    return tuple(question for question in QUESTIONS if question not in failures)


def _failure(system: System, question: str) -> str:
    conversation = system.conversation()
    try:
        conversation.ask(question)
    except TurnFailed as error:
        return f"{system.name}: {error}"
    finally:
        conversation.close()
    return ""


def ratio(figures: TurnFigures, users: int) -> float:
    """Turns a second of ours to those of stock."""
    return figures.timings["ours", users].per_second / figures.timings["stock", users].per_second


def median_of(values: Sequence[float]) -> float:
    """The middle one."""
    return sorted(values)[len(values) // 2]
