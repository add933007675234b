"""What an assessment says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much speaks for a trap. `LOW`: nothing was found, which proves nothing; `UNKNOWN`: there was nothing to assess."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Signal:
    """One thing that gave the trap away: its kind (a key of texts.KINDS), the phrase letter for letter, and what to do about it."""

    kind: str
    phrase: str
    advice: str


@dataclass(frozen=True)
class Assessment:
    """What was found, the gravest first."""

    level: Level
    signals: tuple[Signal, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether there is a warning to give."""
        return self.level in (Level.HIGH, Level.MEDIUM)
