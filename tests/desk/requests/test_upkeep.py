"""What time does to requests, in working hours of China's calendar."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from desk.models import Priority, Reason, State, Status
from desk.requests.upkeep import Upkeep
from desk.staff.models import Presence, Role, Staff
from tests.desk.requests.desk import Desk, at


def upkeep(desk: Desk) -> Upkeep:
    return Upkeep(desk.changing, desk.feed, timedelta(minutes=60))


def notices(desk: Desk, number: str) -> list[tuple[str, object]]:
    """Notices about a ticket: their code, and for whom (a staff id, or those who lead)."""
    told = [event for event in desk.told() if event.kind == "notice" and event.number == number]
    return [(str(event.data["code"]), "leading" if event.leading else event.staff_id) for event in told]


def test_check_16_a_silent_assignees_request_is_queued_again_and_the_supervisor_told(desk: Desk) -> None:
    me, ticket = desk.staff(presence=Presence.OFF), desk.asks()
    desk.handling.claim(me, ticket.number)
    desk.clock.advance(minutes=60)
    upkeep(desk).work()
    assert desk.ticket(ticket.number).assignee_id == me.staff_id

    desk.clock.advance(minutes=1)
    upkeep(desk).work()
    upkeep(desk).work()

    queued = desk.ticket(ticket.number)
    assert (queued.status, queued.assignee_id, queued.passed_over) == (Status.QUEUED, None, [me.staff_id])
    assert [event.action for event in desk.events(ticket.number)] == ["registered", "claimed", "requeued"]
    assert notices(desk, ticket.number) == [("silent", "leading"), ("taken_away", me.staff_id)]
    assert desk.codes(ticket.conversation_id) == ["taken_over", "handed_back"]
    assert desk.answers(ticket.conversation_id) != []


def test_check_16_lunch_night_and_holidays_do_not_count_as_silence(desk: Desk) -> None:
    me = desk.staff(presence=Presence.OFF)
    desk.clock.advance(hours=1, minutes=30)
    ticket = desk.asks()
    desk.handling.claim(me, ticket.number)  # at 11:30, half an hour before lunch
    desk.clock.advance(hours=2, minutes=45)
    upkeep(desk).work()
    assert desk.ticket(ticket.number).status is Status.CLAIMED  # 14:15: three quarters of an hour of work
    desk.clock.advance(minutes=20)
    upkeep(desk).work()
    assert desk.ticket(ticket.number).status is Status.QUEUED


def test_check_16_whoever_has_answered_is_not_silent(desk: Desk) -> None:
    me, ticket = desk.staff(presence=Presence.OFF), desk.asks()
    desk.handling.claim(me, ticket.number)
    desk.replying.send(me, ticket.number, "我查一下", "a")
    desk.clock.advance(days=10)
    upkeep(desk).work()
    assert desk.ticket(ticket.number).status is Status.CLAIMED

    desk.says(ticket.conversation_id, "有结果吗")
    desk.clock.advance(days=1)
    upkeep(desk).work()
    assert desk.ticket(ticket.number).status is Status.QUEUED


def test_what_was_put_off_comes_back_on_time(desk: Desk) -> None:
    me, ticket = desk.staff(presence=Presence.OFF), desk.asks()
    desk.handling.claim(me, ticket.number)
    desk.handling.snooze(me, ticket.number, at("2026-12-03 09:00"))
    upkeep(desk).work()
    assert desk.ticket(ticket.number).state is State.SNOOZED

    desk.clock.advance(days=2)
    upkeep(desk).work()

    assert (desk.ticket(ticket.number).state, desk.ticket(ticket.number).assignee_id) == (State.OPEN, me.staff_id)
    assert ("woken", me.staff_id) in notices(desk, ticket.number)


def test_a_broken_promise_is_owned_up_to_once_with_an_ask_for_contact(desk: Desk) -> None:
    ticket = desk.asks()
    desk.clock.advance(days=1, hours=1)
    for _ in range(2):
        upkeep(desk).work()

    heard = desk.heard(ticket.conversation_id)
    assert [m.kind for m in heard] == ["notice", "choices"]
    assert "12月2日（周三）10:00" in heard[0].text
    assert (heard[1].payload or {})["options"][0]["value"] == "/leave_contact"
    assert notices(desk, ticket.number) == [("overdue", "leading")]


def test_check_17_a_promise_that_ends_on_a_holiday_is_counted_in_working_time(desk: Desk) -> None:
    """Wednesday, 30 September 2026, late in the afternoon; the holiday lasts until 7 October (国务院办公厅 2026 年节假日安排)."""
    desk.clock.advance(days=-62, hours=7)
    assert desk.clock.now() == at("2026-09-30 17:00")
    ticket = desk.asks()
    assert ticket.promise_due == at("2026-10-08 17:00")

    desk.clock.advance(days=7)
    upkeep(desk).work()
    assert desk.heard(ticket.conversation_id) == []


def test_a_request_goes_to_its_college_subject_and_year_and_to_who_has_least_to_do(desk: Desk) -> None:
    computing, arts = desk.staff("王老师", college="计算机学院"), desk.staff("李老师", college="文学院")
    pool, boss = desk.staff("赵老师"), desk.staff("主管", Role.SUPERVISOR)
    ticket, unknown = desk.asks(words="我是计算机学院的，档案怎么转"), desk.asks("三方协议丢了怎么办")
    upkeep(desk).work()

    assert desk.ticket(ticket.number).offered_to_id == computing.staff_id
    assert desk.ticket(unknown.number).offered_to_id == pool.staff_id
    assert notices(desk, ticket.number) == [("offered", computing.staff_id)]
    assert {arts.staff_id, boss.staff_id}.isdisjoint({desk.ticket(t.number).offered_to_id for t in (ticket, unknown)})


def test_an_offer_that_nobody_takes_goes_on_to_the_next(desk: Desk) -> None:
    first, second = desk.staff("王老师"), desk.staff("李老师")
    ticket = desk.asks()
    upkeep(desk).work()
    assert desk.ticket(ticket.number).offered_to_id == first.staff_id
    desk.clock.advance(minutes=16)
    upkeep(desk).work()
    assert desk.ticket(ticket.number).offered_to_id == second.staff_id
    desk.clock.advance(minutes=16)
    upkeep(desk).work()
    assert desk.ticket(ticket.number).offered_to_id == first.staff_id


def test_a_stand_in_is_asked_for_whoever_is_on_leave(desk: Desk) -> None:
    stand_in = desk.staff("李老师", college="文学院")
    desk.staff("王老师", college="计算机学院", leave_until=desk.clock.today(), stand_in_id=stand_in.staff_id)
    desk.staff("赵老师", Role.SUPERVISOR)
    ticket = desk.asks(words="我是计算机学院的，档案怎么转")
    upkeep(desk).work()

    assert desk.ticket(ticket.number).offered_to_id == stand_in.staff_id
    desk.handling.claim(stand_in, ticket.number)  # it is theirs to see since it was offered to them


def test_what_waited_while_nobody_was_there_is_offered_when_somebody_comes(desk: Desk) -> None:
    me = desk.staff(presence=Presence.OFF)
    waiting = [desk.asks(f"问题{number}") for number in range(10)]
    urgent = desk.asks("急", priority=Priority.URGENT, reason=Reason.URGENT)
    upkeep(desk).work()
    assert all(desk.ticket(t.number).offered_to_id is None for t in waiting)

    with desk.sessions.begin() as session:
        person = session.get(Staff, me.staff_id)
        assert person is not None
        person.presence = Presence.ONLINE
    upkeep(desk).work()

    offered = [t.number for t in (*waiting, urgent) if desk.ticket(t.number).offered_to_id == me.staff_id]
    assert offered == [*(t.number for t in waiting[:7]), urgent.number]  # eight at once, the urgent one first


def test_several_processes_doing_the_rounds_do_each_thing_once(desk: Desk) -> None:
    me = desk.staff(presence=Presence.OFF)
    tickets = [desk.asks(f"问题{number}") for number in range(5)]
    for ticket in tickets:
        desk.handling.claim(me, ticket.number)
    desk.clock.advance(hours=5)
    with ThreadPoolExecutor(3) as processes:
        list(processes.map(lambda _: Upkeep(Desk(desk.sessions, desk.clock).changing, desk.feed).take_from_the_silent(), range(3)))

    for ticket in tickets:
        assert [event.action for event in desk.events(ticket.number)].count("requeued") == 1
        assert desk.codes(ticket.conversation_id) == ["taken_over", "handed_back"]
