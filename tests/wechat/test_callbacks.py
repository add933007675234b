"""Checks 1, 2, 4 and 5 of the desk's, from WeChat's servers to the follower over HTTP."""

from __future__ import annotations

import time
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from bot import texts as said
from bot.wechat import texts_in as texts
from bot.wechat.models import Callback, Follower
from core.settings import Settings
from tests.bot.servers import RasaStandIn
from tests.bot.test_pictures import encoded, picture_of
from tests.waiting import eventually
from tests.wechat.conftest import OLDER_KEY, Kept, Serve
from tests.wechat.stand_in import messages
from tests.wechat.stand_in.program import Wechat
from tests.wechat.stand_in.record import PASSIVE
from tests.wechat.stand_in.sending import Account, Mode, Sender

pytestmark = pytest.mark.real_time

QUESTION = "三方协议丢了怎么办"
ANSWER = f"答：{QUESTION}"


def _text(openid: str = "o1", text: str = QUESTION, **fields: Any) -> str:
    return messages.message(openid, "text", Content=text, **fields)


def _status(wechat: Wechat, sender: Sender, xml: str, mode: Mode = "safe", **changed: str) -> int:
    return wechat.run(_posted(sender, *sender.envelope(xml, mode, **changed), close=sender is not wechat.sender)).status_code


async def _posted(sender: Sender, params: dict[str, str], body: bytes, *, close: bool) -> httpx.Response:
    try:
        return await sender.post(params, body)
    finally:
        if close:
            await sender.close()


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
def test_check_4_a_message_is_answered_in_every_mode(served_account: Settings, wechat: Wechat, mode: Mode) -> None:
    delivery = wechat.say("o1", QUESTION, mode=mode)

    assert delivery.text == ANSWER
    assert [(got.text, got.way) for got in wechat.record.got("o1")] == [(ANSWER, PASSIVE)]


def test_check_4_the_previous_key_is_answered(serve: Serve, wechat: Wechat, account: Account) -> None:
    with serve(wechat_aes_key=OLDER_KEY, wechat_aes_key_previous=account.aes_key):
        assert wechat.say("o1", QUESTION).text == ANSWER


def test_check_4_what_is_not_wechats_is_refused(served_account: Settings, wechat: Wechat, account: Account, rasa: RasaStandIn) -> None:
    def as_if(**changed: str) -> Sender:
        return Sender(Account(**{"callback": account.callback, **changed}), wechat.record)

    old = str(int(time.time()) - 400)
    assert _status(wechat, as_if(app_id="wx-another"), _text()) == 403
    assert _status(wechat, as_if(token="another-token"), _text()) == 403
    assert _status(wechat, as_if(token="another-token"), _text(), "plain") == 403
    assert _status(wechat, as_if(aes_key=OLDER_KEY), _text()) == 403
    assert _status(wechat, as_if(), _text(), timestamp=old) == 403
    assert _status(wechat, as_if(), _text(), "plain", timestamp=old) == 403
    assert _status(wechat, as_if(callback=f"{account.callback}/unknown"), _text()) == 404
    assert rasa.heard == []


def test_the_address_is_verified_as_wechats_console_asks(served_account: Settings, wechat: Wechat, account: Account) -> None:
    response = wechat.run(wechat.sender.verify("5837397576500011344"))
    stranger = Sender(Account(account.callback, token="another-token"), wechat.record)
    forged = wechat.run(stranger.verify())
    wechat.run(stranger.close())

    assert (response.status_code, response.text, response.headers["content-type"].split(";")[0]) == (200, "5837397576500011344", "text/plain")
    assert (forged.status_code, forged.text) == (403, "")


def test_check_1_the_same_message_three_times_at_once_is_worked_on_once(
    served_account: Settings, wechat: Wechat, rasa: RasaStandIn, kept: Kept
) -> None:
    rasa.seconds = 1.0
    xml = _text(msg_id=4711)

    deliveries = [begun.result() for begun in [wechat.begin(xml) for _ in range(3)]]

    assert [delivery.text for delivery in deliveries] == [ANSWER] * 3
    assert rasa.texts == [QUESTION]
    assert (kept.said(), kept.said("bot")) == ([QUESTION], [ANSWER])
    assert wechat.say("o1", QUESTION, msg_id=4711).text is None, "a fourth time is no retry of WeChat's"


def test_check_2_an_event_that_comes_again_does_nothing_again(served_account: Settings, wechat: Wechat, rasa: RasaStandIn, kept: Kept) -> None:
    tap = messages.event("o1", "CLICK", EventKey="招聘会", created=int(time.time()))

    first, *again = [begun.result() for begun in [wechat.begin(tap) for _ in range(3)]]

    assert {first.text, *(delivery.text for delivery in again)} == {"答：招聘会"}
    assert rasa.texts == kept.said() == ["招聘会"]


def test_check_2_consents_of_one_event_are_counted_once(served_account: Settings, wechat: Wechat, kept: Kept) -> None:
    agreed = {"List": {"TemplateId": "T1", "SubscribeStatusString": "accept", "PopupScene": "0"}}
    event = messages.event("o1", "subscribe_msg_popup_event", SubscribeMsgPopupEvent=agreed)

    for _ in range(2):
        assert wechat.begin(event).result().status == 200

    assert [follower.consents for follower in kept.all(Follower)] == [1]


def test_a_nonce_is_good_for_one_callback_only(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    once = {"timestamp": str(int(time.time())), "nonce": "said-once"}

    assert _status(wechat, wechat.sender, _text(msg_id=1), "plain", **once) == 200
    assert _status(wechat, wechat.sender, _text(msg_id=1), "plain", **once) == 200, "a retry"
    assert _status(wechat, wechat.sender, _text(msg_id=2, text="别人的问题"), "plain", **once) == 403
    assert rasa.texts == [QUESTION]


def test_words_are_heard_however_they_come(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    def answer(kind: str, **fields: str) -> str | None:
        return wechat.begin(messages.message("o1", kind, **fields)).result().text

    place = {"Location_X": "30.27", "Location_Y": "120.15", "Scale": "15"}
    assert answer("voice", MediaId="m", Format="amr", Recognition="杭州有什么补贴") == "答：杭州有什么补贴"
    assert answer("location", **place, Label="杭州市西湖区") == "答：我在杭州市西湖区"
    assert (
        answer("link", Title="某公司招聘", Description="月薪三万", Url="https://example.com/1") == "答：某公司招聘\n月薪三万\nhttps://example.com/1"
    )
    assert answer("voice", MediaId="m", Format="amr", Recognition="") == texts.VOICE_UNHEARD
    assert answer("location", **place, Label="") == texts.PLACE_UNREAD
    assert answer("text", Content=" \u3000") == said.EMPTY_TEXT
    assert len(rasa.heard) == 3


@pytest.mark.parametrize("kind", ["video", "shortvideo", "miniprogrampage", "file", "anything"])
def test_what_cannot_be_read_is_taken_in_silence(served_account: Settings, wechat: Wechat, kept: Kept, kind: str) -> None:
    delivery = wechat.begin(messages.message("o1", kind, MediaId="m", ThumbMediaId="t")).result()

    assert (delivery.status, delivery.attempts[0].body, kept.said()) == (200, "success", [])


def test_who_follows_is_welcomed_and_who_leaves_is_left_alone(served_account: Settings, wechat: Wechat, kept: Kept) -> None:
    assert wechat.does("o1", "subscribe").text == texts.WELCOME
    assert wechat.does("o2", "subscribe", EventKey="qrscene_12", Ticket="t").text == texts.WELCOME
    assert kept.all(Follower) == [], "a conversation begins with the first word"

    wechat.say("o1", QUESTION)
    assert wechat.does("o1", "SCAN", EventKey="12", Ticket="t").text is None
    assert wechat.does("o1", "VIEW", EventKey="https://example.com").text is None
    assert wechat.does("o1", "unsubscribe").text is None
    assert [(follower.subscribed, follower.window_left) for follower in kept.all(Follower)] == [(False, 0)]


def test_a_crisis_is_answered_with_the_lines_to_call(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    delivery = wechat.say("o1", "我不想活了")

    assert delivery.text is not None and "12356" in delivery.text
    assert rasa.heard == []


def test_several_accounts_have_their_own_followers(serve: Serve, wechat: Wechat, account: Account, kept: Kept) -> None:
    library = Account(f"{account.callback}/library", app_id="wx-library", token="library-token", aes_key=OLDER_KEY)
    other = {"name": "library", "app_id": library.app_id, "token": library.token, "aes_key": library.aes_key, "college": "图书馆"}
    with serve(wechat_accounts=[other]):
        assert wechat.say("o1", QUESTION).text == ANSWER
        sender = Sender(library, wechat.record)
        delivery = wechat.run(sender.deliver(_text()))
        wechat.run(sender.close())
        crossed = _status(wechat, Sender(Account(library.callback), wechat.record), _text())

    assert delivery.text == ANSWER
    assert crossed == 403, "what one account signed is not the other's"
    assert sorted(follower.account for follower in kept.all(Follower)) == ["library", "main"]
    assert len({follower.conversation_id for follower in kept.all(Follower)}) == 2


def test_without_an_account_there_is_no_address(serve: Serve, wechat: Wechat) -> None:
    with serve(wechat_app_id=None):
        assert _status(wechat, wechat.sender, _text()) == 404


def test_check_5_a_megabyte_is_refused(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    assert _status(wechat, wechat.sender, _text(text="长" * 350_000)) == 413
    assert _status(wechat, wechat.sender, _text(text="长" * 350_000), "plain") == 413
    assert rasa.heard == []


def test_check_5_nothing_that_is_posted_breaks_the_server(served_account: Settings, wechat: Wechat, kept: Kept) -> None:
    params, sealed = wechat.sender.envelope(_text())
    bodies = st.binary(max_size=300) | st.sampled_from([sealed, sealed[:-40], b"<xml>" * 3_000, b"", _text().encode()])
    words = st.text(max_size=30)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(bodies, st.dictionaries(st.sampled_from([*params, "echostr"]), words, max_size=3), st.booleans())
    def posted(body: bytes, changed: dict[str, str], signed: bool) -> None:
        fresh = wechat.sender.envelope(_text())[0] if signed else params
        response = wechat.post({**fresh, **changed}, body)
        assert response.status_code in (200, 400, 403, 413)
        assert response.status_code == 200 or not response.content or response.status_code == 413

    posted()
    assert wechat.say("o2", QUESTION).text == ANSWER


def test_check_5_nothing_that_is_encrypted_breaks_the_server(served_account: Settings, wechat: Wechat) -> None:
    readable = st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=60).filter(lambda text: "]]>" not in text)
    elements = st.dictionaries(st.sampled_from(["Content", "Event", "EventKey", "MediaId", "Recognition", "Label"]), readable)
    kinds = st.sampled_from(["text", "event", "voice", "image", "location", "link"])

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(kinds, elements)
    def delivered(kind: str, fields: dict[str, str]) -> None:
        xml = messages.message("o1", kind, **fields) if kind != "event" else messages.event("o1", fields.pop("Event", "CLICK"), **fields)
        params, _ = wechat.sender.envelope(xml, "plain")
        sealed, content = _sealed(wechat, xml, params["nonce"], params["timestamp"])
        assert wechat.post({**params, **sealed}, content).status_code in (200, 400)

    delivered()


def _sealed(wechat: Wechat, xml: str, nonce: str, timestamp: str) -> tuple[dict[str, str], bytes]:
    account = wechat.sender.account
    body = WeChatCrypto(account.token, account.aes_key, account.app_id).encrypt_message(xml, nonce, timestamp)
    signature = body.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
    return {"msg_signature": signature, "encrypt_type": "aes"}, body.encode()


def test_callbacks_are_known_by_no_name(served_account: Settings, wechat: Wechat, kept: Kept) -> None:
    """The key of an event holds nobody's openid in clear."""
    wechat.does("openid-of-somebody", "subscribe")

    assert all("openid" not in callback.key for callback in kept.all(Callback))


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_text_of_a_picture_is_fetched_read_and_answered(served_account: Settings, wechat: Wechat, rasa: RasaStandIn, kept: Kept) -> None:
    wechat.record.service.media["m1"] = ("image/png", encoded(picture_of("招聘启事", "岗位：数据标注员", "上岗前需缴纳培训费三千元")))
    for number in range(2):
        wechat.begin(messages.message("o1", "image", PicUrl="http://127.0.0.1:1/p", MediaId="m1", msg_id=77)).result()
        eventually(lambda: wechat.record.got("o1"))
        assert len(kept.said()) == 1, number

    assert "培训费" in "".join(kept.said())
    assert "图片里的文字" in wechat.record.texts("o1")[0]


def test_a_picture_that_cannot_be_fetched_is_told(served_account: Settings, wechat: Wechat, rasa: RasaStandIn) -> None:
    delivery = wechat.begin(messages.message("o1", "image", PicUrl="http://127.0.0.1:1/p", MediaId="gone")).result()

    assert delivery.text == texts.PICTURE_NOT_FETCHED
    assert rasa.heard == []


def test_a_fault_of_ours_is_told_and_is_no_fault_notice(served_account: Settings, wechat: Wechat, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault in the code")

    monkeypatch.setattr("bot.wechat.turns.taken_in", broken)

    assert wechat.say("o1", QUESTION).text == said.SERVER_ERROR
