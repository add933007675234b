"""One conversation, whichever way it goes on: what was said, asked for and registered in WeChat is there on the page, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from bot.wechat.form_texts import ENTER
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn
from tests.wechat.conftest import Serve
from tests.wechat.stand_in.program import Wechat

pytestmark = pytest.mark.real_time

PAGE = "https://zhiwen.example.edu.cn"


@pytest.fixture
def base(serve: Serve, port: int) -> Iterator[str]:
    with serve(public_url=PAGE):
        yield f"http://127.0.0.1:{port}"


def linked(wechat: Wechat, openid: str) -> str:
    """The code of the link that the account gives to this follower."""
    said = wechat.say(openid, "网页版").text or ""
    assert said.startswith(ENTER.format(link=f"{PAGE}/#enter="))
    return said.rpartition("#enter=")[2]


def on_page(base: str, client: httpx.Client, code: str) -> Talk:
    opened = client.post(f"{base}/api/chat/sessions/enter", json={"code": code})
    assert opened.status_code == 200, opened.text
    token = opened.json()["token"]
    return Talk(base, client, token, opened.json()["session_id"], {"Authorization": f"Bearer {token}"})


def test_the_page_knows_what_was_said_in_wechat_and_goes_on(base: str, client: httpx.Client, wechat: Wechat, rasa: RasaStandIn) -> None:
    wechat.say("o1", "三方协议丢了怎么办")

    page = on_page(base, client, linked(wechat, "o1"))

    assert [message["text"] for message in page.history()] == ["三方协议丢了怎么办", "答：三方协议丢了怎么办"]
    page.say("那怎么补办")
    assert [sender for sender, _ in rasa.heard] == [page.session_id] * 2


def test_what_was_asked_on_the_page_is_answered_there_and_what_is_asked_in_wechat_here(base: str, client: httpx.Client, wechat: Wechat) -> None:
    wechat.say("o1", "第一个问题")
    page = on_page(base, client, linked(wechat, "o1"))

    page.say("网页上的问题")
    again = wechat.say("o1", "第二个问题")

    assert again.text == "答：第二个问题"
    assert not any("网页上的问题" in got.text for got in wechat.record.got("o1"))
    assert [message["text"] for message in page.history()][-2:] == ["第二个问题", "答：第二个问题"]


def test_a_request_made_in_wechat_is_the_same_on_the_page(base: str, client: httpx.Client, wechat: Wechat) -> None:
    wechat.say("o1", "我不想活了")

    page = on_page(base, client, linked(wechat, "o1"))

    [made] = [message for message in page.history() if message["kind"] == "handoff"]
    [again, *_] = [message for message in page.say("我真的不想活了") if message["kind"] == "handoff"]
    assert made["payload"]["ticket"] == again["payload"]["ticket"]


def test_a_question_put_in_wechat_is_answered_by_its_choice_on_the_page(base: str, client: httpx.Client, wechat: Wechat, rasa: RasaStandIn) -> None:
    rasa.answer = lambda said: [{"text": "要转人工吗？", "buttons": [{"title": "转人工", "payload": "/request_human"}]}]
    assert wechat.say("o1", "帮帮我").text == "要转人工吗？\n回复1：转人工"

    page = on_page(base, client, linked(wechat, "o1"))
    page.say("/request_human")
    assert rasa.texts[-1] == "/request_human"

    wechat.say("o1", "1")
    assert rasa.texts[-1] == "/request_human"


def test_a_contact_asked_for_in_wechat_may_be_given_on_the_page(base: str, client: httpx.Client, wechat: Wechat, rasa: RasaStandIn) -> None:
    asked = {"custom": {"kind": "text", "text": "请发一个手机号。", "payload": None, "expects": "contact"}}
    rasa.answer = lambda said: [asked] if said == "留联系方式" else [{"text": "存好了。"}]
    wechat.say("o1", "留联系方式")

    on_page(base, client, linked(wechat, "o1")).say("手机 138 0000 0000")

    assert rasa.texts[-1] == "手机 138 0000 0000"


def test_followers_do_not_get_into_each_others_conversations(base: str, client: httpx.Client, wechat: Wechat) -> None:
    wechat.say("o1", "第一个人的问题")
    wechat.say("o2", "第二个人的问题")

    first, second = (on_page(base, client, linked(wechat, openid)) for openid in ("o1", "o2"))

    assert first.session_id != second.session_id
    assert not any("第二个人" in message["text"] for message in first.history())


def test_without_a_public_address_there_is_no_link_and_the_word_is_a_message(serve: Serve, wechat: Wechat) -> None:
    with serve():
        assert wechat.say("o1", "网页版").text == "答：网页版"
