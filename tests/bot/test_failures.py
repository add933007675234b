"""Whatever breaks, the graduate hears a true Chinese sentence within five seconds, and the message is answered later."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text
from sqlalchemy.engine import make_url

from bot.models import Message
from core.database import create_database_engine
from core.settings import Settings
from desk.models import Ticket
from tests.bot.conftest import FIVE_SECONDS, Talk
from tests.bot.servers import RasaStandIn
from tests.waiting import eventually

pytestmark = pytest.mark.real_time

QUESTION = "档案怎么转"
ANSWER = f"答：{QUESTION}"


def say_within_five_seconds(talk: Talk, words: str, client_id: str | None = None) -> list[dict[str, Any]]:
    started = time.monotonic()
    messages = talk.say(words, client_id)
    assert time.monotonic() - started < FIVE_SECONDS
    return messages


def answers(talk: Talk) -> list[str]:
    return [m["text"] for m in talk.history() if m["role"] == "bot" and m["text"].startswith("答：")]


def assert_true_notice(messages: list[dict[str, Any]]) -> None:
    (notice,) = messages
    assert (notice["kind"], notice["payload"]) == ("notice", {"code": "degraded"})
    assert "12356" in notice["text"]


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Another connection holds the lock that writing needs."""
    engine = create_database_engine(settings.database_url)
    with closing(engine.connect()) as connection:
        if make_url(settings.database_url).get_backend_name() == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("LOCK TABLE conversations IN EXCLUSIVE MODE"))
        yield
        connection.rollback()
    engine.dispose()


def killed(rasa: RasaStandIn) -> None:
    rasa.stop()


def silent(rasa: RasaStandIn) -> None:
    rasa.answer = lambda _: []


def failing(rasa: RasaStandIn) -> None:
    rasa.status = 500


def breaking_off(rasa: RasaStandIn) -> None:
    rasa.breaks_off = True


def mended(rasa: RasaStandIn) -> None:
    rasa.answer = lambda said: [{"text": f"答：{said}"}]
    rasa.status, rasa.breaks_off, rasa.seconds = 200, False, 0.0
    rasa.stop()
    rasa.start()


@pytest.mark.parametrize("fail", [killed, silent, failing, breaking_off])
def test_check_9_rasa_failing_is_told_and_the_message_is_answered_once_it_is_back(
    talk: Talk, rasa: RasaStandIn, fail: Callable[[RasaStandIn], None]
) -> None:
    talk.say("你好")
    fail(rasa)

    assert_true_notice(say_within_five_seconds(talk, QUESTION, "the-message"))
    mended(rasa)
    eventually(lambda: answers(talk)[1:])

    assert answers(talk)[1:] == [ANSWER]
    late = talk.say(QUESTION, "the-message")
    assert [m["kind"] for m in late] == ["notice", "text", "text"]
    assert QUESTION in late[1]["text"]
    assert answers(talk)[1:] == [ANSWER]


def test_a_slow_answer_is_announced_and_comes_later_exactly_once(talk: Talk, rasa: RasaStandIn) -> None:
    rasa.seconds = 6.0

    assert_true_notice(say_within_five_seconds(talk, QUESTION))
    eventually(lambda: answers(talk))

    assert answers(talk) == [ANSWER]
    assert rasa.texts == [QUESTION]


def test_check_9_a_locked_database_loses_no_message(talk: Talk, rasa: RasaStandIn, settings: Settings) -> None:
    with locked(settings):
        (notice,) = say_within_five_seconds(talk, QUESTION)
        assert (notice["payload"], notice["seq"]) == ({"code": "degraded"}, 0)
    eventually(lambda: answers(talk))

    assert answers(talk) == [ANSWER]
    assert [m["text"] for m in talk.history() if m["role"] == "user"] == [QUESTION]
    eventually(lambda: not list((settings.home / "spool").glob("*.json")))
    assert answers(talk) == [ANSWER]


def test_a_graduate_in_danger_is_answered_and_recorded_while_the_database_is_locked(talk: Talk, settings: Settings, app: FastAPI) -> None:
    with locked(settings):
        (reply,) = say_within_five_seconds(talk, "我不想活了")
        assert reply["kind"] == "handoff"
        assert reply["payload"]["priority"] == "urgent"
        assert "12356" in reply["text"] and "120" in reply["text"]
    handoff = eventually(lambda: [m for m in talk.history() if m["kind"] == "handoff"])

    with app.state.parts.sessions() as session:
        (ticket,) = session.scalars(select(Ticket)).all()
    assert (ticket.conversation_id, ticket.priority.value) == (talk.session_id, "urgent")
    assert handoff[-1]["payload"]["ticket"] == ticket.number


def test_a_graduate_in_danger_reaches_a_person_while_rasa_is_down(talk: Talk, rasa: RasaStandIn, app: FastAPI) -> None:
    rasa.stop()

    (reply,) = say_within_five_seconds(talk, "我不想活了")

    with app.state.parts.sessions() as session:
        (ticket,) = session.scalars(select(Ticket)).all()
    assert reply["payload"]["ticket"] == ticket.number
    assert reply["payload"]["status"] == "queued"
    assert ticket.transcript[-1]["text"] == "我不想活了"


def test_a_message_that_is_never_answered_goes_to_a_person(talk: Talk, rasa: RasaStandIn, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.backlog.MAX_ATTEMPTS", 1)
    silent(rasa)

    assert_true_notice(talk.say(QUESTION))
    (handoff,) = eventually(lambda: [m for m in talk.history() if m["kind"] == "handoff"])

    with app.state.parts.sessions() as session:
        (ticket,) = session.scalars(select(Ticket)).all()
        handling = session.scalars(select(Message.handling).where(Message.role == "user")).one()
    assert handoff["payload"]["ticket"] == ticket.number
    assert QUESTION in handoff["text"]
    assert handling == "done"


def test_health_names_what_is_wrong(base: str, client: httpx.Client, rasa: RasaStandIn, settings: Settings) -> None:
    rasa.stop()
    with locked(settings):
        response = client.get(f"{base}/healthz")

    assert response.status_code == 503
    assert response.json() == {"status": "degraded", "rasa": "unreachable", "database": "locked", "index": "ok"}


def test_health_says_that_the_index_is_missing(base: str, client: httpx.Client, settings: Settings) -> None:
    engine = create_database_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE knowledge_state"))
    engine.dispose()

    assert client.get(f"{base}/healthz").json()["index"] == "missing"


def test_a_new_session_with_a_locked_database_is_refused_kindly(base: str, client: httpx.Client, settings: Settings) -> None:
    with locked(settings):
        response = client.post(f"{base}/api/chat/sessions")

    assert response.status_code == 503
    assert not response.json()["detail"].isascii()
