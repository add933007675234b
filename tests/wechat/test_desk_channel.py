"""The counsellor's side: a reply reaches WeChat, and the console says what the channel carries and what has not arrived."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.desk_chat import DeskChat
from bot.wechat.desk_channel import DeskChannels
from bot.wechat.models import Follower
from desk.models import Ticket
from desk.services import build_services
from desk.staff.models import Role
from desk.tickets import TicketRequest, Tickets
from tests.desk.clocks import SetClock
from tests.desk.conftest import clock, sessions, tickets
from tests.desk.people import COLLEGE, Caller, Desk, serving
from tests.wechat.outgoing import Outgoing

__all__ = ["clock", "sessions", "tickets"]


@pytest.fixture
def outgoing(sessions: sessionmaker[Session], clock: SetClock) -> Outgoing:
    return Outgoing(sessions, clock)


@pytest.fixture
def desk(outgoing: Outgoing, tickets: Tickets) -> Iterator[Desk]:
    clock, chat = outgoing.clock, DeskChat(outgoing.store, outgoing.woken.append)
    channels = DeskChannels(outgoing.sessions, outgoing.outbox, clock)
    with serving(build_services(outgoing.sessions, clock, clock, "a secret of the tests", tickets, chat, channels=channels)) as running:
        yield running


@pytest.fixture
def follower(outgoing: Outgoing) -> Follower:
    follower = outgoing.follower()
    outgoing.says(follower, "转人工")
    return follower


@pytest.fixture
def ticket(follower: Follower, tickets: Tickets) -> Ticket:
    return tickets.register(TicketRequest(follower.conversation_id, "档案", "档案去向", []))


@pytest.fixture
def teacher(desk: Desk, ticket: Ticket) -> Caller:
    teacher = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE)
    assert teacher.post(f"/tickets/{ticket.number}/claim").status_code == 200
    return teacher


def reach(caller: Caller, ticket: Ticket) -> dict[str, Any]:
    shown: dict[str, Any] = caller.get(f"/tickets/{ticket.number}/channel").json()
    return shown


def drain(outgoing: Outgoing, follower: Follower) -> list[str]:
    sent = []
    while (claimed := outgoing.outbox.next_part(follower.id)) is not None:
        outgoing.outbox.sent(claimed)
        sent.append(claimed.text)
    return sent


def test_a_counsellors_reply_goes_to_wechat_and_its_budget_is_shown(outgoing: Outgoing, follower: Follower, ticket: Ticket, teacher: Caller) -> None:
    before = reach(teacher, ticket)
    assert (before["channel"], before["account"], before["window_left"]) == ("wechat", "main", 5)
    assert before["window_until"].startswith((outgoing.clock.now() + timedelta(hours=48)).strftime("%Y-%m-%dT%H:%M"))

    assert teacher.post(f"/tickets/{ticket.number}/messages", json={"text": "档案在人才中心。", "client_id": "r1"}).status_code == 200

    assert drain(outgoing, follower)[-1].endswith("档案在人才中心。")
    assert reach(teacher, ticket)["window_left"] < 5


def test_the_satisfaction_question_reaches_wechat_with_its_numbers(outgoing: Outgoing, follower: Follower, ticket: Ticket, teacher: Caller) -> None:
    assert teacher.post(f"/tickets/{ticket.number}/resolve", json={}).status_code == 200

    said = "\n".join(drain(outgoing, follower))

    assert "满意" in said and "1" in said


def test_what_waits_for_the_graduate_is_shown(outgoing: Outgoing, follower: Follower, ticket: Ticket, teacher: Caller, desk: Desk) -> None:
    drain(outgoing, follower)
    outgoing.clock.advance(hours=49)
    teacher = desk.signed_in("王老师", Role.COUNSELLOR)  # the session of two days ago is over
    outgoing.unasked(follower, "档案在人才中心。")
    assert drain(outgoing, follower) == []

    shown = reach(teacher, ticket)

    assert (shown["window_until"], shown["window_left"]) == (None, 0)
    assert [(part["text"], part["state"]) for part in shown["undelivered"]] == [("档案在人才中心。", "pending")]


def test_what_arrived_perhaps_is_sent_again_on_a_word_and_says_so(outgoing: Outgoing, follower: Follower, ticket: Ticket, teacher: Caller) -> None:
    drain(outgoing, follower)
    outgoing.unasked(follower, "档案在人才中心。")
    claimed = outgoing.outbox.next_part(follower.id)
    assert claimed is not None
    outgoing.outbox.in_doubt(claimed, "ReadTimeout")
    (part,) = reach(teacher, ticket)["undelivered"]
    assert (part["state"], part["error"]) == ("unknown", "ReadTimeout")

    address = f"/tickets/{ticket.number}/channel/{part['id']}/resend"
    assert teacher.post(address).status_code == 200

    assert drain(outgoing, follower) == ["（可能重复）档案在人才中心。"]
    assert teacher.post(address).status_code == 404  # it has arrived
    assert reach(teacher, ticket)["undelivered"] == []


def test_a_part_of_somebody_elses_conversation_is_not_found(outgoing: Outgoing, ticket: Ticket, teacher: Caller) -> None:
    other = outgoing.follower("o2")
    outgoing.says(other)
    outgoing.unasked(other, "别人的")
    claimed = outgoing.outbox.next_part(other.id)
    assert claimed is not None
    outgoing.outbox.in_doubt(claimed, "ReadTimeout")

    assert teacher.post(f"/tickets/{ticket.number}/channel/{claimed.part_id}/resend").status_code == 404
    assert outgoing.stand(other) == [("别人的", "unknown")]


def test_a_conversation_of_the_page_is_reached_there(
    outgoing: Outgoing, tickets: Tickets, teacher: Caller, follower: Follower, ticket: Ticket
) -> None:
    on_page = tickets.register(TicketRequest(outgoing.store.open("web"), "档案", "档案去向", []))
    assert reach(teacher, on_page)["channel"] == "web"

    outgoing.says(follower, "我到网页上看", channel="web")
    assert reach(teacher, ticket)["channel"] == "web"
