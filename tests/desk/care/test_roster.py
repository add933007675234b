"""Rosters come in without doubles, one word on every line; what goes out as CSV or XLSX comes in again without a change."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.database import create_database_engine, session_factory
from desk.audit import Audit
from desk.care.fields import FILE_FIELDS, read_field, write_field
from desk.care.files import CareFiles
from desk.care.models import CareChange, CareEntry, Graduate
from desk.care.record import CareRecord
from desk.care.roster import Format, Rosters, read_roster
from desk.care.texts import CATEGORIES, DESTINATIONS, WISHES
from desk.errors import CareRefused
from desk.staff.models import Role
from desk.staff.policy import Actor
from tests.desk.clocks import SetClock

ROSTER = """2027届毕业生花名册,,,,,
序号,学号,姓名,院系,届别,联系电话
1,20270001,林小满,文学院,2027,138 0000 1234
2,20270002,周清和,文学院,2027届,
3,20270003,,文学院,2027,
4,20270004,沈知遥,理学院,2027,13900005678
5,20270005,何以安,文学院,明年,
6,2.0227E+13,何以安,文学院,2027,
7,20270002,周清和,文学院,2027届,
8,20270001,林小满,文学院,2028,
"""


def _take(rosters: Rosters, actor: Actor, content: bytes) -> list[tuple[int, str, str]]:
    return [(one.line, one.result, one.note) for one in rosters.take(actor, read_roster("名册.csv", content))]


def test_a_roster_is_taken_in_with_a_word_on_every_line(rosters: Rosters, counsellor: Actor) -> None:
    told = _take(rosters, counsellor, ROSTER.encode("gb18030"))
    assert [(line, result) for line, result, _ in told] == [
        (3, "new"), (4, "new"), (5, "refused"), (6, "refused"), (7, "refused"), (8, "refused"), (9, "unchanged"), (10, "refused"),
    ]  # fmt: skip
    notes = {line: note for line, _, note in told}
    assert (
        "姓名" in notes[5]
        and "本学院" in notes[6]
        and "届别" in notes[7]
        and "科学计数" in notes[8]
        and "第 4 行" in notes[9]
        and "第 3 行" in notes[10]
    )


def test_the_same_roster_again_adds_nobody(rosters: Rosters, supervisor: Actor, sessions: sessionmaker[Session]) -> None:
    _take(rosters, supervisor, ROSTER.encode())
    with sessions() as session:
        before = session.scalars(select(CareChange.id)).all()
    assert {result for _, result, _ in _take(rosters, supervisor, ROSTER.encode())} == {"unchanged", "refused"}
    with sessions() as session:
        assert len(session.scalars(select(Graduate)).all()) == 3
        assert session.scalars(select(CareChange.id)).all() == before


def test_an_empty_cell_leaves_what_is_known(rosters: Rosters, files: CareFiles, counsellor: Actor) -> None:
    _take(rosters, counsellor, "学号,姓名,电话,专业\n20270001,林小满,13800001234,\n".encode())
    assert _take(rosters, counsellor, "学号,姓名,电话,专业\n20270001,林小满,,编辑出版\n".encode()) == [(2, "updated", "")]
    kept = files.read(counsellor, 1).graduate
    assert (kept.phone, kept.major, kept.college) == ("13800001234", "编辑出版", "文学院")


def test_one_person_under_two_numbers_is_pointed_out(rosters: Rosters, counsellor: Actor) -> None:
    told = _take(rosters, counsellor, "学号,姓名,电话\n20270001,林小满,13800001234\n20270002,林小满,13800001234\n".encode())
    assert told[0][2] == "" and "是不是同一个人" in told[1][2]


def test_a_workbook_with_numbers_and_days_in_its_cells_is_read(rosters: Rosters, files: CareFiles, counsellor: Actor) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["名册"])
    sheet.append(["学号", "姓名", "手机", "届别", "离校日期", "备注"])
    sheet.append([20270001, "林小满", 13800001234, 2027, datetime(2027, 6, 30), "x"])
    out = io.BytesIO()
    workbook.save(out)
    roster = read_roster("名册.xlsx", out.getvalue())
    assert roster.ignored == ("备注",)
    assert [one.result for one in rosters.take(counsellor, roster)] == ["new"]
    kept = files.read(counsellor, 1).graduate
    assert (kept.student_number, kept.phone, kept.cohort, str(kept.left_school_on)) == ("20270001", "13800001234", 2027, "2027-06-30")


@pytest.mark.parametrize("content", ["", "姓名,电话\n林小满,1\n", "学号,姓名\n"])
def test_a_file_without_headings_or_rows_is_refused_in_one_line(content: str) -> None:
    with pytest.raises(CareRefused, match=r"^名册\.csv：[^\n]+$"):
        read_roster("名册.csv", content.encode())


def test_another_college_takes_nothing_out(rosters: Rosters, counsellor: Actor, neighbour: Actor) -> None:
    _take(rosters, counsellor, ROSTER.encode())
    assert "林小满" in rosters.export(counsellor, "csv").decode()
    assert "林小满" not in rosters.export(neighbour, "csv").decode()


def test_formulas_are_defused_on_the_way_out(rosters: Rosters, files: CareFiles, supervisor: Actor) -> None:
    graduate = files.put(
        supervisor, {"student_number": "A1", "name": "=1+1", "college": "文学院", "major": "@SUM(A1)", "goal": "-2", "wish_work": "+3"}
    )[0]
    files.add_entry(supervisor, graduate, "note", '=HYPERLINK("http://x")')
    said = rosters.export(supervisor, "csv").decode("utf-8-sig")
    assert "'=1+1" in said and "'@SUM(A1)" in said and "'-2" in said and "'+3" in said
    workbook = load_workbook(io.BytesIO(rosters.export(supervisor, "xlsx")))
    cells = [cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(str(cell.value).startswith(("=", "+", "-", "@")) for cell in cells)


def test_key_groups_leave_with_the_supervisor_alone(rosters: Rosters, files: CareFiles, counsellor: Actor, supervisor: Actor) -> None:
    _take(rosters, counsellor, ROSTER.encode())
    files.set_categories(supervisor, 1, ["残疾"])
    assert "重点群体" not in rosters.export(counsellor, "csv").decode()
    assert "残疾" in rosters.export(supervisor, "csv").decode()
    told = _take(rosters, counsellor, "学号,姓名,重点群体\n20270002,周清和,孤儿或特困\n".encode())
    assert told[0][1] == "refused" and "重点群体" in told[0][2]


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["=1", "'=1", "''", "_x0041_", "#N/A", "a\r\nb", '",";', "TRUE", "001"]
)
_DAYS = st.dates(min_value=read_field("left_school_on", "1990-01-01"), max_value=read_field("left_school_on", "2026-12-01"))
_BY_FIELD: dict[str, st.SearchStrategy[Any]] = {
    "cohort": st.integers(2000, 2099) | st.just(""),
    "phone": st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True) | st.just(""),
    "left_school_on": _DAYS | st.just(""),
    "next_contact_on": _DAYS | st.just(""),
    "wish": st.sampled_from(["", *WISHES]),
    "destination": st.sampled_from(["", "unplaced"]),
    "destination_on": st.just(""),
    "categories": st.lists(st.sampled_from(list(CATEGORIES)), unique=True),
}
_LENGTHS = {"degree": 20, "name": 60}
_FILES = st.fixed_dictionaries(
    {
        field: _BY_FIELD.get(field, _TEXT.map(lambda text: text[:20]))
        for field in (*FILE_FIELDS, "categories")
        if field not in ("student_number", "name", "college")
    }
)


@pytest.fixture(scope="module")
def store(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sessionmaker[Session], Rosters, CareFiles]]:
    """One SQLite database for all examples: what is tested is the tables, which know nothing of databases."""
    path = tmp_path_factory.mktemp("roster") / "zhiwen.db"
    path.write_bytes(sqlite_template.read_bytes())
    engine = create_database_engine(f"sqlite:///{path}")
    sessions = session_factory(engine)
    clock = SetClock(datetime(2026, 12, 1, 2, tzinfo=UTC))
    record = CareRecord(sessions, clock, Audit(sessions, clock))
    files = CareFiles(record)
    yield sessions, Rosters(record, files), files
    engine.dispose()


_NUMBERS = count(1)
BOSS = Actor(1, "主管", Role.SUPERVISOR, None, "")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values=_FILES)
def test_out_and_in_again_changes_nothing(kind: Format, values: dict[str, Any], store: tuple[sessionmaker[Session], Rosters, CareFiles]) -> None:
    sessions, rosters, files = store
    number = f"R{next(_NUMBERS)}"
    files.put(BOSS, {**values, "student_number": number, "name": "林小满", "college": "文学院"})
    out = rosters.export(BOSS, kind)
    assert {one.result for one in rosters.take(BOSS, read_roster("台账", out))} == {"unchanged"}

    before = _record(sessions, number)
    _empty(sessions)
    assert [one.result for one in rosters.take(BOSS, read_roster("台账", out))] == ["new"]
    assert _record(sessions, number) == before
    _empty(sessions)


def _record(sessions: sessionmaker[Session], number: str) -> str:
    with sessions() as session:
        row = session.scalars(select(Graduate).where(Graduate.student_number == number)).one()
        return json.dumps({field: write_field(field, getattr(row, field)) for field in (*FILE_FIELDS, "categories")}, ensure_ascii=False)


def _empty(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.execute(update(Graduate).values(erased_at=Graduate.created_at))
        for model in (CareEntry, CareChange, Graduate):
            session.execute(delete(model))


@given(st.sampled_from([("wish", label) for label in WISHES.values()] + [("destination", label) for label in DESTINATIONS.values()]))
def test_every_choice_is_read_as_it_is_written(choice: tuple[str, str]) -> None:
    field, label = choice
    assert write_field(field, read_field(field, label)) == label
