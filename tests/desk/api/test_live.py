"""Live events at the console: nothing lost, nothing doubled, nothing of another college, over reconnects and several processes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot.desk_chat import DeskChat
from bot.messages import Incoming
from bot.store import ConversationStore
from desk.api.rules import COOKIE
from desk.models import Ticket
from desk.services import DeskServices, build_services
from desk.staff.models import Role
from desk.staff.policy import system_actor
from desk.tickets import TicketRequest, Tickets
from tests.desk.clocks import SetClock
from tests.desk.people import COLLEGE, OTHER_COLLEGE, Caller, Desk, serving


@pytest.fixture
def store(sessions: sessionmaker[Session], clock: SetClock) -> ConversationStore:
    return ConversationStore(sessions, clock, clock)


@contextmanager
def listening(caller: Caller, last_seen: str | None = None) -> Iterator[Iterator[tuple[str, str, dict[str, Any]]]]:
    """The events of a stream that has begun: kind, id and data."""
    headers = {"Last-Event-ID": last_seen} if last_seen is not None else {}
    with caller.stream("GET", "/events", headers=headers) as response:
        assert response.status_code == 200
        lines = response.iter_lines()
        for line in lines:
            if line.startswith("id: "):
                break
        yield _events(lines)


def _events(lines: Iterator[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    event: dict[str, str] = {}
    for line in lines:
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            event[name] = value
        elif not line:
            if "data" in event:
                yield event["event"], event.get("id", ""), json.loads(event["data"])
            event = {}


def asks(tickets: Tickets, conversation: str, words: str = "档案怎么转") -> Ticket:
    return tickets.register(TicketRequest(conversation, "档案怎么转", "档案", [{"role": "user", "text": words, "at": "2026-12-01T10:00:00+08:00"}]))


def graduate_says(store: ConversationStore, conversation: str, text: str, client_id: str, clock: SetClock) -> None:
    store.receive(Incoming(conversation, client_id, text, "pass", None, None, clock.now()))


def test_a_request_and_what_is_said_appear_without_a_reload(desk: Desk, tickets: Tickets, store: ConversationStore, clock: SetClock) -> None:
    caller, conversation = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE), store.open("web")
    with listening(caller) as events:
        ticket = asks(tickets, conversation)
        assert next(events)[2] == {"number": ticket.number, "change": "registered"}
        claimed = caller.post(f"/tickets/{ticket.number}/claim")
        assert claimed.status_code == 200, claimed.text
        assert {kind for kind, _, _ in (next(events), next(events))} == {"ticket", "message"}
        graduate_says(store, conversation, "老师好", "m1", clock)
        kind, _, data = next(events)
        assert (kind, data["number"], data["message"]["text"], data["message"]["role"]) == ("message", ticket.number, "老师好", "user")


def test_a_broken_line_is_taken_up_where_it_broke_on_another_process(
    desk: Desk, sessions: sessionmaker[Session], tickets: Tickets, store: ConversationStore, clock: SetClock
) -> None:
    caller = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE)
    with listening(caller) as events:
        first = asks(tickets, store.open("web"))
        _, last_seen, _ = next(events)
    missed = [asks(tickets, store.open("web")) for _ in range(3)]

    chat = DeskChat(store, lambda _: None)
    with serving(build_services(sessions, clock, clock, "a secret of the tests", tickets, chat)) as other:
        again = other.signed_in("王老师", Role.COUNSELLOR, COLLEGE)
        with listening(again, last_seen) as events:
            assert [next(events)[2]["number"] for _ in missed] == [ticket.number for ticket in missed]
    assert first.number not in {ticket.number for ticket in missed}


def test_whoever_was_away_too_long_is_told_to_read_anew(desk: Desk, services: DeskServices, tickets: Tickets, clock: SetClock) -> None:
    caller = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE)
    for number in range(5):
        asks(tickets, f"c{number}")
        clock.advance(days=1)
    services.requests.feed.prune()
    caller = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE)
    with caller.stream("GET", "/events", headers={"Last-Event-ID": "1"}) as response:
        events = _events(response.iter_lines())
        assert next(events)[2]["code"] == "reload"


def test_check_20_nothing_of_another_college_is_heard(desk: Desk, tickets: Tickets, store: ConversationStore) -> None:
    arts = desk.signed_in("李老师", Role.COUNSELLOR, OTHER_COLLEGE)
    desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE)
    with listening(arts) as events:
        asks(tickets, store.open("web"), f"我是{COLLEGE}的，档案怎么转")
        nobodys = asks(tickets, store.open("web"))
        assert next(events)[2]["number"] == nobodys.number


def test_events_written_at_the_same_moment_are_all_heard_once(services: DeskServices, tickets: Tickets) -> None:
    """A reader that only ever looks beyond the last id it has seen, while four write."""
    heard: list[str] = []
    seen, wanted = 0, 40

    def write(place: int) -> None:
        asks(tickets, f"c{place}")

    with ThreadPoolExecutor(4) as writers:
        writing = [writers.submit(write, place) for place in range(wanted)]
        while True:
            done = all(each.done() for each in writing)
            rows = services.requests.feed.after(seen, 1000)
            heard += [row.number or "" for row in rows]
            seen = rows[-1].id if rows else seen
            if done and not rows:
                break
        for each in writing:
            each.result()

    assert len(heard) == len(set(heard)) == wanted


def test_who_looks_and_types_is_shown_to_the_others(desk: Desk, tickets: Tickets, store: ConversationStore) -> None:
    me, other = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE), desk.signed_in("李老师", Role.COUNSELLOR, COLLEGE)
    ticket = asks(tickets, store.open("web"))
    with listening(me) as events:
        other.post(f"/tickets/{ticket.number}/viewing")
        other.post(f"/tickets/{ticket.number}/viewing")
        other.post(f"/tickets/{ticket.number}/typing")
        other.delete(f"/tickets/{ticket.number}/viewing")
        seen = [next(events) for _ in range(3)]
    assert [kind for kind, _, _ in seen] == ["viewers"] * 3
    assert seen[-1][2] == {"number": ticket.number, "viewers": []}


def test_check_15_over_the_api_the_second_claim_is_a_conflict_that_names_the_holder(desk: Desk, tickets: Tickets, store: ConversationStore) -> None:
    me, other = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE), desk.signed_in("李老师", Role.COUNSELLOR, COLLEGE)
    ticket = asks(tickets, store.open("web"))
    assert me.post(f"/tickets/{ticket.number}/claim").status_code == 200

    refused = other.post(f"/tickets/{ticket.number}/claim")
    assert (refused.status_code, refused.json()["code"], refused.json()["holder"]) == (409, "already_claimed", "王老师")
    said = other.post(f"/tickets/{ticket.number}/messages", json={"text": "我来", "client_id": "a"})
    assert (said.status_code, said.json()["code"]) == (409, "not_holder")
    opened = me.get(f"/tickets/{ticket.number}").json()
    assert (opened["held_by_me"], opened["holder"]["name"], opened["status"]) == (True, "王老师", "claimed")
    assert me.get("/tickets", params={"view": "mine"}).json()["total"] == 1


@pytest.mark.parametrize("change", [{"role": Role.REVIEWER}, {"college": OTHER_COLLEGE}, {"active": False}, None])
def test_a_stream_ends_soon_after_its_session_or_the_role_it_was_opened_with(desk: Desk, tickets: Tickets, change: dict[str, Any] | None) -> None:
    caller = desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE)
    staff = desk.services.staff.find("王老师")
    assert staff is not None
    with listening(caller) as heard:
        if change is None:
            desk.services.staff_sessions.end_all(staff.id)
        else:
            desk.services.staff.change(system_actor("测试"), staff.id, change)
        list(heard)  # ends, for the server lets go of it; a stream that stayed would run into the time limit of the caller

    after = desk.services.staff_sessions.find(caller.cookies[COOKIE])
    assert (after is None) is (change is None or change.get("active") is False)
