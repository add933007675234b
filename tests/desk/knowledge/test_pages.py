"""The knowledge's pages at the desk: what is missing and what grows old, the review of postings, announcements, employers."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.made_postings import postings
from desk.audit import AuditEvent
from desk.staff.models import Role
from knowledge.models import AskedQuestion
from knowledge.postings.models import Posting, PostingDecision
from tests.desk.clocks import SetClock
from tests.desk.knowledge.publishing import STANDING, published
from tests.desk.people import COLLEGE, Caller, Desk
from tests.knowledge import papers


def test_questions_asked_in_vain_are_grouped(reviewer: Caller, sessions: sessionmaker[Session], clock: SetClock) -> None:
    with sessions.begin() as session:
        for text in ("星湖校区怎么调档", "星湖校区的档案怎么调", "宿舍几点关门"):
            session.add(AskedQuestion(text=text, outcome="refused", reason="no_source", warnings=[], documents=[], asked_at=clock.now()))
    found = reviewer.get("/gaps").json()
    assert found["items"][0]["count"] == 2
    assert found["total"] == 2


def test_gaps_are_counted_by_week_and_go_out_as_a_table(reviewer: Caller, sessions: sessionmaker[Session], clock: SetClock) -> None:
    with sessions.begin() as session:
        for days, text in ((0, "=宿舍几点关门"), (7, "宿舍几点关门")):
            asked = clock.now() - timedelta(days=days)
            session.add(AskedQuestion(text=text, outcome="refused", reason="no_source", warnings=[], documents=[], asked_at=asked))
    assert {day: count for gap in reviewer.get("/gaps").json()["items"] for day, count in gap["weeks"].items()} == {"2026-11-23": 1, "2026-11-30": 1}
    table = reviewer.get("/gaps/export")
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert rows[0][:2] == ["问题", "次数"]
    assert all(not cell.startswith("=") for row in rows for cell in row)


def test_a_question_that_was_answered_wrong_joins_the_gaps_on_record(reviewer: Caller, desk: Desk, sessions: sessionmaker[Session]) -> None:
    marked = {"question": "转专业后13812345678补贴怎么算", "reason": "wrong_answer"}
    assert reviewer.post("/gaps", json=marked).status_code == 204
    [gap] = reviewer.get("/gaps").json()["items"]
    assert gap["reasons"] == {"wrong_answer": 1}
    assert "13812345678" not in gap["question"]
    with sessions() as session:
        assert [row.actor for row in session.scalars(select(AuditEvent).where(AuditEvent.action == "gap.mark"))] == ["审核人"]
    onlooker = desk.signed_in("只看", Role.READ_ONLY)
    assert onlooker.post("/gaps", json=marked).status_code == 403
    assert reviewer.post("/gaps", json={"question": "  ", "reason": "wrong_answer"}).status_code == 422


def test_documents_that_end_soon_are_listed(reviewer: Caller) -> None:
    number = published(reviewer, STANDING, "办法.txt")["document_id"]
    reviewer.post(f"/documents/{number}/retire", json={"until": "2026-12-20", "reason": "文件到期"})
    [item] = reviewer.get("/expiring").json()["items"]
    assert (item["document_id"], item["days"]) == (number, 19)


def test_documents_past_their_time_that_are_still_asked_for_are_listed(reviewer: Caller, sessions: sessionmaker[Session], clock: SetClock) -> None:
    number = published(reviewer, papers.GANSU, "甘肃.txt")["document_id"]
    reviewer.post(f"/documents/{number}/retire", json={"until": "2026-11-20", "reason": "文件到期"})
    with sessions.begin() as session:
        session.add(
            AskedQuestion(text="求职补贴发多少", outcome="answered", reason=None, warnings=["expired"], documents=[number], asked_at=clock.now())
        )
    [item] = reviewer.get("/expired-asked").json()["items"]
    assert (item["document_id"], item["count"], item["questions"]) == (number, 1, ["求职补贴发多少"])


@pytest.fixture
def waiting(sessions: sessionmaker[Session]) -> int:
    row = next(postings(1, 2)) | {"status": "waiting", "revision": 1, "imported_at": datetime.now(UTC), "updated_at": datetime.now(UTC)}
    with sessions.begin() as session:
        posting = Posting(**row)
        session.add(posting)
        session.flush()
        return posting.id


def test_a_posting_is_published_with_its_decision_on_record(reviewer: Caller, waiting: int, sessions: sessionmaker[Session]) -> None:
    assert [row["id"] for row in reviewer.get("/postings/queue").json()["items"]] == [waiting]
    assert reviewer.get(f"/postings/{waiting}").json()["fields"]
    assert reviewer.post(f"/postings/{waiting}/decision", json={"status": "published"}).json()["by"] == "审核人"
    assert reviewer.get("/postings/queue").json()["total"] == 0
    with sessions() as session:
        assert [row.status for row in session.scalars(select(PostingDecision))] == ["published"]


def test_a_posting_is_not_rejected_without_a_reason(reviewer: Caller, waiting: int) -> None:
    assert reviewer.post(f"/postings/{waiting}/decision", json={"status": "rejected"}).status_code == 422
    assert reviewer.post("/postings/987654/decision", json={"status": "published"}).status_code == 422


def test_an_announcement_is_said_until_it_ends(desk: Desk) -> None:
    counsellor = desk.signed_in("辅导员", Role.COUNSELLOR, COLLEGE)
    row = counsellor.post("/announcements", json={"text": "12月5日线上双选会", "until": "2026-12-05"}).json()
    assert row["in_force"]
    assert [one.text for one in desk.services.knowledge.announcements.in_force()] == ["12月5日线上双选会"]
    assert not counsellor.delete(f"/announcements/{row['id']}").json()["in_force"]
    assert desk.services.knowledge.announcements.in_force() == []
    assert counsellor.post("/announcements", json={"text": "过去的", "until": "2026-11-05"}).status_code == 422
    later = counsellor.post("/announcements", json={"text": "以后的", "begins": "2026-12-03", "until": "2026-12-05"}).json()
    assert (later["in_force"], later["coming"]) == (False, True)


def test_employers_are_kept_once_with_visits_needs_and_checks(desk: Desk) -> None:
    counsellor = desk.signed_in("辅导员", Role.COUNSELLOR, COLLEGE)
    number = counsellor.post("/employers", json={"name": "示例（星湖）科技有限公司", "city": "长沙"}).json()["id"]
    assert counsellor.post("/employers", json={"name": "示例(星湖)科技有限公司"}).json()["id"] == number
    name = "示例（星湖）科技有限公司"
    assert counsellor.post("/employers/visits", json={"employer": name, "visited_on": "2026-11-20", "visitor": "王老师"}).json()["result"] == "new"
    assert counsellor.post("/employers/needs", json={"employer": name, "post": "软件工程师", "headcount": 3}).json()["result"] == "new"
    assert counsellor.post(f"/employers/{number}/checks", json={"what": "site", "outcome": "ok", "note": "打得开"}).json()["by"] == "辅导员"
    [row] = counsellor.get("/employers", params={"q": "星湖"}).json()["items"]
    assert (row["visits"], row["needs"]) == (1, 1)
    assert any(check["by"] == "辅导员" for check in counsellor.get("/employers/checks", params={"name": name}).json())
    assert counsellor.get("/employers/checks", params={"name": "没有的公司"}).status_code == 422
