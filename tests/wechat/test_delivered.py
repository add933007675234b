"""Checks 3, 6 and 7 from the graduate's question to what stands in their chat, over HTTP with the whole application."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from bot.desk_chat import DeskChat
from bot.store import ConversationStore
from bot.wechat.models import Follower, OutgoingPart
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from desk.chat import Said
from tests.bot.servers import RasaStandIn
from tests.waiting import PATIENCE, eventually
from tests.wechat.stand_in.program import Wechat
from tests.wechat.stand_in.record import PASSIVE, SERVICE

pytestmark = pytest.mark.real_time

AT_MOST = 4.8
FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.slow
def test_check_3_an_answer_that_takes_long_comes_later_and_once(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    rasa.seconds = 20.0
    delivery = wechat.say("o1", "三方协议丢了怎么办")

    assert (delivery.text, len(delivery.attempts)) == (None, 1)
    assert delivery.seconds < AT_MOST

    eventually(lambda: bool(wechat.record.texts("o1")))
    time.sleep(3)
    assert [(got.way, got.text) for got in wechat.record.got("o1")] == [(SERVICE, "答：三方协议丢了怎么办")]


def test_check_6_five_thousand_characters_arrive_whole_and_in_order(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    answer = "".join(f"第{number}句，办理时请带好材料{FAMILY}。" for number in range(250))
    assert len(answer) > 5_000
    rasa.answer = lambda said: [{"text": answer if said.startswith("办理") else "好的。"}]

    wechat.say("o1", "办理就业手续要带什么材料")

    def whole() -> bool:
        return len("".join(wechat.record.texts("o1"))) >= len(answer)

    follower_says_more_until(wechat, whole)
    got = wechat.record.got("o1")
    assert (got[0].way, got[1].way) == (PASSIVE, SERVICE)
    assert all(len(each.text.encode()) <= 2_048 for each in got)
    said = [number for number in range(250) for each in got if f"第{number}句，办理时请带好材料{FAMILY}。" in each.text]
    assert said == list(range(250))


def follower_says_more_until(wechat: Wechat, whole: Callable[[], bool]) -> None:
    """The budget of five may be less than an answer has parts: the rest comes with the next message."""
    deadline = time.monotonic() + PATIENCE
    while not whole():
        assert time.monotonic() < deadline
        time.sleep(4)
        if not whole() and len(wechat.record.got("o1")) >= 6:
            wechat.say("o1", "嗯")


def test_check_7_a_counsellors_word_after_two_days_waits_for_the_graduate(served_account: Settings, wechat: Wechat) -> None:
    wechat.say("o1", "三方协议丢了怎么办")
    engine = create_database_engine(served_account.database_url)
    sessions = session_factory(engine)
    with sessions.begin() as session:  # two days pass
        session.execute(update(Follower).values(window_until=None, window_left=0))
        conversation = session.scalars(select(Follower.conversation_id)).one()
    wechat.record.service.ahead = 48 * 3_600 + 1
    say_as_counsellor(sessions, conversation, "档案已经寄出。")

    def waits() -> bool:
        with sessions() as session:
            return list(session.scalars(select(OutgoingPart.state).where(OutgoingPart.text.contains("档案已经寄出")))) == ["pending"]

    eventually(waits)
    delivery = wechat.say("o1", "在吗")

    assert "档案已经寄出。" in (delivery.text or "")
    assert sum("档案已经寄出" in text for text in wechat.record.texts("o1")) == 1
    engine.dispose()


def say_as_counsellor(sessions: sessionmaker[Session], conversation: str, text: str) -> None:
    """As another process of the same installation does: the worker finds it by looking."""
    chat = DeskChat(ConversationStore(sessions, Clock(), Clock()), lambda _: None)
    with sessions.begin() as session:
        chat.say(session, conversation, [Said("text", text, role="counsellor")])
