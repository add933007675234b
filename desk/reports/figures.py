"""The figures of a report, counted from raw rows. Pure: the same rows give the same figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import median

from desk.care.marks import is_placed
from desk.care.texts import DESTINATIONS
from desk.models import Satisfaction, Status, Ticket
from desk.reports import texts
from desk.reports.periods import Period, day_in_china, week_of
from desk.reports.rows import Rows
from desk.working_hours import working_time_between

Value = int | float | None
Cells = dict[str, int]


@dataclass(frozen=True)
class Figures:
    """Every figure of a period (None where nothing was there to be counted), and what some of them are made up of."""

    values: dict[str, Value]
    breakdowns: dict[str, Cells]


def figures(rows: Rows, period: Period, now: datetime) -> Figures:
    """The figures of a period as they stand at `now` (aware). The cells of a breakdown add up to its figure."""
    refused = [answer for answer in rows.answers if answer.outcome == "refused"]
    standing = [ticket for ticket in rows.registered if ticket.status is not Status.WITHDRAWN]
    promises = [ticket for ticket in rows.due if ticket.status is not Status.WITHDRAWN and ticket.promise_due <= now]
    waits = sorted(_minutes(ticket) for ticket in standing if ticket.answered_at is not None)
    placed = [one for one in rows.placements if is_placed(one.destination)]
    values: dict[str, Value] = {
        "conversations": len(rows.conversations),
        "messages": rows.messages,
        "policy_answered": sum(answer.outcome == "answered" for answer in rows.answers),
        "policy_refused": len(refused),
        "expired_hits": sum(answer.outdated for answer in rows.answers),
        "requests": len(rows.registered),
        "withdrawn": len(rows.registered) - len(standing),
        "first_answer": round(median(waits), 1) if waits else None,
        "first_answer_90": round(waits[ceil(len(waits) * 0.9) - 1], 1) if waits else None,
        "promises": len(promises),
        "promises_kept": _share(promises, _is_kept),
        "resolved": _share(standing, lambda ticket: ticket.status is Status.RESOLVED),
        "satisfaction": _share(rows.rated, lambda ticket: ticket.satisfaction is Satisfaction.SATISFIED),
        "rated": len(rows.rated),
        "helpful": _share(rows.helpful, bool),
        "contacts": rows.contacts,
        "recommended": rows.recommendations,
        "in_care": len(rows.placements),
        "placed": len(placed),
        "placed_now": sum(one.destination_on is not None and period.first <= one.destination_on <= period.last for one in placed),
        "placement_rate": _share(rows.placements, lambda one: is_placed(one.destination)),
    }
    gaps = [
        (rows.whose[one.conversation_id].college if one.conversation_id in rows.whose else None, week_of(day_in_china(one.at))) for one in refused
    ]
    breakdowns = {
        "requests_by_topic": _cells(ticket.category for ticket in rows.registered),
        "requests_by_priority": _cells(texts.PRIORITIES[ticket.priority] for ticket in rows.registered),
        "requests_by_college": _cells(_college(ticket.college) for ticket in rows.registered),
        "requests_by_day": _by_day(ticket.created_at for ticket in rows.registered),
        "conversations_by_day": _by_day(at for _, at in rows.conversations),
        "gaps_by_college": _cells(_college(college) for college, _ in gaps),
        "gaps_by_week": dict(sorted(_cells(f"{monday} 周" for _, monday in gaps).items())),
        "gaps_by_college_and_week": dict(sorted(_cells(f"{_college(college)} · {monday} 周" for college, monday in gaps).items())),
        "satisfaction_by_rating": _cells(texts.RATINGS[ticket.satisfaction] for ticket in rows.rated if ticket.satisfaction),
        "destinations": _cells(DESTINATIONS.get(one.destination, texts.NO_DESTINATION) for one in rows.placements),
        "placed_by_college": _cells(one.college for one in placed),
        "in_care_by_college": _cells(one.college for one in rows.placements),
        "in_care_by_cohort": _cells(f"{one.cohort}届" if one.cohort else texts.UNKNOWN_COHORT for one in rows.placements),
    }
    return Figures(values, breakdowns)


def suppressed(cells: Cells, small: int) -> dict[str, int | None]:
    """The cells without those of fewer than `small` (None), nor the next smallest where the total would tell that those are small.

    The rule of `desk.surveys.disclosure` for cells that make up one total: all that is hidden is known as a sum, which has to reach `small`.

    >>> suppressed({"甲": 9, "乙": 2, "丙": 7}, 5)
    {'甲': 9, '乙': None, '丙': None}
    >>> suppressed({"甲": 9, "乙": 2, "丙": 1}, 5)
    {'甲': None, '乙': None, '丙': None}
    """
    hidden = {name for name, count in cells.items() if 0 < count < small}
    if 0 < sum(cells[name] for name in hidden) < small:
        others = sorted((count, name) for name, count in cells.items() if name not in hidden and count)
        hidden |= {name for _, name in others[:1]}
    return {name: None if name in hidden else count for name, count in cells.items()}


def _is_kept(ticket: Ticket) -> bool:
    return ticket.answered_at is not None and ticket.answered_at <= ticket.promise_due


def _minutes(ticket: Ticket) -> float:
    assert ticket.answered_at is not None
    return working_time_between(ticket.created_at, ticket.answered_at).total_seconds() / 60


def _share(of: Sequence[object], counts: Callable[..., bool]) -> float | None:
    return round(100 * sum(counts(one) for one in of) / len(of), 1) if of else None


def _cells(names: Iterable[str]) -> Cells:
    return dict(Counter(names).most_common())


def _by_day(moments: Iterable[datetime]) -> Cells:
    return dict(sorted(Counter(day_in_china(at).isoformat() for at in moments).items()))


def _college(name: str | None) -> str:
    return name or texts.UNKNOWN_COLLEGE
