"""A clock that stands still until the test moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.clock import Clock


@dataclass(frozen=True)
class SetClock(Clock):
    def __init__(self, moment: datetime) -> None:
        object.__setattr__(self, "fixed_today", None)
        object.__setattr__(self, "_moment", moment)

    def now(self) -> datetime:
        return self._moment.astimezone(UTC)

    def advance(self, **span: float) -> None:
        object.__setattr__(self, "_moment", self._moment + timedelta(**span))
