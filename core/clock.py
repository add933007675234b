"""The one source of time. Nothing else in the project asks the system what day or hour it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Clock:
    """Today and now; `fixed_today` (setting `ZHIWEN_TODAY`) stands in for the date, the hour stays real."""

    fixed_today: date | None = None

    def now(self) -> datetime:
        """The present moment, aware, in UTC; on the fixed day where one is set."""
        real = datetime.now(UTC)
        if self.fixed_today is None:
            return real
        local = real.astimezone(CHINA)
        return datetime.combine(self.fixed_today, local.timetz()).astimezone(UTC)

    def today(self) -> date:
        """The date in China."""
        return self.now().astimezone(CHINA).date()
