"""WeChat hangs up before it is answered, three times: an answer that nobody heard is delivered later."""

from __future__ import annotations

import pytest

from core.settings import Settings
from tests.bot.servers import RasaStandIn
from tests.waiting import eventually
from tests.wechat.conftest import Kept
from tests.wechat.stand_in.program import Wechat
from tests.wechat.stand_in.record import FAULT, SERVICE

pytestmark = pytest.mark.real_time

QUESTION = "三方协议丢了怎么办"
ANSWER = f"答：{QUESTION}"


@pytest.fixture
def attempt_seconds() -> float:
    """Less patience than the application counts on."""
    return 0.8


def test_an_answer_that_wechat_did_not_wait_for_comes_by_the_service_interface(
    served_account: Settings, wechat: Wechat, rasa: RasaStandIn, kept: Kept
) -> None:
    rasa.seconds = 3.2

    delivery = wechat.say("o1", QUESTION)

    assert [attempt.status for attempt in delivery.attempts] == [0, 0, 0]
    eventually(lambda: len(wechat.record.got("o1")) == 2)
    assert [(got.text == ANSWER, got.way) for got in wechat.record.got("o1")] == [(False, FAULT), (True, SERVICE)]
    assert kept.said() == [QUESTION]
    assert rasa.texts == [QUESTION]
