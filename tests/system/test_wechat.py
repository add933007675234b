"""WeChat's servers, /wechat, Rasa with its actions and the way back: a graduate's talk in an official account, all of it real but WeChat."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.system.running import RunningSystem
from tests.wechat.stand_in import messages
from tests.wechat.stand_in.program import Wechat

pytestmark = pytest.mark.system
MOST_BYTES = 2_048
AT_MOST = 4.8


@pytest.fixture
def wechat(zhiwen: RunningSystem) -> Iterator[Wechat]:
    running = Wechat(zhiwen.official_account, port=zhiwen.wechat_port)
    yield running
    running.close()


def _read(zhiwen: RunningSystem, wechat: Wechat, openid: str, text: str) -> str:
    """What the follower reads after saying something, at once or a little later."""
    before = len(wechat.record.got(openid))
    delivery = wechat.say(openid, text)
    assert (len(delivery.attempts), delivery.status) == (1, 200)
    assert delivery.seconds < AT_MOST
    assert zhiwen.wait_for(lambda: len(wechat.record.got(openid)) > before, 30)
    return "\n\n".join(wechat.record.texts(openid)[before:])


def test_a_question_in_wechat_is_answered_from_the_policy_with_its_source(zhiwen: RunningSystem, wechat: Wechat) -> None:
    answer = _read(zhiwen, wechat, "o-policy", "访企拓岗文号多少")

    assert "教学厅函〔2022〕3号" in answer
    assert "《" in answer, "the document is named"
    assert all(len(text.encode()) <= MOST_BYTES for text in wechat.record.texts("o-policy"))
    assert wechat.record.doubles() == {}


def test_a_tap_on_the_menu_is_heard_like_the_words_on_it(zhiwen: RunningSystem, wechat: Wechat) -> None:
    tapped = wechat.begin(messages.event("o-person", "CLICK", EventKey="转人工")).result()

    assert tapped.seconds < AT_MOST
    assert zhiwen.wait_for(lambda: bool(wechat.record.got("o-person")), 30)
    assert "老师" in wechat.record.texts("o-person")[-1]


def test_the_talk_goes_on_on_the_page(zhiwen: RunningSystem, wechat: Wechat) -> None:
    _read(zhiwen, wechat, "o-page", "三方协议丢了怎么办")
    link = re.search(r"#enter=(\S+)", _read(zhiwen, wechat, "o-page", "网页版"))
    assert link is not None

    entered = httpx.post(f"{zhiwen.url}/api/chat/sessions/enter", json={"code": link[1]}, trust_env=False)
    assert entered.status_code in (200, 201), entered.text
    headers = {"Authorization": f"Bearer {entered.json()['token']}"}
    history = httpx.get(f"{zhiwen.url}/api/chat/messages", headers=headers, trust_env=False).json()["messages"]
    assert history[0]["text"] == "三方协议丢了怎么办"
    again = httpx.post(f"{zhiwen.url}/api/chat/sessions/enter", json={"code": link[1]}, trust_env=False)
    assert again.status_code >= 400
