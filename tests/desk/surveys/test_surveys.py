"""Check of system C12: answered with consent only, small cells suppressed, opting out honoured."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from desk.audit import AuditEvent
from desk.errors import SurveyRefused
from desk.services import DeskServices
from desk.staff.models import Role
from desk.staff.policy import Actor
from desk.surveys.models import Survey, SurveyAnswer
from desk.surveys.questions import Question
from desk.surveys.service import State, forget
from tests.desk.clocks import SetClock
from tests.desk.people import COLLEGE, OTHER_COLLEGE
from tests.desk.surveys.conftest import SUPERVISOR, WISH, Graduates, written

Publish = Callable[..., Survey]
COUNSELLOR = Actor(2, "王老师", Role.COUNSELLOR, COLLEGE, "10.0.0.2")


def code_of(error: pytest.ExceptionInfo[SurveyRefused]) -> str:
    return error.value.code


def test_a_survey_goes_from_draft_to_its_end(services: DeskServices, clock: SetClock) -> None:
    surveys = services.surveys
    survey = surveys.draft(SUPERVISOR, written(opens_on=date(2026, 12, 2)))
    assert surveys.state_of(survey) is State.DRAFT
    assert surveys.rewrite(SUPERVISOR, survey.id, written(title="求职意向", opens_on=date(2026, 12, 2))).title == "求职意向"
    assert surveys.state_of(surveys.publish(SUPERVISOR, survey.id)) is State.SCHEDULED
    for forbidden in (surveys.drop, surveys.publish):
        with pytest.raises(SurveyRefused):
            forbidden(SUPERVISOR, survey.id)
    with pytest.raises(SurveyRefused):
        surveys.rewrite(SUPERVISOR, survey.id, written())

    clock.advance(days=1)
    assert surveys.state_of(surveys.get(survey.id)[0]) is State.OPEN
    clock.advance(days=9)
    assert surveys.state_of(surveys.get(survey.id)[0]) is State.CLOSED


@pytest.mark.parametrize(
    "wrong",
    [
        {"closes_on": date(2026, 11, 30)},
        {"opens_on": date(2026, 12, 20)},
        {"closes_on": date(2028, 1, 1)},
        {"opens_on": date(9999, 12, 30), "closes_on": date(9999, 12, 31)},
        {"questions": []},
        {"questions": [Question("", "single", "选一个", ("只有一个",))]},
        {"questions": [Question("", "multiple", "选几个", ("一样", "一样"))]},
        {"questions": [Question("", "single", "选一个", ("有", "未作答"))]},
        {"questions": [Question("", "scale", "打分", highest=11)]},
        {"questions": [Question("", "text", "   ")]},
    ],
)
def test_a_survey_that_cannot_be_answered_is_refused(services: DeskServices, wrong: dict[str, object]) -> None:
    with pytest.raises(SurveyRefused) as error:
        services.surveys.draft(SUPERVISOR, written(**wrong))
    assert code_of(error) == "invalid" and not error.value.message.isascii()


def test_nothing_is_kept_without_consent(services: DeskServices, publish: Publish, graduates: Graduates) -> None:
    survey, graduate = publish(), graduates.one()
    with pytest.raises(SurveyRefused) as error:
        services.survey_answers.answer(graduate, survey.id, {"q1": "就业", "q3": 4}, consent=False)

    assert code_of(error) == "no_consent"
    assert services.surveys.get(survey.id)[1] == 0


def test_a_graduate_answers_once_may_change_it_and_withdrawing_erases_it(
    services: DeskServices, publish: Publish, graduates: Graduates, sessions: sessionmaker[Session]
) -> None:
    survey, graduate = publish(), graduates.one(COLLEGE, 2027)
    answering = services.survey_answers
    answering.answer(graduate, survey.id, {"q1": "就业", "q3": 4, "q4": "我的电话13800138000"}, consent=True)
    changed = answering.answer(graduate, survey.id, {"q1": "升学", "q3": 5, "q4": "我的电话13800138000"}, consent=True)
    with sessions() as session:
        [row] = session.scalars(select(SurveyAnswer))
    assert changed.answers == row.answers == {"q1": "升学", "q3": 5, "q4": "我的电话〔手机号已隐去〕"}
    assert (row.college, row.cohort) == (COLLEGE, 2027)

    answering.withdraw(graduate, survey.id)
    with sessions() as session:
        assert session.scalars(select(SurveyAnswer)).all() == []
    assert [each.answers for each in answering.invitations(graduate)] == [None]


@pytest.mark.parametrize(
    "given", [{"q3": 4}, {"q1": "别的", "q3": 4}, {"q1": "就业", "q3": 6}, {"q1": "就业", "q3": True}, {"q1": ["就业"], "q3": 4}]
)
def test_an_answer_that_is_none_is_refused(services: DeskServices, publish: Publish, graduates: Graduates, given: dict[str, object]) -> None:
    survey = publish()
    with pytest.raises(SurveyRefused) as error:
        services.survey_answers.answer(graduates.one(), survey.id, given, consent=True)
    assert code_of(error) == "invalid"
    assert services.surveys.get(survey.id)[1] == 0


def test_only_those_it_is_for_are_asked_while_it_is_open(services: DeskServices, publish: Publish, graduates: Graduates, clock: SetClock) -> None:
    survey = publish(college=COLLEGE, cohort=2027)
    theirs, others, unknown = graduates.one(COLLEGE, 2027), graduates.one(OTHER_COLLEGE, 2027), graduates.one()
    asked = services.survey_answers.invitations
    assert [len(asked(one)) for one in (theirs, others, unknown)] == [1, 0, 0]
    with pytest.raises(SurveyRefused) as error:
        services.survey_answers.answer(others, survey.id, {"q1": "就业", "q3": 4}, consent=True)
    assert code_of(error) == "not_found"

    clock.advance(days=10)
    assert asked(theirs) == []
    with pytest.raises(SurveyRefused) as error:
        services.survey_answers.answer(theirs, survey.id, {"q1": "就业", "q3": 4}, consent=True)
    assert code_of(error) == "over"


def test_one_person_with_two_conversations_answers_once(
    services: DeskServices, publish: Publish, graduates: Graduates, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    from desk.care.models import CareLink

    survey, first, second = publish(), graduates.one(), graduates.one()
    file, _ = services.care.files.put(SUPERVISOR, {"student_number": "1", "name": "林小满", "college": COLLEGE})
    with sessions.begin() as session:
        session.add_all(CareLink(conversation_id=one, graduate_id=file, linked_at=clock.now(), by="测试") for one in (first, second))
    services.survey_answers.answer(first, survey.id, {"q1": "就业", "q3": 4}, consent=True)

    with pytest.raises(SurveyRefused) as error:
        services.survey_answers.answer(second, survey.id, {"q1": "就业", "q3": 4}, consent=True)
    assert code_of(error) == "answered_elsewhere"


def test_results_come_after_the_end_and_stay_as_they_were_shown(
    services: DeskServices, publish: Publish, graduates: Graduates, sessions: sessionmaker[Session]
) -> None:
    survey = publish()
    withdrawing, *_ = [graduates.answer(survey, "升学") for _ in range(6)]
    for _ in range(8):
        graduates.answer(survey, "就业")
    with pytest.raises(SurveyRefused) as error:
        services.surveys.results(SUPERVISOR, survey.id)
    assert code_of(error) == "not_closed"

    services.surveys.close(SUPERVISOR, survey.id)
    first = services.surveys.results(SUPERVISOR, survey.id)
    assert [(row.name, row.overall) for row in first.results.questions[0].rows] == [("就业", 8), ("升学", 6), ("创业", 0)]
    services.survey_answers.withdraw(withdrawing, survey.id)
    assert services.surveys.results(SUPERVISOR, survey.id).results == first.results, "the difference would be one person's answer"
    with sessions() as session:
        actions = session.scalars(select(AuditEvent.action).where(AuditEvent.subject == f"survey:{survey.id}").order_by(AuditEvent.id)).all()
    assert actions == ["survey.draft", "survey.publish", "survey.close", "survey.results", "survey.results"]


def test_small_cells_and_what_would_tell_them_are_hidden(services: DeskServices, publish: Publish, graduates: Graduates) -> None:
    survey = publish(questions=[WISH])
    for college, wishes in {
        COLLEGE: "就业 就业 就业 就业 就业 就业 升学 升学",
        OTHER_COLLEGE: "就业 就业 就业 就业 就业 升学 升学 升学 升学 升学 升学",
    }.items():
        for wish in wishes.split():
            graduates.answer(survey, wish, college)
    for _ in range(2):
        graduates.answer(survey, "就业", "音乐学院")
    graduates.answer(survey, "升学", "医学院", 2026)
    services.surveys.close(SUPERVISOR, survey.id)

    results = services.surveys.results(SUPERVISOR, survey.id).results
    assert [(group.name, group.answers) for group in results.groups] == [(OTHER_COLLEGE, 11), ("其余（人数少，合并）", 11)]
    csv = "".join(services.surveys.as_csv(SUPERVISOR, survey.id))
    assert "音乐学院" not in csv and "医学院" not in csv and "填写人数,,,22,11,11" in csv
    assert [(row.overall, row.groups) for row in results.questions[0].rows] == [(13, [None, None]), (9, [None, None]), (0, [0, 0])]


def test_a_mean_is_not_told_where_a_cell_of_it_is_hidden(services: DeskServices, publish: Publish, graduates: Graduates) -> None:
    survey = publish()
    for number in range(16):
        graduates.answer(survey, college=COLLEGE if number % 2 else OTHER_COLLEGE, q3=5 if number < 14 else 1)
    services.surveys.close(SUPERVISOR, survey.id)

    question = services.surveys.results(SUPERVISOR, survey.id).results.questions[2]
    assert [row.overall for row in question.rows].count(None) >= 2
    assert question.means[0] is None


def test_fewer_than_the_threshold_show_nothing_at_all(services: DeskServices, publish: Publish, graduates: Graduates) -> None:
    survey = publish()
    for _ in range(4):
        graduates.answer(survey, q4="想多些招聘会")
    services.surveys.close(SUPERVISOR, survey.id)

    read = services.surveys.results(SUPERVISOR, survey.id)
    assert (read.results.answers, read.results.questions, read.written) == (None, [], {"q4": None})


def test_free_words_are_shown_without_names_and_only_where_enough_wrote(services: DeskServices, publish: Publish, graduates: Graduates) -> None:
    survey = publish()
    services.care.files.put(SUPERVISOR, {"student_number": "1", "name": "林小满", "college": COLLEGE})
    for words in ("我叫张三丰，想去长沙", "请联系林小满", "微信号 zhang_san_01", "多办双选会", "辅导很有用"):
        graduates.answer(survey, college=COLLEGE, q4=words)
    graduates.answer(survey, college=OTHER_COLLEGE, q4="文学院的话")
    services.surveys.close(SUPERVISOR, survey.id)

    shown = services.surveys.results(SUPERVISOR, survey.id).written["q4"]
    assert shown is not None and len(shown) == 6 and shown == sorted(shown)
    assert not any(name in " ".join(shown) for name in ("张三丰", "林小满", "zhang_san_01"))
    own = services.surveys.results(COUNSELLOR, survey.id).written["q4"]
    assert own is not None and "文学院的话" not in own and len(own) == 5
    other = Actor(3, "赵老师", Role.COUNSELLOR, OTHER_COLLEGE, "")
    assert services.surveys.results(other, survey.id).written["q4"] is None


def test_a_counsellor_sees_no_column_of_another_college(services: DeskServices, publish: Publish, graduates: Graduates) -> None:
    survey = publish()
    for number in range(12):
        graduates.answer(survey, college=COLLEGE if number % 2 else OTHER_COLLEGE)
    services.surveys.close(SUPERVISOR, survey.id)

    seen = services.surveys.results(COUNSELLOR, survey.id).results
    assert [group.name for group in seen.groups] == [COLLEGE]
    assert all(len(row.groups) == 1 for question in seen.questions for row in question.rows)
    assert len(services.surveys.results(SUPERVISOR, survey.id).results.groups) == 2


def test_check_23_answers_go_when_their_time_is_over_and_the_counts_stay(
    services: DeskServices, publish: Publish, graduates: Graduates, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    survey = publish()
    for _ in range(6):
        graduates.answer(survey)
    clock.advance(days=9 + 30)
    assert forget(sessions, clock.now()) == 0
    clock.advance(days=1)
    assert forget(sessions, clock.now()) == 6

    with sessions() as session:
        assert session.scalars(select(SurveyAnswer)).all() == []
    assert services.surveys.results(SUPERVISOR, survey.id).results.answers == 6


def test_check_23_answers_are_in_the_copy_and_go_with_everything(services: DeskServices, publish: Publish, graduates: Graduates) -> None:
    survey = publish()
    graduate = graduates.answer(survey, q4="想要模拟面试")
    [copied] = services.personal_data.export(graduate)["问卷回答"]
    assert copied["title"] == "毕业去向意向" and copied["answers"]["还想说的"] == "想要模拟面试"

    assert services.personal_data.erase(graduate) is not None
    assert services.surveys.get(survey.id)[1] == 0
