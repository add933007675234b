"""Leaving a contact: what is one, how the form is left, what is stored."""

from __future__ import annotations

import pytest

from core.text.masking import mask
from desk import texts
from desk.tickets import Tickets
from tests.actions.conftest import Run, messages
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock


def slots_of(run: Run, talk: Talk) -> dict[str, object]:
    events = run(talk, "validate_contact_form").events
    assert all(event["event"] == "slot" for event in events)
    return {event["name"]: event["value"] for event in events}


def test_a_valid_answer_fills_the_form(run: Run) -> None:
    talk = Talk().says("留个联系方式", "leave_contact").in_contact_form()

    assert slots_of(run, talk.offers_contact("手机 138-0000-0000")) == {"contact": "13800000000"}


def test_the_first_call_of_the_form_has_nothing_to_check(run: Run) -> None:
    talk = Talk().says("留个联系方式", "leave_contact")
    talk.active_loop = {"name": "contact_form"}

    assert slots_of(run, talk) == {}


def test_an_incomplete_answer_is_asked_for_again(run: Run) -> None:
    talk = Talk().in_contact_form().offers_contact("138000")
    result = run(talk, "validate_contact_form")

    assert [event["value"] for event in result.events] == [None]
    assert "不是完整的" in messages(result)[0]["text"]


@pytest.mark.parametrize("words", ["算了不留了", "不方便", "取消"])
def test_a_no_leaves_the_form(run: Run, words: str) -> None:
    assert slots_of(run, Talk().in_contact_form().offers_contact(words)) == {"contact": None, "requested_slot": None}


def test_another_wish_leaves_the_form_and_is_asked_for_again(run: Run) -> None:
    talk = Talk().in_contact_form().offers_contact("档案怎么转", intent="ask_policy")

    assert slots_of(run, talk) == {"contact": None, "requested_slot": None}
    (said,) = messages(run(talk, "action_save_contact"))
    assert "请把你的问题再发一次" in said["text"]


def test_a_crisis_while_the_form_asks_reaches_a_person(run: Run, tickets: Tickets) -> None:
    talk = Talk().in_contact_form().offers_contact("我不想活了", intent="crisis")

    assert slots_of(run, talk) == {"contact": None, "requested_slot": None}
    (said,) = messages(run(talk, "action_save_contact"))
    assert said["payload"]["priority"] == "urgent"
    assert said["text"] == texts.crisis(registered=True)
    assert tickets.status("c1") is not None


def test_a_number_that_was_masked_in_front_is_not_asked_for_again(run: Run, tickets: Tickets) -> None:
    talk = Talk().in_contact_form().offers_contact(mask("我的手机13800000000"))

    assert slots_of(run, talk) == {"contact": None, "requested_slot": None}
    (said,) = messages(run(talk, "action_save_contact"))
    assert "没有存下来" in said["text"]


def test_the_form_does_not_ask_for_ever(run: Run) -> None:
    talk = Talk().in_contact_form()
    for words in ("啊", "嗯嗯", "138"):
        talk.offers_contact(words, intent="nlu_fallback")

    assert slots_of(run, talk)["requested_slot"] is None


def test_the_contact_is_stored_with_consent_and_leaves_rasas_memory(run: Run, tickets: Tickets, clock: SetClock) -> None:
    talk = Talk(contact="13800000000").says("转人工", "request_human")
    run(talk, "action_request_human")
    clock.advance(minutes=2)

    result = run(talk, "action_save_contact")

    ticket = tickets.status("c1")
    assert ticket is not None
    assert (ticket.contact, ticket.contact_consented_at) == ("13800000000", clock.now())
    assert [(event["name"], event["value"]) for event in result.events] == [("contact", None)]
    (said,) = messages(result)
    assert said["kind"] == "handoff" and "13800000000" not in said["text"]


def test_once_a_contact_is_there_it_is_not_asked_for_again(run: Run) -> None:
    talk = Talk(contact="13800000000").says("转人工", "request_human")
    run(talk, "action_request_human")
    run(talk, "action_save_contact")

    assert [message["kind"] for message in messages(run(talk, "action_request_human"))] == ["handoff"]


def test_without_an_open_request_the_contact_is_not_kept(run: Run, tickets: Tickets) -> None:
    result = run(Talk(contact="13800000000").says("13800000000", "leave_contact"), "action_save_contact")

    assert "没有保存联系方式" in messages(result)[0]["text"]
    assert tickets.status("c1") is None
    assert result.events[0]["value"] is None


def test_a_contact_that_was_not_given_is_not_said_to_be_stored(run: Run) -> None:
    (said,) = messages(run(Talk().says("算了", "goodbye"), "action_save_contact"))

    assert "没有保存" in said["text"]
