"""Check 24: backup while in use, restore into an empty place; row counts and checksums equal, on both databases and from one to the other."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Engine, delete, func, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from bot import migrate
from bot.backup.archive import back_up, restore
from bot.backup.errors import BackupInvalid, PlaceNotEmpty
from bot.backup.rows import counted, lines_of, reflected
from bot.messages import Incoming, Reply
from bot.store import ConversationStore
from bot.wechat.models import PENDING, Follower, OutgoingPart
from core.clock import Clock
from core.database import create_database_engine, session_factory
from desk.audit import Audit
from desk.care.files import CareFiles
from desk.care.record import CareRecord
from desk.models import Ticket, TicketEvent
from desk.staff.directory import StaffDirectory
from desk.staff.models import Role
from desk.staff.policy import system_actor
from desk.tickets import TicketRequest, Tickets
from knowledge.models import ClauseRow, ClauseVectors, Document
from tests.conftest import PostgresServer

CLOCK = Clock()


def _silent(_name: str, _position: int, _total: int) -> None:
    """No progress is shown in tests."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with what cannot be made again, and with what can."""
    home = tmp_path / "home"
    for name, content in {"secret": "geheim", "pack/own.yaml": "[]", "synonyms.txt": "三方 就业协议", "index/big": "x", "logs/a.log": "x"}.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content)
    with sqlite3.connect(home / "rasa-tracker.db") as tracker:
        tracker.execute("CREATE TABLE events (id INTEGER)")
        tracker.execute("INSERT INTO events VALUES (7)")
    tracker.close()
    return home


@pytest.fixture
def filled(migrated_engine: Engine) -> Engine:
    """A database with something of every kind of column in it, awkward values among them."""
    sessions = session_factory(migrated_engine)
    store = ConversationStore(sessions, CLOCK, CLOCK)
    conversation = store.open("web")
    received = store.receive(Incoming(conversation, "c1", '三方协议怎么签 🙂\n"引号"', "pass", None, None, CLOCK.now()))
    store.answer(received.message, [Reply("text", "这样签", payload={"null": None, "中": [1, 2.5, True]}), Reply("text", "还有", payload=None)])
    Tickets(sessions, CLOCK).register(
        TicketRequest(conversation, "档案", "档案在哪", [{"role": "user", "text": "档", "at": CLOCK.now().isoformat()}])
    )
    audit = Audit(sessions, CLOCK)
    staff = StaffDirectory(sessions, audit, CLOCK)
    first = staff.add(system_actor("测试"), "何老师", Role.COUNSELLOR, password="一个只在测试里用的密码", college="文学院")
    second = staff.add(system_actor("测试"), "苏老师", Role.COUNSELLOR, password="一个只在测试里用的密码", college="文学院")
    staff.change(system_actor("测试"), first.id, {"stand_in_id": second.id})
    CareFiles(CareRecord(sessions, CLOCK, audit)).put(
        system_actor("测试"), {"student_number": "1", "name": "林小满", "college": "文学院", "left_school_on": "2026-06-30"}
    )
    with sessions.begin() as session:
        session.add(_document())
        session.add(Follower(account="main", openid="o1", conversation_id=store.opened(session, "wechat"), created_at=CLOCK.now()))
        session.flush()
        now = CLOCK.now()
        session.add(OutgoingPart(follower_id=1, message_id="m1", part=0, text="还没送到的答复", state=PENDING, next_at=now, created_at=now))
    return migrated_engine


def _document() -> Document:
    columns: dict[str, Any] = {
        "identity": "x", "version": 1, "source": "x.txt", "checksum": "0", "body_checksum": "0", "issuers": [], "dates": [], "date_conflict": False,
        "cohorts": [2027], "audience": [], "damage": [], "text": "正文", "removed_lines": 0, "ingested_at": datetime(2026, 12, 1, 1, 2, 3, 456, UTC),
        "sketch": b"\x00\xff\x01", "validity": [],
    }  # fmt: skip
    clause = ClauseRow(ordinal=0, kind="clause", path="一", headings=[], start=0, end=2, damage=[], entities=[])
    return Document(**columns, clauses=[clause])


@pytest.fixture
def elsewhere(postgres: PostgresServer, tmp_path: Path) -> Iterator[Callable[[str], Engine]]:
    """Empty databases of either kind."""
    made: list[tuple[Engine, str]] = []

    def elsewhere(kind: str) -> Engine:
        url = postgres.create(migrated=False) if kind == "postgresql" else f"sqlite:///{tmp_path / f'elsewhere{len(made)}.db'}"
        made.append((create_database_engine(url), url))
        return made[-1][0]

    yield elsewhere
    for engine, url in made:
        engine.dispose()
        if url.startswith("postgresql"):
            postgres.drop(url)


def _contents(engine: Engine) -> dict[str, tuple[int, str]]:
    with engine.connect() as connection:
        counts = {table.name: counted(lines_of(connection, table), len) for table in reflected(connection).sorted_tables}
    return {name: (count.rows, count.sha256) for name, count in sorted(counts.items())}


def _conversations(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """What was said; without the column that a revision adds to it, for what is taken away with a column does not come back with it."""
    with engine.connect() as connection:
        tables = reflected(connection).tables
        rows = {name: connection.execute(select(tables[name]).order_by(tables[name].c.id)).mappings().all() for name in ("conversations", "messages")}
    return {name: [{column: value for column, value in row.items() if column != "channel"} for row in found] for name, found in rows.items()}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_check_24_counts_and_checksums_are_equal_after_a_restore(
    filled: Engine, home: Path, tmp_path: Path, elsewhere: Callable[[str], Engine], kind: str
) -> None:
    made = back_up(filled, home, CLOCK, tmp_path / "b.zip", _silent)
    target, new_home = elsewhere(kind), tmp_path / "new"
    put_back = restore(target, new_home, tmp_path / "b.zip", _silent)

    assert _contents(target) == _contents(filled)
    assert put_back == made and made.rows > 10
    assert migrate.revisions(target)[0] == migrate.revisions(target)[1]
    assert (new_home / "secret").read_text() == "geheim" and (new_home / "pack/own.yaml").exists()
    assert not (new_home / "index").exists() and not (new_home / "logs").exists()
    with sqlite3.connect(new_home / "rasa-tracker.db") as tracker:
        assert tracker.execute("SELECT id FROM events").fetchall() == [(7,)]
    tracker.close()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_what_was_restored_goes_on(filled: Engine, home: Path, tmp_path: Path, elsewhere: Callable[[str], Engine], kind: str) -> None:
    back_up(filled, home, CLOCK, tmp_path / "b.zip", _silent)
    target = elsewhere(kind)
    restore(target, tmp_path / "new", tmp_path / "b.zip", _silent)
    sessions = session_factory(target)

    tickets = Tickets(sessions, CLOCK)
    with sessions() as session:
        highest = session.scalar(select(func.max(Ticket.id))) or 0
    assert tickets.register(TicketRequest("other", "x", "x", [])).id == highest + 1
    with pytest.raises(DatabaseError, match="append-only"), sessions.begin() as session:
        session.execute(delete(TicketEvent))
    with pytest.raises(IntegrityError, match=r"(?i)foreign"), sessions.begin() as session:
        session.add(ClauseVectors(clause_id=999, model="m", rows=b""))


def test_check_24_a_backup_taken_while_in_use_is_of_one_moment(
    filled: Engine, home: Path, tmp_path: Path, elsewhere: Callable[[str], Engine], backend: str
) -> None:
    """Every registration writes a ticket and its event: in a backup there must be as many of the one as of the other."""
    sessions, stop = session_factory(filled), Event()
    failures: list[BaseException] = []

    def write() -> None:
        tickets, number = Tickets(sessions, CLOCK), 0
        while not stop.is_set():
            number += 1
            try:
                tickets.register(TicketRequest(f"w{number}", "x", "x" * 500, []))
            except BaseException as error:
                failures.append(error)
                return

    writer = Thread(target=write)
    writer.start()
    try:
        made = [back_up(filled, home, CLOCK, tmp_path / f"{number}.zip", _silent) for number in range(5)]
    finally:
        stop.set()
        writer.join()
    assert failures == []
    assert all(one.tables["tickets"].rows == one.tables["ticket_events"].rows for one in made)
    assert made[-1].tables["tickets"].rows > made[0].tables["tickets"].rows

    target = elsewhere(backend)
    restore(target, tmp_path / "new", tmp_path / "4.zip", _silent)
    assert _contents(target)["tickets"] == (made[-1].tables["tickets"].rows, made[-1].tables["tickets"].sha256)


def test_nothing_is_ever_overwritten(filled: Engine, home: Path, tmp_path: Path, elsewhere: Callable[[str], Engine], backend: str) -> None:
    back_up(filled, home, CLOCK, tmp_path / "b.zip", _silent)
    before = _contents(filled)
    with pytest.raises(PlaceNotEmpty):
        restore(filled, tmp_path / "new", tmp_path / "b.zip", _silent)
    assert _contents(filled) == before
    with pytest.raises(PlaceNotEmpty, match=r"synonyms|pack|rasa"):
        restore(elsewhere(backend), home, tmp_path / "b.zip", _silent)


def test_a_new_database_that_was_only_migrated_is_an_empty_place(
    filled: Engine, home: Path, tmp_path: Path, elsewhere: Callable[[str], Engine], backend: str
) -> None:
    back_up(filled, home, CLOCK, tmp_path / "b.zip", _silent)
    target = elsewhere(backend)
    migrate.upgrade(target)
    restore(target, tmp_path / "new", tmp_path / "b.zip", _silent)
    assert _contents(target) == _contents(filled)


def test_a_backup_that_was_damaged_or_changed_is_refused_and_nothing_written(
    filled: Engine, home: Path, tmp_path: Path, elsewhere: Callable[[str], Engine], backend: str
) -> None:
    back_up(filled, home, CLOCK, tmp_path / "b.zip", _silent)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    outside = {**manifest, "files": {**manifest["files"], "../evil": manifest["files"]["secret"]}}
    changed = [
        {**members, "tables/tickets.jsonl": members["tables/tickets.jsonl"].replace(b"support", b"Support")},
        {name: content for name, content in members.items() if name != "tables/tickets.jsonl"},
        {**members, "manifest.json": json.dumps(outside).encode(), "files/../evil": members["files/secret"]},
        {**members, "manifest.json": json.dumps({**manifest, "revision": "9999"}).encode()},
        {**members, "manifest.json": json.dumps({**manifest, "format": 99}).encode()},
        {"other": b""},
    ]
    target = elsewhere(backend)
    for number, content in enumerate(changed):
        path = tmp_path / f"changed{number}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in content.items():
                archive.writestr(name, data)
        with pytest.raises(BackupInvalid, match=r"^[^\n]+$"):
            restore(target, tmp_path / "new", path, _silent)
    (tmp_path / "cut.zip").write_bytes((tmp_path / "b.zip").read_bytes()[:-100])
    with pytest.raises(BackupInvalid):
        restore(target, tmp_path / "new", tmp_path / "cut.zip", _silent)
    assert _contents(target) == {} and not (tmp_path / "new").exists()


def test_the_file_is_its_owners_alone(filled: Engine, home: Path, tmp_path: Path) -> None:
    back_up(filled, home, CLOCK, tmp_path / "b.zip", _silent)
    assert (tmp_path / "b.zip").stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob(".*")) == []


def test_migrations_go_down_and_up_over_filled_tables(
    filled: Engine, home: Path, tmp_path: Path, elsewhere: Callable[[str], Engine], backend: str
) -> None:
    """Each revision is taken back and made again on a database that has rows; what it does not touch is kept."""
    before = _conversations(filled)
    for revision in reversed(migrate.all_revisions()[:-1]):
        migrate.downgrade(filled, revision)
        migrate.upgrade(filled)
    assert _conversations(filled) == before
