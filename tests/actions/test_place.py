"""The conversation's place: asked once, remembered, changed, said honestly when nothing is on file for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions import jobs, policy, profile, services, texts
from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from core.settings import Settings
from desk.tickets import Tickets
from knowledge.service import open_knowledge
from tests.actions.conftest import carrying_out
from tests.actions.trackers import Talk

ANHUI = """安徽省人力资源和社会保障厅关于高校毕业生租房补贴的通知
皖人社发〔2026〕5号
各市人力资源和社会保障局：
现将高校毕业生租房补贴有关事项通知如下。
一、补贴标准
高校毕业生租房补贴标准为每人每月350元，最长十二个月。
安徽省人力资源和社会保障厅
2026年3月10日
"""
HEFEI = """合肥市人力资源和社会保障局关于高校毕业生租房补贴的通知
合人社发〔2026〕9号
各区人力资源和社会保障局：
现将高校毕业生租房补贴有关事项通知如下。
一、补贴标准
在合肥就业的高校毕业生租房补贴标准为每人每月600元，最长二十四个月。
合肥市人力资源和社会保障局
2026年5月10日
"""
QUESTION = "高校毕业生租房补贴标准是每月多少钱"
Say = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def provided(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home: Path = tmp_path_factory.mktemp("home")
    engine = create_database_engine(f"sqlite:///{home / 'zhiwen.db'}")
    migrate.upgrade(engine)
    sessions, clock = session_factory(engine), Clock(date(2026, 12, 1))
    knowledge = open_knowledge(Settings(home=home), sessions, clock)
    for name, paper in (("anhui.txt", ANHUI), ("hefei.txt", HEFEI)):
        (home / name).write_text(paper, encoding="utf-8")
        assert knowledge.importer().take(home / name).result == "new"
    services.provide(services.Services(sessions, clock, Tickets(sessions, clock), knowledge))
    yield
    services.provide(None)
    engine.dispose()


@pytest.fixture
def talk() -> Talk:
    return Talk(last_question=None, place=None, place_asked=None)


@pytest.fixture
def say(provided: None, talk: Talk) -> Say:
    """One turn: the words, the intent that Rasa took them for; its message, with slots and events kept for the next turn."""
    carry_out = carrying_out(policy.AnswerPolicy, jobs.SearchJobs, policy.OutOfScope, policy.AskAffirmation, profile.SelfProfile)

    def turn(words: str, intent: str = "ask_policy", action: str = "action_answer_policy") -> dict[str, Any]:
        return carry_out(talk.says(words, intent), action)[0]

    return turn


def regions(message: dict[str, Any]) -> set[str]:
    return {citation["region"] for citation in message["payload"]["citations"]}


def test_a_local_answer_asks_for_the_place_behind_it_and_offers_the_places_on_file(say: Say) -> None:
    message = say(QUESTION)
    assert message["payload"]["outcome"] == "answered"
    assert message["text"].endswith(texts.ASK_PLACE)
    assert {"安徽", "合肥", texts.OTHER_PLACE} <= set(message["payload"]["suggestions"])


def test_the_place_is_asked_for_once(say: Say) -> None:
    say(QUESTION)
    assert texts.ASK_PLACE not in say("租房补贴最长发几个月")["text"]
    assert texts.ASK_PLACE not in say("租房补贴标准")["text"]


@pytest.mark.parametrize("reply", ["合肥", "我在安徽合肥", "合肥市的"])
@pytest.mark.parametrize(
    ("intent", "action"),
    [
        ("ask_policy", "action_answer_policy"),
        ("self_profile", "action_self_profile"),
        ("search_jobs", "action_search_jobs"),
        ("out_of_scope", "action_out_of_scope"),
        ("nlu_fallback", "action_default_ask_affirmation"),
    ],
)
def test_a_place_alone_answers_the_question_before_it_for_that_place(say: Say, talk: Talk, reply: str, intent: str, action: str) -> None:
    say(QUESTION)
    message = say(reply, intent, action)
    assert message["kind"] == "policy_answer"
    assert any("600元" in citation["quote"] for citation in message["payload"]["citations"])
    assert talk.slots["place"] == "合肥"


def test_a_sibling_city_gets_the_provinces_rule_and_is_told_so(say: Say) -> None:
    say(QUESTION)
    message = say("芜湖")
    assert regions(message) == {"安徽"}
    assert "600元" not in message["text"]
    assert "没有收录芜湖自己的文件" in message["text"]


def test_a_place_without_documents_is_told_so_and_who_is_responsible(say: Say) -> None:
    say(QUESTION)
    message = say("我在湖南湘潭")
    assert message["payload"]["outcome"] == "refused"
    assert "没有湘潭的文件" in message["text"]
    assert "12333" in message["text"]


def test_the_place_is_used_for_later_questions_and_never_answered_with_anothers(say: Say) -> None:
    say(QUESTION)
    say("合肥")
    assert "合肥" in regions(say("租房补贴最长发几个月"))
    say("我换到成都了")
    message = say(QUESTION)
    assert message["payload"]["outcome"] == "refused"
    assert message["payload"]["reason"] == "wrong_region"


def test_a_follow_up_with_another_place_changes_it(say: Say, talk: Talk) -> None:
    say(QUESTION)
    say("合肥")
    say("那深圳呢")
    assert talk.slots["place"] == "深圳"


def test_a_question_that_names_its_place_does_not_move_the_graduate(say: Say, talk: Talk) -> None:
    say(QUESTION)
    say("合肥")
    say("安徽的租房补贴标准每月多少钱")
    assert talk.slots["place"] == "合肥"


def test_what_one_tells_about_oneself_sets_the_place(say: Say, talk: Talk) -> None:
    message = say("我是安徽合肥的，25届", "self_profile", "action_self_profile")
    assert message["text"].startswith(texts.PLACE_REMEMBERED.format(place="合肥"))
    answer = say(QUESTION)
    assert "合肥" in regions(answer)
    assert texts.ASK_PLACE not in answer["text"]


def test_details_without_a_place_are_acknowledged(say: Say, talk: Talk) -> None:
    assert say("我是党员", "self_profile", "action_self_profile") == {"kind": "text", "text": texts.SELF_PROFILE, "payload": None}
    assert talk.slots["place"] is None


def test_the_choice_of_another_place_invites_to_name_it(say: Say, talk: Talk) -> None:
    say(QUESTION)
    assert say(texts.OTHER_PLACE, "out_of_scope", "action_out_of_scope")["text"] == texts.NAME_PLACE
    assert say("合肥", "self_profile", "action_self_profile")["kind"] == "policy_answer"


def test_a_place_with_no_question_before_it_is_remembered(say: Say, talk: Talk) -> None:
    message = say("我在合肥")
    assert message["payload"]["outcome"] == "clarify"
    assert talk.slots["place"] == "合肥"
    assert "合肥" in regions(say(QUESTION))


def test_built_in_knowledge_that_varies_by_place_asks_and_then_says_that_nothing_is_on_file(say: Say) -> None:
    first = say("公积金交多少比例")
    assert first["payload"]["reason"] == "not_official"
    assert first["text"].endswith(texts.ASK_PLACE)
    second = say("宁夏银川")
    assert second["payload"]["reason"] == "not_official"
    assert second["text"].startswith("没有收录银川的文件。")
    assert "12333" in second["text"]


def test_built_in_knowledge_that_varies_otherwise_does_not_ask(say: Say) -> None:
    assert texts.ASK_PLACE not in say("试用期最长几个月")["text"]


def test_another_places_rule_is_no_answer_but_the_general_rule_is_given(say: Say) -> None:
    message = say("宁夏银川的租房补贴找谁领，有哪些")
    assert message["payload"]["outcome"] == "refused"
    assert "350元" not in message["text"].split("供参考")[0]


def test_a_search_for_jobs_in_a_city_is_no_answer_to_where_one_is(say: Say) -> None:
    say("合肥有什么会计岗位", "search_jobs", "action_search_jobs")
    assert say("那芜湖呢", "search_jobs", "action_search_jobs")["kind"] == "choices"
