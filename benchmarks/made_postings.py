"""Made-up postings for measuring size: a generator of our own, the same rows for the same seed, and questions that such rows can answer."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from knowledge.language.places import PROVINCE_OF, PROVINCES
from knowledge.postings.fields.roles import role_names
from knowledge.postings.record import EMPLOYER_TYPES, TRAITS, Degree
from knowledge.postings.search.criteria import Criteria

TODAY = date(2026, 12, 1)
_SEED = 20261201
_ROWS_AN_EMPLOYER = 20
_BIG = ("北京", "上海", "深圳", "广州", "杭州", "成都", "武汉", "长沙", "南京", "西安")
_CITIES = [*_BIG, *(name for name in PROVINCE_OF if name not in PROVINCES and name not in _BIG)]
_WEIGHTS = [1 / (rank + 3) for rank in range(len(_CITIES))]
"""A few cities have most jobs (Zipf)."""
_ROLES = role_names()[::5]
_OBJECTS = [
    f"{kind}{what}"
    for kind in (
        "客户",
        "产品",
        "门店",
        "合同",
        "仓储",
        "财务",
        "课程",
        "设备",
        "样品",
        "订单",
        "渠道",
        "档案",
        "质量",
        "安全",
        "物料",
        "社群",
        "工程",
        "数据",
    )
    for what in ("资料", "计划", "台账", "方案", "报表", "流程", "标准", "指标", "系统", "分析")
]
_TASKS = ("整理与归档", "编制和复核", "跟进与反馈", "日常维护", "对接协调", "统计汇总", "撰写", "巡查", "培训", "改进")
_TOOLS = ("Excel", "Python", "Java", "CAD", "Photoshop", "SQL", "ERP系统", "PLC", "Spring", "Axure")
_CLOSINGS = (
    "有导师带教，转正后调薪。",
    "能接受短期出差。",
    "工作地点离地铁站不远。",
    "欢迎认真踏实的同学。",
    "节日有福利，每年体检。",
    "面试两轮，一周内答复。",
)
_MAJORS = (
    "计算机类",
    "会计学、财务管理",
    "法学",
    "机械类",
    "不限",
    "电气工程及其自动化",
    "市场营销、工商管理",
    "护理学",
    "理工科",
    "英语、国际经济与贸易",
)
_MOMENT = datetime(2026, 12, 1, tzinfo=UTC)


def postings(start: int, end: int) -> Iterator[dict[str, Any]]:
    """The columns of the postings from one number up to another; each follows from its number alone."""
    for number in range(start, end):
        yield _posting(number, random.Random(_SEED + number))


def questions(count: int) -> Iterator[Criteria]:
    """What graduates ask: a city, a role, a third condition, and a free word that some postings contain."""
    dice = random.Random(_SEED)
    for _ in range(count):
        third: dict[str, Any] = dice.choice([
            {"salary_min": dice.choice([6000, 8000, 10_000])},
            {"weekends_off": True},
            {"education": dice.choice([Degree.JUNIOR_COLLEGE, Degree.BACHELOR])},
            {"cohort": 2027},
            {"employer_types": ("国有企业",)},
            {"salary_min": 8000, "salary_wish": "about"},
        ])  # fmt: skip
        yield Criteria(cities=(dice.choice(_BIG),), roles=(dice.choice(_ROLES),), words=(dice.choice([*_OBJECTS, *_TOOLS]),), **third)


def wide_questions(count: int) -> Iterator[Criteria]:
    """What many postings answer: a city, or a city and one condition."""
    dice = random.Random(_SEED)
    for _ in range(count):
        yield Criteria(cities=(dice.choice(_BIG),), weekends_off=dice.choice([None, True]), education=dice.choice([None, Degree.BACHELOR]))


def _posting(number: int, dice: random.Random) -> dict[str, Any]:
    city, role = dice.choices(_CITIES, _WEIGHTS)[0], dice.choice(_ROLES)
    low = dice.randrange(3000, 15_000, 500)
    high = low + dice.randrange(0, 8000, 500)
    said = dice.random() < 0.9
    deadline = TODAY + timedelta(days=dice.randint(-60, 120)) if dice.random() < 0.85 else None
    majors = dice.choice(_MAJORS)
    return {
        "external_id": f"B{number}",
        "key": f"{number:064d}",
        "status": "published" if dice.random() < 0.95 else "waiting",
        "findings": [],
        "title": f"{role}{dice.choice(['', '专员', '（校招）', '助理', '工程师'])}",
        "employer": f"示例{dice.choice(_OBJECTS)}第{number // _ROWS_AN_EMPLOYER}有限公司",
        "employer_type": dice.choice(EMPLOYER_TYPES),
        "employer_type_text": "",
        "cities": [city],
        "district": "",
        "place_text": city,
        "roles": [role],
        "salary_text": f"{low}-{high}元/月" if said else "面议",
        "salary_min": low if said else None,
        "salary_max": high if said else None,
        "salary_months": 12,
        "salary_period": "month" if said else None,
        "negotiable": not said,
        "open_ended": False,
        "education_text": "本科及以上",
        "education": dice.choice([Degree.ANY, Degree.JUNIOR_COLLEGE, Degree.BACHELOR, Degree.BACHELOR, Degree.MASTER]).value,
        "majors_text": majors,
        "majors": [] if majors == "不限" else majors.split("、"),
        "any_major": majors == "不限",
        "cohort_text": "2027届",
        "cohorts": [dice.choice([2026, 2027, 2027])],
        "any_cohort": dice.random() < 0.3,
        "cohort_condition": "",
        "headcount_text": "若干",
        "traits": {name: [True, "见描述"] for name in TRAITS if dice.random() < 0.2},
        "description": _description(dice),
        "benefits": "五险一金，餐补，节日福利",
        "posted_on": TODAY - timedelta(days=dice.randint(0, 90)),
        "deadline": deadline,
        "deadline_text": "",
        "deadline_state": "date" if deadline else dice.choice(["open", "until_filled", "unknown"]),
        "contact": "见招聘页面",
        "url": "",
        "extra": {},
        "issues": [],
        "imported_at": _MOMENT,
        "updated_at": _MOMENT,
    }


def _description(dice: random.Random) -> str:
    duties = "；".join(f"负责{what}的{dice.choice(_TASKS)}" for what in dice.sample(_OBJECTS, 5))
    wanted = f"熟悉{dice.choice(_TOOLS)}，沟通顺畅，做事细致，有{dice.choice(_OBJECTS)}方面经验的优先"
    return f"岗位职责：{duties}。任职要求：{wanted}。{dice.choice(_CLOSINGS)}"
