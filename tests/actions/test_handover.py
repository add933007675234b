"""Asking for a person, asking after the request, taking it back."""

from __future__ import annotations

from datetime import datetime

import pytest

from core.clock import CHINA
from desk.models import Priority, Reason, Status
from desk.tickets import Tickets
from tests.actions.conftest import Run, messages
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock


def test_a_request_is_registered_and_a_contact_asked_for(run: Run, tickets: Tickets) -> None:
    said = messages(run(Talk().says("转人工", "request_human"), "action_request_human"))

    ticket = tickets.status("c1")
    assert ticket is not None
    assert [message["kind"] for message in said] == ["handoff", "choices"]
    assert said[0]["payload"] == {
        "ticket": ticket.number,
        "status": "queued",
        "priority": "normal",
        "promise_due": "2026-12-02T10:00:00+08:00",
    }
    assert ticket.number in said[0]["text"]
    assert said[1]["payload"]["options"][0]["value"] == "/leave_contact"
    assert (ticket.reason, ticket.topic) == (Reason.REQUESTED, "想和老师直接沟通")


def test_what_is_said_along_with_the_wish_is_the_topic(run: Run, tickets: Tickets) -> None:
    run(Talk().says("档案丢了，请帮我找老师", "request_human"), "action_request_human")

    ticket = tickets.status("c1")
    assert ticket is not None
    assert ticket.topic == "档案丢了，请帮我找老师"


def test_after_a_refusal_the_topic_is_the_refused_question(run: Run, tickets: Tickets) -> None:
    talk = Talk().refused("湖南有没有博士安家费").says("/request_human", "request_human")

    run(talk, "action_request_human")

    ticket = tickets.status("c1")
    assert ticket is not None
    assert (ticket.reason, ticket.topic) == (Reason.REFUSED, "湖南有没有博士安家费")
    assert [(entry["role"], entry["text"]) for entry in ticket.transcript] == [
        ("user", "湖南有没有博士安家费"),
        ("bot", "资料里没有找到依据。"),
        ("bot", "需要的话，我可以转给老师。"),
        ("user", "（点选）转人工"),
    ]


def test_the_summary_tells_what_is_known(run: Run, tickets: Tickets) -> None:
    talk = Talk(last_question="报到证还要吗", policy_subject="报到证", last_region="福建")

    run(talk.says("我要找老师", "request_human"), "action_request_human")

    ticket = tickets.status("c1")
    assert ticket is not None
    assert ticket.summary.split("\n") == ["事项：报到证还要吗", "主题：报到证", "地区：福建", "最近说的：我要找老师"]


def test_check_12_asking_twice_says_that_the_request_is_already_there(run: Run, tickets: Tickets) -> None:
    talk = Talk().says("转人工", "request_human")
    first = messages(run(talk, "action_request_human"))
    second = messages(run(talk.says("人工！", "request_human"), "action_request_human"))

    assert second[0]["payload"]["ticket"] == first[0]["payload"]["ticket"]
    assert "不用重复登记" in second[0]["text"]
    assert len(tickets.open_tickets("c1")) == 1


@pytest.mark.parametrize(
    ("when", "opening"),
    [
        ("2026-12-01 20:00", "12月2日（周三）09:00"),
        ("2026-12-05 10:00", "12月7日（周一）09:00"),
        ("2026-10-03 10:00", "10月8日（周四）09:00"),
        ("2026-09-20 08:00", "9月20日（周日）09:00"),  # a Sunday that is worked for the holiday (调休)
    ],
)
def test_check_17_off_hours_name_the_next_working_time_and_ask_for_a_contact(
    run: Run, clock: SetClock, tickets: Tickets, when: str, opening: str
) -> None:
    wanted = datetime.fromisoformat(when).replace(tzinfo=CHINA)
    clock.advance(seconds=(wanted - clock.now()).total_seconds())

    said = messages(run(Talk().says("转人工", "request_human"), "action_request_human"))

    assert [message["kind"] for message in said] == ["handoff", "notice", "choices"]
    assert said[1]["payload"] == {"code": "off_hours"}
    assert opening in said[1]["text"]
    assert said[2]["payload"]["options"][0]["value"] == "/leave_contact"
    tickets.add_contact("c1", "13812345678", clock.now())
    again = messages(run(Talk().says("转人工", "request_human"), "action_request_human"))
    assert [message["kind"] for message in again] == ["handoff", "notice"]


def test_the_status_of_a_request_can_be_asked(run: Run, clock: SetClock) -> None:
    talk = Talk().says("转人工", "request_human")
    run(talk, "action_request_human")

    (said,) = messages(run(talk.says("老师看到没", "handoff_status"), "action_handoff_status"))
    clock.advance(days=3)
    (late,) = messages(run(talk, "action_handoff_status"))

    assert said["kind"] == "handoff" and "12月2日（周三）10:00" in said["text"]
    assert "已经过了原定的" in late["text"]


def test_the_status_names_every_open_request(run: Run, tickets: Tickets) -> None:
    talk = Talk().says("转人工", "request_human")
    run(talk, "action_request_human")
    run(talk.says("我要投诉招聘会", "complaint"), "action_complaint")

    (said,) = messages(run(talk.says("进度呢", "handoff_status"), "action_handoff_status"))

    assert all(ticket.number in said["text"] for ticket in tickets.open_tickets("c1"))


def test_without_a_request_the_status_offers_a_person(run: Run) -> None:
    (said,) = messages(run(Talk().says("老师看到没", "handoff_status"), "action_handoff_status"))

    assert said["kind"] == "choices"
    assert said["payload"]["options"] == [{"title": "转人工", "value": "/request_human"}]


def test_a_request_can_be_withdrawn(run: Run, tickets: Tickets) -> None:
    talk = Talk().says("转人工", "request_human")
    run(talk, "action_request_human")

    (said,) = messages(run(talk.says("不用转了", "withdraw_request"), "action_withdraw_request"))

    ticket = tickets.status("c1")
    assert ticket is not None and ticket.status is Status.WITHDRAWN
    assert "已经撤回" in said["text"]
    assert said["payload"]["status"] == "resolved"


def test_nothing_to_withdraw_is_said_plainly(run: Run) -> None:
    (said,) = messages(run(Talk().says("撤回", "withdraw_request"), "action_withdraw_request"))

    assert said["kind"] == "text" and "没有正在等老师处理的请求" in said["text"]


def test_a_crisis_request_stays_and_the_graduate_is_told(run: Run, tickets: Tickets) -> None:
    talk = Talk().says("我不想活了", "crisis")
    run(talk, "action_crisis")

    (said,) = messages(run(talk.says("撤回吧", "withdraw_request"), "action_withdraw_request"))

    ticket = tickets.status("c1")
    assert ticket is not None and ticket.is_open and ticket.priority is Priority.URGENT
    assert "没有撤掉" in said["text"]
    assert said["payload"]["status"] == "queued"
