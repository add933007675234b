"""Surveys and trainings over the chat API: shown, answered with consent, withdrawn; erased with the conversation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.parts import Parts
from desk.staff.models import Role
from desk.staff.policy import Actor
from desk.surveys.questions import Question
from desk.surveys.service import Draft
from desk.trainings.service import Offer
from tests.bot.conftest import Talk
from tests.bot.test_limits import assert_said_in_chinese
from tests.bot.test_my_data import erase

LEAD = Actor(1, "李主任", Role.SUPERVISOR, None, "10.0.0.1")
QUESTIONS = [Question("", "single", "毕业后打算", ("就业", "升学")), Question("", "text", "还想说的", required=False)]


@pytest.fixture
def survey(app: FastAPI, base: str) -> int:
    parts: Parts = app.state.parts
    today, surveys = parts.clock.today(), parts.desk.surveys
    return surveys.publish(LEAD, surveys.draft(LEAD, Draft("意向", "安排招聘会", QUESTIONS, today, today, 30)).id).id


@pytest.fixture
def training(app: FastAPI, base: str) -> int:
    parts: Parts = app.state.parts
    day: date = parts.clock.today() + timedelta(days=5)
    return parts.desk.trainings.add(LEAD, Offer("实训", "培训中心", day, day, day, seats=1)).id


def call(talk: Talk, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
    return talk.client.request(method, f"{talk.base}/api/chat/{path}", json=body, headers=talk.headers)


def test_a_survey_is_shown_answered_changed_and_withdrawn(talk: Talk, survey: int) -> None:
    [shown] = call(talk, "GET", "surveys").json()["items"]
    assert (shown["purpose"], shown["open"], shown["answers"]) == ("安排招聘会", True, None)
    path = f"surveys/{survey}/answers"
    for choice in ("就业", "升学"):
        answered = call(talk, "PUT", path, {"consent": True, "answers": {"q1": choice, "q2": "电话13800138000"}})
        assert answered.status_code == 200, answered.text
        assert answered.json()["answers"] == {"q1": choice, "q2": "电话〔手机号已隐去〕"}

    assert call(talk, "DELETE", path).status_code == 204
    assert call(talk, "GET", "surveys").json()["items"][0]["answers"] is None


def test_a_training_is_signed_up_for_and_taken_back(talk: Talk, begin: Any, training: int) -> None:
    other = begin()
    path, body = f"trainings/{training}/interest", {"consent": True, "name": "小林", "contact": "13800138000"}
    assert call(talk, "PUT", path, body).json()["own"] == {"name": "小林", "contact": "13800138000", "place": 1, "waits": False}
    assert call(other, "PUT", path, body | {"contact": "13900139000"}).json()["own"]["waits"] is True
    [shown] = call(begin(), "GET", "trainings").json()["items"]
    assert (shown["free"], shown["own"]) == (0, None)

    assert call(talk, "DELETE", path).status_code == 204
    assert [message["text"] for message in other.history()] == [
        "你报名的培训“实训”有人退出，你已经从候补排进名单。不想参加了，可以在“问卷与培训”里撤回。"
    ]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("PUT", "surveys/1/answers", {"consent": False, "answers": {"q1": "就业"}}, 422),
        ("PUT", "surveys/1/answers", {"consent": True, "answers": {"q1": "别的"}}, 422),
        ("PUT", "surveys/1/answers", {"consent": True, "answers": {"q1": {"a": 1}}}, 422),
        ("PUT", "surveys/1/answers", {"consent": True, "answers": {"q1": "x" * 400}}, 422),
        ("PUT", "surveys/99/answers", {"consent": True, "answers": {}}, 404),
        ("PUT", "surveys/99999999999/answers", {"consent": True, "answers": {}}, 422),
        ("PUT", "trainings/1/interest", {"consent": False, "name": "小林", "contact": "13800138000"}, 422),
        ("PUT", "trainings/1/interest", {"consent": True, "name": "小林", "contact": "不留"}, 422),
        ("PUT", "trainings/99/interest", {"consent": True, "name": "小林", "contact": "13800138000"}, 404),
        ("DELETE", "trainings/99/interest", None, 404),
    ],
)
def test_what_cannot_be_done_is_said_in_chinese(
    talk: Talk, survey: int, training: int, method: str, path: str, body: dict[str, Any] | None, status: int
) -> None:
    assert_said_in_chinese(call(talk, method, path, body), status)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "surveys"), ("GET", "trainings"), ("DELETE", "surveys/1/answers"), ("DELETE", "trainings/1/interest")]
)
def test_without_a_token_nothing_is_told(talk: Talk, method: str, path: str) -> None:
    assert_said_in_chinese(talk.client.request(method, f"{talk.base}/api/chat/{path}"), 401)


def test_check_23_answers_and_sign_ups_go_with_the_conversation_and_none_come_after(app: FastAPI, talk: Talk, survey: int, training: int) -> None:
    call(talk, "PUT", f"surveys/{survey}/answers", {"consent": True, "answers": {"q1": "就业"}})
    call(talk, "PUT", f"trainings/{training}/interest", {"consent": True, "name": "小林", "contact": "13800138000"})
    erase(app, talk)

    parts: Parts = app.state.parts
    assert parts.desk.surveys.get(survey)[1] == 0
    assert parts.desk.trainings.listed(LEAD, training)[1] == []
    assert_said_in_chinese(call(talk, "PUT", f"surveys/{survey}/answers", {"consent": True, "answers": {"q1": "就业"}}), 401)
