"""What graduates ask for, over turns: the table of queries was written before the readers were tuned on it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.postings.fields.roles import accepted
from knowledge.postings.record import Degree
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.search.loosening import Loosening
from knowledge.postings.wishes.profile import told_of_oneself
from knowledge.postings.wishes.splitting import is_clear_wish, split
from knowledge.postings.wishes.turns import Turn, read_turn
from knowledge.postings.wishes.wording import chips, described, easing

TODAY = date(2026, 12, 1)
"""A Tuesday."""
ROWS = [json.loads(line) for line in Path(__file__).with_name("wishes.jsonl").read_text(encoding="utf-8").splitlines()]


def spoken(turns: list[str], **known: Any) -> Turn:
    """The last turn of a conversation."""
    criteria, turn = None, None
    for words in turns:
        turn = read_turn(words, criteria, TODAY, known)
        criteria = turn.criteria
    assert turn is not None
    return turn


def as_asked(wanted: dict[str, Any]) -> dict[str, Any]:
    """Expected conditions as they are compared: a wish for an occupation takes what it accepts, in any order."""
    kept = {name: value for name, value in wanted.items() if name not in ("policy", "alt", "alt_roles", "number")}
    return kept | ({"roles": sorted(accepted(kept["roles"]))} if "roles" in kept else {})


def as_read(criteria: Criteria) -> dict[str, Any]:
    read = criteria.to_json()
    return read | ({"roles": sorted(read["roles"])} if "roles" in read else {})


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['kind']}: {' / '.join(row['turns'])}" for row in ROWS])
def test_a_wish_is_read_as_it_was_meant(row: dict[str, Any]) -> None:
    want, turns = row["want"], list(row["turns"])
    if "policy" in want:
        parts = split(turns[-1], TODAY)
        assert parts.both
        turns[-1] = parts.jobs
    turn = spoken(turns)

    assert turn.act == ("ask" if row["do"] == "clarify" else row["do"])
    if row["do"] in ("search", "more"):
        alternatives = [want, want.get("alt"), want | {"roles": want["alt_roles"]} if "alt_roles" in want else None]
        assert as_read(turn.criteria) in [as_asked(each) for each in alternatives if each]
    if "number" in want:
        assert turn.nth == want["number"]


@pytest.mark.parametrize(
    ("turns", "stated"),
    [
        (["深圳 会计 双休"], "深圳、会计、双休"),
        (["实习 200一天 杭州"], "杭州、每天200元以上、实习"),
        (["长沙周边 运营 1万2左右"], "长沙及周边、运营、每月1.2万元左右"),
        (["不要销售 武汉 本科"], "武汉、本科能投、不要销售"),
    ],
)
def test_what_was_understood_is_said_in_words(turns: list[str], stated: str) -> None:
    assert described(spoken(turns).criteria) == stated


FULL = Criteria(
    cities=("长沙",),
    nearby=True,
    districts=("岳麓区",),
    roles=("会计",),
    words=("英语",),
    employer="示例公司",
    employer_types=("央企",),
    salary_min=8000,
    daily_min=200,
    education=Degree.BACHELOR,
    major="会计学",
    cohort=2027,
    weekends_off=True,
    housing=True,
    meals=True,
    hukou=True,
    remote=True,
    internship=True,
    tenured=True,
    deadline_until=date(2026, 12, 6),
    posted_since=date(2026, 11, 30),
    exclude_roles=("销售",),
)


@pytest.mark.parametrize("chip", chips(FULL), ids=lambda chip: str(chip["text"]))
def test_tapping_a_chip_drops_its_condition_and_no_other(chip: dict[str, str]) -> None:
    turn = read_turn(chip["text"], FULL, TODAY)
    others = [other["label"] for other in chips(FULL) if other != chip]

    assert turn.act == "search"
    assert [other["label"] for other in chips(turn.criteria)] == others


def test_every_condition_has_a_chip() -> None:
    assert len(chips(FULL)) == 18
    assert not chips(Criteria())


@pytest.mark.parametrize(
    ("condition", "eased"),
    [
        ("salary_min", {"salary_min": 6500}),
        ("negotiable_ok", {"salary_min": 9000, "negotiable_ok": True}),
        ("cities", {"cities": ("湘潭",), "nearby": True, "salary_min": 9000}),
        ("cities", {"cities": (), "provinces": ("湖南",), "salary_min": 9000}),
        ("weekends_off", {"weekends_off": None, "salary_min": 9000}),
        ("roles", {"roles": (), "salary_min": 9000}),
    ],
)
def test_what_is_proposed_to_ease_is_understood_when_it_is_said(condition: str, eased: dict[str, Any]) -> None:
    before = Criteria(cities=("湘潭",), roles=("会计",), weekends_off=True, salary_min=9000)
    wanted = Criteria(**{"cities": ("湘潭",), "roles": ("会计",), "weekends_off": True, **eased})

    assert read_turn(easing(Loosening(condition, wanted, 3), before), before, TODAY).criteria == wanted


def test_a_degree_told_before_decides_which_jobs_fit() -> None:
    profile = told_of_oneself(["我大专，学会计的，27届", "我户口在河南"], TODAY)

    assert profile == {"education": Degree.JUNIOR_COLLEGE, "major": "会计学", "cohort": 2027}
    general = spoken(["帮我推几个岗位"], **profile)
    assert (general.act, general.criteria) == ("search", Criteria(**profile))
    narrower = spoken(["长沙的出纳"], **profile).criteria
    assert (narrower.education, narrower.cohort, narrower.major) == (Degree.JUNIOR_COLLEGE, 2027, None)


def test_an_internship_before_the_last_year_is_not_held_to_a_class_told_earlier() -> None:
    profile = told_of_oneself(["我大三，学会计的"], TODAY)

    assert profile["cohort"] == 2028
    assert spoken(["上海找实习"], **profile).criteria == Criteria(cities=("上海",), internship=True, education=Degree.BACHELOR)
    assert spoken(["大三能投的会计 上海", "有实习吗"]).criteria.cohort is None
    assert spoken(["28届的实习 上海"]).criteria.cohort == 2028
    assert spoken(["上海找实习"], cohort=2027).criteria.cohort == 2027


def test_a_degree_that_is_said_goes_before_the_one_told() -> None:
    assert spoken(["硕士 法务"], education=Degree.BACHELOR).criteria.education is Degree.MASTER


def test_no_overtime_is_a_wish_of_its_own_and_can_be_given_up() -> None:
    assert spoken(["不加班的测试"]).criteria == Criteria(roles=spoken(["测试"]).criteria.roles, no_overtime=True)
    assert spoken(["长沙测试，不要996"]).criteria.weekends_off
    assert spoken(["长沙测试，不加班", "加班也行"]).criteria.no_overtime is None
    assert spoken(["长沙测试，不加班 双休", "不限加班"]).criteria.weekends_off


def test_wishes_that_no_posting_states_are_told() -> None:
    assert spoken(["不用出差的机械 长沙"]).unread == ("不用出差",)


@pytest.mark.parametrize(
    "words",
    [
        "试用期最长几个月",
        "三方协议违约金一般多少",
        "科研助理政策有哪些",
        "户口能放在学校吗",
        "应届生身份怎么认定",
        "五险一金怎么交",
        "长沙有什么人才补贴",
        "国企和央企有什么区别",
        "河南教师编制考试有什么要求",
        "三支一扶今天最后一天报名吗",
    ],
)
def test_a_question_about_rules_is_no_wish_for_jobs(words: str) -> None:
    assert not split(words, TODAY).both
    assert not is_clear_wish(words, TODAY)


@pytest.mark.parametrize("words", ["青岛银行还招柜员吗", "给我看看西安的国企", "有没有双休的成都护士岗", "今天最后一天报名的有吗"])
def test_a_clear_wish_is_one_whatever_it_is_taken_for(words: str) -> None:
    assert is_clear_wish(words, TODAY)


@given(st.text(max_size=60))
def test_any_text_can_be_read(words: str) -> None:
    turn = read_turn(words, Criteria(cities=("长沙",)), TODAY)
    assert Criteria.from_json(turn.criteria.to_json()) == turn.criteria


@given(st.integers(1000, 60_000))
def test_a_floor_in_digits_is_read_to_the_yuan(amount: int) -> None:
    assert spoken([f"月薪{amount}以上的会计"]).criteria.salary_min == amount


@given(
    st.lists(
        st.sampled_from(["长沙", "双休", "会计", "本科", "不要实习", "工资8000以上", "换一批", "不限城市", "再高点", "国企", "重新来"]), max_size=6
    )
)
def test_turns_in_any_order_leave_criteria_that_can_be_kept(turns: list[str]) -> None:
    criteria = None
    for words in turns:
        criteria = read_turn(words, criteria, TODAY).criteria
    assert criteria is None or Criteria.from_json(criteria.to_json()) == criteria
