"""Check 9 of the desk's: the database is away, and the follower hears the truth in time."""

from __future__ import annotations

import pytest

from bot import texts as said
from bot.wechat import texts_in as texts
from core.settings import Settings
from tests.bot.test_failures import locked
from tests.waiting import eventually
from tests.wechat.conftest import Kept
from tests.wechat.stand_in.program import Wechat
from tests.wechat.stand_in.record import SERVICE

pytestmark = pytest.mark.real_time

QUESTION = "三方协议丢了怎么办"
AT_MOST = 4.8


def test_check_9_a_known_followers_message_is_kept_and_answered_later(served_account: Settings, wechat: Wechat, kept: Kept) -> None:
    wechat.say("o1", "你好")
    with locked(served_account):
        delivery = wechat.say("o1", QUESTION)

    assert delivery.text == said.UNSAVED
    assert (len(delivery.attempts), delivery.seconds < AT_MOST) == (1, True)
    eventually(lambda: f"答：{QUESTION}" in wechat.record.texts("o1")[-1])
    assert [got.way for got in wechat.record.got("o1")][2:] == [SERVICE] * (len(wechat.record.got("o1")) - 2)
    assert kept.said() == ["你好", QUESTION]


def test_check_9_somebody_unknown_is_asked_to_write_again(served_account: Settings, wechat: Wechat) -> None:
    with locked(served_account):
        delivery = wechat.say("o1", QUESTION)
        welcomed = wechat.does("o2", "subscribe")

    assert delivery.text == said.LOST
    assert welcomed.text == texts.WELCOME
    assert delivery.seconds < AT_MOST
    assert wechat.say("o1", QUESTION).text == f"答：{QUESTION}"


def test_check_9_somebody_in_danger_hears_whom_to_call(served_account: Settings, wechat: Wechat) -> None:
    with locked(served_account):
        delivery = wechat.say("o1", "我不想活了")

    assert delivery.text is not None and "12356" in delivery.text
    assert delivery.seconds < AT_MOST
