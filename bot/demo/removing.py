"""Removes the demonstration: the rows that bear its marks, all that hangs on them, and what the record says of them.

The guards of the append-only tables are lifted for this one transaction and put back before it ends; no row of anybody else's is deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, MetaData, Table, and_, delete, or_, select, text, update
from sqlalchemy.orm import Session, sessionmaker

from bot.demo.marks import ACCOUNTS, CHANNEL, PREFIX, SOURCE, STUDENT_NUMBERS, TICKETS
from knowledge.postings.revision import next_revision

_BATCH = 400
Doomed = dict[str, set[Any]]
"""Table → primary keys, those of several columns as tuples."""


def remove(sessions: sessionmaker[Session]) -> int:
    """Remove the demonstration; how many rows went, 0 where there is none."""
    with sessions.begin() as session:
        connection = session.connection()
        metadata = MetaData()
        metadata.reflect(connection)
        doomed = _found(connection, metadata)
        count = sum(len(keys) for keys in doomed.values())
        if not count:
            return 0
        with _guards_lifted(connection, metadata):
            _let_go(connection, metadata, doomed)
            for table in reversed(metadata.sorted_tables):
                _delete(connection, table, doomed.get(table.name, set()))
        if doomed.get("postings"):
            next_revision(session)
        return count


def _found(connection: Connection, metadata: MetaData) -> Doomed:
    """The marked rows, then those that speak of them, then those that cannot stand without them."""
    tables, doomed = metadata.tables, defaultdict[str, set[Any]](set)

    def add(name: str, condition: ColumnElement[bool]) -> None:
        doomed[name] |= _keys(connection, tables[name], condition)

    add("conversations", tables["conversations"].c.channel == CHANNEL)
    add("staff", tables["staff"].c.name.in_(ACCOUNTS))
    add("graduates", tables["graduates"].c.student_number.startswith(STUDENT_NUMBERS))
    add("tickets", or_(tables["tickets"].c.number.startswith(TICKETS), tables["tickets"].c.conversation_id.in_(doomed["conversations"])))
    for number in doomed["graduates"]:
        add("tickets", tables["tickets"].c.conversation_id == f"care:{number}")
    add("postings", tables["postings"].c.id.in_(_only_ours(connection, tables["posting_origins"])))
    add("posting_origins", tables["posting_origins"].c.source == SOURCE)
    add("posting_sources", tables["posting_sources"].c.name == SOURCE)
    add("employers", tables["employers"].c.name.startswith(PREFIX))
    add("events", tables["events"].c.source == SOURCE)
    add("event_sources", tables["event_sources"].c.name == SOURCE)
    for name in ("announcements", "surveys", "trainings"):
        add(name, tables[name].c.by == SOURCE)
    _add_what_speaks_of_them(connection, metadata, doomed)
    _add_dependants(connection, metadata, doomed)
    return doomed


def _only_ours(connection: Connection, origins: Table) -> set[int]:
    """The postings that no other source names."""
    ours = set(connection.scalars(select(origins.c.posting_id).where(origins.c.source == SOURCE)))
    return ours - set(connection.scalars(select(origins.c.posting_id).where(origins.c.source != SOURCE)))


def _add_what_speaks_of_them(connection: Connection, metadata: MetaData, doomed: Doomed) -> None:
    """Rows that name a conversation, a graduate, a request or an account by words, without a reference that the database knows."""
    tables = metadata.tables
    numbers = _values(connection, tables["tickets"].c.number, doomed["tickets"])
    references = {*doomed["conversations"], *(f"care:{number}" for number in doomed["graduates"])}
    subjects = [f"graduate:{number}" for number in doomed["graduates"]] + [f"ticket:{number}" for number in numbers]
    subjects += [f"staff:{number}" for number in doomed["staff"]]
    for table in metadata.sorted_tables:
        for name, values in {"conversation_id": references, "reference": references, "subject": subjects, "staff_id": doomed["staff"]}.items():
            if name in table.c and table.name not in doomed.keys() - {"tickets"} and not _names_of_others(table, name):
                for batch in _batches(values):
                    doomed[table.name] |= _keys(connection, table, table.c[name].in_(batch))
    doomed["audit_events"] |= _keys(connection, tables["audit_events"], tables["audit_events"].c.actor == SOURCE)
    if "number" in tables["staff_events"].c:
        doomed["staff_events"] |= _keys(connection, tables["staff_events"], tables["staff_events"].c.number.in_(numbers))
    for row in connection.execute(select(tables["notification_outbox"].c.id, tables["notification_outbox"].c.facts)):
        if (row.facts or {}).get("number") in numbers:
            doomed["notification_outbox"].add(row.id)


def _names_of_others(table: Table, column: str) -> bool:
    """What an account of the demonstration wrote in somebody else's file or request stays: it is theirs."""
    return column == "staff_id" and table.name in ("care_entries", "care_changes", "ticket_notes")


def _add_dependants(connection: Connection, metadata: MetaData, doomed: Doomed) -> None:
    """Rows that refer to a doomed one by a reference that cannot be empty, and theirs."""
    grown = True
    while grown:
        grown = False
        for table, column, parent in _references(metadata):
            if column.nullable or not doomed.get(parent.table.name):
                continue
            for batch in _batches(_values(connection, parent, doomed[parent.table.name])):
                new = _keys(connection, table, column.in_(batch)) - doomed[table.name]
                doomed[table.name] |= new
                grown = grown or bool(new)


def _let_go(connection: Connection, metadata: MetaData, doomed: Doomed) -> None:
    """Empty the references to doomed rows in rows that stay, and give requests of others back to the queue that an account of ours held."""
    for table, column, parent in _references(metadata):
        if column.nullable and doomed.get(parent.table.name):
            for batch in _batches(_values(connection, parent, doomed[parent.table.name])):
                connection.execute(update(table).where(column.in_(batch)).values({column.name: None}))
    tickets, accounts = metadata.tables["tickets"], sorted(doomed["staff"])
    held = tickets.c.assignee_id.in_(accounts)
    connection.execute(update(tickets).where(held, tickets.c.status == "claimed").values(status="queued", claimed_at=None))
    connection.execute(update(tickets).where(held).values(assignee_id=None))
    connection.execute(update(tickets).where(tickets.c.offered_to_id.in_(accounts)).values(offered_to_id=None, offered_at=None))


def _references(metadata: MetaData) -> Iterator[tuple[Table, Column[Any], Column[Any]]]:
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            yield table, key.parent, key.column


def _keys(connection: Connection, table: Table, condition: ColumnElement[bool]) -> set[Any]:
    columns = list(table.primary_key.columns)
    rows = connection.execute(select(*columns).where(condition))
    return {row[0] if len(columns) == 1 else tuple(row) for row in rows}


def _values(connection: Connection, column: Column[Any], keys: set[Any]) -> set[Any]:
    """A column of the rows with these keys."""
    if column.primary_key and len(column.table.primary_key.columns) == 1:
        return keys
    found: set[Any] = set()
    for batch in _batches(keys):
        found |= set(connection.scalars(select(column).where(_with_keys(column.table, batch))))
    return found


def _with_keys(table: Any, keys: list[Any]) -> ColumnElement[bool]:
    columns: list[Column[Any]] = list(table.primary_key.columns)
    if len(columns) == 1:
        return columns[0].in_(keys)
    return or_(*(and_(*(column == value for column, value in zip(columns, key, strict=True))) for key in keys))


def _delete(connection: Connection, table: Table, keys: set[Any]) -> None:
    for batch in _batches(keys):
        connection.execute(delete(table).where(_with_keys(table, batch)))


def _batches(values: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(values)
    for start in range(0, len(listed), _BATCH):
        yield listed[start : start + _BATCH]


@contextmanager
def _guards_lifted(connection: Connection, metadata: MetaData) -> Iterator[None]:
    """Without the triggers of our tables; they are back when the transaction ends, however it ends."""
    if connection.dialect.name == "postgresql":
        guarded = connection.scalars(
            text("SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal")
        )
        names = [name for name in guarded if name in metadata.tables]
        for name in names:
            connection.exec_driver_sql(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        yield
        for name in names:
            connection.exec_driver_sql(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        return
    guards = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _ in guards:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    yield
    for _, made in guards:
        connection.exec_driver_sql(made)
