"""What staff do with a ticket, and who may."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from desk.audit import AuditEvent
from desk.errors import RequestRefused
from desk.models import Priority, Satisfaction, State, Status
from desk.requests.models import Hold, TicketLabel
from desk.staff.models import Role
from tests.desk.requests.desk import Desk, at


def refusal(call: object, *arguments: object) -> RequestRefused:
    with pytest.raises(RequestRefused) as refused:
        call(*arguments)  # type: ignore[operator]
    return refused.value


def test_check_15_of_two_counsellors_who_claim_at_once_one_wins_and_the_other_is_told_who(desk: Desk) -> None:
    counsellors = [desk.staff("王老师"), desk.staff("李老师")]
    for _ in range(10):
        ticket, start = desk.asks(), Barrier(2)

        def claim(who: int, number: str = ticket.number, start: Barrier = start) -> RequestRefused | None:
            start.wait()
            try:
                desk.handling.claim(counsellors[who], number)
            except RequestRefused as refused:
                return refused
            return None

        with ThreadPoolExecutor(2) as threads:
            outcomes = list(threads.map(claim, (0, 1)))

        (lost,) = [outcome for outcome in outcomes if outcome is not None]
        winner = counsellors[outcomes.index(None)]
        assert (lost.code, lost.holder) == ("already_claimed", winner.name)
        assert winner.name in lost.message
        assert desk.ticket(ticket.number).assignee_id == winner.staff_id
        assert [event.action for event in desk.events(ticket.number)] == ["registered", "claimed"]


def test_check_15_a_reply_by_somebody_who_does_not_hold_the_ticket_is_refused(desk: Desk) -> None:
    holder, other, leader = desk.staff("王老师"), desk.staff("李老师"), desk.staff("主管", Role.SUPERVISOR)
    ticket = desk.asks()
    assert refusal(desk.replying.send, holder, ticket.number, "你好", "a").code == "not_claimed"
    desk.handling.claim(holder, ticket.number)

    for outsider in (other, leader):
        refused = refusal(desk.replying.send, outsider, ticket.number, "我来说", "b")
        assert (refused.code, refused.holder) == ("not_holder", "王老师")
    desk.replying.send(holder, ticket.number, "你好，档案可以转", "c")

    said = [m.text for m in desk.heard(ticket.conversation_id) if m.role == "counsellor"]
    assert said == ["你好，档案可以转"]


def test_a_claim_is_on_record_with_who_and_from_where(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.claim(me, ticket.number)

    claimed = desk.events(ticket.number)[-1]
    assert (claimed.actor, claimed.action) == (f"staff:{me.staff_id}", "claimed")
    assert (claimed.before["status"], claimed.after["status"]) == ("queued", "claimed")
    with desk.sessions() as session:
        (row,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "ticket.claimed"))
    assert (row.staff_id, row.address, row.subject) == (me.staff_id, "127.0.0.1", f"ticket:{ticket.number}")
    assert row.before["assignee"] is None and row.after["assignee"] == me.staff_id


def test_claiming_twice_changes_nothing(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.claim(me, ticket.number)
    desk.handling.claim(me, ticket.number)

    assert [event.action for event in desk.events(ticket.number)] == ["registered", "claimed"]
    assert desk.codes(ticket.conversation_id) == ["taken_over"]


def test_a_message_sent_twice_is_said_once(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.claim(me, ticket.number)
    first = desk.replying.send(me, ticket.number, "请带身份证原件", "same")
    again = desk.replying.send(me, ticket.number, "请带身份证原件", "same")

    assert first == again
    assert [m.text for m in desk.heard(ticket.conversation_id) if m.role == "counsellor"] == ["请带身份证原件"]
    assert desk.woken.count(ticket.conversation_id) >= 1


def test_the_first_answer_says_whether_the_promise_was_kept(desk: Desk) -> None:
    me, in_time, late = desk.staff(), desk.asks(), desk.asks("三方怎么解约")
    desk.handling.claim(me, in_time.number)
    desk.replying.send(me, in_time.number, "可以", "a")
    desk.handling.claim(me, late.number)
    desk.clock.advance(days=5)
    desk.replying.send(me, late.number, "抱歉久等", "b")

    assert desk.ticket(in_time.number).promise_kept is True
    assert desk.ticket(late.number).promise_kept is False


def test_a_reply_waits_for_the_graduate_and_their_message_opens_it_again(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.claim(me, ticket.number)
    desk.replying.send(me, ticket.number, "哪个学院的？", "a")
    assert (desk.ticket(ticket.number).state, desk.ticket(ticket.number).waiting_since) == (State.PENDING, None)

    desk.says(ticket.conversation_id, "计算机学院")

    assert desk.ticket(ticket.number).state is State.OPEN
    assert desk.ticket(ticket.number).waiting_since == desk.clock.now()


def test_a_returned_ticket_is_in_the_queue_and_others_are_asked_first(desk: Desk) -> None:
    me, other, ticket = desk.staff("王老师"), desk.staff("李老师"), desk.asks()
    desk.handling.claim(me, ticket.number)
    assert refusal(desk.handling.give_back, other, ticket.number).code == "not_holder"
    returned = desk.handling.give_back(me, ticket.number)

    assert (returned.status, returned.assignee_id, returned.passed_over) == (Status.QUEUED, None, [me.staff_id])
    desk.handling.claim(other, ticket.number)
    assert desk.codes(ticket.conversation_id) == ["taken_over", "handed_back", "taken_over"]


def test_a_transfer_gives_the_conversation_too(desk: Desk) -> None:
    me, other, ticket = desk.staff("王老师"), desk.staff("李老师"), desk.asks()
    desk.handling.claim(me, ticket.number)
    assert other.staff_id is not None
    desk.handling.transfer(me, ticket.number, other.staff_id)

    assert refusal(desk.replying.send, me, ticket.number, "还是我", "a").code == "not_holder"
    desk.replying.send(other, ticket.number, "我来接着办", "b")
    assert "李老师" in next(m.text for m in reversed(desk.heard(ticket.conversation_id)) if m.kind == "notice")


def test_nobody_is_given_a_ticket_who_cannot_take_it(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    away = desk.staff("赵老师", leave_until=desk.clock.today() + timedelta(days=3))
    reader, gone = desk.staff("看看", Role.READ_ONLY), desk.staff("离职", active=False)
    desk.handling.claim(me, ticket.number)

    codes = [refusal(desk.handling.transfer, me, ticket.number, to).code for to in (away.staff_id, reader.staff_id, gone.staff_id, 10**6)]
    assert codes == ["on_leave", *["no_such_colleague"] * 3]


def test_a_snoozed_ticket_is_woken_by_the_graduate(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.claim(me, ticket.number)
    assert refusal(desk.handling.snooze, me, ticket.number, at("2026-11-30 09:00")).code == "invalid"
    desk.handling.snooze(me, ticket.number, at("2026-12-08 09:00"))
    assert desk.ticket(ticket.number).state is State.SNOOZED
    assert "12月8日（周二）09:00" in desk.heard(ticket.conversation_id)[-1].text

    desk.says(ticket.conversation_id, "我补充一下")

    assert (desk.ticket(ticket.number).state, desk.ticket(ticket.number).snoozed_until) == (State.OPEN, None)


def test_satisfaction_is_asked_once_after_resolution_and_kept_once(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.claim(me, ticket.number)
    assert desk.tickets.rate(ticket.number, Satisfaction.SATISFIED) is False
    desk.handling.resolve(me, ticket.number, "已电话说明")
    assert desk.tickets.rate(ticket.number, Satisfaction.SATISFIED) is True
    assert desk.tickets.rate(ticket.number, Satisfaction.SATISFIED) is False

    desk.handling.reopen(me, ticket.number)
    desk.handling.claim(me, ticket.number)
    desk.handling.resolve(me, ticket.number)

    asked = [m for m in desk.heard(ticket.conversation_id) if m.kind == "choices"]
    assert [option["title"] for option in (asked[0].payload or {})["options"]] == ["满意", "一般", "不满意"]
    assert len(asked) == 1


def test_a_closed_ticket_takes_no_reply_and_a_withdrawn_one_is_not_reopened(desk: Desk) -> None:
    me, ticket, other = desk.staff(), desk.asks(), desk.asks()
    desk.handling.claim(me, ticket.number)
    desk.handling.resolve(me, ticket.number)
    desk.tickets.withdraw(other.conversation_id)

    assert refusal(desk.replying.send, me, ticket.number, "还有", "a").code == "closed"
    assert refusal(desk.handling.reopen, me, other.number).code == "withdrawn"
    desk.asks("又有问题", ticket.conversation_id)
    assert refusal(desk.handling.reopen, me, ticket.number).code == "another_open"


def test_a_higher_priority_brings_the_promise_forward_and_a_lower_one_takes_none_back(desk: Desk) -> None:
    me, ticket = desk.staff("主管", Role.SUPERVISOR), desk.asks()
    raised = desk.handling.set_priority(me, ticket.number, Priority.URGENT)
    assert raised.promise_due == at("2026-12-01 10:15")

    lowered = desk.handling.set_priority(me, ticket.number, Priority.NORMAL)
    assert lowered.promise_due == at("2026-12-01 10:15")


def test_labels_and_notes_stay_with_the_staff(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.set_labels(me, ticket.number, ["档案", " 档案 ", "跨省", "电话 13812345678", "电话 13912345678"])
    note = desk.handling.add_note(me, ticket.number, "身份证 11010519491231002X 已核对")

    with desk.sessions() as session:
        assert set(session.scalars(select(TicketLabel.label))) == {"档案", "跨省", "电话 〔手机号已隐去〕"}
    assert "11010519491231002X" not in note.text
    assert all("核对" not in m.text for m in desk.heard(ticket.conversation_id))


def test_a_counsellor_reaches_no_ticket_of_another_college_by_its_number(desk: Desk) -> None:
    mine, other = desk.staff("王老师", college="计算机学院"), desk.staff("李老师", college="文学院")
    ticket = desk.asks(words="我是计算机学院的，档案怎么转")
    assert desk.ticket(ticket.number).college == "计算机学院"

    for call, more in ((desk.handling.claim, ()), (desk.handling.give_back, ()), (desk.handling.add_note, ("看看",))):
        assert refusal(call, other, ticket.number, *more).code == "not_found"
    assert refusal(desk.handling.claim, mine, "ZW000000-XXXXX").code == "not_found"
    desk.handling.claim(mine, ticket.number)


def test_the_conversation_is_free_after_withdrawal(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.claim(me, ticket.number)
    desk.tickets.withdraw(ticket.conversation_id)

    with desk.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Hold)) == 0


def test_check_12_asking_for_a_person_many_times_at_once_is_one_open_ticket(desk: Desk) -> None:
    conversation = desk.conversation()
    with ThreadPoolExecutor(4) as threads:
        numbers = set(threads.map(lambda _: desk.asks("转人工", conversation).number, range(8)))

    (number,) = numbers
    assert desk.ticket(number).times_asked == 8
    assert len(desk.tickets.open_tickets(conversation)) == 1
