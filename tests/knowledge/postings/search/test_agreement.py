"""Whatever is asked of whatever rows: the search finds just what a plain filter over all rows does, on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.settings import Settings
from knowledge.postings.models import Posting
from knowledge.postings.record import EMPLOYER_TYPES, TRAITS, Degree
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.service import Postings, open_postings
from tests.knowledge.postings.search.rows import TODAY, change, ids, oracle, posting, put

CITIES = ("长沙", "株洲", "湘潭", "北京", "上海", "全国")
ROLES = ("会计", "出纳", "Java开发", "销售", "法务")
MAJORS = ("法学", "法学类", "财会类", "会计学", "计算机", "软件工程", "理工科", "茶艺", "不限专业")
PHRASES = ("数据分析", "负责java开发", "C++ 与 C#", "財務報表", "出差、应酬", "周末双休", "node.js 后端", "5天 8小时", "分析，数据")
EMPLOYERS = ("示例青山银行股份有限公司", "示例白水科技", "示例青山学校")
DISTRICTS = ("岳麓区", "芙蓉区", "")
ROWS = 150


def _row(dice: random.Random) -> Posting:
    low = dice.choice([None, 0, 3000, 6000, 8000, 10_000])
    day = dice.choice([None, None, None, 150, 200])
    years = sorted(dice.sample([2024, 2025, 2026, 2027], dice.randint(0, 2)))
    deadline = dice.choice([None, None, *(TODAY + timedelta(days=days) for days in (-30, -1, 0, 1, 4, 40))])
    return posting(
        status=dice.choice(["published"] * 8 + ["held", "rejected", "waiting", "withdrawn"]),
        title=dice.choice(["会计", "数据分析师", "Java开发工程师", *PHRASES]),
        employer=dice.choice(EMPLOYERS),
        employer_type=dice.choice([None, *EMPLOYER_TYPES]),
        cities=dice.sample(CITIES, dice.choice([0, 1, 1, 1, 2])),
        district=dice.choice(DISTRICTS),
        place_text=dice.choice(["", "岳麓山下"]),
        roles=dice.sample(ROLES, dice.randint(0, 2)),
        salary_text="见公告",
        salary_min=low,
        salary_max=dice.choice([None, 7000, 9000, 12_000]) if low is None else dice.choice([None, low, low + 2500]),
        day_min=day,
        day_max=dice.choice([None, day + 80]) if day else None,
        education=dice.choice([None, *map(int, Degree)]),
        majors=dice.sample(MAJORS, dice.randint(0, 2)),
        majors_text="、".join(dice.sample(MAJORS, dice.randint(0, 2))),
        any_major=dice.random() < 0.2,
        cohorts=years,
        any_cohort=dice.random() < 0.2,
        cohort_text="见公告",
        cohort_condition=dice.choice(["", "", "2025届未就业视同应届", "26届需未落实工作"]),
        traits={name: [dice.choice([True, False]), "见公告"] for name in TRAITS if dice.random() < 0.4},
        description="，".join(dice.sample(PHRASES, dice.randint(0, 3))),
        benefits=dice.choice(["", "周末双休"]),
        posted_on=dice.choice([None, TODAY - timedelta(days=dice.randint(0, 60))]),
        deadline=deadline,
        deadline_state="date" if deadline else dice.choice(["open", "until_filled", "unknown"]),
    )


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


_MAYBE = st.one_of(st.none(), st.none(), st.booleans())
_DAY = st.one_of(st.none(), st.none(), st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days)))
_SUM = st.one_of(st.none(), st.sampled_from([-5, 0, 1, 3000, 6000, 7900, 8000, 10_000, 10_001, 15_000, 10**12, 2**80]))
_WORD = ("数据分析", "java", "分析", "C#", "财务报表", "出差应酬", "白领", "析", "node.js", "双休", "，", "应酬周末")
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "cities": _some(CITIES),
    "nearby": st.booleans(),
    "districts": _some(("岳麓区", "岳麓", "雨花区", "、")),
    "provinces": _some(("湖南", "北京")),
    "roles": _some(ROLES),
    "words": _some(_WORD),
    "employer": st.sampled_from([None, "青山", "示例白水科技", "青山学", "。"]),
    "employer_types": _some(EMPLOYER_TYPES),
    "salary_wish": st.sampled_from(["at_least", "about", "band"]),
    "salary_min": _SUM,
    "salary_max": _SUM,
    "daily_min": st.one_of(st.none(), st.sampled_from([-1, 0, 150, 199, 200, 260, 2**70])),
    "negotiable_ok": st.booleans(),
    "education": st.one_of(st.none(), st.sampled_from(Degree)),
    "major": st.sampled_from([None, "法学", "会计", "软件工程", "财会类", "茶艺", "考古", "理工科"]),
    "cohort": st.sampled_from([None, 2024, 2025, 2026, 2027]),
    "or_cohorts": st.sampled_from([(), (2026,), (2025, 2026)]),
    "past_cohort": st.booleans(),
    **dict.fromkeys(TRAITS, _MAYBE),
    "deadline_until": _DAY,
    "posted_since": _DAY,
    "exclude_roles": _some(ROLES),
    "exclude_words": _some(_WORD),
    "exclude_cities": _some(CITIES),
    "exclude_employer_types": _some(EMPLOYER_TYPES),
}
CRITERIA = st.sets(st.sampled_from(sorted(FIELDS)), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: FIELDS[name] for name in sorted(names)}).map(lambda chosen: Criteria(**chosen))
)


@pytest.fixture
def stocked(sessions: sessionmaker[Session], tmp_path: Path) -> Iterator[tuple[Postings, list[Posting]]]:
    """Random rows, some changed after the index was first built, and the rows as the store has them in the end."""
    dice = random.Random(20261201)
    postings = open_postings(Settings(_env_file=None, home=tmp_path), sessions, Clock(TODAY))
    numbers = put(sessions, *(_row(dice) for _ in range(ROWS)))
    postings.search(Criteria(cities=("长沙",)))
    for number in dice.sample(numbers, 20):
        change(sessions, number, **dice.choice([{"status": "held"}, {"status": "published"}, {"cities": ["株洲"]}, {"deadline": date(2026, 12, 3)}]))
    put(sessions, *(_row(dice) for _ in range(ROWS // 5)))
    with sessions() as session:
        rows = list(session.scalars(select(Posting)))
    yield postings, rows
    postings.close()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(criteria=CRITERIA)
def test_a_search_finds_just_what_a_filter_over_all_rows_does(stocked: tuple[Postings, list[Posting]], criteria: Criteria) -> None:
    postings, rows = stocked
    sure, unsure = oracle(rows, criteria)

    found = postings.search(criteria, limit=len(rows))

    assert (found.total, found.sure) == (len(sure) + len(unsure), len(sure))
    assert found.complete
    assert set(ids(found.items[: found.sure])) == set(sure)
    assert set(ids(found.items[found.sure :])) == set(unsure) == set(found.uncertain)
    few = postings.search(criteria, limit=3)
    assert (few.total, few.sure, len(few.items), few.more) == (found.total, found.sure, min(3, found.total), found.total > 3)
    assert set(ids(few.items[: len(sure)])) <= set(sure)
    assert set(ids(few.items[len(sure) :])) <= set(unsure)
    for eased in found.loosenings:
        assert eased.total == sum(map(len, oracle(rows, eased.criteria))) > 0
