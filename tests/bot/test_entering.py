"""A conversation that began in WeChat goes on over the page, with all that was said in it."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI

from core.settings import Settings
from tests.bot.conftest import Talk
from tests.bot.servers import RasaStandIn

PAGE = "https://zhiwen.example.edu.cn"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": PAGE})


def code_for(app: FastAPI, conversation_id: str) -> str:
    parts = app.state.parts
    with parts.sessions.begin() as session:
        return str(parts.links.issue(session, conversation_id)).rpartition("#enter=")[2]


def enter(base: str, client: httpx.Client, code: str, **headers: str) -> httpx.Response:
    return client.post(f"{base}/api/chat/sessions/enter", json={"code": code}, headers=headers)


def test_a_code_opens_a_session_of_the_same_conversation(
    app: FastAPI, base: str, client: httpx.Client, begin: Callable[[], Talk], rasa: RasaStandIn
) -> None:
    elsewhere = begin()
    elsewhere.say("三方协议丢了怎么办")

    opened = enter(base, client, code_for(app, elsewhere.session_id)).json()

    here = Talk(base, client, opened["token"], opened["session_id"], {"Authorization": f"Bearer {opened['token']}"})
    assert here.session_id == elsewhere.session_id
    assert [message["text"] for message in here.history()] == [message["text"] for message in elsewhere.history()]
    here.say("那怎么补办")
    assert rasa.heard[-1] == (elsewhere.session_id, "那怎么补办")


def test_a_used_code_is_refused_in_kind_words(app: FastAPI, base: str, client: httpx.Client, talk: Talk) -> None:
    code = code_for(app, talk.session_id)
    assert enter(base, client, code).status_code == 200

    again = enter(base, client, code)

    assert again.status_code == 410
    assert "用过" in again.json()["detail"]


@pytest.mark.parametrize("code", ["x", "查" * 100, "a.b"])
def test_what_is_no_code_of_ours_is_refused_alike(base: str, client: httpx.Client, code: str) -> None:
    assert enter(base, client, code).status_code == 410


def test_another_origin_may_not_use_a_code(app: FastAPI, base: str, client: httpx.Client, talk: Talk) -> None:
    code = code_for(app, talk.session_id)

    assert enter(base, client, code, Origin="https://elsewhere.example").status_code in (403, 410)
    assert enter(base, client, code).status_code == 200
