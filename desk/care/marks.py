"""The four completeness marks (人员底数清、就业需求清、帮扶举措清、求职进展清): derived from the file, never stored.

Nobody can set a mark: it is clear exactly while nothing of what it stands for is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk.care import texts
from desk.care.models import Graduate
from desk.recommendations import WANTED

STALE_DAYS = 30
"""A file that nobody touched for longer is listed, and a contact longer ago tells nothing of the present."""
_BASICS = ("student_number", "name", "college", "class_name", "cohort", "degree", "major", "phone")


@dataclass(frozen=True)
class Facts:
    """What the marks rest on beside the file: who cares, when somebody was last reached, how many postings were recommended."""

    helper: str | None = None
    last_contact_at: datetime | None = None
    recommended: int = 0


def marks(graduate: Graduate, facts: Facts, now: datetime) -> dict[str, list[str]]:
    """Mark → what is missing for it, in words; a mark with nothing missing is clear. `now` is aware."""
    return {
        "basics": _missing_basics(graduate),
        "needs": _missing_needs(graduate),
        "measures": _missing_measures(graduate, facts),
        "progress": _missing_progress(graduate, facts, now),
    }


def is_placed(destination: str) -> bool:
    """Whether a destination is one: 待就业 and those who do not look for any are none."""
    return destination not in texts.NOT_PLACED


def _missing_basics(graduate: Graduate) -> list[str]:
    missing = _empty(graduate, _BASICS)
    return missing if graduate.categories_checked_at else [*missing, texts.MISSING_SETTLED]


def _missing_needs(graduate: Graduate) -> list[str]:
    return _empty(graduate, ("wish", "wish_place", "wish_work") if graduate.wish in texts.NEEDS_POSTINGS else ("wish",))


def _missing_measures(graduate: Graduate, facts: Facts) -> list[str]:
    open_ones = () if graduate.closed_at else ("next_contact_on",)
    missing = _empty(graduate, ("goal", "measures", *open_ones))
    if facts.helper is None:
        missing.append(texts.MISSING_HELPER)
    looking = graduate.wish in texts.NEEDS_POSTINGS and not is_placed(graduate.destination)
    if looking and facts.recommended < WANTED:
        missing.append(texts.MISSING_POSTINGS.format(wanted=WANTED, count=facts.recommended))
    return missing


def _missing_progress(graduate: Graduate, facts: Facts, now: datetime) -> list[str]:
    placed = ("destination_on", "destination_evidence") if is_placed(graduate.destination) else ()
    missing = _empty(graduate, ("destination", *placed))
    long_ago = facts.last_contact_at is None or now - facts.last_contact_at > timedelta(days=STALE_DAYS)
    if long_ago and graduate.closed_at is None:
        missing.append(texts.MISSING_CONTACT.format(days=STALE_DAYS))
    return missing


def _empty(graduate: Graduate, fields: Sequence[str]) -> list[str]:
    return [texts.FIELDS[field] for field in fields if getattr(graduate, field) in ("", None)]


def as_payload(missing: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """The marks for a page: `[{"mark", "label", "clear", "missing"}]`."""
    return [{"mark": mark, "label": texts.MARKS[mark], "clear": not lacking, "missing": lacking} for mark, lacking in missing.items()]
