"""Tables as lines of JSON that mean the same on SQLite and PostgreSQL, and back.

A moment is written in UTC, bytes as base64, a JSON value inside a list, so that SQL's NULL and JSON's null stay two things. The lines of a
table come in the order of its primary key: its checksum depends on the rows alone.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import JSON, Connection, Date, DateTime, LargeBinary, MetaData, Table, insert, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import null

NOT_OURS = frozenset({"alembic_version", "clause_search_vectors"})
"""Tables that no backup holds: the revision stands in its manifest, search vectors are made again from `clause_vectors`."""
_BATCH = 500


@dataclass(frozen=True)
class Count:
    """How many rows a table has, and the SHA-256 of their lines."""

    rows: int
    sha256: str


def reflected(connection: Connection) -> MetaData:
    """The tables as they are, whatever revision they are at, those that others refer to first."""
    metadata = MetaData()
    metadata.reflect(connection, only=lambda name, _: name not in NOT_OURS)
    for table in metadata.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSONB(none_as_null=True) if isinstance(column.type, JSONB) else JSON(none_as_null=True)
    return metadata


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows of a table, a line each."""
    writers = [_writer(column.type) for column in table.columns]
    structured = [isinstance(column.type, JSON) for column in table.columns]
    nulls = [column.is_(null()) for column, is_json in zip(table.columns, structured, strict=True) if is_json]
    chosen = select(*table.columns, *nulls).order_by(*(table.primary_key.columns or table.columns))
    width = len(writers)
    for row in connection.execute(chosen.execution_options(yield_per=_BATCH)):
        absent = iter(row[width:])
        values = [
            _write(value, write, next(absent) if is_json else value is None) for value, write, is_json in zip(row, writers, structured, strict=False)
        ]
        yield json.dumps(values, separators=(",", ":"), sort_keys=True).encode() + b"\n"


def counted(lines: Iterable[bytes], each: Callable[[bytes], object]) -> Count:
    """Hand every line on, and count them."""
    digest, rows = hashlib.sha256(), 0
    for line in lines:
        each(line)
        digest.update(line)
        rows += 1
    return Count(rows, digest.hexdigest())


def put_lines(connection: Connection, table: Table, columns: list[str], lines: Iterable[bytes]) -> None:
    """Insert rows that `lines_of` wrote with these columns."""
    readers = [_reader(table.columns[name].type) for name in columns]
    remaining = iter(lines)
    while batch := list(islice(remaining, _BATCH)):
        rows = [
            {name: None if value is None else read(value) for name, read, value in zip(columns, readers, json.loads(line), strict=True)}
            for line in batch
        ]
        connection.execute(insert(table), rows)


def _write(value: Any, write: Callable[[Any], Any], is_absent: bool) -> Any:
    return None if is_absent else write(value)


def _writer(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, JSON):
        return lambda value: [value]
    if isinstance(kind, DateTime):
        return lambda value: (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(kind, Date):
        return lambda value: value.isoformat()
    if isinstance(kind, LargeBinary):
        return lambda value: b64encode(value).decode()
    return lambda value: value


def _reader(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, JSON):
        return lambda value: JSON.NULL if value[0] is None else value[0]
    if isinstance(kind, DateTime):
        # SQLite keeps no zone: what is reflected from it is naive, and UTC.
        return lambda value: datetime.fromisoformat(value) if kind.timezone else datetime.fromisoformat(value).replace(tzinfo=None)
    if isinstance(kind, Date):
        return date.fromisoformat
    if isinstance(kind, LargeBinary):
        return b64decode
    return lambda value: value
