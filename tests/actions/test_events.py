"""Events in a conversation: the calendar answers, follow-ups change the question, documents keep what is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from actions import events, policy, profile, services
from desk.tickets import Tickets
from knowledge.answers.model import Answer
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.reading import Defaults
from knowledge.events.review import EventReview
from tests.actions.conftest import CarryOut, Documents, carrying_out
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock

TABLE = """活动名称,类型,城市,开始时间,结束时间,面向对象
冬季双选会,双选会,长沙,2026-12-05 09:00,2026-12-05 16:00,2027届毕业生
江城双选会,双选会,武汉,2026-12-06 09:00,2026-12-06 16:00,2027届毕业生
春季双选会,双选会,长沙,2026-12-10 09:00,2026-12-10 16:00,2027届毕业生
"""


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def run(sessions: sessionmaker[Session], clock: SetClock, tickets: Tickets, documents: Documents) -> Iterator[CarryOut]:
    services.provide(services.Services(sessions, clock, tickets, documents))
    yield carrying_out(events.FindEvents, policy.AskAffirmation, policy.AnswerPolicy, profile.SelfProfile)
    services.provide(None)


@pytest.fixture
def calendar(sessions: sessionmaker[Session], clock: SetClock) -> None:
    EventImporter(sessions, clock).take("学校", read_events("a.csv", TABLE.encode(), Defaults(), date(2026, 12, 1)))


def titles(said: list[dict[str, Any]]) -> list[str]:
    return [item["title"] for message in said if message["kind"] == "events" for item in message["payload"]["items"]]


def test_days_and_a_city_are_answered_from_the_calendar_alone(run: CarryOut, calendar: None, documents: Documents) -> None:
    said = run(Talk().says("这周长沙有哪些双选会", "find_events"), "action_find_events")

    assert [message["kind"] for message in said] == ["events"]
    assert titles(said) == ["冬季双选会"]
    assert documents.asked == []


def test_a_fair_that_waits_for_its_review_is_not_answered_with(
    run: CarryOut, calendar: None, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    unseen = "活动名称,类型,城市,开始时间,说明\n人才双选会,双选会,长沙,2026-12-06 09:00,入场费每人50元\n"
    EventImporter(sessions, clock).take("学校", read_events("b.csv", unseen.encode(), Defaults(), date(2026, 12, 1)))
    question = "这周长沙有哪些双选会"
    assert titles(run(Talk().says(question, "find_events"), "action_find_events")) == ["冬季双选会"]

    review = EventReview(sessions, clock)
    review.decide(review.queue().items[0].id, "published", "审核人")
    assert titles(run(Talk().says(question, "find_events"), "action_find_events")) == ["冬季双选会", "人才双选会"]


@pytest.mark.parametrize(
    ("message", "intent", "action", "expected"),
    [
        ("那下周呢", "nlu_fallback", "action_default_ask_affirmation", ["春季双选会"]),
        ("换成武汉", "self_profile", "action_self_profile", ["江城双选会"]),
        ("武汉呢", "ask_policy", "action_answer_policy", ["江城双选会"]),
        ("那武汉这周末的双选会呢", "find_events", "action_find_events", ["江城双选会"]),
    ],
)
def test_a_follow_up_is_understood_whatever_it_was_taken_for(
    run: CarryOut, calendar: None, message: str, intent: str, action: str, expected: list[str]
) -> None:
    talk = Talk().says("这周长沙有哪些双选会", "find_events")
    run(talk, "action_find_events")

    assert titles(run(talk.says(message, intent), action)) == expected


def test_without_events_just_shown_the_same_words_are_no_follow_up(run: CarryOut, calendar: None) -> None:
    talk = Talk().says("这周长沙有哪些双选会", "find_events")
    run(talk, "action_find_events")
    run(talk.says("求职补贴怎么领", "ask_policy"), "action_answer_policy")

    assert titles(run(talk.says("换成武汉", "self_profile"), "action_self_profile")) == []


@pytest.mark.parametrize("question", ["百日冲刺什么时候", "秋季校园招聘月有哪些活动", "招聘会收费吗", "2021年12月的专场招聘会在哪"])
def test_actions_of_the_school_year_and_rules_are_told_by_the_documents(run: CarryOut, calendar: None, documents: Documents, question: str) -> None:
    documents.given = Answer("answered", None, "文件写着。")

    said = run(Talk().says(question, "find_events"), "action_find_events")

    assert said[0]["kind"] == "policy_answer"
    assert documents.asked == [question]


def test_a_refusal_that_names_its_reason_stands_beside_the_calendar(run: CarryOut, calendar: None, documents: Documents) -> None:
    documents.given = Answer("refused", "wrong_year", "只有2022届的。")

    said = run(Talk().says("湖北2025届的招聘会安排出来没", "find_events"), "action_find_events")

    assert said[0]["kind"] == "policy_answer"
    assert said[0]["payload"]["reason"] == "wrong_year"


def test_without_anything_on_file_the_truth_is_said_and_a_person_offered(run: CarryOut) -> None:
    [said] = run(Talk().says("这周长沙有哪些双选会", "find_events"), "action_find_events")

    assert said["kind"] == "choices"
    assert "还没有导入" in said["text"]
