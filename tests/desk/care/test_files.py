"""A file for each graduate: who may see and change it, and that every change keeps who, when and before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from desk.audit import AuditEvent
from desk.care import texts
from desk.care.erasing import erase_by_staff, erase_file, export_file
from desk.care.files import CareFiles
from desk.care.helping import Helping
from desk.care.models import CareChange, CareEntry, Graduate
from desk.care.record import CareRecord
from desk.care.whose import graduate_of
from desk.errors import CareConflict, CareNotFound, CareRefused
from desk.models import Priority, Reason
from desk.personal_data import PersonalData
from desk.personal_holdings import desk_holdings
from desk.staff.policy import Actor
from desk.tickets import TicketRequest, Tickets
from tests.desk.care.people import WHOLE
from tests.desk.clocks import SetClock

SIGNED = {
    "destination": "签就业协议",
    "destination_unit": "示例出版社",
    "destination_on": "2026-11-20",
    "destination_evidence": "协议编号 A-17，电话核实",
}


def test_every_change_keeps_who_when_and_before(files: CareFiles, opened: Callable[..., int], counsellor: Actor, clock: SetClock) -> None:
    graduate = opened()
    clock.advance(hours=1)
    files.change(counsellor, graduate, {"phone": "13900005678", "goal": "春节前签约"})

    latest = files.read(counsellor, graduate).changes[0]
    assert (latest.by, latest.staff_id, latest.at) == ("何老师", counsellor.staff_id, clock.now())
    assert latest.before == {"phone": "13800001234", "goal": ""}
    assert latest.after == {"phone": "13900005678", "goal": "春节前签约"}


def test_the_audit_knows_that_and_never_what(
    files: CareFiles, opened: Callable[..., int], counsellor: Actor, sessions: sessionmaker[Session]
) -> None:
    graduate = opened()
    files.change(counsellor, graduate, {"phone": "13900005678"})
    files.add_entry(counsellor, graduate, "call", "家里催得紧，想先回老家")
    files.read(counsellor, graduate)

    with sessions() as session:
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [row.action for row in rows] == ["graduate.open", "graduate.change", "graduate.entry", "graduate.read"]
    assert {(row.actor, row.subject, row.address) for row in rows} == {("何老师", f"graduate:{graduate}", "10.0.0.7")}
    said = repr([(row.before, row.after) for row in rows])
    assert not any(personal in said for personal in ("林小满", "13900005678", "20270001", "老家"))


def test_what_was_said_and_changed_cannot_be_changed_nor_deleted_in_the_database(
    files: CareFiles, opened: Callable[..., int], counsellor: Actor, sessions: sessionmaker[Session]
) -> None:
    files.add_entry(counsellor, opened(), "call", "谈了求职意向")
    for table in ("care_entries", "care_changes"):
        for statement in (f"UPDATE {table} SET \"by\" = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="append-only"), sessions.begin() as session:
                session.execute(text(statement))
    with pytest.raises(DatabaseError, match="erase before deleting"), sessions.begin() as session:
        session.execute(text("DELETE FROM graduates"))


def test_another_college_is_not_there(files: CareFiles, opened: Callable[..., int], neighbour: Actor, helping: Helping) -> None:
    graduate = opened()
    attempts: list[Callable[[], Any]] = [
        lambda: files.read(neighbour, graduate),
        lambda: files.change(neighbour, graduate, {"goal": "x"}),
        lambda: files.add_entry(neighbour, graduate, "call", "x"),
        lambda: files.close(neighbour, graduate, "declined"),
        lambda: files.reopen(neighbour, graduate),
        lambda: files.set_categories(neighbour, graduate, []),
        lambda: helping.pair(neighbour, graduate, helper="x"),
        lambda: helping.release(neighbour, graduate),
        lambda: helping.link(neighbour, graduate, "c1"),
    ]
    for attempt in attempts:
        with pytest.raises(CareNotFound):
            attempt()
    with pytest.raises(CareRefused, match="本学院"):
        files.put(neighbour, WHOLE)
    with pytest.raises(CareRefused, match="其他学院"):
        files.put(neighbour, {**WHOLE, "college": "理学院"})


def test_the_key_group_is_known_to_the_supervisor_and_to_the_helper_alone(
    files: CareFiles, helping: Helping, opened: Callable[..., int], counsellor: Actor, supervisor: Actor, reader: Actor
) -> None:
    graduate = opened()
    with pytest.raises(CareRefused, match="重点群体"):
        files.set_categories(counsellor, graduate, ["低保家庭"])
    with pytest.raises(CareRefused, match="单独"):
        files.change(supervisor, graduate, {"categories": ["低保家庭"]})

    files.set_categories(supervisor, graduate, ["残疾", "低保家庭"])
    unseen = files.read(counsellor, graduate)
    assert unseen.categories is None
    assert "key_group" not in {change.action for change in unseen.changes}
    assert files.read(reader, graduate).categories is None

    helping.pair(counsellor, graduate, staff_id=counsellor.staff_id)
    assert files.read(counsellor, graduate).categories == ["low_income", "disabled"]
    files.set_categories(counsellor, graduate, ["残疾"])
    assert files.read(supervisor, graduate).categories == ["disabled"]


def test_a_request_of_a_key_group_goes_first_and_does_not_say_why(
    files: CareFiles, helping: Helping, opened: Callable[..., int], supervisor: Actor, tickets: Tickets, sessions: sessionmaker[Session]
) -> None:
    graduate = opened()
    first = tickets.register(TicketRequest("c1", "档案", "档案在哪", []))
    helping.link(supervisor, graduate, first.number)
    tickets.withdraw("c1")
    ordinary = tickets.register(TicketRequest("c1", "档案", "档案在哪", []))
    assert (ordinary.priority, ordinary.college, ordinary.cohort) == (Priority.NORMAL, "文学院", 2027)
    tickets.withdraw("c1")

    files.set_categories(supervisor, graduate, ["低保家庭"])
    raised = tickets.register(TicketRequest("c1", "档案", "档案在哪", []))
    assert raised.priority is Priority.HIGH
    assert not any("低保" in str(value) or "low_income" in str(value) for value in vars(raised).values())
    assert tickets.register(TicketRequest("c2", "档案", "档案在哪", [])).priority is Priority.NORMAL
    with sessions() as session:
        found = graduate_of(session, f"care:{graduate}")
        assert found is not None and found.college == "文学院"


def test_a_destination_needs_its_day_and_what_it_rests_on(files: CareFiles, opened: Callable[..., int], counsellor: Actor) -> None:
    graduate = opened()
    for missing in ("destination_evidence", "destination_on"):
        with pytest.raises(CareRefused, match=r"依据|日期"):
            files.change(counsellor, graduate, {**SIGNED, missing: ""})
    with pytest.raises(CareRefused, match="不能晚于今天"):
        files.change(counsellor, graduate, {**SIGNED, "destination_on": "2027-01-01"})
    files.change(counsellor, graduate, SIGNED)
    with pytest.raises(CareRefused, match="依据"):
        files.change(counsellor, graduate, {"destination_evidence": ""})
    files.change(counsellor, graduate, {"destination": "待就业"})


def test_having_left_school_is_no_reason_to_end_the_care(files: CareFiles, opened: Callable[..., int], counsellor: Actor) -> None:
    graduate = opened(left_school_on="2026-06-30")
    with pytest.raises(CareRefused, match="离校不是结束帮扶的理由"):
        files.close(counsellor, graduate, "settled")
    with pytest.raises(CareRefused):
        files.close(counsellor, graduate, "left_school")

    files.change(counsellor, graduate, SIGNED)
    files.close(counsellor, graduate, "settled")
    with pytest.raises(CareRefused, match="结束帮扶"):
        files.change(counsellor, graduate, {"goal": "x"})
    files.reopen(counsellor, graduate)
    files.change(counsellor, graduate, {"goal": "x"})


def test_two_who_change_at_once_do_not_overwrite_each_other(
    files: CareFiles, opened: Callable[..., int], counsellor: Actor, supervisor: Actor
) -> None:
    graduate = opened()
    version = files.read(counsellor, graduate).graduate.version
    start, results = Barrier(2), []

    def change(actor: Actor, goal: str) -> None:
        start.wait()
        try:
            files.change(actor, graduate, {"goal": goal}, version)
            results.append(goal)
        except CareConflict:
            results.append("conflict")

    threads = [Thread(target=change, args=arguments) for arguments in ((counsellor, "甲"), (supervisor, "乙"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results.count("conflict") == 1
    kept = files.read(counsellor, graduate)
    assert kept.graduate.goal in results
    assert [change.after for change in kept.changes if "goal" in change.after] == [{"goal": kept.graduate.goal}]


def test_two_who_open_the_same_file_open_one(files: CareFiles, counsellor: Actor, supervisor: Actor, sessions: sessionmaker[Session]) -> None:
    start, numbers = Barrier(2), []

    def put(actor: Actor) -> None:
        start.wait()
        numbers.append(files.put(actor, WHOLE)[0])

    threads = [Thread(target=put, args=(actor,)) for actor in (counsellor, supervisor)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == 1 and len(numbers) == 2
    with sessions() as session:
        assert len(session.scalars(select(Graduate)).all()) == 1


def test_an_entry_says_what_was_done_and_sets_the_next_contact(files: CareFiles, opened: Callable[..., int], counsellor: Actor) -> None:
    graduate = opened()
    files.add_entry(counsellor, graduate, "meeting", " 谈了一小时\r\n想去长沙 ", date(2026, 12, 15))
    seen = files.read(counsellor, graduate)
    assert [(entry.by, entry.kind, entry.text) for entry in seen.entries] == [("何老师", "meeting", "谈了一小时\n想去长沙")]
    assert seen.graduate.next_contact_on == date(2026, 12, 15)
    for kind, words, day in (("call", " ", None), ("gossip", "x", None), ("call", "x", date(2026, 11, 30))):
        with pytest.raises(CareRefused):
            files.add_entry(counsellor, graduate, kind, words, day)


def test_an_erased_file_leaves_nothing_but_that_it_was_erased(
    files: CareFiles,
    helping: Helping,
    record: CareRecord,
    opened: Callable[..., int],
    supervisor: Actor,
    tickets: Tickets,
    sessions: sessionmaker[Session],
) -> None:
    graduate = opened(hometown="湘潭")
    files.set_categories(supervisor, graduate, ["残疾"])
    files.add_entry(supervisor, graduate, "call", "想回湘潭")
    helping.link(supervisor, graduate, tickets.register(TicketRequest("c1", "档案", "档案在哪", [])).number)
    with sessions.begin() as session:
        handed_out = export_file(session, "c1")
        assert handed_out is not None
        assert (handed_out["姓名"], handed_out["重点群体"], handed_out["记录"][0]["内容"]) == ("林小满", "残疾", "想回湘潭")
        erase_file(record, session, supervisor, graduate)

    with sessions() as session:
        left = repr(
            [
                [getattr(row, column.key) for column in row.__table__.columns]
                for model in (Graduate, CareEntry, CareChange)
                for row in session.scalars(select(model))
            ]
        )
        assert export_file(session, "c1") is None
        assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.id.desc())).first() == "graduate.erase"
    assert not any(personal in left for personal in ("林小满", "20270001", "13800001234", "湘潭", "disabled", "汉语言"))
    with pytest.raises(CareNotFound):
        files.read(supervisor, graduate)
    assert files.put(supervisor, WHOLE)[1] == "new"


def test_a_supervisor_erases_a_file_and_all_that_is_kept_of_the_graduate_goes_with_it(
    files: CareFiles,
    helping: Helping,
    record: CareRecord,
    opened: Callable[..., int],
    supervisor: Actor,
    tickets: Tickets,
    sessions: sessionmaker[Session],
) -> None:
    graduate = opened()
    helping.link(supervisor, graduate, tickets.register(TicketRequest("c1", "档案", "档案在哪", [])).number)
    data = PersonalData(sessions, record.audit, record.clock, desk_holdings())
    with pytest.raises(CareRefused):
        erase_by_staff(record, data, supervisor, graduate, "随便")

    erased = erase_by_staff(record, data, supervisor, graduate, "asked")

    (wish,) = data.due()
    assert (erased.receipts, erased.waits, wish.conversation_id) == ((wish.number,), False, "c1")
    with sessions() as session:
        assert session.get_one(Graduate, graduate).name == texts.ERASED_NAME
        entry = session.scalars(select(AuditEvent).where(AuditEvent.action == "graduate.erase")).one()
    assert (entry.staff_id, entry.after) == (supervisor.staff_id, {"reason": "asked"})
    with pytest.raises(CareNotFound):
        erase_by_staff(record, data, supervisor, graduate, "asked")


def test_what_an_urgent_request_still_needs_waits_when_a_file_is_erased(
    helping: Helping, record: CareRecord, opened: Callable[..., int], supervisor: Actor, tickets: Tickets, sessions: sessionmaker[Session]
) -> None:
    graduate = opened()
    urgent = tickets.register(TicketRequest("c1", "求助", "求助", [], Priority.URGENT, Reason.CRISIS))
    helping.link(supervisor, graduate, urgent.number)
    data = PersonalData(sessions, record.audit, record.clock, desk_holdings())

    assert erase_by_staff(record, data, supervisor, graduate, "asked").waits
    assert data.erase("c1") is None
    assert [wish.conversation_id for wish in data.due()] == ["c1"]


def test_a_conversation_belongs_to_one_file(
    helping: Helping, files: CareFiles, opened: Callable[..., int], supervisor: Actor, tickets: Tickets
) -> None:
    first, second = opened("20270001"), opened("20270002")
    number = tickets.register(TicketRequest("c1", "档案", "档案在哪", [])).number
    for _ in range(2):
        helping.link(supervisor, first, number.lower())
    with pytest.raises(CareRefused, match="别的档案"):
        helping.link(supervisor, second, number)
    with pytest.raises(CareRefused, match="编号"):
        helping.link(supervisor, second, "T-nothing")
    seen = files.read(supervisor, first)
    assert (seen.conversations, [ticket.number for ticket in seen.tickets]) == (["c1"], [number])

    helping.unlink(supervisor, first, "c1")
    helping.link(supervisor, second, number)
