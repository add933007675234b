"""What conditions mean: words, majors, places, pay and classes, each by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from knowledge.language.places import PROVINCE_OF
from knowledge.postings.record import Degree
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.fitting import Fit, Grade, fit
from knowledge.postings.search.majors import asked_terms, written_terms
from knowledge.postings.search.surroundings import around
from knowledge.postings.search.words import stands_in
from tests.knowledge.postings.search.rows import TODAY, posting

YES, MAYBE, NO = Grade.YES, Grade.UNCERTAIN, Grade.NO
BLANK: dict[str, Any] = {"district": "", "place_text": "", "description": "", "benefits": "", "cohort_condition": "", "salary_text": ""}


def fitted(asked: Criteria, **own: Any) -> Fit:
    return fit(posting(**BLANK | own), asked, TODAY)


@pytest.mark.parametrize(
    ("word", "text", "stands"),
    [
        ("数据分析", "负责数据分析工作", True),
        ("數據分析", "负责数据 分析工作", True),
        ("ｊａｖａ", "熟悉Java语言", True),
        ("java", "熟悉JavaScript", False),
        ("c++", "会C语言", False),
        ("C++", "C/C++开发", True),
        ("node.js", "Node.js。", True),
        ("会计", "开会，计划", False),
        ("财务/出纳", "出纳和财务", True),
        ("财务/出纳", "财务", False),
        ("宇航员", "宇航设备检修员", False),
    ],
)
def test_a_word_stands_in_a_text_when_its_characters_follow_each_other(word: str, text: str, stands: bool) -> None:
    assert stands_in(word, text) is stands


@pytest.mark.parametrize(
    ("major", "written", "grade"),
    [
        ("法学", "法学", YES),
        ("法学", "法律、行政管理", YES),
        ("法学专业", "財會、法学、金融等相关专业", YES),
        ("法律", "法学", YES),
        ("法学", "法学类", MAYBE),
        ("法学", "人文社科类", MAYBE),
        ("法学", "文科", MAYBE),
        ("法学", "不限", MAYBE),
        ("法学", "", MAYBE),
        ("法学", "计算机类", NO),
        ("法学", "知识产权", NO),
        ("会计", "财会类", MAYBE),
        ("会计", "会计学、财务管理", YES),
        ("财务管理", "会计", NO),
        ("财务管理", "经管类", MAYBE),
        ("软件工程", "计算机", MAYBE),
        ("软件工程", "理工农医类", MAYBE),
        ("软件工程", "信息技术类", MAYBE),
        ("计算机", "计算机科学与技术", YES),
        ("计算机", "软件工程", MAYBE),
        ("计算机类", "网络工程", MAYBE),
        ("电气", "电气工程及其自动化", YES),
        ("国贸", "国际经济与贸易", YES),
        ("考古", "考古学", YES),
        ("护理", "护理学", YES),
        ("护理", "临床医学", NO),
        ("茶艺与茶叶营销", "茶艺与茶叶营销", YES),
        ("茶艺与茶叶营销", "法学", NO),
        ("工科", "机械类", MAYBE),
        ("机械", "机械设计制造、材料成型", YES),
    ],
)
def test_a_major_answers_what_a_posting_writes(major: str, written: str, grade: Grade) -> None:
    found = fitted(Criteria(major=major), majors=[], majors_text=written, any_major=written == "不限")

    assert found.grade is grade
    if grade is MAYBE:
        assert found.doubts[0].condition == "major"


def test_the_list_that_the_import_made_of_the_majors_goes_before_their_text() -> None:
    assert written_terms(["法学"], "会计", False) == written_terms([], "法学", False)
    assert asked_terms("法学").sure & written_terms(["法学"], "会计", False)


def test_cities_lie_around_each_other() -> None:
    assert set(around(["长沙"])) >= {"株洲", "湘潭"}
    assert "佛山" in around(["广州"])
    assert not set(around(["长沙", "株洲"])) & {"长沙", "株洲"}
    assert around(["没有这个市"]) == ()
    for city in PROVINCE_OF:
        for other in around([city]):
            assert city in around([other])
            assert other in PROVINCE_OF, "a misspelled name in the table would find nothing"


@pytest.mark.parametrize(
    ("asked", "own", "grade"),
    [
        (Criteria(salary_min=8000), {"salary_min": 8000, "salary_max": 9000}, YES),
        (Criteria(salary_min=8000), {"salary_min": 7000, "salary_max": 8000}, MAYBE),
        (Criteria(salary_min=8000), {"salary_min": 7000, "salary_max": 7900}, NO),
        (Criteria(salary_min=8000), {"salary_min": 7000, "open_ended": True}, NO),
        (Criteria(salary_min=8000), {"salary_max": 9000}, MAYBE),
        (Criteria(salary_min=8000), {"negotiable": True}, NO),
        (Criteria(salary_min=8000), {"day_min": 400, "day_max": 500}, NO),
        (Criteria(salary_min=8000, negotiable_ok=True), {"negotiable": True}, MAYBE),
        (Criteria(salary_min=8000, negotiable_ok=True), {"day_min": 400}, NO),
        (Criteria(negotiable_ok=True), {"salary_min": 3000}, YES),
        (Criteria(salary_min=10_000, salary_wish="about"), {"salary_min": 8000, "salary_max": 8500}, YES),
        (Criteria(salary_min=10_000, salary_wish="about"), {"salary_min": 8000, "salary_max": 8499}, NO),
        (Criteria(salary_min=10_000, salary_wish="about"), {"salary_min": 12_000, "salary_max": 20_000}, YES),
        (Criteria(salary_min=10_000, salary_wish="about"), {"salary_min": 12_001, "salary_max": 20_000}, NO),
        (Criteria(salary_min=8000, salary_max=9000, salary_wish="band"), {"salary_min": 9000, "salary_max": 12_000}, YES),
        (Criteria(salary_min=8000, salary_max=9000, salary_wish="band"), {"salary_min": 9001, "salary_max": 12_000}, NO),
        (Criteria(salary_max=6000), {"salary_min": 5000, "salary_max": 8000}, YES),
        (Criteria(daily_min=200), {"day_min": 200, "day_max": 300}, YES),
        (Criteria(daily_min=200), {"day_min": 150, "day_max": 250}, MAYBE),
        (Criteria(daily_min=200), {"salary_min": 8000}, NO),
        (Criteria(education=Degree.JUNIOR_COLLEGE), {"education": Degree.BACHELOR}, NO),
        (Criteria(education=Degree.MASTER), {"education": Degree.BACHELOR}, YES),
        (Criteria(education=Degree.SECONDARY), {"education": None}, YES),
        (Criteria(employer_types=("国有企业",)), {"employer_type": "央企"}, YES),
        (Criteria(employer_types=("央企",)), {"employer_type": "国有企业"}, NO),
        (Criteria(employer_types=("国有企业",)), {"employer_type": None}, NO),
        (Criteria(exclude_employer_types=("国有企业",)), {"employer_type": "央企"}, NO),
        (Criteria(weekends_off=True), {"traits": {}}, NO),
        (Criteria(no_overtime=True), {"traits": {"no_overtime": [True, "不加班"]}}, YES),
        (Criteria(no_overtime=True), {"traits": {"no_overtime": [False, "经常加班"], "weekends_off": [True, "双休"]}}, NO),
        (Criteria(no_overtime=True), {"traits": {"weekends_off": [True, "双休"]}}, MAYBE),
        (Criteria(no_overtime=True), {"traits": {}}, NO),
        (Criteria(weekends_off=True), {"traits": {"weekends_off": [False, "大小周"]}}, NO),
        (Criteria(weekends_off=True), {"traits": {"weekends_off": [True, "双休"]}}, YES),
        (Criteria(), {"traits": {"internship": [True, "实习"]}}, MAYBE),
        (Criteria(internship=True), {"traits": {"internship": [True, "实习"]}}, YES),
        (Criteria(internship=False), {"traits": {"internship": [True, "实习"]}}, NO),
        (Criteria(internship=False), {"traits": {}}, YES),
        (Criteria(), {"deadline": TODAY}, YES),
        (Criteria(), {"deadline": date(2026, 11, 30)}, NO),
        (Criteria(), {"deadline": None, "deadline_state": "open"}, YES),
        (Criteria(), {"deadline": None, "deadline_state": "until_filled"}, MAYBE),
        (Criteria(), {"deadline": None, "deadline_state": "unknown"}, MAYBE),
        (Criteria(deadline_until=date(2026, 12, 6)), {"deadline": date(2026, 12, 6)}, YES),
        (Criteria(deadline_until=date(2026, 12, 6)), {"deadline": None, "deadline_state": "open"}, NO),
        (Criteria(cities=("长沙",)), {"cities": ["株洲"]}, NO),
        (Criteria(cities=("长沙",), nearby=True), {"cities": ["株洲"]}, YES),
        (Criteria(cities=("长沙",)), {"cities": ["北京", "长沙"]}, YES),
        (Criteria(cities=("长沙",)), {"cities": ["全国"]}, MAYBE),
        (Criteria(provinces=("湖南",)), {"cities": ["株洲"]}, YES),
        (Criteria(exclude_cities=("北京",)), {"cities": ["北京", "长沙"]}, NO),
        (Criteria(districts=("岳麓区",)), {"district": "岳麓区"}, YES),
        (Criteria(exclude_roles=("销售",)), {"roles": ["会计", "销售"]}, NO),
        (Criteria(exclude_words=("出差",)), {"description": "需要经常出差"}, NO),
    ],
)
def test_a_condition_means_what_it_says(asked: Criteria, own: dict[str, Any], grade: Grade) -> None:
    assert fitted(asked, **own).grade is grade


@pytest.mark.parametrize(
    ("years", "condition", "cohort", "grade"),
    [
        ([2027], "", 2027, YES),
        ([2026, 2027], "", 2025, NO),
        ([], "", 2027, MAYBE),
        ([2025, 2027], "2025届未就业视同应届", 2027, YES),
        ([2025, 2027], "2025届未就业视同应届", 2025, MAYBE),
        ([2025, 2027], "25届未就业视同应届", 2025, MAYBE),
    ],
)
def test_a_class_must_be_named_and_under_a_condition_it_may_fit(years: list[int], condition: str, cohort: int, grade: Grade) -> None:
    assert fitted(Criteria(cohort=cohort), cohorts=years, any_cohort=False, cohort_condition=condition).grade is grade
    assert fitted(Criteria(cohort=cohort), cohorts=years, any_cohort=True, cohort_condition=condition).grade is YES


def test_of_several_classes_any_will_do() -> None:
    asked = Criteria(cohort=2027, or_cohorts=(2026,))
    assert [fitted(asked, cohorts=[year], any_cohort=False).grade for year in (2025, 2026, 2027)] == [NO, YES, YES]
    assert fitted(asked, cohorts=[2026], any_cohort=False, cohort_condition="2026届未就业视同应届").grade is MAYBE


def test_graduates_of_earlier_years_need_a_posting_that_takes_them() -> None:
    asked = Criteria(past_cohort=True)

    assert fitted(asked, cohorts=[], any_cohort=True).grade is YES
    assert fitted(asked, cohorts=[2025, 2027], any_cohort=False).grade is MAYBE
    assert fitted(asked, cohorts=[2026, 2027], any_cohort=False).grade is NO
    assert fitted(asked, cohorts=[], any_cohort=False).grade is MAYBE


def test_what_falls_says_by_which_condition() -> None:
    asked = Criteria(cities=("长沙",), education=Degree.BACHELOR)

    assert fitted(asked, education=Degree.DOCTOR).failed == "education"
    assert fitted(replace(asked, cities=("北京",))).failed == "cities"
    assert fitted(asked, status="held").failed == "open"
