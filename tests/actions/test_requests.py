"""Crisis, complaint, feedback, personal data."""

from __future__ import annotations

import pytest

from desk import texts
from desk.models import Priority, Queue, Reason
from desk.tickets import TicketRequest, Tickets
from tests.actions.conftest import Run, messages
from tests.actions.trackers import Talk


def test_a_crisis_reaches_a_person_and_says_nothing_else(run: Run, tickets: Tickets) -> None:
    (said,) = messages(run(Talk().says("我不想活了", "crisis"), "action_crisis"))

    ticket = tickets.status("c1")
    assert ticket is not None
    assert (ticket.reason, ticket.priority) == (Reason.CRISIS, Priority.URGENT)
    assert "我不想活了" in ticket.summary
    assert said["kind"] == "handoff"
    assert said["text"] == texts.crisis(registered=True)
    assert said["payload"]["priority"] == "urgent"


def test_a_crisis_that_the_screen_registered_is_not_registered_again(run: Run, tickets: Tickets) -> None:
    first = tickets.register(TicketRequest("c1", texts.TOPIC_CRISIS, "我不想活了", [], Priority.URGENT, Reason.CRISIS))

    (said,) = messages(run(Talk().says("我不想活了", "crisis"), "action_crisis"))

    assert said["payload"]["ticket"] == first.number
    assert len(tickets.open_tickets("c1")) == 1


def test_a_complaint_is_registered_in_its_own_queue(run: Run, tickets: Tickets) -> None:
    said = messages(run(Talk().says("我要投诉学院把我改成已就业", "complaint"), "action_complaint"))

    ticket = tickets.status("c1")
    assert ticket is not None
    assert (ticket.queue, ticket.priority) == (Queue.COMPLAINT, Priority.HIGH)
    assert "我要投诉学院把我改成已就业" in ticket.topic
    assert ticket.number in said[0]["text"]


def test_praise_is_thanked_for(run: Run) -> None:
    (said,) = messages(run(Talk().says("有用", "feedback_positive"), "action_feedback"))

    assert said == {"kind": "text", "text": texts.FEEDBACK_THANKS, "payload": None}


def test_after_a_bad_answer_a_person_is_offered(run: Run, tickets: Tickets) -> None:
    (said,) = messages(run(Talk().says("答非所问", "feedback_negative"), "action_feedback"))

    assert said["kind"] == "choices" and "对不起" in said["text"]
    assert said["payload"]["options"] == [{"title": "转人工", "value": "/request_human"}]
    assert tickets.status("c1") is None


@pytest.mark.parametrize(
    ("action", "intent", "queue"),
    [
        ("action_delete_my_data", "delete_my_data", Queue.DATA_DELETION),
        ("action_export_my_data", "export_my_data", Queue.DATA_EXPORT),
    ],
)
def test_wishes_about_ones_data_are_requests_of_their_own(action: str, intent: str, queue: Queue, run: Run, tickets: Tickets) -> None:
    talk = Talk().says("转人工", "request_human")
    run(talk, "action_request_human")

    said = messages(run(talk.says("我的信息", intent), action))

    (ticket,) = [one for one in tickets.open_tickets("c1") if one.queue is queue]
    assert said[0]["payload"]["ticket"] == ticket.number
    assert "聊天记录" in said[0]["text"]
    assert "12月2日（周三）10:00" in said[0]["text"]
