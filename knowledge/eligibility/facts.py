"""What can be known about a person who asks whether they qualify, and what follows from what they said.

A fact is a name and a value: a truth value, a number or a word. What was not said is not in the mapping, which is not
the same as False. Hardship is only ever what the person stated; nothing here derives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from knowledge.language.regions import province_of

Facts = Mapping[str, Any]

EDUCATION = ("高中", "中专", "专科", "本科", "硕士", "博士")
"""Education in ascending order; the degree that is being read for counts while one is at school."""

HARDSHIPS = {
    "dibao": "低保家庭",
    "zero_job_family": "零就业家庭",
    "poverty_registered": "脱贫户或防止返贫监测对象",
    "special_poor": "特困人员",
    "disabled": "本人残疾",
    "disabled_family": "残疾人家庭",
    "orphan": "孤儿",
    "student_loan": "获得国家助学贷款",
}
"""The kinds of hardship that programmes speak of. Only what the person said themselves is ever kept under them."""

FLAGS = frozenset(
    {
        *HARDSHIPS,
        *("enrolled", "graduated", "fresh", "part_time", "adult_education", "central_school", "diploma", "bachelor", "normal_major", "medical_major"),
        *(
            "employed",
            "jobless",
            "tripartite",
            "contract",
            "flexible",
            "flexible_registered",
            "self_insured",
            "ever_insured",
            "registered_unemployed",
        ),
        *("established_post", "archive_at_school", "hardship_recognised", "left_job", "involuntary", "claimed_before", "interned_before"),
        *("business", "own_business", "employer", "hires_graduates", "hire_contract", "credit_bad"),
        *("veteran", "enlisting", "enlisted_from_school", "project_done", "project_quit", "second_class_merit"),
        *("teaching_certificate", "party_member", "student_cadre", "award", "criminal", "expelled", "dishonest", "discipline", "health_doubt"),
        *("local_hukou", "residence_ground", "works_there", "central_west"),
    }
)
NUMBERS = frozenset(
    {"age", "cohort", "graduation_month", "months_since_graduation", "insured_months", "business_months", "contract_years", "service_years"}
    | {"hire_insured_months", "stay_months", "score", "service_ended_months"}
)
WORDS = {
    "education": EDUCATION,
    "work_area": ("乡镇及以下", "县城", "城市"),
    "teaching_level": ("幼儿园", "小学", "初中", "高中"),
    "grade": ("大一", "大二", "大三", "大四", "大五", "研一", "研二", "研三", "最后一年"),
}
DERIVED = frozenset({"final_year", "postgraduate_student", "committed_years"})
"""Facts that `complete` alone gives."""
KNOWN = FLAGS | NUMBERS | frozenset(WORDS) | DERIVED | {"places"}

_CENTRAL_AND_WEST = frozenset(
    [
        "河北",
        "山西",
        "吉林",
        "黑龙江",
        "安徽",
        "江西",
        "河南",
        "湖北",
        "湖南",
        "海南",
        "西藏",
        "内蒙古",
        "广西",
        "重庆",
        "四川",
        "贵州",
        "云南",
        "陕西",
        "甘肃",
        "青海",
        "宁夏",
        "新疆",
    ]
)
"""The provinces that 财教〔2009〕15号 counts as central and western."""

_SCHOOL_YEAR_STARTS = 7
_GRADUATION = (6, 30)
_YEARS_LEFT = {"大一": 3, "大二": 2, "大三": 1, "大四": 0, "大五": 0, "研三": 0, "最后一年": 0}


def final_cohort(today: date) -> int:
    """The year in which those graduate who are in their last school year now: in December 2026 that is 2027."""
    return today.year + (today.month >= _SCHOOL_YEAR_STARTS)


def complete(said: Facts, today: date) -> dict[str, Any]:
    """The facts with what follows from them on `today`: how long ago somebody graduated, whether this is their last year."""
    facts = dict(said)
    _cohort(facts, today)
    _graduation(facts, today)
    _work(facts)
    _years(facts)
    _area(facts)
    return facts


def _cohort(facts: dict[str, Any], today: date) -> None:
    """The year of graduation from the grade, or from 应届 alone: the class that leaves school next."""
    if "cohort" in facts:
        return
    left = _years_left(facts)
    if left is not None:
        facts["cohort"] = final_cohort(today) + left
    elif facts.get("fresh") and not facts.get("graduated") and "months_since_graduation" not in facts:
        facts["cohort"] = final_cohort(today)


def _years_left(facts: Facts) -> int | None:
    grade = facts.get("grade")
    if facts.get("education") == "专科" and grade in ("大二", "大三"):
        return 1 if grade == "大二" else 0
    return _YEARS_LEFT.get(str(grade))


def _graduation(facts: dict[str, Any], today: date) -> None:
    if "cohort" in facts:
        month = int(facts.get("graduation_month", _GRADUATION[0]))
        left_school = date(int(facts["cohort"]), month, 1)
        months = (today.year - left_school.year) * 12 + today.month - left_school.month
        facts.setdefault("months_since_graduation", max(months, 0))
        facts.setdefault("graduated", months > 0)
    elif "months_since_graduation" in facts:
        facts.setdefault("graduated", True)
    if facts.get("graduated") and "enrolled" not in facts:
        facts["enrolled"] = False
    if facts.get("enrolled") and "graduated" not in facts:
        facts["graduated"] = False
    _last_year(facts, today)


def _last_year(facts: dict[str, Any], today: date) -> None:
    if "cohort" in facts:
        facts["final_year"] = not facts["graduated"] and int(facts["cohort"]) == final_cohort(today)
    elif facts.get("graduated") or facts.get("fresh") is False or facts.get("grade") == "研一":
        facts["final_year"] = False
    if facts.get("enrolled") is not None and "education" in facts:
        facts["postgraduate_student"] = bool(facts["enrolled"]) and facts["education"] in ("硕士", "博士")
    elif facts.get("enrolled") is False:
        facts["postgraduate_student"] = False


def _work(facts: dict[str, Any]) -> None:
    """Whether somebody is without work, from what they said of their job, and the other way round."""
    if facts.get("contract") and not facts.get("left_job"):
        facts.setdefault("employed", True)
    working = any(facts.get(name) for name in ("employed", "flexible", "own_business"))
    if working:
        facts["jobless"] = False
    elif (facts.get("left_job") and not facts.get("employed") and "jobless" not in facts) or (
        facts.get("employed") is False and not facts.get("tripartite") and "jobless" not in facts
    ):
        facts["jobless"] = True
    if facts.get("jobless"):
        for name in ("employed", "flexible", "works_there"):
            facts.setdefault(name, False)
    if facts.get("jobless") is False and "employed" not in facts and "flexible" not in facts and "own_business" not in facts:
        facts["employed"] = True
    if facts.get("flexible") or facts.get("own_business"):
        facts.setdefault("employed", False)
    if facts.get("own_business"):
        facts["business"] = True
    elif "own_business" in facts:
        facts.setdefault("business", False)
    if facts.get("ever_insured") is False:
        facts.setdefault("self_insured", False)


def _years(facts: dict[str, Any]) -> None:
    """How long somebody serves: by contract, or because the years are already done."""
    if "contract_years" in facts:
        facts["committed_years"] = max(int(facts["contract_years"]), int(facts.get("service_years", 0)))
    elif int(facts.get("service_years", 0)) >= 3:
        facts["committed_years"] = facts["service_years"]


def _area(facts: dict[str, Any]) -> None:
    """Whether the one province that was named lies in the central or western part."""
    provinces = {province_of(place) for place in facts.get("places", ())}
    if "central_west" not in facts and len(provinces) == 1:
        facts["central_west"] = provinces.pop() in _CENTRAL_AND_WEST
