"""Short answers to questions, and the messages in which verdicts and questions are put."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knowledge.eligibility.answering import read_answer
from knowledge.eligibility.conditions import Result
from knowledge.eligibility.recognising import asks_for_oneself, likely, recognise
from knowledge.eligibility.schema import Programme, Question, programme, questions
from knowledge.eligibility.verdicts import assess
from knowledge.eligibility.wording import eligibility_message, open_message, question_message, which_message

TODAY = date(2026, 12, 1)


def question(identity: str) -> Question:
    return next(known for known in questions() if known.id == identity)


def known(identity: str) -> Programme:
    found = programme(identity)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("asked", "words", "facts"),
    [
        ("teaching_certificate", "有", {"teaching_certificate": True}),
        ("teaching_certificate", "有的", {"teaching_certificate": True}),
        ("teaching_certificate", "没有", {"teaching_certificate": False}),
        ("teaching_certificate", "还没有呢", {"teaching_certificate": False}),
        ("teaching_certificate", "有高中数学教资", {"teaching_certificate": True}),
        ("works_there", "没签", {"works_there": False, "tripartite": False, "contract": False, "employed": False}),
        ("works_there", "签了", {"works_there": True}),
        ("cohort", "2025年", {"cohort": 2025}),
        ("cohort", "26届", {"cohort": 2026}),
        ("cohort", "2025年6月", {"cohort": 2025, "graduation_month": 6}),
        ("cohort", "去年毕业的", {"cohort": 2025}),
        ("cohort", "大四", {"grade": "大四", "enrolled": True}),
        ("cohort", "毕业一年到两年", {"graduated": True, "months_since_graduation": 18}),
        ("age", "23", {"age": 23}),
        ("age", "二十四岁", {"age": 24}),
        ("age", "我今年25了", {"age": 25}),
        ("education", "本科", {"education": "本科"}),
        ("education", "第二个", {"education": "本科"}),
        ("education", "硕士在读", {"education": "硕士", "enrolled": True}),
        ("insured_months", "14个月", {"insured_months": 14}),
        ("insured_months", "两年半", {"insured_months": 30}),
        ("insured_months", "不到一年", {"insured_months": 11}),
        ("committed_years", "签了五年", {"contract_years": 5}),
        ("hardship", "助学贷款", {"student_loan": True}),
        ("hardship", "低保和助学贷款", {"dibao": True, "student_loan": True}),
        ("work", "没上班", {"jobless": True}),
        ("involuntary", "自己辞职", {"involuntary": False, "left_job": True}),
        ("involuntary", "被裁的", {"involuntary": True, "left_job": True}),
        ("central_school", "地方高校", {"central_school": False}),
        ("work_area", "在镇上", {"work_area": "乡镇及以下"}),
        ("stay", "八个月", {"stay_months": 8}),
        ("score", "73分", {"score": 73}),
        ("archive", "还在学校", {"archive_at_school": True}),
    ],
)
def test_an_answer_states_what_was_asked(asked: str, words: str, facts: dict[str, Any]) -> None:
    answer = read_answer(question(asked), words, TODAY)
    assert answer is not None
    assert answer.facts == facts


def test_no_hardship_at_all_is_one_answer() -> None:
    answer = read_answer(question("hardship"), "都没有", TODAY)
    assert answer is not None
    assert set(answer.facts.values()) == {False}


@pytest.mark.parametrize("words", ["不清楚", "不知道", "忘了", "不想说", "我也不太确定", "跳过"])
def test_not_knowing_is_an_answer_that_states_nothing(words: str) -> None:
    answer = read_answer(question("hardship"), words, TODAY)
    assert answer is not None
    assert answer.facts == {}


@pytest.mark.parametrize(
    ("asked", "words"), [("cohort", "嗯"), ("hardship", "有"), ("age", "挺大的"), ("work_area", "三方协议丢了怎么办"), ("education", "")]
)
def test_what_does_not_answer_is_no_answer(asked: str, words: str) -> None:
    assert read_answer(question(asked), words, TODAY) is None


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.id)
def test_every_option_answers_its_own_question(asked: Question) -> None:
    for option in asked.options:
        answer = read_answer(asked, option.title, TODAY)
        assert answer is not None
        assert answer.facts == dict(option.facts)
    options = question_message(asked)["payload"]["options"]
    assert [entry["title"] for entry in options] == [*(option.title for option in asked.options), "不清楚"]


def test_the_text_holds_what_the_payload_holds() -> None:
    message = eligibility_message(assess(known("sanzhi"), {"education": "高中"}, TODAY), TODAY)
    assert message["payload"]["verdict"] == "fail"
    for reason in message["payload"]["reasons"]:
        assert reason["condition"] in message["text"]
        assert reason["citation"] in message["text"]
    assert "✗" in message["text"]
    assert "以主管部门审核为准" in message["text"]


def test_an_assumption_is_named_as_one() -> None:
    message = eligibility_message(assess(known("job_seek_subsidy"), {"cohort": 2027, "dibao": True}, TODAY), TODAY)
    assumed = [reason["condition"] for reason in message["payload"]["reasons"] if "没有提到" in reason["condition"]]
    assert len(assumed) == 2


@pytest.mark.parametrize(
    ("today", "told"),
    [(date(2026, 2, 1), "申请时间未到（2026-03-01开始"), (date(2026, 4, 1), "正在受理，2026-05-10截止"), (TODAY, "申请时间已过（2026-05-10截止）")],
)
def test_a_window_is_told_as_it_stands_and_never_changes_the_verdict(today: date, told: str) -> None:
    found = assess(known("west_plan"), {"grade": "最后一年", "enrolled": True}, today)
    assert found.verdict is Result.PASS
    assert told in eligibility_message(found, today)["text"]


def test_what_one_page_alone_says_is_marked() -> None:
    message = eligibility_message(assess(known("startup_subsidy"), {"own_business": True}, TODAY), TODAY)
    assert all("需核实" in reason["condition"] for reason in message["payload"]["reasons"])


def test_offers_leave_out_what_is_ruled_out() -> None:
    offered = [found.id for found in likely({"cohort": 2022, "employed": True}, TODAY)]
    assert offered
    assert not {"job_seek_subsidy", "west_plan", "internship"} & set(offered)
    assert which_message(likely({}, TODAY))["kind"] == "choices"
    assert open_message()["payload"]["verdict"] == "unknown"


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("我三支一扶期满，西部计划还能报吗", "west_plan"),
        ("退役士兵，三支一扶能报吗", "sanzhi"),
        ("在校入伍的，学费补偿能申请吗", "enlistment_aid"),
        ("三支一扶服务期满，考研加分有我吗", "service_exam_bonus"),
        ("应届本科能落户上海吗", "hukou_shanghai"),
        ("能落户南京吗", "hukou_other"),
        ("今天天气不错", None),
    ],
)
def test_the_programme_asked_about_is_recognised(text: str, identity: str | None) -> None:
    found = recognise(text)
    assert (found.id if found else None) == identity


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("我2027届低保家庭，求职补贴可以申请吗", True),
        ("我去年毕业，就业见习还能报吗", True),
        ("求职补贴怎么申请", False),
        ("我大四，求职补贴多少钱", False),
        ("毕业生能申请求职补贴吗", False),
    ],
)
def test_who_asks_for_oneself(text: str, own: bool) -> None:
    assert asks_for_oneself(text, TODAY) is own
