"""Announcements in the chat: beside the first answer, once a conversation, alerts again when traps are asked about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from desk.announcements import Announcements
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn


@pytest.fixture
def announcements(settings: Settings) -> Announcements:
    return Announcements(session_factory(create_database_engine(settings.database_url)), Clock())


@pytest.fixture
def backend() -> str:
    return "sqlite"


def notices(said: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(message["payload"]["code"], message["text"]) for message in said if message["kind"] == "notice"]


def test_it_is_said_once_in_each_conversation_and_again_about_traps(
    announcements: Announcements, begin: Callable[[], Talk], rasa: RasaStandIn
) -> None:
    announcements.add("近期有人冒充企业收体检费。", "alert", until=date(2100, 1, 1), by="王老师")
    announcements.add("双选会改在体育馆。", "announcement", until=date(2100, 1, 1), by="王老师")
    talk = begin()

    first, second, asking = talk.say("档案放哪里"), talk.say("补贴怎么领"), talk.say("要我交押金，这是骗局吗")

    assert [code for code, _ in notices(first)] == ["alert", "announcement"], first
    assert first[0]["text"] == "答：档案放哪里"
    assert notices(first)[0][1].startswith("求职预警：近期有人冒充企业收体检费。")
    assert notices(second) == []
    assert [code for code, _ in notices(asking)] == ["alert"]
    assert len(notices(begin().say("档案放哪里"))) == 2


def test_an_answer_about_a_risk_brings_the_alerts(announcements: Announcements, talk: Talk, rasa: RasaStandIn) -> None:
    announcements.add("近期有人冒充企业收体检费。", "alert", until=date(2100, 1, 1), by="王老师")
    talk.say("你好")
    rasa.answer = lambda text: [{"custom": {"kind": "risk_check", "text": "风险高", "payload": {"level": "high", "signals": []}}}]

    assert [code for code, _ in notices(talk.say("入职要先交三百元"))] == ["alert"]


def test_what_has_ended_is_not_said(announcements: Announcements, talk: Talk) -> None:
    row = announcements.add("近期有人冒充企业收体检费。", "alert", until=date(2100, 1, 1), by="王老师")
    announcements.end(row.id, "王老师")

    assert notices(talk.say("你好")) == []


def test_somebody_in_danger_hears_nothing_else(announcements: Announcements, talk: Talk) -> None:
    announcements.add("双选会改在体育馆。", "announcement", until=date(2100, 1, 1), by="王老师")

    assert notices(talk.say("我不想活了，今晚就结束")) == []
