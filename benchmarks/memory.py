"""Whether memory stays flat: resident after 100, 500 and 1,000 turns."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.load import run_round
from benchmarks.ours import Ours
from benchmarks.processes import resident_bytes

STEPS = (100, 500, 1_000)
_USERS = 2


def measure_memory(system: Ours, questions: Sequence[str], steps: Sequence[int] = STEPS) -> dict[int, dict[str, int]]:
    """Resident bytes of each of our processes after so many turns (counted from now), and their sum as `sum`."""
    figures: dict[int, dict[str, int]] = {}
    done = 0
    for step in steps:
        run_round(system, questions, _USERS, step - done)
        done = step
        parts = {name: resident_bytes(processes) for name, processes in system.processes().items()}
        figures[step] = {**parts, "sum": sum(parts.values())}
    return figures
