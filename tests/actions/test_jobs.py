"""Postings in a conversation: searched over turns, looked at one by one, beside an answer about policy. Real store, real index."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from actions import eligibility, job_texts, jobs, personal_data, policy, profile, services
from core.settings import Settings
from desk.tickets import Tickets
from knowledge.answers.model import Answer
from knowledge.postings.service import Postings, open_postings
from tests.actions.conftest import Documents, carrying_out
from tests.actions.trackers import Talk
from tests.desk.clocks import SetClock
from tests.knowledge.postings.search.rows import change, posting, put

Say = Callable[..., list[dict[str, Any]]]
ACTIONS = (
    jobs.SearchJobs,
    jobs.JobDetail,
    policy.AnswerPolicy,
    policy.AskAffirmation,
    profile.SelfProfile,
    eligibility.CheckEligibility,
    personal_data.DeleteMyData,
)


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def store(sessions: sessionmaker[Session], tmp_path: Path) -> Iterator[Postings]:
    put(
        sessions,
        *[posting(title=f"会计{each}", salary_text="5000-7000元/月", salary_min=5000, salary_max=7000, district="岳麓区") for each in range(7)],
        posting(title="出纳", roles=["出纳"], traits={"weekends_off": [True, "双休"]}, employer="示例银河集团", education=2, education_text="大专"),
        posting(
            title="成本会计", employer="示例银河集团", cities=["株洲"], traits={"weekends_off": [True, "双休"]}, salary_min=8000, salary_max=9000
        ),
        posting(title="病房护士", roles=["护士"], cities=["成都"], deadline=None, deadline_state="unknown", education=3, education_text="本科"),
    )
    opened = open_postings(Settings(_env_file=None, home=tmp_path / "home"), sessions, SetClock(datetime(2026, 12, 1, 2, tzinfo=UTC)))
    yield opened
    opened.close()


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
def say(sessions: sessionmaker[Session], tickets: Tickets, documents: Documents, store: Postings, talk: Talk) -> Iterator[Say]:
    """One turn: the words and the intent that Rasa took them for; its messages, with slots and events kept for the next turn."""
    carry_out = carrying_out(*ACTIONS)
    services.provide(services.Services(sessions, SetClock(datetime(2026, 12, 1, 2, tzinfo=UTC)), tickets, documents, store))

    def turn(words: str, action: str = "action_search_jobs", intent: str = "search_jobs") -> list[dict[str, Any]]:
        return carry_out(talk.says(words, intent), action)

    yield turn
    services.provide(None)


def titles(message: dict[str, Any]) -> list[str]:
    return [item["title"] for item in message["payload"]["items"]]


def test_a_search_shows_a_page_with_chips_and_says_all_of_it_in_words(say: Say) -> None:
    [message] = say("长沙有没有会计岗")

    payload = message["payload"]
    assert message["kind"] == "postings"
    assert payload["total"] == 7
    assert len(payload["items"]) == 5
    assert payload["filters"] == {"cities": ["长沙"], "roles": ["会计"]}
    assert [(chip["label"], chip["text"]) for chip in payload["chips"]] == [("长沙", "不限城市"), ("会计", "不限岗位")]
    assert payload["page"] == {"shown": 5, "more": True}
    for number, title in enumerate(titles(message), 1):
        assert f"第{number}个 {title}" in message["text"]
    assert "换一批" in message["text"]


def test_another_page_repeats_nothing_and_ends_truly(say: Say) -> None:
    [first], [second], [third] = say("长沙 会计"), say("换一批"), say("还有吗")

    assert not set(titles(first)) & set(titles(second))
    assert len(titles(second)) == 2
    assert not titles(third)
    assert "没有新的了" in third["text"]


def test_what_fits_nothing_is_padded_with_nothing_and_says_what_to_ease(say: Say) -> None:
    [message] = say("长沙的会计，要双休")

    assert not message["payload"]["items"]
    assert {"label": "不限双休", "text": "不限双休", "total": 7} in message["payload"]["loosen"]
    assert "不限双休" in message["text"]
    [eased] = say("不限双休")
    assert len(titles(eased)) == 5


@pytest.mark.parametrize(
    ("intent", "action"),
    [
        ("search_jobs", "action_search_jobs"),
        ("ask_policy", "action_answer_policy"),
        ("self_profile", "action_self_profile"),
        ("check_eligibility", "action_check_eligibility"),
        ("job_detail", "action_job_detail"),
        ("nlu_fallback", "action_default_ask_affirmation"),
    ],
)
def test_a_refinement_goes_on_whatever_rasa_took_it_for(say: Say, documents: Documents, intent: str, action: str) -> None:
    say("长沙 会计")
    documents.asked.clear()
    [message] = say("换成株洲的", action, intent)

    assert titles(message) == ["成本会计"]
    assert not documents.asked


def test_a_condition_taken_off_is_no_wish_for_erasure(say: Say) -> None:
    say("长沙 会计 本科 双休")
    [message] = say("把双休去掉", "action_delete_my_data", "delete_my_data")

    assert message["payload"]["filters"] == {"cities": ["长沙"], "roles": ["会计"], "education": 3}


@pytest.mark.parametrize("words", ["把我的学历删掉", "学历信息删掉", "全部删掉"])
def test_a_wish_for_erasure_stays_one_after_a_search(say: Say, words: str) -> None:
    say("长沙 会计 本科")

    assert say(words, "action_delete_my_data", "delete_my_data")[0]["kind"] == "handoff"


def test_a_wish_taken_for_a_check_of_conditions_is_searched_for(say: Say) -> None:
    [message] = say("我2025年毕业的，成都还有机会吗，找护士", "action_check_eligibility", "check_eligibility")

    assert message["payload"]["filters"] == {"cities": ["成都"], "roles": ["护士"], "cohort": 2025}


def test_details_show_every_field_its_source_and_when_it_was_checked(say: Say) -> None:
    say("长沙 会计")
    [message] = say("第二个详细说说", "action_job_detail", "job_detail")

    [item] = message["payload"]["items"]
    assert message["payload"]["total"] == 1
    assert item["detail"]["source"] == "测试来源"
    assert item["detail"]["status"] == "open"
    assert {"薪资", "学历", "截止日期"} <= {row["label"] for row in item["detail"]["fields"]}
    for row in item["detail"]["fields"]:
        assert row["value"] in message["text"]


def test_a_question_about_a_posting_is_answered_first(say: Say) -> None:
    say("株洲 会计")
    [message] = say("这家双休吗", "action_job_detail", "job_detail")
    assert "你问的：双休——是" in message["text"]


def test_one_that_closed_meanwhile_says_so(say: Say, sessions: sessionmaker[Session], store: Postings) -> None:
    [listed] = say("株洲 会计")
    change(sessions, listed["payload"]["items"][0]["id"], deadline=date(2026, 11, 30))
    [message] = say("第一个详细说说", "action_job_detail", "job_detail")

    assert "不要再投了" in message["text"]
    assert message["payload"]["items"][0]["detail"]["status"] == "expired"


def test_one_that_is_held_meanwhile_shows_nothing_of_itself(say: Say, sessions: sessionmaker[Session]) -> None:
    [listed] = say("株洲 会计")
    number = listed["payload"]["items"][0]["id"]
    change(sessions, number, status="held")
    [message] = say("第一个详细说说", "action_job_detail", "job_detail")
    assert "8000" not in message["text"]


def test_a_number_that_was_not_listed_is_told_apart(say: Say) -> None:
    say("株洲 会计")
    [message] = say("第八个详细说说", "action_job_detail", "job_detail")
    assert message["text"] == job_texts.NO_SUCH.format(count=1, nth=8)


def test_other_postings_of_an_employer_are_found(say: Say) -> None:
    say("株洲 会计")
    [message] = say("这个公司别的岗位呢")
    assert titles(message) == ["出纳"]


@pytest.mark.parametrize("action", ["action_job_detail", "action_search_jobs", "action_answer_policy"])
def test_a_posting_named_by_title_and_employer_is_shown_in_detail(say: Say, action: str) -> None:
    [message] = say("出纳（示例银河集团）详细说说", action, "job_detail")
    [item] = message["payload"]["items"]
    assert item["title"] == "出纳"
    assert item["detail"]["fields"]


def test_details_before_anything_was_shown_ask_what_to_look_for(say: Say) -> None:
    [message] = say("第二个详细说说", "action_job_detail", "job_detail")
    assert message["text"] == job_texts.NOTHING_SHOWN


def test_a_wish_for_anything_is_asked_back_with_choices(say: Say) -> None:
    [message] = say("帮我推荐几个呗")

    assert message["kind"] == "choices"
    assert message["text"] == job_texts.ASK_WISH
    [found] = say("成都")
    assert titles(found) == ["病房护士"]


def test_a_wish_for_anything_is_asked_back_even_where_documents_have_something_near(say: Say, documents: Documents) -> None:
    documents.given = Answer("answered", None, "重点推荐岗位。")
    [message] = say("推荐几个岗位")
    assert message["text"] == job_texts.ASK_WISH


def test_what_is_only_turned_down_leaves_the_documents_their_word(say: Say, documents: Documents) -> None:
    documents.given = Answer("answered", None, "还有三支一扶。")
    said = say("基层除了当老师还有什么就业机会")
    assert said[0]["kind"] == "policy_answer"


def test_what_was_told_of_oneself_counts_and_can_be_dropped(say: Say) -> None:
    say("我大专，学护理的", "action_self_profile", "self_profile")
    [none] = say("成都护士岗")
    assert not titles(none)
    assert "大专能投" in [chip["label"] for chip in none["payload"]["chips"]]
    [found] = say("不限学历")
    assert titles(found) == ["病房护士"]
    [still] = say("不限岗位")
    assert "education" not in still["payload"]["filters"]


def test_what_is_not_sure_is_told(say: Say) -> None:
    [message] = say("成都的护士")
    [item] = message["payload"]["items"]
    assert item["uncertain"]
    assert item["uncertain"][0]["reason"] in message["text"]


PROGRAMME = Answer("refused", "not_official", "三支一扶由省里按年度公告招募。")


@pytest.mark.parametrize("words", ["三支一扶还招不招", "科研助理岗还招不招，规模会不会加", "西部计划今年还招吗"])
def test_whether_a_programme_goes_on_is_answered_from_what_is_known_of_it(say: Say, documents: Documents, words: str) -> None:
    documents.given = PROGRAMME

    assert [message["kind"] for message in say(words)] == ["policy_answer"]
    assert documents.asked == [words]


def test_a_programme_that_goes_on_brings_the_postings_that_are_open(say: Say, documents: Documents, sessions: sessionmaker[Session]) -> None:
    put(sessions, posting(title="科研助理", roles=["科研助理"]))
    documents.given = PROGRAMME

    answer, found = say("科研助理岗还招不招")

    assert answer["kind"] == "policy_answer"
    assert titles(found) == ["科研助理"]


@pytest.mark.parametrize("words", ["长沙科研助理岗还招不招", "会计岗还招不招", "科研助理岗有哪些"])
def test_who_looks_for_a_job_gets_postings_alone(say: Say, documents: Documents, words: str) -> None:
    documents.given = PROGRAMME

    assert [message["kind"] for message in say(words)] == ["postings"]


@pytest.mark.parametrize(
    ("intent", "action"), [("search_jobs", "action_search_jobs"), ("ask_policy", "action_answer_policy"), ("self_profile", "action_self_profile")]
)
def test_policy_and_jobs_in_one_message_are_both_answered(say: Say, documents: Documents, intent: str, action: str) -> None:
    said = say("三方协议违约金怎么算？另外看看长沙的会计岗", action, intent)

    assert [message["kind"] for message in said] == ["policy_answer", "postings"]
    assert documents.asked == ["三方协议违约金怎么算？"]
    assert said[1]["payload"]["total"] == 7


def test_a_policy_question_that_mentions_jobs_stays_one(say: Say, documents: Documents) -> None:
    [message] = say("科研助理岗位政策是怎么规定的", "action_answer_policy", "ask_policy")
    assert message["kind"] == "policy_answer"


def test_a_clear_wish_taken_for_a_policy_question_is_heard(say: Say) -> None:
    [message] = say("给我看看长沙的出纳岗", "action_answer_policy", "ask_policy")
    assert titles(message) == ["出纳"]


def test_a_question_that_documents_surely_answer_is_answered_from_them(say: Say, documents: Documents) -> None:
    documents.given = Answer("answered", None, "每所高校不少于20人。")
    [message] = say("科研助理岗还招不招，规模会不会加")
    assert message["kind"] == "policy_answer"


def test_more_pay_without_a_floor_is_asked_after(say: Say) -> None:
    say("长沙 会计")
    [message] = say("工资再高点")
    assert message["kind"] == "choices"
    [none] = say("工资8000以上")
    assert none["payload"]["filters"]["salary_min"] == 8000


def test_starting_anew_forgets_the_conditions(say: Say) -> None:
    say("长沙 会计 双休")
    said = say("重新来")
    assert said[0]["text"] == job_texts.RESTARTED
    [message] = say("成都 护士")
    assert message["payload"]["filters"] == {"cities": ["成都"], "roles": ["护士"]}
