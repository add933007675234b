"""The chat API as the page uses it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot.models import Feedback
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn


def test_a_message_gets_its_reply_and_both_are_on_record(talk: Talk, rasa: RasaStandIn) -> None:
    (reply,) = talk.say("三方协议丢了怎么办")

    assert reply["text"] == "答：三方协议丢了怎么办"
    assert (reply["role"], reply["kind"], reply["payload"], reply["seq"]) == ("bot", "text", None, 2)
    assert set(reply) == {"id", "seq", "role", "kind", "text", "payload", "created_at"}
    assert [(m["seq"], m["role"]) for m in talk.history()] == [(1, "user"), (2, "bot")]
    assert talk.history(after=1) == [reply]
    assert rasa.heard == [(talk.session_id, "三方协议丢了怎么办")]


def test_rasas_replies_become_typed_messages(talk: Talk, rasa: RasaStandIn) -> None:
    payload = {"outcome": "answered", "reason": None, "warnings": [], "citations": [], "suggestions": []}
    rasa.answer = lambda _: [
        {"custom": {"kind": "policy_answer", "text": "有补贴。", "payload": payload}},
        {"text": "还想了解什么？", "buttons": [{"title": "落户", "payload": "落户政策"}]},
    ]

    answer, choice = talk.say("有什么补贴")

    assert (answer["kind"], answer["payload"]) == ("policy_answer", payload)
    assert choice["kind"] == "choices"
    assert choice["payload"] == {"options": [{"title": "落户", "value": "落户政策"}]}


def test_how_sure_an_answer_is_stays_with_the_staff(talk: Talk, rasa: RasaStandIn) -> None:
    payload = {"outcome": "answered", "reason": None, "warnings": [], "citations": [], "suggestions": []}
    rasa.answer = lambda _: [{"custom": {"kind": "policy_answer", "text": "有补贴。", "payload": payload | {"confidence": 0.9}}}]

    [answer] = talk.say("有什么补贴")

    assert answer["payload"] == payload
    assert talk.history(after=1)[0]["payload"] == payload


def test_a_repeated_client_id_returns_the_same_reply_and_works_once(talk: Talk, rasa: RasaStandIn) -> None:
    client_id = str(uuid4())

    first, second = talk.say("档案怎么转", client_id), talk.say("档案怎么转", client_id)

    assert first == second
    assert len(rasa.heard) == 1
    assert len(talk.history()) == 2


def test_one_client_id_sent_twelve_times_at_once_works_once(talk: Talk, rasa: RasaStandIn) -> None:
    client_id, rasa.seconds = str(uuid4()), 0.3
    with ThreadPoolExecutor(12) as threads:
        replies = list(threads.map(lambda _: talk.say("档案怎么转", client_id), range(12)))

    assert all(reply == replies[0] for reply in replies)
    assert len(rasa.heard) == 1
    assert len(talk.history()) == 2


def test_two_processes_given_the_same_client_id_work_once(talk: Talk, rasa: RasaStandIn, other_base: str, client: httpx.Client) -> None:
    client_id, rasa.seconds = str(uuid4()), 0.3
    other = Talk(other_base, client, talk.token, talk.session_id, talk.headers)
    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(lambda which: which.say("档案怎么转", client_id), (talk, other))

    assert first == second
    assert len(rasa.heard) == 1


def test_messages_of_one_conversation_are_answered_in_their_order(talk: Talk, rasa: RasaStandIn) -> None:
    rasa.seconds = 0.05
    with ThreadPoolExecutor(5) as threads:
        list(threads.map(talk.say, [f"问题{n}" for n in range(5)]))

    history = talk.history()
    assert [m["seq"] for m in history] == list(range(1, 11))
    asked = [m["text"] for m in history if m["role"] == "user"]
    answered = [m["text"].removeprefix("答：") for m in history if m["role"] == "bot"]
    assert sorted(asked) == sorted(answered)
    assert len(rasa.heard) == 5


def test_feedback_on_a_reply_is_kept_and_the_second_replaces_the_first(talk: Talk, client: httpx.Client, base: str, app: FastAPI) -> None:
    (reply,) = talk.say("你好")
    for helpful, comment in ((True, None), (False, "我的身份证号是 110101199003074477，没答上")):
        body = {"message_id": reply["id"], "helpful": helpful, "comment": comment}
        response = client.post(f"{base}/api/chat/feedback", json=body, headers=talk.headers)
        assert response.status_code == 200

    with app.state.parts.sessions() as session:
        (kept,) = session.scalars(select(Feedback)).all()
    assert (kept.message_id, kept.helpful) == (reply["id"], False)
    assert "110101199003074477" not in kept.comment


def test_feedback_on_another_conversations_message_is_refused(begin: Callable[[], Talk], client: httpx.Client, base: str) -> None:
    (reply,) = begin().say("你好")
    stranger = begin()

    body = {"message_id": reply["id"], "helpful": True}
    response = client.post(f"{base}/api/chat/feedback", json=body, headers=stranger.headers)

    assert response.status_code == 404
    assert response.json() == {"detail": "没有找到这条消息。"}


def test_check_22_one_conversation_cannot_read_another(begin: Callable[[], Talk]) -> None:
    one, other = begin(), begin()
    one.say("我的秘密")

    assert other.history() == []


def test_check_22_a_session_ends_within_a_day(base: str, client: httpx.Client) -> None:
    opened = client.post(f"{base}/api/chat/sessions").json()

    assert set(opened) == {"session_id", "token", "expires_at"}
    left = datetime.fromisoformat(opened["expires_at"]) - datetime.now(UTC)
    assert timedelta(hours=23) < left <= timedelta(hours=24)


@pytest.mark.parametrize("path", ["/api/chat/messages", "/api/chat/events"])
def test_check_22_without_a_token_in_its_header_nothing_is_shown(base: str, client: httpx.Client, talk: Talk, path: str) -> None:
    refused = [
        client.get(base + path),
        client.get(base + path, headers={"Authorization": "Bearer forged"}),
        client.get(base + path, headers={"Authorization": f"Bearer {talk.token[:-2]}xx"}),
        client.get(base + path, params={"token": talk.token}),
    ]
    assert [response.status_code for response in refused] == [401] * 4
    for response in refused:
        assert not response.json()["detail"].isascii()
        assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_of_an_unknown_conversation_is_refused(base: str, client: httpx.Client, app: FastAPI) -> None:
    token, _ = app.state.parts.tokens.issue("0" * 32)
    talk = Talk(base, client, token, "0" * 32, {"Authorization": f"Bearer {token}"})

    assert talk.post("你好").status_code == 401


@pytest.fixture
def other_base(settings, limits, tmp_path):
    """A second application process's address on the same database (here: a second event loop)."""
    from bot.app import create_app
    from tests.bot.servers import served

    with served(create_app(settings, limits, page_folder=tmp_path / "page")) as address:
        yield address
