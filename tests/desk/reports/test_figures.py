"""Every figure equals a recount of the raw rows, made another way; the cells of a breakdown add up to their figure; days are China's."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, text
from sqlalchemy.orm import Session, sessionmaker

from bot.models import Conversation, Feedback, Message
from core.clock import CHINA
from core.database import create_database_engine, session_factory
from desk.audit import Audit
from desk.care.models import CareEntry, Graduate
from desk.errors import ReportRefused
from desk.models import Priority, Queue, Reason, Satisfaction, State, Status, Ticket
from desk.push_models import Recommendation
from desk.reports.periods import Kind, Period, period_of
from desk.reports.service import Report, Reports
from desk.reports.texts import BREAKDOWNS, FIGURES
from desk.requests.models import GraduateProfile
from desk.staff.models import Role
from desk.staff.policy import Actor
from tests.desk.clocks import SetClock

BOSS = Actor(1, "主管", Role.SUPERVISOR, None, "")
OWN = Actor(2, "何老师", Role.COUNSELLOR, "文学院", "")
READER = Actor(3, "只读", Role.READ_ONLY, None, "")
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=CHINA)
WEEK = Period(date(2026, 11, 23), date(2026, 11, 29))
_ids = count(1)


def conversation(at: datetime, college: str | None = None) -> list[Any]:
    name = f"c{next(_ids)}"
    rows: list[Any] = [Conversation(id=name, channel="web", created_at=at, last_seq=0, offers=[])]
    return rows + ([GraduateProfile(conversation_id=name, college=college, cohort=2027, updated_at=at)] if college else [])


def message(to: str, at: datetime, role: str = "user", kind: str = "text", **payload: Any) -> Message:
    number = next(_ids)
    return Message(
        id=f"m{number}",
        conversation_id=to,
        seq=number,
        role=role,
        kind=kind,
        text="",
        payload=payload or None,
        created_at=at,
        handling="done",
        attempts=0,
    )


def ticket(at: datetime, **own: Any) -> Ticket:
    number = next(_ids)
    columns: dict[str, Any] = {
        "number": f"T{number}",
        "conversation_id": f"t{number}",
        "queue": Queue.SUPPORT,
        "reason": Reason.REQUESTED,
        "priority": Priority.NORMAL,
        "status": Status.QUEUED,
        "state": State.OPEN,
        "topic": "x",
        "summary": "",
        "transcript": [],
        "promise_due": at + timedelta(hours=5),
        "created_at": at,
        "updated_at": at,
        "college": None,
        "category": "其他",
        "passed_over": [],
    }
    return Ticket(**columns | own)


def graduate(**own: Any) -> Graduate:
    number = next(_ids)
    columns: dict[str, Any] = {
        "student_number": f"S{number}",
        "name": "x",
        "college": "文学院",
        "categories": [],
        "created_at": NOW,
        "touched_at": NOW,
    }
    return Graduate(**columns | own)


@pytest.fixture
def reports(sessions: sessionmaker[Session], clock: SetClock) -> Reports:
    return Reports(sessions, clock, Audit(sessions, clock))


def put(sessions: sessionmaker[Session], *rows: Any) -> None:
    with sessions.begin() as session:
        for row in rows:
            session.add(row)
            session.flush()


def at(day: str, hour: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{hour}:00+08:00")


def test_a_day_is_chinas(sessions: sessionmaker[Session], reports: Reports) -> None:
    put(
        sessions,
        *conversation(at("2026-11-23", "00:00")),
        *conversation(at("2026-11-22", "23:59")),
        *conversation(at("2026-11-29", "23:59")),
        *conversation(at("2026-11-30", "00:00")),
    )
    found = reports.report(BOSS, WEEK)
    assert found.values["conversations"] == 2
    assert found.breakdowns["conversations_by_day"] == {"2026-11-23": 1, "2026-11-29": 1}


def test_the_first_answer_is_measured_in_working_time(sessions: sessionmaker[Session], reports: Reports) -> None:
    friday = at("2026-11-27", "17:00")
    put(
        sessions,
        ticket(friday, answered_at=at("2026-11-30", "09:30"), status=Status.RESOLVED),
        ticket(friday, answered_at=friday + timedelta(minutes=20)),
    )
    found = reports.report(BOSS, WEEK)
    assert (found.values["first_answer"], found.values["first_answer_90"]) == (40.0, 60.0)


def test_a_promise_counts_where_it_falls_due_and_unanswered_is_not_kept(sessions: sessionmaker[Session], reports: Reports, clock: SetClock) -> None:
    due = at("2026-11-26", "12:00")
    put(
        sessions,
        ticket(at("2026-11-20"), promise_due=due, answered_at=due),
        ticket(at("2026-11-25"), promise_due=due, answered_at=due + timedelta(minutes=1)),
        ticket(at("2026-11-25"), promise_due=due),
        ticket(at("2026-11-25"), promise_due=due, status=Status.WITHDRAWN),
        ticket(at("2026-11-25"), promise_due=at("2026-12-05")),
    )
    found = reports.report(BOSS, WEEK)
    assert (found.values["promises"], found.values["promises_kept"]) == (3, 33.3)
    future = reports.report(BOSS, Period(date(2026, 12, 1), date(2026, 12, 31)))
    assert (future.values["promises"], future.values["promises_kept"]) == (0, None)


def test_gaps_and_outdated_answers_by_college_and_week(sessions: sessionmaker[Session], reports: Reports) -> None:
    ours, theirs = conversation(at("2026-11-24"), "文学院"), conversation(at("2026-11-24"))
    put(sessions, *ours, *theirs)
    refused = {"outcome": "refused", "reason": "no_source"}
    put(
        sessions,
        message(ours[0].id, at("2026-11-24"), "bot", "policy_answer", **refused),
        message(ours[0].id, at("2026-11-29"), "bot", "policy_answer", **refused),
        message(theirs[0].id, at("2026-11-29"), "bot", "policy_answer", **refused),
        message(ours[0].id, at("2026-11-25"), "bot", "policy_answer", outcome="answered", warnings=["expired"]),
        message(ours[0].id, at("2026-11-25"), "bot", "policy_answer", outcome="answered", warnings=["region_only"]),
        message(ours[0].id, at("2026-12-02"), "bot", "policy_answer", **refused),
    )
    found = reports.report(BOSS, period_of(Kind.MONTH, date(2026, 11, 5)))
    assert (found.values["policy_refused"], found.values["policy_answered"], found.values["expired_hits"]) == (3, 2, 1)
    assert found.breakdowns["gaps_by_college_and_week"] == {"文学院 · 2026-11-23 周": 2, "未说明学院 · 2026-11-23 周": 1}


def test_a_counsellor_counts_their_own_college_and_those_of_none(sessions: sessionmaker[Session], reports: Reports) -> None:
    when = at("2026-11-24")
    put(
        sessions,
        ticket(when, college="文学院"),
        ticket(when, college="理学院"),
        ticket(when),
        graduate(),
        graduate(college="理学院"),
        *conversation(when, "理学院"),
    )
    mine, all_of_them = reports.report(OWN, WEEK), reports.report(BOSS, WEEK)
    assert (mine.values["requests"], mine.values["in_care"], mine.values["conversations"]) == (2, 1, 0)
    assert (all_of_them.values["requests"], all_of_them.values["in_care"], all_of_them.values["conversations"]) == (3, 2, 1)


def test_small_cells_are_hidden_from_those_who_only_read(sessions: sessionmaker[Session], reports: Reports) -> None:
    put(sessions, *(graduate(college="文学院") for _ in range(9)), *(graduate(college="理学院") for _ in range(7)), graduate(college="医学院"))
    assert reports.report(BOSS, WEEK).breakdowns["in_care_by_college"] == {"文学院": 9, "理学院": 7, "医学院": 1}
    hidden = reports.report(READER, WEEK)
    assert hidden.breakdowns["in_care_by_college"] == {"文学院": 9, "理学院": None, "医学院": None}
    assert "<5" in reports.as_csv(hidden) and "医学院,1" not in reports.as_csv(hidden)


def test_of_a_table_by_two_things_nothing_is_shown_to_a_reader_where_one_cell_is_small(sessions: sessionmaker[Session], reports: Reports) -> None:
    for college, times in (("文学院", 9), ("理学院", 1)):
        for _ in range(times):
            rows = conversation(at("2026-11-24"), college)
            put(sessions, *rows, message(rows[0].id, at("2026-11-24", "10:06"), "bot", "policy_answer", outcome="refused"))

    assert sorted(reports.report(BOSS, WEEK).breakdowns["gaps_by_college_and_week"].values()) == [1, 9]
    assert set(reports.report(READER, WEEK).breakdowns["gaps_by_college_and_week"].values()) == {None}
    assert set(reports.report(READER, WEEK).breakdowns["gaps_by_week"].values()) == {10}


def test_every_figure_is_printed_with_its_definition(reports: Reports) -> None:
    rows = list(csv.DictReader(io.StringIO(reports.as_csv(reports.report(BOSS, WEEK)).removeprefix("\ufeff"))))
    assert {row["项目"]: row["口径"] for row in rows if not row["分组"]} == {label: definition for label, _, definition in FIGURES.values()}


def test_conversations_go_out_one_row_each_without_their_words(sessions: sessionmaker[Session], reports: Reports) -> None:
    mine, other = conversation(at("2026-11-24"), "文学院"), conversation(at("2026-11-25"), "理学院")
    put(sessions, *mine, *other)
    name = mine[0].id
    said = message(name, at("2026-11-24", "10:05"))
    said.text = "我叫林小满"
    put(sessions, said, message(name, at("2026-11-24", "10:06"), "bot", "policy_answer", outcome="refused"))
    put(sessions, Feedback(message_id=said.id, conversation_id=name, helpful=False, comment="没用", created_at=NOW))
    put(
        sessions,
        ticket(
            at("2026-11-24"),
            conversation_id=name,
            priority=Priority.HIGH,
            promise_kept=True,
            answered_at=at("2026-11-24", "11:00"),
            satisfaction=Satisfaction.FAIR,
        ),
    )
    out = "".join(reports.conversations_csv(BOSS, WEEK))
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert [row["对话"] for row in rows] == [name, other[0].id] and "林小满" not in out
    expected = {
        "学院": "文学院",
        "毕业生消息数": "1",
        "机器人消息数": "1",
        "未能答复": "1",
        "没用": "1",
        "最高紧急程度": "优先",
        "首次答复": "2026-11-24 11:00",
        "承诺兑现": "是",
        "满意度": "一般",
    }
    assert {heading: rows[0][heading] for heading in expected} == expected
    assert len(list(csv.reader(io.StringIO("".join(reports.conversations_csv(OWN, WEEK)))))) == 2


@pytest.mark.parametrize("span", [Period(date(2026, 12, 2), date(2026, 12, 1)), Period(date(2020, 1, 1), date(2026, 1, 1))])
def test_a_span_that_is_none_is_refused(reports: Reports, span: Period) -> None:
    with pytest.raises(ReportRefused):
        reports.report(BOSS, span)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        (Kind.DAY, "2026-12-01", "2026-12-01", "2026-12-01"),
        (Kind.WEEK, "2027-01-01", "2026-12-28", "2027-01-03"),
        (Kind.MONTH, "2024-02-10", "2024-02-01", "2024-02-29"),
        (Kind.QUARTER, "2026-12-31", "2026-10-01", "2026-12-31"),
        (Kind.YEAR, "2026-06-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_periods(kind: Kind, day: str, first: str, last: str) -> None:
    assert period_of(kind, date.fromisoformat(day)) == Period(date.fromisoformat(first), date.fromisoformat(last))


# The recount: raw SQL over the same tables, by strings and loops of its own.

_MOMENTS = st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 3)).map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC))
_COLLEGES = st.sampled_from([None, "文学院", "理学院"])
_TICKETS = st.fixed_dictionaries(
    {
        "created_at": _MOMENTS,
        "promise_due": _MOMENTS,
        "answered_at": st.none() | _MOMENTS,
        "college": _COLLEGES,
        "status": st.sampled_from(list(Status)),
        "priority": st.sampled_from(list(Priority)),
        "category": st.sampled_from(["其他", "档案户口"]),
        "satisfaction": st.none() | st.sampled_from(list(Satisfaction)),
        "satisfaction_at": _MOMENTS,
    }
)
_GRADUATES = st.fixed_dictionaries(
    {
        "college": st.sampled_from(["文学院", "理学院"]),
        "cohort": st.sampled_from([None, 2026, 2027]),
        "destination": st.sampled_from(["", "unplaced", "agreement", "study"]),
        "destination_on": st.none() | st.dates(date(2026, 11, 20), date(2026, 12, 1)),
        "erased_at": st.none() | _MOMENTS,
    }
)
_TALKS = st.lists(
    st.tuples(_MOMENTS, _COLLEGES, st.lists(st.tuples(_MOMENTS, st.sampled_from(["user", "refused", "answered", "outdated"])), max_size=4)),
    max_size=5,
)
_ENTRIES = st.lists(st.tuples(_MOMENTS, st.sampled_from(["call", "meeting", "unanswered", "note"])), max_size=4)


@dataclass(frozen=True)
class Store:
    engine: Engine
    sessions: sessionmaker[Session]
    reports: Reports


@pytest.fixture(scope="module")
def store(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("reports") / "zhiwen.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = create_database_engine(f"sqlite:///{path}")
    sessions = session_factory(engine)
    clock = SetClock(NOW)
    yield Store(engine, sessions, Reports(sessions, clock, Audit(sessions, clock)))
    engine.dispose()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(_TICKETS, max_size=6), st.lists(_GRADUATES, max_size=5), _TALKS, _ENTRIES)
def test_totals_equal_a_recount_of_the_raw_rows(store: Store, tickets: list[Any], graduates: list[Any], talks: list[Any], entries: list[Any]) -> None:
    _fill(store.sessions, tickets, graduates, talks, entries)
    found = store.reports.report(BOSS, WEEK)
    recounted = _recount(store.engine)
    assert {name: found.values[name] for name in recounted} == recounted
    for name, (_, figure) in BREAKDOWNS.items():
        assert sum(value or 0 for value in found.breakdowns[name].values()) == found.values[figure], name
    for actor in (OWN, READER):
        assert _no_larger(store.reports.report(actor, WEEK), found)


def _fill(sessions: sessionmaker[Session], tickets: list[Any], graduates: list[Any], talks: list[Any], entries: list[Any]) -> None:
    with sessions.begin() as session:
        session.execute(text("UPDATE graduates SET erased_at = created_at"))
        for model in (CareEntry, Graduate, Ticket, Feedback, Message, Conversation, GraduateProfile, Recommendation):
            session.execute(delete(model))
    put(sessions, *(ticket(**{"at": own["created_at"], **own}) for own in tickets), *(graduate(**own) for own in graduates))
    for when, college, said in talks:
        rows = conversation(when, college)
        put(sessions, *rows)
        payloads: dict[str, dict[str, Any]] = {"refused": {"outcome": "refused"}, "answered": {"outcome": "answered", "warnings": []}}
        payloads["outdated"] = {"outcome": "answered", "warnings": ["superseded"]}
        for moment, what in said:
            put(sessions, message(rows[0].id, moment) if what == "user" else message(rows[0].id, moment, "bot", "policy_answer", **payloads[what]))
    if graduates:
        with sessions.begin() as session:
            first = session.scalar(text("SELECT min(id) FROM graduates"))
            for moment, kind in entries:
                session.execute(insert(CareEntry).values(graduate_id=first, at=moment, staff_id=None, by="x", kind=kind, text="x"))


def _recount(engine: Engine) -> dict[str, Any]:
    """By SQL over text: the week is 22 November 16:00 to 29 November 16:00 in UTC, now is 1 December 02:00."""
    begin, end, now = "2026-11-22 16:00:00", "2026-11-29 16:00:00", "2026-12-01 02:00:00"

    def one(sql: str) -> Any:
        with engine.connect() as connection:
            return connection.execute(text(sql), {"a": begin, "b": end, "now": now}).scalar_one()

    def within(name: str) -> str:
        return f"substr({name},1,19) >= :a AND substr({name},1,19) < :b"

    def share(of: str, where: str) -> float | None:
        total = one(f"SELECT count(*) FROM {of}")
        return round(100 * one(f"SELECT count(*) FROM {of} AND ({where})") / total, 1) if total else None

    registered = f"tickets WHERE {within('created_at')}"
    due = f"tickets WHERE {within('promise_due')} AND status != 'withdrawn' AND substr(promise_due,1,19) <= :now"
    policy = f"messages WHERE kind = 'policy_answer' AND {within('created_at')}"
    placed = "graduates WHERE erased_at IS NULL AND destination IN ('agreement', 'study')"
    return {
        "conversations": one(f"SELECT count(*) FROM conversations WHERE {within('created_at')}"),
        "messages": one(f"SELECT count(*) FROM messages WHERE role = 'user' AND {within('created_at')}"),
        "policy_refused": one(f"SELECT count(*) FROM {policy} AND payload LIKE '%refused%'"),
        "policy_answered": one(f"SELECT count(*) FROM {policy} AND payload LIKE '%answered%'"),
        "expired_hits": one(f"SELECT count(*) FROM {policy} AND payload LIKE '%superseded%'"),
        "requests": one(f"SELECT count(*) FROM {registered}"),
        "withdrawn": one(f"SELECT count(*) FROM {registered} AND status = 'withdrawn'"),
        "resolved": share(f"{registered} AND status != 'withdrawn'", "status = 'resolved'"),
        "promises": one(f"SELECT count(*) FROM {due}"),
        "promises_kept": share(due, "substr(answered_at,1,19) <= substr(promise_due,1,19)"),
        "rated": one(f"SELECT count(*) FROM tickets WHERE satisfaction IS NOT NULL AND {within('satisfaction_at')}"),
        "satisfaction": share(f"tickets WHERE satisfaction IS NOT NULL AND {within('satisfaction_at')}", "satisfaction = 'satisfied'"),
        "in_care": one("SELECT count(*) FROM graduates WHERE erased_at IS NULL"),
        "placed": one(f"SELECT count(*) FROM {placed}"),
        "placed_now": one(f"SELECT count(*) FROM {placed} AND destination_on BETWEEN '2026-11-23' AND '2026-11-29'"),
        "contacts": one(
            "SELECT count(*) FROM care_entries JOIN graduates g ON g.id = graduate_id "
            f"WHERE g.erased_at IS NULL AND kind IN ('call', 'meeting') AND {within('at')}"
        ),
    }


def _no_larger(narrower: Report, whole: Report) -> bool:
    counts = [name for name, (_, unit, _) in FIGURES.items() if unit not in ("%", "工作分钟")]
    return all((narrower.values[name] or 0) <= (whole.values[name] or 0) for name in counts)
