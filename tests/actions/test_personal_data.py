"""“导出我的信息” and “删除我的信息”: asked back first, carried out on the second word, by a person where only a person can."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session, sessionmaker

from actions import personal_data, services
from bot.choices import find_choice, next_offers
from bot.messages import Reply
from bot.personal_data import conversation_holdings
from desk.audit import Audit
from desk.models import Priority, Queue, Reason
from desk.personal_data import PersonalData
from desk.personal_holdings import desk_holdings
from desk.tickets import TicketRequest, Tickets
from tests.actions.conftest import CarryOut, carrying_out
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock


@pytest.fixture
def data(sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets) -> Iterator[PersonalData]:
    data = PersonalData(sessions, Audit(sessions, clock), clock, (*conversation_holdings(), *desk_holdings()))
    services.provide(services.Services(sessions, clock, tickets, None, None, data))
    yield data
    services.provide(None)


@pytest.fixture
def carry_out(data: PersonalData) -> CarryOut:
    return carrying_out(personal_data.DeleteMyData, personal_data.ExportMyData)


def taken(talk: Talk, intent: str, confirmed: str) -> Talk:
    """A choice was touched: what Rasa makes of its value."""
    talk.says(f'/{intent}{{"confirmed": "{confirmed}"}}', intent)
    talk.latest["entities"] = [{"entity": "confirmed", "value": confirmed}]
    return talk


@pytest.mark.parametrize("intent", ["delete_my_data", "export_my_data"])
def test_it_says_what_is_kept_and_asks_back_and_does_nothing_yet(intent: str, carry_out: CarryOut, data: PersonalData, tickets: Tickets) -> None:
    tickets.register(TicketRequest("c1", "求助", "求助", []))

    [asked] = carry_out(Talk().says("我的信息", intent), f"action_{intent}")

    assert asked["kind"] == "choices" and "求助单 1 条" in asked["text"]
    assert data.due() == [] and len(tickets.open_tickets("c1")) == 1


@pytest.mark.parametrize(("typed", "value"), [("确认删除", "yes"), ("1", "yes"), ("先不用了", "no"), ("还有以前的对话，请老师处理", "person")])
def test_the_answer_may_be_typed_or_touched(typed: str, value: str, carry_out: CarryOut) -> None:
    [asked] = carry_out(Talk().says("删除我的信息", "delete_my_data"), "action_delete_my_data")

    choice = find_choice(next_offers([], [Reply(asked["kind"], asked["text"], asked["payload"])]), typed)
    assert choice is not None and choice.value == f'/delete_my_data{{"confirmed": "{value}"}}'


def test_on_the_second_word_the_wish_is_on_record_with_a_receipt(carry_out: CarryOut, data: PersonalData) -> None:
    [told] = carry_out(taken(Talk(), "delete_my_data", "yes"), "action_delete_my_data")

    [wish] = data.due()
    assert wish.conversation_id == "c1" and wish.number in told["text"]


def test_nothing_is_erased_while_somebody_may_be_in_danger_and_that_is_said(carry_out: CarryOut, data: PersonalData, tickets: Tickets) -> None:
    tickets.register(TicketRequest("c1", "求助", "求助", [], Priority.URGENT, Reason.CRISIS))

    [told] = carry_out(taken(Talk(), "delete_my_data", "yes"), "action_delete_my_data")

    assert "紧急求助还没有处理完" in told["text"] and len(data.due()) == 1


def test_the_copy_is_offered_on_the_second_word(carry_out: CarryOut) -> None:
    [told] = carry_out(taken(Talk(), "export_my_data", "yes"), "action_export_my_data")

    assert (told["kind"], told["payload"]) == ("notice", {"code": "my_data"})


@pytest.mark.parametrize("intent", ["delete_my_data", "export_my_data"])
def test_no_leaves_everything_as_it_is(intent: str, carry_out: CarryOut, data: PersonalData, tickets: Tickets) -> None:
    [told] = carry_out(taken(Talk(), intent, "no"), f"action_{intent}")

    assert told["text"].startswith("好的，什么都没有动")
    assert data.due() == [] and tickets.open_tickets("c1") == []


@pytest.mark.parametrize(("intent", "queue"), [("delete_my_data", Queue.DATA_DELETION), ("export_my_data", Queue.DATA_EXPORT)])
def test_conversations_of_earlier_days_are_for_a_person(intent: str, queue: Queue, carry_out: CarryOut, tickets: Tickets) -> None:
    [told, *_] = carry_out(taken(Talk(), intent, "person"), f"action_{intent}")

    assert told["kind"] == "handoff"
    assert [ticket.queue for ticket in tickets.open_tickets("c1")] == [queue]
