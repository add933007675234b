"""While a counsellor holds a conversation the bot says nothing in it, whatever it was working on."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from bot import danger
from bot.messages import Incoming, Reply
from bot.models import PENDING, Conversation, Message
from bot.store import ConversationHeld
from desk.models import Priority, Queue, Reason, Status, Ticket
from tests.desk.requests.desk import Desk

RUNS = 1_000


def test_check_13_in_a_thousand_races_the_bot_says_nothing_after_the_claim(desk: Desk) -> None:
    """Each run claims a conversation while an answer that was being computed is stored; messages are numbered in the order of commits."""
    me, chance = desk.staff(), random.Random(13)
    dropped = 0
    with ThreadPoolExecutor(2) as threads:
        for number, question in waiting_for_an_answer(desk, RUNS):
            start, pauses = Barrier(2), (chance.random() / 400, chance.random() / 400)

            def claim(number: str = number, start: Barrier = start, pause: float = pauses[0]) -> None:
                start.wait()
                time.sleep(pause)
                desk.handling.claim(me, number)

            claiming = threads.submit(claim)
            start.wait()
            time.sleep(pauses[1])
            answer = desk.store.answer(question, [Reply("text", "答：这样办"), Reply("choices", "还有别的吗", {"options": []})])
            claiming.result()
            dropped += answer == []

    with desk.sessions() as session:
        joined = select(Message.conversation_id, Message.seq).where(Message.kind == "notice").subquery()
        too_late = select(Message.seq).join(joined, Message.conversation_id == joined.c.conversation_id)
        assert session.scalars(too_late.where(Message.role == "bot", Message.seq > joined.c.seq)).all() == []
        assert session.scalar(select(func.count()).select_from(joined)) == RUNS
        assert session.scalar(select(func.count()).where(Message.role == "bot")) == 2 * (RUNS - dropped)
    assert 0 < dropped < RUNS  # both orders were seen


def waiting_for_an_answer(desk: Desk, count: int) -> list[tuple[str, Message]]:
    """Conversations with an open ticket and a message that is being answered: ticket number and message of each."""
    now, made = desk.clock.now(), []
    with desk.sessions.begin() as session:
        for place in range(count):
            name = uuid4().hex
            session.add(Conversation(id=name, channel="web", created_at=now, last_seq=1, offers=[]))
            session.flush()
            question = Message(id=uuid4().hex, conversation_id=name, seq=1, role="user", kind="text", text="怎么办", created_at=now, handling=PENDING)
            ticket = Ticket(
                number=f"ZW{place:06}",
                conversation_id=name,
                queue=Queue.SUPPORT,
                reason=Reason.REQUESTED,
                priority=Priority.NORMAL,
                status=Status.QUEUED,
                topic="档案怎么转",
                summary="",
                transcript=[],
                promise_due=now,
                created_at=now,
                updated_at=now,
            )
            session.add_all([question, ticket])
            made.append((ticket.number, question))
    return made


def test_check_13_no_notice_of_delay_and_no_digest_gets_into_a_held_conversation(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    question = desk.store.receive(Incoming(ticket.conversation_id, "m", "怎么办", "pass", None, None, desk.clock.now())).message
    desk.handling.claim(me, ticket.number)
    before = len(desk.heard(ticket.conversation_id))

    assert desk.store.postpone(question, Reply("notice", "还在查", {"code": "degraded"}, role="system"), None) == []
    with pytest.raises(ConversationHeld), desk.sessions.begin() as session:
        desk.store.say(session, ticket.conversation_id, [Reply("events", "双选会")])
    assert len(desk.heard(ticket.conversation_id)) == before


def test_check_14_after_hand_back_the_bot_answers_says_so_and_a_second_handover_works(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    conversation = ticket.conversation_id
    desk.handling.claim(me, ticket.number)
    assert desk.answers(conversation) == []
    desk.handling.hand_back(me, ticket.number)
    assert "先问我" in desk.heard(conversation)[-1].text
    assert [view.text for view in desk.answers(conversation) or []] == ["答：这样办"]

    again = desk.asks("还是想找老师", conversation)
    assert (again.number, again.status) == (ticket.number, Status.CLAIMED)
    assert desk.ticket(ticket.number).waiting_since == desk.clock.now()
    desk.handling.claim(me, ticket.number)
    assert desk.answers(conversation) == []
    desk.replying.send(me, ticket.number, "我在", "a")

    desk.handling.resolve(me, ticket.number)
    assert [view.text for view in desk.answers(conversation) or []] == ["答：这样办"]
    assert desk.codes(conversation) == ["taken_over", "handed_back", "taken_over", "handed_back"]


def test_check_14_after_a_return_the_bot_answers_until_somebody_else_takes_over(desk: Desk) -> None:
    first, second, ticket = desk.staff("王老师"), desk.staff("李老师"), desk.asks()
    desk.handling.claim(first, ticket.number)
    desk.handling.give_back(first, ticket.number)
    assert desk.answers(ticket.conversation_id) != []

    desk.handling.claim(second, ticket.number)
    assert desk.answers(ticket.conversation_id) == []


def test_every_change_of_state_has_a_sentence_of_its_own(desk: Desk) -> None:
    me, other, ticket = desk.staff("王老师"), desk.staff("李老师"), desk.asks()
    assert other.staff_id is not None
    desk.handling.claim(me, ticket.number)
    desk.handling.transfer(me, ticket.number, other.staff_id)
    desk.handling.hand_back(other, ticket.number)
    desk.handling.claim(other, ticket.number)
    desk.handling.give_back(other, ticket.number)
    desk.handling.claim(me, ticket.number)
    desk.handling.resolve(me, ticket.number)
    desk.handling.reopen(me, ticket.number)

    said = [m.text for m in desk.heard(ticket.conversation_id) if m.kind == "notice"]
    assert len(said) == 8
    assert len({text.replace("王老师", "老师").replace("李老师", "老师") for text in said}) == 6
    assert all(ticket.number in text for text in said)


def test_danger_during_a_takeover_is_answered_once_raises_the_ticket_and_reaches_the_holder(desk: Desk) -> None:
    me, ticket = desk.staff(), desk.asks()
    desk.handling.claim(me, ticket.number)
    for number in range(2):
        incoming = Incoming(ticket.conversation_id, f"c{number}", "我不想活了", "crisis", "crisis", None, desk.clock.now())
        message = desk.store.receive(incoming).message
        desk.store.answer(message, [danger.register(desk.tickets, message, desk.store.latest(ticket.conversation_id, 10))])

    words = [m for m in desk.heard(ticket.conversation_id) if "12356" in m.text]
    assert [(m.role, m.kind) for m in words] == [("system", "handoff")]
    assert [m for m in desk.heard(ticket.conversation_id) if m.role == "bot"] == []
    raised = desk.ticket(ticket.number)
    assert (raised.priority, raised.reason, raised.assignee_id) == (Priority.URGENT, Reason.CRISIS, me.staff_id)
    to_me = [event.data["code"] for event in desk.told() if event.kind == "notice" and event.staff_id == me.staff_id]
    assert to_me == ["danger", "danger"]


def test_a_conversation_is_in_one_pair_of_hands_though_it_has_two_tickets(desk: Desk) -> None:
    me, other = desk.staff("王老师"), desk.staff("李老师")
    question = desk.asks()
    complaint = desk.asks("投诉招聘会", question.conversation_id, reason=Reason.COMPLAINT)
    desk.handling.claim(me, question.number)

    with pytest.raises(Exception, match="already_claimed"):
        desk.handling.claim(other, complaint.number)
    desk.handling.claim(me, complaint.number)
    desk.handling.resolve(me, question.number)
    assert desk.answers(question.conversation_id) == []  # the complaint still holds it
    desk.handling.resolve(me, complaint.number)
    assert desk.answers(question.conversation_id) != []
