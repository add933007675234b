"""What a graduate asks for. Hard conditions filter; nothing here ranks.

Plain data, so that it can be kept in a conversation's slot and in a subscription.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Literal

from knowledge.postings.record import Degree

SalaryWish = Literal["at_least", "about", "band"]
"""`at_least`: the posting's floor reaches `salary_min`; `about`: its span meets 0.85 to 1.2 of it; `band`: its span meets the one asked for."""

_NO_CONDITIONS = frozenset({"salary_wish", "nearby", "or_cohorts"})
"""They say how another field is meant."""


@dataclass(frozen=True)
class Criteria:
    """All conditions hold at once; the members of a tuple are alternatives. An empty tuple or None asks for nothing."""

    cities: tuple[str, ...] = ()
    nearby: bool = False
    """Cities around are welcome too (长沙周边)."""
    districts: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    """Names of `roles.yaml`."""
    words: tuple[str, ...] = ()
    """What was asked for and is no role: each must stand in the posting (宇航员)."""
    employer: str | None = None
    employer_types: tuple[str, ...] = ()
    salary_wish: SalaryWish = "at_least"
    salary_min: int | None = None
    """Yuan a month."""
    salary_max: int | None = None
    daily_min: int | None = None
    """Yuan a day: only postings paid by the day fit."""
    negotiable_ok: bool = False
    """A salary that is not said fits as well."""
    education: Degree | None = None
    """What the graduate has: the posting may not ask for more."""
    major: str | None = None
    cohort: int | None = None
    """The graduate's year; a posting that names years must name it."""
    or_cohorts: tuple[int, ...] = ()
    """Years that will do beside `cohort` (26或27届)."""
    past_cohort: bool = False
    """往届: the posting takes graduates of earlier years."""
    weekends_off: bool | None = None
    no_overtime: bool | None = None
    """A posting that says nothing of overtime may fit where it offers 双休."""
    housing: bool | None = None
    meals: bool | None = None
    hukou: bool | None = None
    remote: bool | None = None
    internship: bool | None = None
    tenured: bool | None = None
    """编制."""
    deadline_until: date | None = None
    """Applications close on this day at the latest (这周截止的)."""
    deadline_from: date | None = None
    """Applications close on this day at the earliest (下周截止的)."""
    posted_since: date | None = None
    exclude_roles: tuple[str, ...] = ()
    exclude_words: tuple[str, ...] = ()
    exclude_cities: tuple[str, ...] = ()
    exclude_employer_types: tuple[str, ...] = ()

    def is_empty(self) -> bool:
        """Whether nothing at all is asked for."""
        return not self.asked()

    def asked(self) -> tuple[str, ...]:
        """The names of the conditions that are set, in the order of the fields; without those that only say how another is meant."""
        blank = Criteria()
        return tuple(f.name for f in fields(self) if f.name not in _NO_CONDITIONS and getattr(self, f.name) != getattr(blank, f.name))

    def to_json(self) -> dict[str, Any]:
        """What is set, as JSON; dates as ISO text."""
        blank = asdict(Criteria())
        kept = {name: value for name, value in asdict(self).items() if value != blank[name]}
        return {name: _plain(value) for name, value in kept.items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Criteria:
        """The criteria that `to_json` wrote. Raises KeyError on a name that is none of ours."""
        known = {f.name for f in fields(cls)}
        if unknown := set(data) - known:
            raise KeyError(", ".join(sorted(unknown)))
        return cls(**{name: _restored(name, value) for name, value in data.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return int(value) if isinstance(value, Degree) else value


def _restored(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if name in ("deadline_until", "deadline_from", "posted_since"):
        return date.fromisoformat(value)
    return Degree(value) if name == "education" else value
