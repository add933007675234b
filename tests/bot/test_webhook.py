"""The action webhook over a real socket, called as Rasa calls it."""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.interfaces import ActionExecutionRejection, Tracker

from bot.webhook import create_action_app
from tests.bot.servers import served

SECRET = "我的银行卡密码"


def speak(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
    dispatcher.utter_message(json_message={"kind": "text", "text": tracker.sender_id, "payload": None})
    return [{"event": "slot", "name": "last_question", "value": "问"}]


async def speak_later(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
    dispatcher.utter_message(text="later")
    return []


def fail(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
    raise RuntimeError(f"broken by {tracker.latest_message['text']}")


def reject(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
    raise ActionExecutionRejection("action_reject", SECRET)


def block(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:
    time.sleep(0.5)
    return []


def _register(executor: ActionExecutor) -> None:
    for name, action in {
        "action_speak": speak,
        "action_speak_later": speak_later,
        "action_fail": fail,
        "action_reject": reject,
        "action_block": block,
    }.items():
        executor.register_function(name, action)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(create_action_app(_register)) as base:
        yield base


def call(name: str) -> dict[str, Any]:
    tracker = {
        "sender_id": "c1",
        "slots": {},
        "latest_message": {"text": SECRET, "intent": {}, "entities": []},
        "latest_event_time": 0.0,
        "paused": False,
        "events": [],
        "latest_input_channel": "rest",
        "active_loop": {},
        "latest_action_name": "action_listen",
    }
    return {"next_action": name, "sender_id": "c1", "tracker": tracker, "domain": {"intents": []}, "version": "3.6.21"}


def run(address: str, name: str) -> httpx.Response:
    return httpx.post(f"{address}/webhook", json=call(name), trust_env=False)


def test_an_action_answers_with_messages_and_events(address: str) -> None:
    body = run(address, "action_speak").json()

    assert body["responses"][0]["custom"] == {"kind": "text", "text": "c1", "payload": None}
    assert body["events"][0]["name"] == "last_question"


def test_a_coroutine_answers_too(address: str) -> None:
    assert run(address, "action_speak_later").json()["responses"][0]["text"] == "later"


def test_a_compressed_call_is_understood(address: str) -> None:
    content = zlib.compress(json.dumps(call("action_speak")).encode())
    response = httpx.post(f"{address}/webhook", content=content, headers={"Content-Encoding": "deflate"}, trust_env=False)
    assert response.json()["responses"]


@pytest.mark.parametrize(("name", "status"), [("action_fail", 500), ("action_reject", 400), ("action_none", 404)])
def test_errors_name_the_action_and_nothing_else(address: str, name: str, status: int) -> None:
    response = run(address, name)

    assert response.status_code == status
    assert set(response.json()) == {"error", "action_name"}
    assert SECRET not in response.text
    assert "broken" not in response.text


def test_what_is_no_action_call_is_refused(address: str) -> None:
    for content in (b"", b"[]", b"not json"):
        assert httpx.post(f"{address}/webhook", content=content, trust_env=False).status_code == 400


def test_blocking_actions_run_side_by_side_and_others_go_on(address: str) -> None:
    started = threading.Barrier(4)

    def blocked(_: int) -> int:
        started.wait()
        return run(address, "action_block").status_code

    with ThreadPoolExecutor(4) as threads:
        slow = threads.map(blocked, range(3))
        started.wait()
        assert run(address, "action_speak").status_code == 200
        assert list(slow) == [200] * 3


def test_the_projects_own_actions_are_all_there() -> None:
    with served(create_action_app()) as base:
        assert httpx.get(f"{base}/health", trust_env=False).json()["actions"] >= 10
