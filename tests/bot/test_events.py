"""The event stream: resumes where it stopped, hears of other processes, ends with the session."""

from __future__ import annotations

import threading
from itertools import islice
from pathlib import Path

import httpx
from fastapi import FastAPI

from bot.app import create_app
from bot.limits import Limits
from core.settings import Settings
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn, served


def test_the_stream_begins_after_the_last_event_seen(talk: Talk) -> None:
    talk.say("一")
    talk.say("二")

    seen = list(islice(talk.events(last_seen=2), 2))

    assert [m["seq"] for m in seen] == [3, 4]
    assert seen == talk.history(after=2)


def test_each_event_bears_the_seq_as_its_id(talk: Talk) -> None:
    talk.say("一")
    with talk.client.stream("GET", f"{talk.base}/api/chat/events", headers=talk.headers) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        lines = list(islice((line for line in response.iter_lines() if line.startswith("id: ")), 2))
    assert lines == ["id: 1", "id: 2"]


def test_an_open_stream_gets_what_is_said_later(talk: Talk, rasa: RasaStandIn) -> None:
    stream = talk.events()
    speaking = threading.Thread(target=talk.say, args=("你好",))
    speaking.start()

    seen = list(islice(stream, 2))
    speaking.join()

    assert [(m["role"], m["text"]) for m in seen] == [("user", "你好"), ("bot", "答：你好")]


def test_a_stream_of_one_process_hears_what_another_took_in(talk: Talk, settings: Settings, tmp_path: Path, client: httpx.Client) -> None:
    with served(create_app(settings, Limits(), page_folder=tmp_path / "page")) as other:
        elsewhere = Talk(other, client, talk.token, talk.session_id, talk.headers)
        stream = elsewhere.events()
        talk.say("你好")

        assert [m["role"] for m in islice(stream, 2)] == ["user", "bot"]


def test_more_streams_than_allowed_are_refused(talk: Talk, app: FastAPI) -> None:
    opened = [talk.events() for _ in range(Limits().streams)]
    talk.say("你好")
    for stream in opened:
        next(stream)

    refused = talk.client.get(f"{talk.base}/api/chat/events", headers=talk.headers)

    assert refused.status_code == 429
    assert not refused.json()["detail"].isascii()
    for stream in opened:
        stream.close()


def test_an_unreadable_last_event_id_starts_from_the_beginning(talk: Talk) -> None:
    talk.say("一")
    for strange in ("abc", "-1", "99999999999999999999"):
        headers = {**talk.headers, "Last-Event-ID": strange}
        with talk.client.stream("GET", f"{talk.base}/api/chat/events", headers=headers) as response:
            assert response.status_code == 200
            first = next(line for line in response.iter_lines() if line.startswith("id: "))
        assert first == "id: 1"
