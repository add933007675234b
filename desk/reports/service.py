"""Reports for a person: counted from what they may see, small cells hidden from those who only read; as JSON, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA, Clock
from desk.audit import Audit
from desk.errors import ReportRefused
from desk.models import Ticket
from desk.reports import texts
from desk.reports.figures import Figures, figures, suppressed
from desk.reports.periods import Period
from desk.reports.rows import CONVERSATIONS, FEEDBACK, MESSAGES, Whose, answered, belongings, collect
from desk.staff.models import Role
from desk.staff.policy import Actor
from knowledge.tables.cells import csv_line

SMALL = 5
"""Cells of fewer could be recognised by whoever knows the place."""
LONGEST_DAYS = 366
_WITH_MARGINS = ("gaps_by_college_and_week",)
"""Breakdowns by two things each of which has a breakdown of its own: one cell hidden could be reckoned from the others, so all are."""
_MARK = "\ufeff"
_BATCH = 200


@dataclass(frozen=True)
class Report:
    """A period's figures as one person may see them; a hidden cell is None. `hides` says whether any may be hidden."""

    period: Period
    values: dict[str, int | float | None]
    breakdowns: dict[str, dict[str, int | None]]
    hides: bool


class Reports:
    """Reads; that somebody took the rows of conversations is in the audit."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit) -> None:
        self._sessions, self._clock, self._audit = sessions, clock, audit

    def report(self, actor: Actor, period: Period) -> Report:
        """The figures of a period. Raises ReportRefused for one that ends before it begins or is longer than a year."""
        _refuse_wrong(period)
        with self._sessions() as session:
            counted = figures(collect(session, actor, period), period, self._clock.now())
        hides = actor.role is Role.READ_ONLY
        breakdowns = {name: suppressed(cells, SMALL if hides else 0) for name, cells in counted.breakdowns.items()}
        for name in _WITH_MARGINS:
            if None in breakdowns[name].values():
                breakdowns[name] = dict.fromkeys(breakdowns[name])
        return Report(period, _hidden_values(counted) if hides else counted.values, breakdowns, hides)

    def as_csv(self, report: Report) -> str:
        """A report as CSV: a line a figure with its definition, and a line a cell."""
        lines = [csv_line(texts.CSV_HEADINGS)]
        for name, value in report.values.items():
            label, unit, definition = texts.FIGURES[name]
            lines.append(csv_line([label, "", _shown(value, report.hides), unit, definition]))
        for name, cells in report.breakdowns.items():
            label, figure = texts.BREAKDOWNS[name]
            lines += [csv_line([label, cell, _shown(count, report.hides), texts.FIGURES[figure][1], ""]) for cell, count in cells.items()]
        return _MARK + "".join(lines)

    def conversations_csv(self, actor: Actor, period: Period) -> Iterator[str]:
        """The conversations that began in a period, one row each, without a word that was said. Raises ReportRefused."""
        _refuse_wrong(period)
        with self._sessions.begin() as session:
            whose = belongings(session)
            within = (CONVERSATIONS.c.created_at >= period.begins, CONVERSATIONS.c.created_at < period.ends)
            found = session.execute(select(CONVERSATIONS).where(*within).order_by(CONVERSATIONS.c.created_at, CONVERSATIONS.c.id)).all()
            rows = [row for row in found if actor.sees(whose.get(row.id, Whose()).college)]
            after = {"rows": len(rows), "from": period.first.isoformat(), "to": period.last.isoformat()}
            self._audit.record(session, actor, "conversations.export", "conversations", after=after)
            yield _MARK + csv_line(texts.CONVERSATION_HEADINGS)
            for start in range(0, len(rows), _BATCH):
                batch = rows[start : start + _BATCH]
                said = _Said(session, [row.id for row in batch])
                for row in batch:
                    yield csv_line(said.line(row, whose.get(row.id, Whose())))


class _Said:
    """What a batch of conversations holds, counted by conversation."""

    def __init__(self, session: Session, ids: list[str]) -> None:
        self._messages: dict[str, list[Any]] = {one: [] for one in ids}
        self._thumbs: dict[str, list[bool]] = {one: [] for one in ids}
        self._tickets: dict[str, list[Ticket]] = {one: [] for one in ids}
        for row in session.execute(select(MESSAGES).where(MESSAGES.c.conversation_id.in_(ids))):
            self._messages[row.conversation_id].append(row)
        for row in session.execute(select(FEEDBACK).where(FEEDBACK.c.conversation_id.in_(ids))):
            self._thumbs[row.conversation_id].append(row.helpful)
        for ticket in session.scalars(select(Ticket).where(Ticket.conversation_id.in_(ids)).order_by(Ticket.id)):
            self._tickets[ticket.conversation_id].append(ticket)

    def line(self, row: Any, whose: Whose) -> list[str]:
        """The cells of a conversation, in the order of the headings."""
        messages, thumbs, tickets = self._messages[row.id], self._thumbs[row.id], self._tickets[row.id]
        answers = [answered(one.conversation_id, one.created_at, one.payload) for one in messages if one.kind == "policy_answer"]
        roles = [one.role for one in messages]
        first = min((ticket.answered_at for ticket in tickets if ticket.answered_at), default=None)
        return [
            row.id,
            row.channel,
            whose.college or "",
            str(whose.cohort or ""),
            _moment(row.created_at),
            _moment(max((one.created_at for one in messages), default=None)),
            *(str(roles.count(role)) for role in ("user", "bot", "counsellor")),
            str(sum(answer.outcome == "answered" for answer in answers)),
            str(sum(answer.outcome == "refused" for answer in answers)),
            str(sum(answer.outdated for answer in answers)),
            str(thumbs.count(True)),
            str(thumbs.count(False)),
            "、".join(ticket.number for ticket in tickets),
            "、".join(dict.fromkeys(ticket.category for ticket in tickets)),
            texts.PRIORITIES[min((ticket.priority for ticket in tickets), key=lambda one: one.rank)] if tickets else "",
            _moment(first),
            "、".join(texts.YES if ticket.promise_kept else texts.NO for ticket in tickets if ticket.promise_kept is not None),
            _moment(max((ticket.closed_at for ticket in tickets if ticket.closed_at), default=None)),
            "、".join(texts.RATINGS[ticket.satisfaction] for ticket in tickets if ticket.satisfaction),
        ]


def _hidden_values(counted: Figures) -> dict[str, int | float | None]:
    """The figures without small counts of persons: a rate of three, or the three themselves, could be recognised."""
    values = dict(counted.values)
    for count, rates in _OF_PERSONS.items():
        number = values[count]
        if number is not None and 0 < number < SMALL:
            values |= dict.fromkeys((count, *rates))
    return values


_OF_PERSONS: dict[str, tuple[str, ...]] = {
    "in_care": ("placed", "placement_rate", "placed_now"),
    "placed": ("placement_rate",),
    "placed_now": (),
    "rated": ("satisfaction",),
}
"""Counts of persons → what could be reckoned back to them."""


def _refuse_wrong(period: Period) -> None:
    if not 1 <= period.days <= LONGEST_DAYS:
        raise ReportRefused(texts.WRONG_SPAN.format(most=LONGEST_DAYS))


def _shown(value: int | float | None, hides: bool) -> str:
    if value is None:
        return texts.SUPPRESSED.format(small=SMALL) if hides else ""
    return str(value)


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}" if at else ""
