"""What is noted of questions that failed: masked words, no more, and not for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, inspect, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from knowledge.answers.model import Answer, Citation, Reason
from knowledge.models import AskedQuestion
from knowledge.upkeep.asked import KEPT_DAYS, LONGEST, AskedQuestions, answered_outdated_since, refused_since

TODAY = date(2026, 12, 1)


def citation(document: int) -> Citation:
    return Citation(str(document), "示例通知", None, None, None, "全国", "in_force", "一", "原文", "paper.txt")


def refused(reason: Reason) -> Answer:
    return Answer("refused", reason, "没有找到依据")


@pytest.fixture
def asked(sessions: sessionmaker[Session]) -> AskedQuestions:
    return AskedQuestions(sessions, Clock(TODAY))


def stored(sessions: sessionmaker[Session]) -> list[AskedQuestion]:
    with sessions() as session:
        return list(session.scalars(select(AskedQuestion).order_by(AskedQuestion.id)))


def test_a_refusal_is_noted_with_its_reason(asked: AskedQuestions, sessions: sessionmaker[Session]) -> None:
    noted = asked.note("示例省的补贴有多少", refused("wrong_region"))

    assert noted is not None
    noted.result()
    (row,) = stored(sessions)
    assert (row.text, row.outcome, row.reason) == ("示例省的补贴有多少", "refused", "wrong_region")


@pytest.mark.parametrize(
    "given",
    [
        Answer("answered", None, "有", citations=(citation(1),)),
        refused("not_official"),
        Answer("clarify", None, "想问哪方面？"),
    ],
    ids=["answered", "answered by the built-in knowledge", "asked back"],
)
def test_what_was_answered_is_not_kept(asked: AskedQuestions, sessions: sessionmaker[Session], given: Answer) -> None:
    assert asked.note("见习补贴多少", given) is None
    assert stored(sessions) == []


def test_an_answer_from_an_outdated_paper_is_noted_with_that_paper(asked: AskedQuestions, sessions: sessionmaker[Session]) -> None:
    noted = asked.note("见习补贴多少", Answer("answered", None, "1500 元", ("expired", "damaged"), (citation(7), citation(8))))

    assert noted is not None
    noted.result()
    with sessions() as session:
        (row,) = answered_outdated_since(session, Clock(TODAY), 30)
    assert (row.warnings, row.documents) == (["expired"], [7])


def test_numbers_that_identify_are_masked_and_long_texts_cut(asked: AskedQuestions, sessions: sessionmaker[Session]) -> None:
    noted = asked.note("我的手机号是 138 0000 0000，" + "为什么" * 200, refused("no_source"))

    assert noted is not None
    noted.result()
    (row,) = stored(sessions)
    assert "0000" not in row.text
    assert len(row.text) == LONGEST


def test_a_note_holds_nothing_that_points_at_a_conversation(sessions: sessionmaker[Session]) -> None:
    columns = {column.key for column in inspect(AskedQuestion).columns}

    assert columns == {"id", "asked_at", "text", "outcome", "reason", "warnings", "documents"}


def test_old_notes_go_and_only_the_days_asked_for_are_shown(sessions: sessionmaker[Session]) -> None:
    for age in (0, 10, KEPT_DAYS + 1):
        early = AskedQuestions(sessions, Clock(TODAY - timedelta(days=age)))
        noted = early.note(f"{age} 天前的问题", refused("no_source"))
        assert noted is not None
        noted.result()
    latest = AskedQuestions(sessions, Clock(TODAY)).note("今天的问题", refused("no_source"))
    assert latest is not None
    latest.result()

    assert f"{KEPT_DAYS + 1} 天前的问题" not in {row.text for row in stored(sessions)}
    with sessions() as session:
        assert refused_since(session, Clock(TODAY), 5)[0].text == "今天的问题"
        assert len(refused_since(session, Clock(TODAY), 5)) == 2


def test_a_store_that_fails_is_logged_and_raises_nothing(asked: AskedQuestions, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.execute(delete(AskedQuestion))
        AskedQuestion.__table__.drop(session.connection())  # type: ignore[attr-defined]

    noted = asked.note("问了白问", refused("no_source"))

    assert noted is not None
    assert noted.result() is None
