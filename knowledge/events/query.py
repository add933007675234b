"""What a question about events asks for, as plain data that a conversation and a subscription can keep."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any


@dataclass(frozen=True)
class EventQuery:
    """All conditions hold at once; the members of a tuple are alternatives, but `words`, which must all be said. Empty asks for nothing."""

    first: date | None = None
    """The first day; None leaves that side open. Without either day the coming events are meant."""
    last: date | None = None
    when: str = ""
    """The words that said the days."""
    cities: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Of `record.KINDS`."""
    online: bool | None = None
    audiences: tuple[str, ...] = ()
    """Of `lexicon.AUDIENCES`."""
    cohort: int | None = None
    """The graduating year that an event is for (2027届)."""
    trades: tuple[str, ...] = ()
    """Of `lexicon.TRADES`."""
    hosts: tuple[str, ...] = ()
    """Schools and employers by the names that were said (湖大, 华为), and other words that the event must bear."""
    next_only: bool = False
    """The next one alone is asked for (下一场)."""

    def asks_for_days(self) -> bool:
        """Whether days were said at all, be it 最近."""
        return bool(self.when)

    def is_empty(self) -> bool:
        """Whether any event would do."""
        return self == EventQuery(next_only=self.next_only)

    def to_json(self) -> dict[str, Any]:
        """What is set, as JSON; dates as ISO text."""
        blank = asdict(EventQuery())
        kept = {name: value for name, value in asdict(self).items() if value != blank[name]}
        return {
            name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value for name, value in kept.items()
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> EventQuery:
        """The query that `to_json` wrote. Raises KeyError on a name that is none of ours."""
        known = {field.name for field in fields(cls)}
        if unknown := set(data) - known:
            raise KeyError(", ".join(sorted(unknown)))
        return cls(**{name: _restored(name, value) for name, value in data.items()})


def _restored(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return date.fromisoformat(value) if name in ("first", "last") else value
