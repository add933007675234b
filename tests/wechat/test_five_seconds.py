"""The five-second rule: whatever the work takes, WeChat hears in time, and the follower gets the answer once."""

from __future__ import annotations

import pytest

from bot.wechat import texts_in as texts
from core.settings import Settings
from tests.bot.servers import RasaStandIn
from tests.waiting import eventually
from tests.wechat.conftest import Kept, Serve
from tests.wechat.stand_in import messages
from tests.wechat.stand_in.program import Wechat
from tests.wechat.stand_in.record import PASSIVE, SERVICE

pytestmark = pytest.mark.real_time

QUESTION = "三方协议丢了怎么办"
ANSWER = f"答：{QUESTION}"
ON_ONE_DATABASE = pytest.mark.parametrize("backend", ["sqlite"])
"""For what takes its time because somebody waits, and has nothing to do with the kind of database."""
AT_MOST = 4.8


@pytest.mark.parametrize("seconds", [0, 3])
def test_check_3_an_answer_in_time_is_the_reply(served_account: Settings, wechat: Wechat, rasa: RasaStandIn, seconds: float) -> None:
    rasa.seconds = seconds

    delivery = wechat.say("o1", QUESTION)

    assert (delivery.text, len(delivery.attempts)) == (ANSWER, 1)
    assert delivery.seconds < AT_MOST
    assert [got.way for got in wechat.record.got("o1")] == [PASSIVE]


@ON_ONE_DATABASE
@pytest.mark.parametrize("seconds", [6, 30])
def test_check_3_a_later_answer_is_delivered_once_by_the_service_interface(
    served_account: Settings, wechat: Wechat, rasa: RasaStandIn, seconds: float
) -> None:
    rasa.seconds = seconds

    delivery = wechat.say("o1", QUESTION)
    got = eventually(lambda: wechat.record.got("o1"), seconds + 20)

    assert (delivery.text, len(delivery.attempts), delivery.attempts[0].body) == (None, 1, "success")
    assert delivery.seconds < AT_MOST
    assert [(one.text, one.way) for one in got] == [(ANSWER, SERVICE)]
    assert rasa.texts == [QUESTION]


@ON_ONE_DATABASE
@pytest.mark.parametrize(("seconds", "attempts"), [(0, 1), (3, 1), (6, 2), (12, 3)])
def test_check_3_without_a_service_interface_a_retry_collects_the_answer(
    serve: Serve, wechat: Wechat, rasa: RasaStandIn, seconds: float, attempts: int
) -> None:
    rasa.seconds = seconds
    with serve(wechat_app_secret=None):
        delivery = wechat.say("o1", QUESTION)

    assert (delivery.text, len(delivery.attempts)) == (ANSWER, attempts)
    assert all(attempt.status == 0 for attempt in delivery.attempts[:-1]), "an attempt that is answered with nothing gets no retry"
    assert delivery.seconds < AT_MOST
    assert rasa.texts == [QUESTION]


@ON_ONE_DATABASE
@pytest.mark.parametrize("word", ["1", "继续"])
def test_check_3_without_a_service_interface_a_late_answer_is_collected_with_any_word(
    serve: Serve, wechat: Wechat, rasa: RasaStandIn, kept: Kept, word: str
) -> None:
    rasa.seconds = 18
    with serve(wechat_service_messages=False):
        told = wechat.say("o1", QUESTION)
        collected = wechat.say("o1", word)
        rasa.seconds = 0
        further = wechat.say("o1", "档案怎么转")

    assert (told.text, len(told.attempts)) == (texts.COLLECT, 3)
    assert told.seconds < AT_MOST
    assert collected.text == ANSWER
    assert further.text == "答：档案怎么转"
    assert wechat.record.doubles() == {}
    assert kept.said() == [QUESTION, "档案怎么转"], "what is said to collect an answer is no question"


@ON_ONE_DATABASE
def test_an_answer_that_nobody_collects_comes_with_the_next_question(serve: Serve, wechat: Wechat, rasa: RasaStandIn) -> None:
    rasa.seconds = 16
    with serve(wechat_app_secret=None):
        wechat.say("o1", QUESTION)
        rasa.seconds = 0
        eventually(lambda: len(rasa.heard) == 1)
        delivery = wechat.say("o1", "档案怎么转")

    assert delivery.text is not None
    assert delivery.text.startswith(ANSWER) and delivery.text.endswith("答：档案怎么转")


def test_fifty_followers_at_once_are_each_answered(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    rasa.seconds = 0.5
    begun = [wechat.begin(messages.message(f"o{number}", "text", Content=f"第{number}个问题")) for number in range(50)]
    deliveries = [future.result() for future in begun]

    assert {delivery.status for delivery in deliveries} == {200}, "a busy machine may need a retry, which joins the work"
    eventually(lambda: len(wechat.record.got()) == 50)
    assert {(got.openid, got.text) for got in wechat.record.got()} == {(f"o{number}", f"答：第{number}个问题") for number in range(50)}
    assert wechat.record.doubles() == {}
    assert sorted(rasa.texts) == sorted(f"第{number}个问题" for number in range(50))


def test_check_9_rasa_away_is_told_at_once_and_the_answer_follows(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    rasa.stop()
    delivery = wechat.say("o1", QUESTION)
    rasa.start()

    assert delivery.text is not None and "12356" in delivery.text
    assert delivery.seconds < AT_MOST
    late = eventually(lambda: wechat.record.got("o1")[1:])
    assert [got.way for got in late] == [SERVICE] * len(late)
    eventually(lambda: wechat.record.texts("o1")[-1] == ANSWER)
