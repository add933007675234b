"""Review of postings: queue, decisions on record, employer checks; on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import session_factory
from knowledge.errors import ReviewRefused
from knowledge.postings.models import Employer, Posting, PostingDecision, PostingState
from knowledge.postings.review import Review

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
GENDER = {"kind": "gender", "phrase": "限男生", "field": "description", "certain": True}
AGE = {"kind": "age_illegitimate", "phrase": "30岁以内", "field": "description", "certain": False}


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


@pytest.fixture
def review(sessions: sessionmaker[Session]) -> Review:
    return Review(sessions, Clock(TODAY))


def put(sessions: sessionmaker[Session], **own: object) -> int:
    columns: dict[str, object] = {
        "key": "k",
        "status": "waiting",
        "title": "会计",
        "employer": "示例甲公司",
        "cities": ["长沙"],
        "roles": [],
        "majors": [],
        "cohorts": [],
        "traits": {},
        "revision": 0,
        "imported_at": NOW,
        "updated_at": NOW,
    }
    with sessions.begin() as session:
        posting = Posting(**columns | own)
        session.add(posting)
        session.flush()
        return posting.id


def status(sessions: sessionmaker[Session], number: int) -> str:
    with sessions() as session:
        return session.scalars(select(Posting.status).where(Posting.id == number)).one()


def test_the_queue_has_the_waiting_before_the_held_and_the_oldest_first(sessions: sessionmaker[Session], review: Review) -> None:
    held = put(sessions, status="held", updated_at=NOW - timedelta(days=9))
    young = put(sessions)
    old = put(sessions, updated_at=NOW - timedelta(days=3))
    put(sessions, status="published")

    queue = review.queue()

    assert queue.total == 3
    assert [line.id for line in queue.items] == [old, young, held]
    assert queue.items[0].days == 14


def test_the_queue_is_narrowed_by_kind_employer_and_age(sessions: sessionmaker[Session], review: Review) -> None:
    gender = put(sessions, findings=[GENDER], employer="示例乙厂")
    age = put(sessions, findings=[AGE], updated_at=NOW - timedelta(days=30))

    assert [line.id for line in review.queue(kind="gender").items] == [gender]
    assert [line.id for line in review.queue(employer="乙厂").items] == [gender]
    assert [line.id for line in review.queue(min_days=20).items] == [age]
    assert review.queue(employer="100%").total == 0


def test_pages_of_the_queue_do_not_overlap(sessions: sessionmaker[Session], review: Review) -> None:
    numbers = [put(sessions) for _ in range(5)]
    paged = [line.id for offset in (0, 2, 4) for line in review.queue(limit=2, offset=offset).items]
    assert paged == numbers


def test_a_decision_changes_the_standing_and_stays_on_record(sessions: sessionmaker[Session], review: Review) -> None:
    number = put(sessions, findings=[GENDER])

    review.decide(number, "held", "王老师", "写了限男生")
    review.decide(number, "published", "李老师", "单位已改正")

    assert status(sessions, number) == "published"
    record = review.detail(number).decisions
    assert [(one.status, one.by, one.reason) for one in record] == [("held", "王老师", "写了限男生"), ("published", "李老师", "单位已改正")]
    assert record[0].findings == (GENDER,)


def test_every_decision_raises_the_revision_that_the_search_watches(sessions: sessionmaker[Session], review: Review) -> None:
    number = put(sessions, status="published")
    review.decide(number, "withdrawn", "王老师", "单位撤回")
    with sessions() as session:
        assert session.scalars(select(PostingState.revision)).one() == session.scalars(select(Posting.revision)).one() == 1


@pytest.mark.parametrize(("status_", "by", "reason"), [("held", "王老师", " "), ("rejected", "", "违规"), ("gone", "王老师", "x")])
def test_a_decision_without_name_or_reason_is_refused(sessions: sessionmaker[Session], review: Review, status_: str, by: str, reason: str) -> None:
    number = put(sessions)
    with pytest.raises(ReviewRefused):
        review.decide(number, status_, by, reason)  # type: ignore[arg-type]
    assert status(sessions, number) == "waiting"


def test_of_several_all_are_decided_or_none(sessions: sessionmaker[Session], review: Review) -> None:
    number = put(sessions)
    with pytest.raises(ReviewRefused, match="999"):
        review.decide_all([number, 999], "published", "王老师")
    assert status(sessions, number) == "waiting"
    assert review.detail(number).decisions == ()


@pytest.mark.parametrize("statement", ["UPDATE posting_decisions SET reason = 'x'", "DELETE FROM posting_decisions"])
def test_the_database_itself_refuses_to_change_the_record(
    sessions: sessionmaker[Session], review: Review, migrated_engine: Engine, statement: str
) -> None:
    review.decide(put(sessions), "published", "王老师")
    with pytest.raises(DBAPIError, match="append-only"), migrated_engine.begin() as connection:
        connection.execute(text(statement))
    with sessions() as session:
        assert session.scalars(select(PostingDecision.reason)).all() == [""]


def test_an_employer_is_checked_by_the_system_and_by_people(sessions: sessionmaker[Session], review: Review) -> None:
    with sessions.begin() as session:
        employer = Employer(
            name="示例甲公司",
            key="示例甲公司",
            credit_code="91350100M000100Y44",
            site="https://www.jia.example.com.cn",
            created_at=NOW,
            updated_at=NOW,
        )
        session.add(employer)
        session.flush()
        employer_id = employer.id
    number = put(sessions, employer_id=employer_id, contact="简历投 hr@jia-zhaopin.cn")

    review.record_check(employer_id, "address", "ok", "王老师", "实地看过")

    detail = review.detail(number)
    found = {check.what: check.outcome for check in detail.own_checks}
    assert found == {"credit_code": "fail", "mail_domain": "doubt", "site": "ok", "address": "unknown"}
    assert detail.employer is not None
    assert [(check["what"], check["by"]) for check in detail.employer.checks] == [("address", "王老师")]


def test_an_unknown_posting_or_employer_is_said(review: Review) -> None:
    with pytest.raises(ReviewRefused, match="7"):
        review.detail(7)
    with pytest.raises(ReviewRefused, match="7"):
        review.record_check(7, "site", "ok", "王老师")
