"""The policy actions through rasa-sdk's executor: answers, documents first, a doubtful crisis, no index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from actions import crisis, events, handover, jobs, policy, services
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from desk.tickets import Tickets
from knowledge.service import Knowledge, open_knowledge
from tests.actions.conftest import carrying_out
from tests.actions.trackers import Talk

_NOTICE = """示例省教育厅关于做好2027届高校毕业生就业工作的通知
示教函〔2026〕12号

各高等学校:

为做好2027届高校毕业生就业工作,现将有关事项通知如下。

一、培训场次
全省共举办就业指导培训18期,每期三天,由各高校组织毕业生报名参加。

二、见习补贴
对符合条件的见习毕业生,每人每月发放见习补贴1500元。

示例省教育厅
2026年9月1日
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    from bot import migrate

    engine = create_database_engine(f"sqlite:///{tmp_path_factory.mktemp('store') / 'zhiwen.db'}")
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def knowledge(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    home: Path = tmp_path_factory.mktemp("home")
    knowledge = open_knowledge(Settings(home=home), session_factory(engine), Clock(date(2026, 12, 1)))
    paper = home / "notice.txt"
    paper.write_text(_NOTICE, encoding="utf-8")
    assert knowledge.importer().take(paper).result == "new"
    return knowledge


@pytest.fixture
def run(engine: Engine, knowledge: Knowledge) -> Iterator[Any]:
    clock = Clock(date(2026, 12, 1))
    sessions = session_factory(engine)
    services.provide(services.Services(sessions, clock, Tickets(sessions, clock), knowledge))
    yield carrying_out(policy.AnswerPolicy, jobs.SearchJobs, events.FindEvents, policy.OutOfScope, crisis.Crisis, handover.RequestHuman)
    services.provide(None)


def test_a_policy_question_gets_the_clause_and_a_valid_payload(run: Any) -> None:
    [message] = run(Talk().says("见习补贴每人每月多少钱", "ask_policy"), "action_answer_policy")

    payload = message["payload"]
    assert payload["outcome"] == "answered"
    assert set(payload) == {"outcome", "reason", "warnings", "citations", "suggestions", "confidence"}
    assert "1500元" in payload["citations"][0]["quote"]
    assert payload["citations"][0]["doc_no"] == "示教函〔2026〕12号"
    assert "1500元" in message["text"]


def test_a_question_taken_for_events_is_answered_from_the_documents(run: Any) -> None:
    [message] = run(Talk().says("全省举办就业指导培训多少期", "find_events", 0.6), "action_find_events")

    assert message["payload"]["outcome"] == "answered"
    assert "18期" in message["payload"]["citations"][0]["quote"]


def test_a_search_for_jobs_without_a_store_of_them_says_so(run: Any) -> None:
    [message] = run(Talk().says("深圳会计岗位8k以上双休", "search_jobs"), "action_search_jobs")

    assert message["kind"] == "choices"
    assert "也不会编" in message["text"]


def test_an_unsure_request_for_a_person_that_documents_answer_gets_both(run: Any) -> None:
    said = run(Talk().says("见习补贴每月发多少钱，找谁问", "request_human", 0.4), "action_request_human")

    assert [message["kind"] for message in said] == ["policy_answer", "choices"]


def test_a_sure_request_for_a_person_is_registered(run: Any) -> None:
    said = run(Talk("c-person").says("我要找老师当面问见习补贴", "request_human", 0.97), "action_request_human")

    assert said[0]["kind"] == "handoff"


def test_a_doubtful_crisis_is_asked_after_with_the_lines_in_sight(run: Any) -> None:
    [message] = run(Talk("c-tired").says("累死了，不想干了", "crisis", 0.7), "action_crisis")

    assert message["kind"] == "choices"
    assert "12356" in message["text"]
    assert {option["value"] for option in message["payload"]["options"]} >= {"/crisis", "/request_human"}


def test_a_certain_crisis_is_registered_as_urgent(run: Any) -> None:
    [message] = run(Talk("c-crisis").says("我在楼顶，不想下来了", "crisis", 0.97), "action_crisis")

    assert message["payload"]["priority"] == "urgent"


def test_what_is_no_business_of_ours_is_declined(run: Any) -> None:
    [message] = run(Talk().says("推荐几部好看的电影", "out_of_scope"), "action_out_of_scope")

    assert message["kind"] == "text"
    assert "帮不上忙" in message["text"]


def test_with_the_index_gone_the_graduate_hears_the_truth_and_can_reach_a_person(tmp_path: Path, engine: Engine) -> None:
    from bot import migrate

    broken = create_database_engine(f"sqlite:///{tmp_path / 'broken.db'}")
    migrate.upgrade(broken)
    with broken.begin() as connection:
        connection.execute(text("DROP TABLE knowledge_state"))
    clock = Clock(date(2026, 12, 1))
    lost = open_knowledge(Settings(home=tmp_path), session_factory(broken), clock)
    assert not lost.ready()
    services.provide(services.Services(session_factory(engine), clock, Tickets(session_factory(engine), clock), lost))

    notice, offer = carrying_out(policy.AnswerPolicy)(Talk().says("见习补贴多少钱", "ask_policy"), "action_answer_policy")

    assert (notice["kind"], notice["payload"]) == ("notice", {"code": "degraded"})
    assert not notice["text"].isascii()
    assert offer["payload"]["options"][0]["value"] == "/request_human"
    services.provide(None)
    broken.dispose()
