"""What staff decide of postings, fairs, employers and announcements: on record with what it was before, or not done at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from benchmarks.made_postings import postings
from core.clock import Clock
from desk.announcements import Announcements
from desk.audit import AuditEvent
from desk.staff.models import Role
from knowledge.employers.ledger import Ledger
from knowledge.employers.record import EmployerRecord
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.models import Event
from knowledge.events.reading import Defaults
from knowledge.events.review import EventReview
from knowledge.postings.models import Employer, Posting
from knowledge.postings.review import Review
from knowledge.witness import State, Witness
from tests.desk.people import COLLEGE, Caller, Desk

CLOCK = Clock(date(2026, 12, 1))
NAME = "示例（星湖）科技有限公司"
FAIR = "名称,城市,地点,开始时间,说明\n冬季双选会,长沙,体育馆,2026-12-05 09:00,\n"


@pytest.fixture
def posting(sessions: sessionmaker[Session]) -> int:
    row = next(postings(1, 2)) | {"status": "waiting", "revision": 1, "imported_at": datetime.now(UTC), "updated_at": datetime.now(UTC)}
    with sessions.begin() as session:
        waiting = Posting(**row)
        session.add(waiting)
        session.flush()
        return waiting.id


@pytest.fixture
def fair(sessions: sessionmaker[Session]) -> int:
    EventImporter(sessions, CLOCK).take("某公众号", read_events("a.csv", FAIR.encode(), Defaults(), CLOCK.today()), trusted=False)
    with sessions() as session:
        return session.scalars(select(Event.id)).one()


def recorded(sessions: sessionmaker[Session], kind: str) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    rows = select(AuditEvent).where(AuditEvent.action.startswith(f"{kind}.")).order_by(AuditEvent.id)
    with sessions() as session:
        return [(row.action, row.subject, row.before, row.after) for row in session.scalars(rows)]


def test_decisions_are_on_record_with_what_was_before(reviewer: Caller, posting: int, fair: int, sessions: sessionmaker[Session]) -> None:
    assert reviewer.post("/postings/pass", json={"ids": [posting]}).json()["passed"] == [posting]
    reviewer.post(f"/postings/{posting}/decision", json={"status": "withdrawn", "reason": "单位来电"})
    assert recorded(sessions, "posting") == [
        ("posting.published", f"posting:{posting}", {"status": "waiting"}, {"status": "published"}),
        ("posting.withdrawn", f"posting:{posting}", {"status": "published"}, {"status": "withdrawn"}),
    ]
    assert reviewer.post("/fairs/pass", json={"ids": [fair]}).json()["passed"] == [fair]
    reviewer.post(f"/fairs/{fair}/decision", json={"standing": "held", "reason": "改期"})
    assert recorded(sessions, "fair") == [
        ("fair.published", f"event:{fair}", {"standing": "waiting"}, {"standing": "published"}),
        ("fair.held", f"event:{fair}", {"standing": "published"}, {"standing": "held"}),
    ]


def test_the_ledger_and_announcements_are_on_record_with_what_was_before(desk: Desk, sessions: sessionmaker[Session]) -> None:
    counsellor = desk.signed_in("辅导员", Role.COUNSELLOR, COLLEGE)
    number = counsellor.post("/employers", json={"name": NAME, "city": "长沙", "note": "联系人王某"}).json()["id"]
    for city in ("株洲", "株洲"):
        counsellor.post("/employers", json={"name": NAME, "city": city})
    counsellor.post(f"/employers/{number}/checks", json={"what": "site", "outcome": "ok", "note": "打得开"})
    visit = {"employer": NAME, "visited_on": "2026-11-20", "visitor": "王老师"}
    for posts in (1, 4):
        counsellor.post("/employers/visits", json=visit | {"posts_gained": posts, "note": "见了李某"})
    assert [(action, before, after) for action, _, before, after in recorded(sessions, "employer")] == [
        ("employer.new", {}, {"name": NAME, "city": "长沙"}),
        ("employer.updated", {"city": "长沙"}, {"city": "株洲"}),
        ("employer.unchanged", {}, {}),
        ("employer.check", {}, {"site": "ok"}),
        ("employer.visit", {}, {"level": "other", "college": "", "is_new": None, "posts_gained": 1}),
        ("employer.visit", {"posts_gained": 1}, {"posts_gained": 4}),
    ]

    said = counsellor.post("/announcements", json={"text": "线上双选会", "until": "2026-12-05"}).json()["id"]
    for _ in range(2):
        counsellor.delete(f"/announcements/{said}")
    assert recorded(sessions, "announcement") == [
        (
            "announcement.publish",
            f"announcement:{said}",
            {},
            {"kind": "announcement", "text": "线上双选会", "valid_from": "2026-12-01", "valid_until": "2026-12-05"},
        ),
        ("announcement.end", f"announcement:{said}", {"ended": False}, {"ended": True}),
    ]


def _record_full(_session: Session, _number: int, _before: State, _after: State) -> None:
    raise OSError("disk full")


CHANGES: dict[str, Callable[[sessionmaker[Session], int, int, Witness], object]] = {
    "posting": lambda sessions, posting, _, witness: Review(sessions, CLOCK).decide(posting, "published", "审核人", witness=witness),
    "postings": lambda sessions, posting, _, witness: Review(sessions, CLOCK).publish_clean([posting], "审核人", witness),
    "fair": lambda sessions, _, fair, witness: EventReview(sessions, CLOCK).decide(fair, "published", "审核人", witness=witness),
    "fairs": lambda sessions, _, fair, witness: EventReview(sessions, CLOCK).publish_clean([fair], "审核人", witness),
    "employer": lambda sessions, _, __, witness: Ledger(sessions, CLOCK).put(EmployerRecord(NAME), witness),
    "announcement": lambda sessions, _, __, witness: Announcements(sessions, CLOCK).add(
        "线上双选会", "announcement", until=date(2026, 12, 5), by="辅导员", witness=witness
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_cannot_be_put_on_record_is_not_done(sessions: sessionmaker[Session], posting: int, fair: int, change: str) -> None:
    with sessions() as session:
        employers = list(session.scalars(select(Employer.name)))

    with pytest.raises(OSError, match="disk full"):
        CHANGES[change](sessions, posting, fair, _record_full)

    with sessions() as session:
        assert session.get_one(Posting, posting).status == session.get_one(Event, fair).standing == "waiting"
        assert list(session.scalars(select(Employer.name))) == employers
    assert Announcements(sessions, CLOCK).all() == []
