"""Requests about a day that does not wait go first once it is near, and say so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from desk.audit import Audit
from desk.errors import RequestRefused
from desk.models import Priority, Ticket
from desk.requests.deadlines import Deadlines, DeadlineWritten
from desk.requests.feed import Feed
from desk.requests.listing import Listing, Wanted
from desk.requests.models import Deadline
from desk.requests.upkeep import Upkeep
from desk.staff.models import Role
from desk.staff.policy import Actor
from desk.working_hours import promise_due
from tests.desk.requests.desk import Desk

SIGNING = DeadlineWritten("三方签约截止", ["三方", "就业协议"], date(2026, 12, 10), 7)


@pytest.fixture
def leader(desk: Desk) -> Actor:
    return desk.staff("李主任", Role.SUPERVISOR)


def keep(desk: Desk, actor: Actor, written: DeadlineWritten = SIGNING) -> Deadline:
    return Deadlines(desk.sessions, desk.clock, Audit(desk.sessions, desk.clock)).save(actor, None, written)


def upkeep(desk: Desk) -> Upkeep:
    return Upkeep(desk.changing, Feed(desk.sessions, desk.clock))


def test_a_request_about_a_day_that_is_near_goes_first_and_shows_how_many_days_are_left(desk: Desk, leader: Actor) -> None:
    keep(desk, leader)
    desk.clock.advance(days=6)
    other, about = desk.asks("简历怎么写"), desk.asks("三方丢了怎么补签")

    rows, _ = Listing(desk.sessions, desk.chat, desk.clock).page(leader, Wanted(), 0, 10)
    assert [row.ticket.number for row in rows] == [about.number, other.number]
    assert [(row.deadline.title, row.deadline.days_left) if row.deadline else None for row in rows] == [("三方签约截止", 3), None]
    assert (about.priority, about.promise_due) == (Priority.HIGH, promise_due(Priority.HIGH, desk.clock.now()))


def test_what_waits_already_is_raised_once_when_the_day_comes_near_and_staff_are_not_overruled(desk: Desk, leader: Actor) -> None:
    keep(desk, leader)
    ticket = desk.asks("就业协议要盖章吗")
    upkeep(desk).attend_deadlines()
    assert desk.ticket(ticket.number).priority is Priority.NORMAL  # nine days to go

    desk.clock.advance(days=2)
    upkeep(desk).attend_deadlines()
    raised = desk.ticket(ticket.number)
    assert (raised.priority, raised.promise_due <= ticket.promise_due) == (Priority.HIGH, True)
    assert desk.events(ticket.number)[-1].action == "deadline_near"

    desk.handling.set_priority(leader, ticket.number, Priority.NORMAL)
    upkeep(desk).attend_deadlines()
    assert desk.ticket(ticket.number).priority is Priority.NORMAL


def test_a_day_of_another_college_and_one_that_has_passed_change_nothing(desk: Desk, leader: Actor) -> None:
    keep(desk, leader, DeadlineWritten("文学院补贴申请", ["补贴"], date(2026, 12, 2), 7, "文学院"))
    keep(desk, leader, DeadlineWritten("档案转递", ["档案"], date(2026, 12, 1), 7))
    ticket = desk.asks("求职补贴怎么申请")
    with desk.sessions.begin() as session:
        session.execute(update(Ticket).values(college="计算机学院", deadline_id=None, priority=Priority.NORMAL))
    desk.clock.advance(days=1)
    late = desk.asks("档案怎么转")
    upkeep(desk).attend_deadlines()

    assert desk.ticket(ticket.number).priority is desk.ticket(late.number).priority is Priority.NORMAL


def test_an_urgent_request_stays_urgent(desk: Desk, leader: Actor) -> None:
    keep(desk, leader, DeadlineWritten("三方签约截止", ["三方"], desk.clock.now().date() + timedelta(days=1), 7))
    assert desk.asks("三方被扣", priority=Priority.URGENT).priority is Priority.URGENT


def test_a_deadline_needs_words_and_a_day_to_come(desk: Desk, leader: Actor) -> None:
    for written in (
        DeadlineWritten("空", ["  "], date(2026, 12, 10), 7),
        DeadlineWritten("过去", ["三方"], date(2026, 11, 30), 7),
    ):
        with pytest.raises(RequestRefused):
            keep(desk, leader, written)
