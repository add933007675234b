"""A counsellor in the conversation, through the running application: the bot is silent, safety is not, and both sides hear each other."""

from __future__ import annotations

import threading
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from desk.models import Priority, Satisfaction, Ticket
from desk.requests.services import RequestServices
from desk.staff.models import Role
from desk.staff.policy import Actor, system_actor
from desk.tickets import TicketRequest
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn
from tests.waiting import eventually

pytestmark = pytest.mark.real_time


@pytest.fixture
def requests(base: str, app: FastAPI) -> RequestServices:
    services: RequestServices = app.state.parts.desk.requests
    return services


@pytest.fixture
def counsellor(base: str, app: FastAPI) -> Actor:
    staff = app.state.parts.desk.staff.add(system_actor("测试"), "wang", Role.SUPERVISOR, password=None, display_name="王老师")
    return Actor(staff.id, staff.display_name, staff.role, staff.college, "127.0.0.1")


@pytest.fixture
def ticket(app: FastAPI, talk: Talk) -> Ticket:
    registered: Ticket = app.state.parts.tickets.register(TicketRequest(talk.session_id, "档案怎么转", "档案", []))
    return registered


def bot_said(talk: Talk) -> list[str]:
    return [m["text"] for m in talk.history() if m["role"] == "bot"]


def test_check_13_an_answer_that_was_being_computed_is_not_said_after_the_claim(
    talk: Talk, rasa: RasaStandIn, requests: RequestServices, counsellor: Actor, ticket: Ticket
) -> None:
    rasa.seconds = 1.5
    replies: list[Any] = []
    asking = threading.Thread(target=lambda: replies.append(talk.say("档案怎么转")))
    asking.start()
    eventually(lambda: rasa.texts)
    requests.handling.claim(counsellor, ticket.number)
    asking.join()

    assert replies == [[]]
    assert bot_said(talk) == []
    rasa.seconds = 0.0
    assert talk.say("老师在吗") == []
    assert talk.say("你真笨，滚") == []  # what the screen answers itself is not answered either
    assert rasa.texts == ["档案怎么转"]


def test_both_sides_hear_each_other_and_the_bot_is_back_afterwards(
    talk: Talk, rasa: RasaStandIn, requests: RequestServices, counsellor: Actor, ticket: Ticket
) -> None:
    requests.handling.claim(counsellor, ticket.number)
    live = talk.events(0)
    assert next(live)["payload"]["code"] == "taken_over"
    requests.replying.send(counsellor, ticket.number, "你好，我是王老师", "a")
    heard = next(live)
    assert (heard["role"], heard["kind"], heard["text"]) == ("counsellor", "text", "你好，我是王老师")
    talk.say("档案在学校吗")
    assert requests.chat.messages(talk.session_id)[-1].text == "档案在学校吗"

    requests.handling.hand_back(counsellor, ticket.number)
    assert [m["text"] for m in talk.say("三方呢")] == ["答：三方呢"]
    assert rasa.texts == ["三方呢"]


def test_danger_during_a_takeover_is_answered_by_the_system_and_raises_the_ticket(
    talk: Talk, requests: RequestServices, counsellor: Actor, ticket: Ticket
) -> None:
    requests.handling.claim(counsellor, ticket.number)

    (said,) = talk.say("我不想活了")
    assert (said["role"], "12356" in said["text"]) == ("system", True)
    assert talk.say("真的不想活了") == []
    assert requests.listing.one(counsellor, ticket.number).ticket.priority is Priority.URGENT
    codes = [event.data["code"] for event in requests.feed.after(0, 100) if event.kind == "notice" and event.staff_id == counsellor.staff_id]
    assert codes == ["danger", "danger"]


def test_satisfaction_is_asked_by_choices_and_kept_without_rasa(
    talk: Talk, rasa: RasaStandIn, requests: RequestServices, counsellor: Actor, ticket: Ticket
) -> None:
    requests.handling.claim(counsellor, ticket.number)
    requests.handling.resolve(counsellor, ticket.number)
    asked = talk.history()[-1]
    assert [option["title"] for option in asked["payload"]["options"]] == ["满意", "一般", "不满意"]

    (thanks,) = talk.say("满意")
    assert "谢谢" in thanks["text"]
    (again,) = talk.say("不满意")
    assert "之前" in again["text"]
    assert requests.listing.one(counsellor, ticket.number).ticket.satisfaction is Satisfaction.SATISFIED
    assert rasa.texts == []


def test_a_page_opened_for_a_college_sends_requests_there(base: str, client: httpx.Client, app: FastAPI) -> None:
    app.state.parts.desk.staff.add(system_actor("测试"), "li", Role.COUNSELLOR, password=None, college="文学院")
    for college, known in (("文学院", "文学院"), ("没有的学院", None)):
        opened = client.post(f"{base}/api/chat/sessions", json={"college": college})
        assert opened.status_code == 201
        registered = app.state.parts.tickets.register(TicketRequest(opened.json()["session_id"], "档案", "档案", []))
        assert registered.college == known


def test_a_contact_typed_to_a_counsellor_is_hidden_and_can_be_left_with_consent(
    talk: Talk, rasa: RasaStandIn, requests: RequestServices, counsellor: Actor, ticket: Ticket
) -> None:
    requests.handling.claim(counsellor, ticket.number)

    (offer,) = talk.say("老师，我电话是13800000000")
    assert (offer["role"], offer["kind"]) == ("system", "choices")
    assert "隐去" in offer["text"] and [option["title"] for option in offer["payload"]["options"]] == ["留个联系方式"]
    assert talk.say("就是13800000000") == []  # said once
    assert requests.listing.one(counsellor, ticket.number).ticket.contact is None

    (consent,) = talk.say(offer["payload"]["options"][0]["value"])
    assert "同意" in consent["text"]
    (kept,) = talk.say("13800000000")
    assert (kept["kind"], kept["payload"]["ticket"]) == ("handoff", ticket.number)

    stored = requests.listing.one(counsellor, ticket.number).ticket
    assert (stored.contact, stored.contact_consented_at is not None) == ("13800000000", True)
    assert "13800000000" not in str(talk.history())
    assert "13800000000" not in str([message.text for message in requests.chat.messages(talk.session_id)])
    assert rasa.texts == []


def test_only_the_message_after_the_consent_may_be_the_contact(
    talk: Talk, rasa: RasaStandIn, requests: RequestServices, counsellor: Actor, ticket: Ticket
) -> None:
    requests.handling.claim(counsellor, ticket.number)
    talk.say("我微信 zhang_2027")
    talk.say("/leave_contact")
    assert talk.say("算了，先不留") == []
    talk.say("HR的电话是13911112222")
    assert requests.listing.one(counsellor, ticket.number).ticket.contact is None

    talk.say("/leave_contact")
    requests.handling.hand_back(counsellor, ticket.number)
    talk.say("13911112222")
    assert requests.listing.one(counsellor, ticket.number).ticket.contact is None
    assert "13911112222" not in str(rasa.texts)
