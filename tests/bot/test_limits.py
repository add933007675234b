"""What comes in is bounded: length, size, speed, shape; every refusal is a Chinese sentence."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import httpx
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.limits import Buckets, Limits, Rate, Throttle
from bot.texts import MAX_CHARACTERS
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn

ELSEWHERE = {"X-Forwarded-For": "203.0.113.7"}


def assert_said_in_chinese(response: httpx.Response, status: int) -> None:
    assert response.status_code == status, response.text
    assert list(response.json()) == ["detail"]
    assert not response.json()["detail"].isascii()


def test_a_long_message_is_kept_whole_and_the_graduate_is_asked_to_split_it(talk: Talk, rasa: RasaStandIn) -> None:
    long = "档案" * MAX_CHARACTERS

    (notice,) = talk.say(long)

    assert notice["kind"] == "notice"
    assert str(MAX_CHARACTERS) in notice["text"]
    assert talk.history()[0]["text"] == long
    assert rasa.heard == []


def test_danger_is_heard_in_a_long_message_too(talk: Talk) -> None:
    (reply,) = talk.say("简历" * MAX_CHARACTERS + "，我不想活了")

    assert reply["payload"]["priority"] == "urgent"


def test_the_longest_message_that_is_answered_is_answered(talk: Talk, rasa: RasaStandIn) -> None:
    talk.say("问" * MAX_CHARACTERS)

    assert len(rasa.texts[0]) == MAX_CHARACTERS


def test_a_huge_body_is_refused_whether_it_says_so_or_not(talk: Talk, base: str) -> None:
    huge = b'{"text": "' + b"x" * 100_000
    address = f"{base}/api/chat/messages"

    def in_parts():
        for _ in range(200):
            yield b"x" * 1_000

    assert_said_in_chinese(talk.client.post(address, content=huge, headers=talk.headers), 413)
    assert_said_in_chinese(talk.client.post(address, content=in_parts(), headers=talk.headers), 413)
    assert talk.say("你好")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"\xff\xfe",
        b'{"text": "a"}',
        b'{"client_id": "a"}',
        b'{"text": 5, "client_id": "a"}',
        b'{"text": "a", "client_id": "a b"}',
        b'{"text": "a", "client_id": ""}',
        b'{"text": " \\u0000 ", "client_id": "a"}',
    ],
)
def test_malformed_messages_are_refused_in_chinese(talk: Talk, base: str, body: bytes) -> None:
    headers = {**talk.headers, "Content-Type": "application/json"}
    response = talk.client.post(f"{base}/api/chat/messages", content=body, headers=headers)

    assert_said_in_chinese(response, 422)


def test_a_body_that_would_exhaust_the_parser_is_refused_in_chinese(talk: Talk, base: str) -> None:
    headers = {**talk.headers, "Content-Type": "application/json"}
    response = talk.client.post(f"{base}/api/chat/messages", content=b"[" * 20_000, headers=headers)

    assert_said_in_chinese(response, 400)


def test_unknown_paths_and_methods_are_refused_in_chinese(base: str, client: httpx.Client) -> None:
    assert_said_in_chinese(client.get(f"{base}/api/nothing"), 404)
    assert_said_in_chinese(client.delete(f"{base}/api/chat/messages"), 405)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300) | st.text(st.characters(categories=["Cs", "Cc", "Co"]), max_size=20))
def test_any_text_gets_an_answer_or_a_chinese_refusal(talk: Talk, text: str) -> None:
    response = talk.post(text)

    assert response.status_code in (200, 422)
    json.loads(response.text)
    if response.status_code == 200:
        assert response.json()["messages"]


def test_a_session_that_floods_from_elsewhere_is_slowed_down(talk: Talk) -> None:
    responses = [talk.post("你好", **ELSEWHERE) for _ in range(int(Limits().session.burst) + 3)]

    slowed = [response for response in responses if response.status_code == 429]
    assert slowed
    for response in slowed:
        assert_said_in_chinese(response, 429)
        assert int(response.headers["Retry-After"]) >= 1


def test_danger_is_heard_even_in_a_flood(talk: Talk) -> None:
    for _ in range(int(Limits().session.burst) + 3):
        talk.post("你好", **ELSEWHERE)

    assert talk.post("我不想活了", **ELSEWHERE).json()["messages"][0]["kind"] == "handoff"


def test_only_so_many_messages_of_a_session_are_worked_on_at_once(talk: Talk, rasa: RasaStandIn) -> None:
    rasa.seconds = 1.0
    with ThreadPoolExecutor(20) as threads:
        statuses = list(threads.map(lambda n: talk.post(f"问题{n}").status_code, range(Limits().in_work + 8)))

    assert 429 in statuses
    assert statuses.count(200) <= Limits().in_work


def test_an_address_may_do_more_than_a_session_and_not_without_end() -> None:
    throttle = Throttle(Limits(address=Rate(5, 1), session=Rate(2, 1)), lambda: 0.0)

    allowed = [throttle.seconds_to_wait("203.0.113.7", f"c{n}") == 0 for n in range(8)]

    assert allowed == [True] * 5 + [False] * 3
    assert throttle.seconds_to_wait("203.0.113.8", "c9") == 0


def test_a_bucket_fills_again_with_time() -> None:
    seconds = count(0, 10)
    buckets = Buckets(Rate(1, 0.1), lambda: float(next(seconds)))

    assert [buckets.take("a") for _ in range(3)] == [0, 0, 0]


def test_an_empty_bucket_says_how_long_to_wait() -> None:
    buckets = Buckets(Rate(1, 0.1), lambda: 0.0)
    buckets.take("a")

    assert buckets.take("a") == 10


def test_the_machine_itself_has_no_limit_by_address(app: FastAPI) -> None:
    throttle = Throttle(Limits(address=Rate(1, 0.001)), lambda: 0.0)

    assert {throttle.seconds_to_wait("127.0.0.1", None) for _ in range(50)} == {0}
