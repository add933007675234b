"""Checks 4 and 5 of the desk's at the envelope: who is let in, and that nothing anybody wraps in it breaks anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import xmltodict
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from bot.wechat.envelope import Envelope, Opened, Query, Refused, read, text_reply
from bot.wechat.reading import Kind, heard
from core.wechat_account import WechatAccount
from tests.desk.clocks import SetClock
from tests.wechat.conftest import OLDER_KEY
from tests.wechat.stand_in import messages
from tests.wechat.stand_in.record import Record
from tests.wechat.stand_in.sending import Account, Mode, Sender

NOW = datetime(2026, 12, 1, 4, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
ACCOUNT = Account("http://127.0.0.1:1/wechat")
KNOWN = WechatAccount(name="main", app_id=ACCOUNT.app_id, token=ACCOUNT.token, aes_key=ACCOUNT.aes_key, aes_key_previous=OLDER_KEY)
TEXT = messages.message("o1", "text", Content="三方协议丢了怎么办")
MODES: tuple[Mode, ...] = ("plain", "compatible", "safe")

Wrapped = tuple[dict[str, str], bytes]


def _wrap(xml: str = TEXT, mode: Mode = "safe", account: Account = ACCOUNT, **changed: str) -> Wrapped:
    sender = Sender(account, Record())
    return sender.envelope(xml, mode, **{"timestamp": STAMP, **changed})


def _open(wrapped: Wrapped, known: WechatAccount = KNOWN) -> Opened:
    params, body = wrapped
    query = Query(**{name: value for name, value in params.items() if name != "openid"})
    envelope = Envelope(known, SetClock(NOW))
    envelope.verify(query)
    return envelope.open(query, body)


@pytest.mark.parametrize("mode", MODES)
def test_each_mode_is_opened_and_its_reply_read_by_wechat(mode: Mode) -> None:
    opened = _open(_wrap(mode=mode))
    reply = Envelope(KNOWN, SetClock(NOW)).seal(text_reply("o1", "gh_1", "可以补办。", 1), opened)

    said = heard(opened.xml)
    assert (said.kind, said.openid, said.text) == (Kind.TEXT, "o1", "三方协议丢了怎么办")
    assert Sender(ACCOUNT, Record()).opened(reply)["Content"] == "可以补办。"
    assert ("Encrypt" in reply) is (mode != "plain")


def test_the_previous_key_still_opens_and_answers() -> None:
    older = Account(ACCOUNT.callback, aes_key=OLDER_KEY)

    opened = _open(_wrap(account=older))
    reply = Envelope(KNOWN, SetClock(NOW)).seal(text_reply("o1", "gh_1", "可以补办。", 1), opened)

    assert Sender(older, Record()).opened(reply)["Content"] == "可以补办。"
    with pytest.raises(Refused):
        _open(_wrap(account=older), KNOWN.model_copy(update={"aes_key_previous": None}))


def _tampered(wrapped: Wrapped) -> Wrapped:
    params, body = wrapped
    return params, body.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[A")


@pytest.mark.parametrize(
    "wrap",
    [
        lambda: _wrap(account=Account(ACCOUNT.callback, app_id="wx-another")),
        lambda: _wrap(account=Account(ACCOUNT.callback, token="another-token")),
        lambda: _wrap(account=Account(ACCOUNT.callback, token="another-token"), mode="plain"),
        lambda: _wrap(account=Account(ACCOUNT.callback, aes_key="Z" * 43)),
        lambda: _wrap(timestamp=str(int(STAMP) - 301)),
        lambda: _wrap(timestamp=str(int(STAMP) + 301)),
        lambda: _wrap(timestamp="12a"),
        lambda: _tampered(_wrap()),
        lambda: (_wrap()[0] | {"msg_signature": ""}, _wrap()[1]),
        lambda: (_wrap(mode="plain")[0] | {"signature": ""}, TEXT.encode()),
    ],
    ids=["AppID", "token", "token of a plain one", "key", "too old", "too new", "no time", "tampered", "no msg_signature", "no signature"],
)
def test_what_is_not_wechats_is_refused(wrap: Callable[[], Wrapped]) -> None:
    with pytest.raises(Refused) as refused:
        _open(wrap())
    assert refused.value.status == 403


@pytest.mark.parametrize("seconds", [-300, 300])
def test_five_minutes_are_within_the_window(seconds: int) -> None:
    assert _open(_wrap(timestamp=str(int(STAMP) + seconds))).xml == TEXT


@pytest.mark.parametrize("text", ["结束]]>标记", "]]>", "]]]]>>", "a<b>&amp;c", "控制\x00字\x0b符\ud800", "👩‍🎓毕业"])
def test_no_text_breaks_a_reply(text: str) -> None:
    reply = read(text_reply("o]]>1", "gh_1", text, 1))

    assert reply["Content"] == text.replace("\x00", "").replace("\x0b", "").replace("\ud800", "")
    assert (reply["ToUserName"], reply["FromUserName"]) == ("o]]>1", "gh_1")


ENTITY = (
    '<!DOCTYPE x [<!ENTITY a "ha">]><xml><ToUserName>g</ToUserName><FromUserName>o</FromUserName><MsgType>text</MsgType><Content>&a;</Content></xml>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><FromUserName>&a;</FromUserName></xml>'
TWICE = TEXT.replace("<Content>", "<Content>一</Content><Content>")


@pytest.mark.parametrize("xml", [ENTITY, OUTSIDE, TWICE, "", "<xml/>", "<xml>", "<a><b/></a>", "[]", "<xml><MsgType/></xml>", "<x>" * 9_000])
def test_what_is_no_message_is_refused(xml: str) -> None:
    with pytest.raises(Refused) as refused:
        heard(xml)
    assert refused.value.status == 400


_names = st.sampled_from(["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content", "MsgId", "Event", "EventKey", "Recognition", "Encrypt"])
_values = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["text", "event", "image", "voice", "subscribe", "CLICK", "device_text", "pic_weixin", "<a/>", "<a>1</a><a>2</a>", "]]>", "&lol;"]
    ),
    st.integers().map(str),
)
_messages = st.lists(st.tuples(_names, _values, st.booleans()), max_size=10).map(
    lambda elements: (
        f"<xml>{''.join(f'<{name}><![CDATA[{value}]]></{name}>' if cdata else f'<{name}>{value}</{name}>' for name, value, cdata in elements)}</xml>"
    )
)


@settings(max_examples=400, deadline=None)
@given(_messages | st.text(max_size=200))
@example("<xml><FromUserName>o</FromUserName><ToUserName>g</ToUserName><MsgType>event</MsgType><Event>subscribe_msg_popup_event</Event></xml>")
@example("<xml><FromUserName>o</FromUserName><ToUserName>g</ToUserName><MsgType>device_event</MsgType></xml>")
def test_whatever_stands_in_a_message_it_is_read_or_refused(xml: str) -> None:
    try:
        said = heard(xml)
    except Refused as error:
        assert error.status in (400, 403)
    else:
        assert said.openid and len(said.client_id) <= 64


@settings(max_examples=300, deadline=None)
@given(
    st.binary(max_size=400) | st.text(max_size=100).map(lambda text: f"<xml><Encrypt>{text}</Encrypt></xml>".encode(errors="replace")),
    st.text(max_size=20),
)
def test_whatever_is_posted_as_encrypted_is_refused(body: bytes, msg_signature: str) -> None:
    params, _ = _wrap()
    with pytest.raises(Refused) as refused:
        _open((params | {"msg_signature": msg_signature}, body))
    assert refused.value.status in (400, 403)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.text(max_size=20), st.text(max_size=300))
def test_whatever_stands_in_the_address_it_is_refused(signature: str, timestamp: str, nonce: str) -> None:
    with pytest.raises(Refused) as refused:
        Envelope(KNOWN, SetClock(NOW)).verify(Query(signature, timestamp, nonce))
    assert refused.value.status in (400, 403)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=120))
def test_whatever_was_encrypted_with_our_key_is_opened_or_refused(inside: bytes) -> None:
    crypto = WeChatCrypto(ACCOUNT.token, ACCOUNT.aes_key, ACCOUNT.app_id)
    sealed = xmltodict.parse(crypto.encrypt_message(inside, "nonce", STAMP))["xml"]
    params = {**_wrap(nonce="nonce")[0], "msg_signature": sealed["MsgSignature"]}
    try:
        heard(_open((params, f"<xml><Encrypt>{sealed['Encrypt']}</Encrypt></xml>".encode())).xml)
    except Refused as error:
        assert error.status in (400, 403)
