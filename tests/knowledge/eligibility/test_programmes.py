"""The programmes as data: sound as shipped, their faults named when they are not; conditions in three-valued logic."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from knowledge.eligibility import validate
from knowledge.eligibility.conditions import Result, Test, all_of, any_of
from knowledge.eligibility.facts import complete, final_cohort
from knowledge.eligibility.schema import EligibilityInvalid, load_programmes, programme, programmes, question_about, questions
from knowledge.eligibility.verdicts import MOST_QUESTIONS, assess

TODAY = date(2026, 12, 1)
RESULTS = st.sampled_from(list(Result))


def record(**changes: Any) -> dict[str, Any]:
    """A sound programme as it would stand in a file, with changes."""
    sound: dict[str, Any] = {
        "id": "sample",
        "name": "示例补贴",
        "names": ["示例补贴"],
        "bases": {"law": {"law": "《示例法》", "article": "第三条", "date": "2020-01-01", "confidence": "A"}},
        "conditions": [{"id": "age", "text": "年满 18 周岁", "when": {"fact": "age", "at_least": 18}, "basis": "law"}],
        "windows_note": "随时可以申请。",
        "decides": "示例局",
        "steps": ["到窗口申请"],
        "checked_on": "2026",
        "facts": ["T08-01"],
    }
    return sound | changes


def write(folder: Path, *records: dict[str, Any]) -> Path:
    (folder / "sample.yaml").write_text(yaml.safe_dump(list(records), allow_unicode=True), encoding="utf-8")
    return folder


def test_shipped_programmes_have_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main() == 0
    assert "没有问题" in capsys.readouterr().out
    assert len(programmes()) >= 18


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"bases": {}}, "没有依据 law"),
        ({"conditions": [{"id": "age", "text": "年满 18 周岁", "when": {"fact": "agee", "at_least": 18}, "basis": "law"}]}, "没有这个事实"),
        ({"conditions": [{"id": "age", "text": "年满 18 周岁", "when": {"fact": "age"}, "basis": "law"}]}, "要写范围"),
        (
            {"conditions": [{"id": "both", "text": "两种写法", "when": {"fact": "dibao", "authority": "由学校认定"}, "basis": "law"}]},
            "只能有一种写法",
        ),
        ({"validity": {"until": "2025-12-31"}}, "之后怎样"),
        ({"conditions": []}, "conditions"),
    ],
)
def test_a_faulty_programme_is_named(tmp_path: Path, changes: dict[str, Any], named: str) -> None:
    with pytest.raises(EligibilityInvalid, match=named) as raised:
        load_programmes(write(tmp_path, record(**changes)))
    assert "sample" in str(raised.value)


def test_the_validator_reports_what_no_single_entry_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main(write(tmp_path, record(), record(facts=["T8"]))) == 2
    told = capsys.readouterr().out
    assert "sample：编号重复" in told
    assert "事实编号写法不对：T8" in told


def test_an_unreadable_folder_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.yaml").write_text("- id: [", encoding="utf-8")
    assert validate.main(tmp_path) == 2
    assert "broken.yaml" in capsys.readouterr().err


@given(st.lists(RESULTS), st.lists(RESULTS))
def test_combining_does_not_depend_on_order_and_one_decides(left: list[Result], right: list[Result]) -> None:
    assert all_of(left + right) == all_of(right + left)
    assert any_of(left + right) == any_of(right + left)
    assert all_of([*left, Result.FAIL]) is Result.FAIL
    assert any_of([*left, Result.PASS]) is Result.PASS


@given(st.fixed_dictionaries({}, optional={"age": st.integers(14, 60), "dibao": st.booleans(), "cohort": st.integers(2018, 2030)}))
def test_denying_twice_is_affirming(facts: dict[str, Any]) -> None:
    for when in ({"fact": "dibao"}, {"fact": "age", "at_least": 18, "at_most": 24}, {"authority": "由学校认定"}):
        once = Test.model_validate(when)
        twice = Test.model_validate({"none_of": [{"none_of": [when]}]})
        assert once.evaluate(facts) is twice.evaluate(facts)


@pytest.mark.parametrize("given_programme", programmes(), ids=lambda known: known.id)
def test_nothing_said_never_passes_and_never_fails(given_programme: Any) -> None:
    found = assess(given_programme, {}, TODAY)
    assert found.verdict in (Result.UNKNOWN, Result.MANUAL_REVIEW)
    assert (found.question is None) == (found.verdict is Result.MANUAL_REVIEW)


@pytest.mark.parametrize("given_programme", programmes(), ids=lambda known: known.id)
def test_at_most_three_questions_each_once_and_none_after_a_failure(given_programme: Any) -> None:
    """Every way through the options offered ends after three questions at most, and a failure ends it at once."""
    open_ways: list[tuple[dict[str, Any], tuple[str, ...]]] = [({}, ())]
    while open_ways:
        facts, asked = open_ways.pop()
        found = assess(given_programme, facts, TODAY, asked)
        if found.verdict is Result.FAIL:
            assert found.question is None
        if found.question is None:
            continue
        assert len(asked) < MOST_QUESTIONS
        assert found.question.id not in asked
        ways = [option.facts for option in found.question.options] or [{"age": 20}, {"age": 50}]
        open_ways += [(facts | stated, (*asked, found.question.id)) for stated in [*ways, {}]]


@pytest.mark.parametrize(("name", "value"), list(product(["dibao", "student_loan", "disabled"], [True, False])))
def test_more_knowledge_never_takes_a_failure_or_a_pass_back(name: str, value: bool) -> None:
    subsidy = programme("job_seek_subsidy")
    assert subsidy is not None
    for known in ({"cohort": 2024}, {"cohort": 2027, "dibao": True}):
        before = assess(subsidy, known, TODAY).verdict
        assert assess(subsidy, {name: value} | known, TODAY).verdict is before


def test_the_programmes_own_end_is_not_a_failure_of_the_person() -> None:
    hiring = programme("hiring_subsidy")
    assert hiring is not None
    facts = {"employer": True, "hires_graduates": True, "hire_contract": True, "hire_insured_months": 4}
    assert assess(hiring, facts, date(2025, 6, 1)).verdict is Result.PASS
    later = assess(hiring, facts, TODAY)
    assert later.verdict is Result.MANUAL_REVIEW
    assert "2025-12-31" in later.reasons[-1].condition


def test_one_page_alone_is_never_decided_from() -> None:
    subsidy = programme("startup_subsidy")
    assert subsidy is not None
    for own in (True, False):
        assert assess(subsidy, {"own_business": own}, TODAY).verdict is Result.MANUAL_REVIEW


@pytest.mark.parametrize(
    ("said", "today", "follows"),
    [
        ({"cohort": 2027}, TODAY, {"final_year": True, "graduated": False, "months_since_graduation": 0}),
        ({"cohort": 2026}, TODAY, {"final_year": False, "graduated": True, "months_since_graduation": 6}),
        ({"cohort": 2026}, date(2026, 3, 1), {"final_year": True, "graduated": False}),
        ({"grade": "大四"}, TODAY, {"cohort": 2027, "final_year": True}),
        ({"grade": "大三"}, TODAY, {"cohort": 2028, "final_year": False}),
        ({"grade": "大三", "education": "专科"}, TODAY, {"cohort": 2027, "final_year": True}),
        ({"fresh": True}, TODAY, {"cohort": 2027}),
        ({"months_since_graduation": 18}, TODAY, {"graduated": True, "enrolled": False, "final_year": False}),
        ({"grade": "研一", "enrolled": True, "education": "硕士"}, TODAY, {"final_year": False, "postgraduate_student": True}),
        ({"flexible": True}, TODAY, {"jobless": False, "employed": False}),
        ({"left_job": True}, TODAY, {"jobless": True}),
        ({"places": ("贵州",)}, TODAY, {"central_west": True}),
        ({"places": ("深圳", "广州")}, TODAY, {"central_west": False}),
    ],
)
def test_what_follows_from_what_was_said(said: dict[str, Any], today: date, follows: dict[str, Any]) -> None:
    facts = complete(said, today)
    assert {name: facts[name] for name in follows} == follows


def test_hardship_never_follows_from_anything_else() -> None:
    hardship = {"dibao", "zero_job_family", "poverty_registered", "special_poor", "disabled", "disabled_family", "orphan", "student_loan"}
    facts = complete({"jobless": True, "cohort": 2024, "fresh": False, "hardship_recognised": True, "health_doubt": True}, TODAY)
    assert not hardship & facts.keys()


def test_the_school_year_turns_in_july() -> None:
    assert final_cohort(date(2026, 6, 30)) == 2026
    assert final_cohort(date(2026, 7, 1)) == 2027


def test_every_option_of_every_question_is_sound() -> None:
    for question in questions():
        for fact in question.facts:
            assert question_about(fact) is not None
    with pytest.raises(ValidationError):
        type(questions()[0]).model_validate(
            {"id": "bad", "facts": ["age"], "text": "多大了？", "missing": "年龄", "options": [{"title": "大", "facts": {"age": "很大"}}]}
        )
