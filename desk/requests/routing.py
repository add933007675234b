"""Who is asked to take a waiting request: by college, subject, year of graduation, presence and load; a stand-in for whoever is on leave.

A ticket is offered, never put into somebody's hands: a graduate is told that a person has it only once a person has said so. An offer that
nobody takes goes on to the next. Tickets that wait while nobody is there are offered as soon as somebody is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.clock import CHINA
from desk.models import Priority, State, Ticket
from desk.requests.models import RoutingDuty
from desk.staff.models import Presence, Staff
from desk.staff.policy import POLICY, Actor, Permission
from desk.working_hours import working_time_between

CAPACITY = 8
"""How many requests somebody is given at once, where nothing else is said."""
OFFER_STANDS = timedelta(minutes=15)
"""Working time after which an offer goes on to the next."""
URGENT_OFFER_STANDS = timedelta(minutes=3)
"""The same for urgent requests, by the clock."""
PRESENT_FOR = timedelta(hours=12)
"""Who said so longer ago has left the page open and gone home."""


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be asked, with all that they answer for: their own, and that of those on leave whom they stand in for."""

    staff_id: int
    colleges: frozenset[str]
    sees_all: bool
    leads: bool
    categories: frozenset[str]
    cohorts: frozenset[int]
    capacity: int
    load: int


def candidates(session: Session, now: datetime) -> list[Candidate]:
    """Everybody who is there now and may work on requests."""
    people = {person.id: person for person in session.scalars(select(Staff).where(Staff.active, Staff.role.in_(POLICY[Permission.TICKETS_WORK])))}
    duties = {duty.staff_id: duty for duty in session.scalars(select(RoutingDuty))}
    loads = _loads(session)
    return [
        _candidate(person, _stood_in_for(person, people.values(), now), duties, loads)
        for person in people.values()
        if is_present(person, now) and not is_on_leave(person, now)
    ]


def choose(ticket: Ticket, among: Sequence[Candidate]) -> Candidate | None:
    """Whom to ask next; None where nobody is there who may take it. Once everybody has passed it over, whoever did so longest ago is asked again."""
    able = [each for each in among if _may_take(each, ticket)]
    passed = passed_over_by(ticket)
    fresh = [each for each in able if each.staff_id not in passed]
    if fresh:
        return min(fresh, key=lambda each: _rank(each, ticket))
    return min(able, key=lambda each: passed.index(each.staff_id), default=None)


def passed_over_by(ticket: Ticket) -> list[int]:
    """Who has had a ticket, or the offer of it, and let it go, the latest last; whoever has the offer now counts: they did not take it."""
    offered = [ticket.offered_to_id] if ticket.offered_to_id is not None else []
    return [staff_id for staff_id in ticket.passed_over if staff_id not in offered] + offered


def with_one_more(among: Sequence[Candidate], chosen: Candidate) -> list[Candidate]:
    """The candidates after one of them was given something."""
    return [replace(each, load=each.load + 1) if each.staff_id == chosen.staff_id else each for each in among]


def offer_stands(ticket: Ticket, present: Iterable[Candidate], now: datetime) -> bool:
    """Whether a ticket is offered to somebody who is there and has had no time to take it yet."""
    if ticket.offered_to_id is None or ticket.offered_at is None or all(each.staff_id != ticket.offered_to_id for each in present):
        return False
    if ticket.priority is Priority.URGENT:
        return now - ticket.offered_at < URGENT_OFFER_STANDS
    return working_time_between(ticket.offered_at, now) < OFFER_STANDS


def is_present(person: Staff, now: datetime) -> bool:
    """Whether somebody is at the desk."""
    return person.presence is Presence.ONLINE and (person.presence_at is None or now - person.presence_at < PRESENT_FOR)


def is_on_leave(person: Staff, now: datetime) -> bool:
    """Whether somebody is on leave today."""
    return person.leave_until is not None and person.leave_until >= now.astimezone(CHINA).date()


def _stood_in_for(person: Staff, people: Iterable[Staff], now: datetime) -> list[Staff]:
    return [other for other in people if other.stand_in_id == person.id and is_on_leave(other, now)]


def _candidate(person: Staff, others: Sequence[Staff], duties: dict[int, RoutingDuty], loads: dict[int, int]) -> Candidate:
    own, everybody = duties.get(person.id), [duties[each.id] for each in (person, *others) if each.id in duties]
    actor = Actor(person.id, person.display_name, person.role, person.college, "")
    return Candidate(
        staff_id=person.id,
        colleges=frozenset(each.college for each in (person, *others) if each.college),
        sees_all=actor.only_college is None,
        leads=actor.may(Permission.TICKETS_ASSIGN),
        categories=frozenset(category for duty in everybody for category in duty.categories),
        cohorts=frozenset(cohort for duty in everybody for cohort in duty.cohorts),
        capacity=own.capacity if own is not None else CAPACITY,
        load=loads.get(person.id, 0),
    )


def _may_take(each: Candidate, ticket: Ticket) -> bool:
    room = each.load < each.capacity or ticket.priority is Priority.URGENT
    return room and (not ticket.college or each.sees_all or ticket.college in each.colleges)


def _rank(each: Candidate, ticket: Ticket) -> tuple[object, ...]:
    """The smallest is asked first: those whose work it is before those who lead, then those with the least to do."""
    in_place = ticket.college in each.colleges if ticket.college else not each.colleges
    return each.leads, not in_place, ticket.category not in each.categories, ticket.cohort not in each.cohorts, each.load, each.staff_id


def _loads(session: Session) -> dict[int, int]:
    whose = func.coalesce(Ticket.assignee_id, Ticket.offered_to_id)
    counted = (
        select(whose, func.count())
        .where(Ticket.closed_at.is_(None), Ticket.state != State.SNOOZED, or_(Ticket.assignee_id.is_not(None), Ticket.offered_to_id.is_not(None)))
        .group_by(whose)
    )
    return {row[0]: row[1] for row in session.execute(counted)}
