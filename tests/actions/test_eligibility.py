"""The check of eligibility through rasa-sdk's executor: the verdict at once, the questions, leaving, what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor
from sqlalchemy import Engine

from actions import eligibility, policy, services
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from desk.tickets import Tickets
from knowledge.service import Knowledge, open_knowledge
from tests import loops
from tests.actions.conftest import executor_of
from tests.actions.trackers import Talk

_NOTICE = """示例省人力资源和社会保障厅关于发放2027届毕业生求职创业补贴的通知
示人社函〔2026〕31号

各高等学校:

一、补贴对象
2027届毕业学年内低保家庭毕业生可以申请求职创业补贴。

二、补贴标准
求职创业补贴标准为每人一次性1800元。

示例省人力资源和社会保障厅
2026年9月1日
"""
Say = Callable[..., tuple[list[dict[str, Any]], list[dict[str, Any]]]]


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


class Conversation:
    """A conversation as Rasa holds it: slots and loop follow the events that the actions return."""

    def __init__(self, executor: ActionExecutor) -> None:
        self._executor = executor
        self.talk = Talk("c-eligible")

    def says(self, words: str, intent: str = "check_eligibility", confidence: float = 0.95) -> list[dict[str, Any]]:
        """The messages that answer; a loop that is open gets the message first, as in Rasa."""
        self.talk.says(words, intent, confidence)
        if not self.talk.active_loop:
            return self._run("action_answer_policy" if intent == "ask_policy" else "action_check_eligibility")
        self.talk.slots["eligibility_answer"] = words
        self.talk.slots["requested_slot"] = "eligibility_answer"
        self.talk._add("slot", name="eligibility_answer", value=words)
        said = self._run("validate_eligibility_form")
        if self.talk.slots["requested_slot"] is None:
            self.talk.active_loop = {}
            said += self._run("action_tell_eligibility")
        return said

    def _run(self, action: str) -> list[dict[str, Any]]:
        result = loops.run(self._executor.run(self.talk.call(action)))
        assert result is not None
        self.returned = result.events
        for event in result.events:
            if event["event"] == "slot":
                self.talk.slots[event["name"]] = event["value"]
            elif event["event"] == "active_loop":
                self.talk.active_loop = {"name": event["name"]}
        said = [response["custom"] for response in result.responses]
        for message in said:
            self.talk.hears(custom=message)
        return said


@pytest.fixture
def conversation(engine: Engine) -> Iterator[Conversation]:
    clock, sessions = Clock(date(2026, 12, 1)), session_factory(engine)
    services.provide(services.Services(sessions, clock, Tickets(sessions, clock), None))
    actions = (eligibility.CheckEligibility, eligibility.ValidateEligibilityForm, eligibility.TellEligibility, policy.AnswerPolicy)
    yield Conversation(executor_of(actions))
    services.provide(None)


@pytest.fixture
def informed(conversation: Conversation, knowledge: Knowledge) -> Conversation:
    """A conversation with documents on file."""
    services.provide(replace(services.current(), knowledge=knowledge))
    return conversation


def kinds(said: list[dict[str, Any]]) -> list[str]:
    return [message["kind"] for message in said]


def test_a_complete_profile_gets_its_verdict_at_once(conversation: Conversation) -> None:
    [message] = conversation.says("我是2027届本科，家里低保，求职补贴能领吗")

    payload = message["payload"]
    assert set(payload) == {"verdict", "programme", "reasons", "missing"}
    assert payload["verdict"] == "pass"
    assert payload["missing"] == []
    assert all(set(reason) == {"condition", "result", "citation"} for reason in payload["reasons"])
    assert all(reason["citation"] for reason in payload["reasons"])
    assert "以主管部门审核为准" in message["text"]
    assert not conversation.talk.active_loop


def test_an_incomplete_profile_gets_a_verdict_and_one_question(conversation: Conversation) -> None:
    [verdict, question] = conversation.says("我今年大四，求职补贴我能领吗")

    assert verdict["payload"]["verdict"] == "unknown"
    assert verdict["payload"]["missing"] == ["是否属于困难毕业生"]
    assert question["kind"] == "choices"
    assert question["payload"]["options"][-1] == {"title": "不清楚", "value": "不清楚"}
    assert conversation.talk.active_loop


def test_an_answer_settles_the_verdict(conversation: Conversation) -> None:
    conversation.says("我今年大四，求职补贴我能领吗")
    [verdict] = conversation.says("低保家庭", "nlu_fallback", 0.2)

    assert verdict["payload"]["verdict"] == "pass"
    assert not conversation.talk.active_loop


def test_a_failure_needs_no_more_questions(conversation: Conversation) -> None:
    said = conversation.says("我想领求职补贴，够条件吗")
    assert kinds(said) == ["eligibility", "choices"]

    [verdict] = conversation.says("毕业超过两年", "nlu_fallback", 0.2)

    assert verdict["payload"]["verdict"] == "fail"
    assert "一般不能自己补申请" in verdict["text"]


@pytest.mark.parametrize("answers", [["不清楚", "不知道", "忘了"], ["不清楚", "县城", "不想说"]])
def test_three_questions_at_most_and_unknown_is_an_answer(conversation: Conversation, answers: list[str]) -> None:
    said = conversation.says("基层就业学费补偿我够条件吗")
    questions = [said[-1]["text"]]
    for answer in answers:
        said = conversation.says(answer, "nlu_fallback", 0.2)
        questions += [message["text"] for message in said if message["kind"] == "choices"]

    assert len(set(questions)) == len(questions)
    assert not conversation.talk.active_loop
    assert said[-1]["payload"]["verdict"] == "unknown"


def test_an_answer_that_cannot_be_read_is_asked_for_once_more(conversation: Conversation) -> None:
    conversation.says("我去年毕业，能参加就业见习吗")
    [again] = conversation.says("嗯哼哈", "nlu_fallback", 0.1)
    assert again["kind"] == "choices"
    assert "没有看懂" in again["text"]

    [verdict] = conversation.says("啦啦啦", "nlu_fallback", 0.1)
    assert verdict["kind"] == "eligibility"
    assert not conversation.talk.active_loop


def test_answers_are_remembered_for_the_next_programme(conversation: Conversation) -> None:
    conversation.says("我去年毕业，能参加就业见习吗")
    conversation.says("没有工作", "nlu_fallback", 0.2)
    [verdict] = conversation.says("那失业登记我能办吗")

    assert verdict["payload"]["programme"] == "失业登记"
    assert verdict["payload"]["verdict"] == "pass"


def test_what_was_said_of_oneself_before_counts(conversation: Conversation) -> None:
    conversation.talk.says("我是2027届本科，家里是脱贫户", "self_profile")
    [verdict] = conversation.says("我能领求职补贴吗")

    assert verdict["payload"]["verdict"] == "pass"


def test_another_wish_leaves_and_is_said_anew(conversation: Conversation) -> None:
    conversation.says("我去年毕业，能参加就业见习吗")
    [word] = conversation.says("三方协议丢了怎么补办", "ask_policy")

    assert "先放一放" in word["text"]
    assert [event["event"] for event in conversation.returned][-2:] == ["action", "user"]
    assert conversation.returned[-1]["text"] == "三方协议丢了怎么补办"
    assert conversation.returned[-1]["parse_data"]["intent"]["name"] == "ask_policy"


@pytest.mark.parametrize("words", ["/request_human", "我要找老师"])
def test_a_person_can_be_asked_for_at_any_time(conversation: Conversation, words: str) -> None:
    conversation.says("我去年毕业，能参加就业见习吗")
    conversation.says(words, "request_human", 0.97)

    assert conversation.returned[-1]["text"] == words


def test_who_does_not_want_to_go_on_is_let_go(conversation: Conversation) -> None:
    conversation.says("我去年毕业，能参加就业见习吗")
    [word] = conversation.says("算了不查了", "out_of_scope")

    assert "先不核对" in word["text"]
    assert not conversation.talk.active_loop


def test_another_programme_in_the_middle_is_taken_up(conversation: Conversation) -> None:
    conversation.says("我去年毕业，能参加就业见习吗")
    conversation.says("那西部计划我能报吗")

    assert conversation.returned[-1]["text"] == "那西部计划我能报吗"


def test_without_a_programme_likely_ones_are_offered(conversation: Conversation) -> None:
    [verdict, offered] = conversation.says("我2024年毕业，我够条件吗")

    assert verdict["payload"]["verdict"] == "unknown"
    titles = [option["title"] for option in offered["payload"]["options"]]
    assert titles
    assert not any("求职补贴" in title for title in titles)  # two years after graduation that is out of the question


def test_a_short_follow_up_is_about_the_programme_before(conversation: Conversation) -> None:
    conversation.says("我是2027届，低保家庭，求职补贴能领吗")
    [verdict] = conversation.says("那我要是不够呢，还符合吗")

    assert verdict["payload"]["programme"].startswith("求职补贴")


def test_a_closed_window_is_kept_apart_from_the_programme(conversation: Conversation) -> None:
    [verdict] = conversation.says("我2027届本科，西部计划能报吗")

    assert verdict["payload"]["verdict"] == "pass"
    assert "申请时间已过（2026-05-10截止）" in verdict["text"]
    assert "政策本身仍然有效" in verdict["text"]


def test_documents_on_file_are_quoted_below_and_come_before_ours(informed: Conversation) -> None:
    said = informed.says("我是2027届本科，低保家庭，求职创业补贴每人多少钱，我能领吗")

    assert kinds(said)[:2] == ["eligibility", "policy_answer"]
    assert "以文件原文为准" in said[1]["text"]
    assert "1800元" in said[1]["payload"]["citations"][0]["quote"]


def test_a_general_question_is_answered_from_the_documents_alone(informed: Conversation) -> None:
    said = informed.says("求职创业补贴标准是多少")

    assert kinds(said) == ["policy_answer"]
    assert said[0]["payload"]["outcome"] == "answered"


def test_a_policy_question_that_describes_oneself_is_checked_too(informed: Conversation) -> None:
    said = informed.says("我2027届低保家庭，求职创业补贴我可以申请吗", "ask_policy")

    assert kinds(said) == ["policy_answer", "eligibility"]
    assert said[1]["payload"]["verdict"] == "pass"


def test_hardship_of_a_friend_is_not_ones_own(conversation: Conversation) -> None:
    [verdict, _] = conversation.says("我大四，我室友是低保，他领了，求职补贴我能领吗")

    assert verdict["payload"]["verdict"] == "unknown"


def test_a_failure_inside_is_told_and_ends_the_loop(conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation.says("我去年毕业，能参加就业见习吗")

    def broken(*_: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(eligibility, "read_answer", broken)
    said = conversation.says("没有", "nlu_fallback", 0.2)

    assert said[0]["payload"] == {"code": "degraded"}
    assert "secret" not in str(said)
    assert not conversation.talk.active_loop
