"""What goes with a reply: a clause that holds today and a posting that is open today, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.made_postings import postings
from bot.store import ConversationStore
from desk.staff.models import Role
from desk.tickets import TicketRequest, Tickets
from knowledge.catalogue import load_documents
from knowledge.models import Document
from knowledge.postings.models import Posting
from tests.desk.clocks import SetClock
from tests.desk.knowledge.test_pages import STANDING, published
from tests.desk.people import COLLEGE, Caller, Desk


@pytest.fixture
def counsellor(desk: Desk) -> Caller:
    return desk.signed_in("王老师", Role.COUNSELLOR, COLLEGE)


@pytest.fixture
def reviewer(desk: Desk) -> Caller:
    return desk.signed_in("审核人", Role.REVIEWER)


@pytest.fixture
def held(counsellor: Caller, tickets: Tickets, sessions: sessionmaker[Session], clock: SetClock) -> str:
    """The number of a request whose conversation the counsellor holds."""
    conversation = ConversationStore(sessions, clock, clock).open("web")
    number = tickets.register(TicketRequest(conversation, "推荐表在哪里办", "推荐表", [])).number
    assert counsellor.post(f"/tickets/{number}/claim").status_code == 200
    return number


def send(counsellor: Caller, number: str, kind: str, thing: int, client_id: str = "a") -> Any:
    body = {"text": "请看这个", "client_id": client_id, "attachments": [{"kind": kind, "id": thing}]}
    return counsellor.post(f"/tickets/{number}/messages", json=body)


def clause_of(sessions: sessionmaker[Session], words: str) -> int:
    with sessions() as session:
        documents = session.scalars(select(Document.id)).all()
    return next(entry.id for _, entries in load_documents(sessions, documents) for entry in entries if words in entry.printed)


def posting(sessions: sessionmaker[Session], **own: Any) -> int:
    now = datetime.now(UTC)
    row = next(postings(1, 2)) | {"status": "published", "revision": 1, "imported_at": now, "updated_at": now, "deadline": None} | own
    with sessions.begin() as session:
        stored = Posting(**row)
        session.add(stored)
        session.flush()
        return stored.id


def test_a_clause_goes_as_a_quote_with_its_document_and_its_standing(
    reviewer: Caller, counsellor: Caller, held: str, sessions: sessionmaker[Session]
) -> None:
    published(reviewer, STANDING, "办法.txt")
    said = send(counsellor, held, "clause", clause_of(sessions, "三楼窗口")).json()["messages"]
    assert [message["kind"] for message in said] == ["text", "policy_answer"]
    [cited] = said[1]["payload"]["citations"]
    assert (cited["doc_no"], cited["status"]) == ("星教〔2026〕9号", "in_force")
    assert "三楼窗口" in cited["quote"]
    assert said[1]["role"] == "counsellor"


def test_a_clause_that_is_over_is_refused_with_the_reason_and_nothing_is_said(
    reviewer: Caller, counsellor: Caller, held: str, sessions: sessionmaker[Session]
) -> None:
    number = published(reviewer, STANDING, "办法.txt")["document_id"]
    clause = clause_of(sessions, "三楼窗口")
    reviewer.post(f"/documents/{number}/retire", json={"until": "2026-11-30", "reason": "文件已经作废"})
    refused = send(counsellor, held, "clause", clause)
    assert refused.status_code == 422
    assert "过期" in refused.json()["message"]
    assert not [message for message in counsellor.get(f"/tickets/{held}").json()["conversation"] if message["role"] == "counsellor"]


def test_an_open_posting_goes_as_a_card_with_its_fields(counsellor: Caller, held: str, sessions: sessionmaker[Session]) -> None:
    said = send(counsellor, held, "posting", posting(sessions)).json()["messages"]
    [item] = said[1]["payload"]["items"]
    assert (said[1]["kind"], item["status"]) == ("postings", "open")
    assert any(field["label"] == "截止日期" for field in item["detail"]["fields"])


@pytest.mark.parametrize("own", [{"deadline": date(2026, 11, 30)}, {"status": "waiting"}, {"status": "held"}])
def test_a_posting_that_is_over_or_was_not_passed_is_refused(
    counsellor: Caller, held: str, sessions: sessionmaker[Session], own: dict[str, Any]
) -> None:
    refused = send(counsellor, held, "posting", posting(sessions, **own))
    assert refused.status_code == 422
    assert refused.json()["code"] == "no_attachment"


def test_postings_are_found_by_words_and_only_those_that_are_open(reviewer: Caller, counsellor: Caller, sessions: sessionmaker[Session]) -> None:
    common: dict[str, Any] = {"title": "会计", "roles": ["会计"], "cities": ["长沙"], "status": "waiting"}
    shown, over = posting(sessions, key="a", **common), posting(sessions, key="b", deadline=date(2026, 11, 30), **common)
    held = posting(sessions, key="c", **common)
    for number, decision in ((shown, "published"), (over, "published"), (held, "held")):
        reviewer.post(f"/postings/{number}/decision", json={"status": decision, "reason": "看过"})
    found = counsellor.get("/insertions/postings", params={"q": "长沙 会计"}).json()
    assert [item["id"] for item in found["items"]] == [shown]


def test_without_a_search_of_clauses_the_counsellor_is_told(counsellor: Caller) -> None:
    refused = counsellor.get("/insertions/clauses", params={"q": "推荐表"})
    assert refused.status_code == 409
    assert "稍后" in refused.json()["message"]
