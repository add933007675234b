"""The file: a ZIP of `manifest.json`, a table each as `tables/NAME.jsonl`, and what of the home folder cannot be made again.

The manifest names the revision of the tables, their columns, row counts and checksums, and the checksum of each file. The index, models, logs
and caches are left out: they are built again from what is here.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, Table, delete, func, select, text
from sqlalchemy.schema import AddConstraint, DropConstraint, ForeignKeyConstraint

from bot import migrate
from bot.backup import texts
from bot.backup.errors import BackupError, BackupInvalid, PlaceNotEmpty
from bot.backup.rows import Count, counted, lines_of, put_lines, reflected
from bot.backup.snapshots import copy_sqlite, snapshot
from core.clock import Clock

FORMAT = 1
MADE_BY_MIGRATIONS = frozenset({"posting_state"})
"""Tables that a new database has a row in."""
_MANIFEST = "manifest.json"
_BLOCK = 1 << 20
_HOME_FILES = ("secret", "synonyms.txt", "pack/*.yaml", "spool/*", "uploads/**/*")
"""What of the home folder nobody can make again."""
_SQLITE_FILES = ("rasa-tracker.db",)
"""Databases in the home folder that are copied whole: Rasa's memory of conversations."""

Progress = Callable[[str, int, int], None]
"""Told the name of a part, and of how many it is which."""


@dataclass(frozen=True)
class Summary:
    """What a backup holds: the revision, the tables with their counts, and how many files."""

    revision: str
    tables: dict[str, Count]
    files: int

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(count.rows for count in self.tables.values())


def back_up(engine: Engine, home: Path, clock: Clock, target: Path, progress: Progress) -> Summary:
    """Write the store to `target`, whole or not at all, readable by its owner alone; the store stays in use. Raises BackupError, OSError."""
    temporary = target.with_name(f".{target.name}.part")
    try:
        with (
            os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            with snapshot(engine) as connection:
                revision = MigrationContext.configure(connection).get_current_revision()
                if revision is None:
                    raise BackupError(texts.NOTHING)
                tables = dict(_write_tables(archive, connection, progress))
            files = dict(_write_files(archive, home))
            manifest = {"format": FORMAT, "made_at": clock.now().isoformat(), "revision": revision, "tables": tables, "files": files}
            archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return _summary(manifest)


def restore(engine: Engine, home: Path, source: Path, progress: Progress) -> Summary:
    """Put a backup back into an empty place and bring its tables up to date. All or nothing of the database; files come after it.

    Every table is read again and compared with the manifest before it counts. Raises BackupInvalid, PlaceNotEmpty, BackupError.
    """
    with _opened(source) as (archive, manifest):
        _check(source, archive, manifest)
        _refuse_filled(engine)
        existing = next((home / name for name in manifest["files"] if name != "secret" and (home / name).exists()), None)
        if existing is not None:
            raise PlaceNotEmpty(texts.HOME_NOT_EMPTY.format(path=existing))
        migrate.to_revision(engine, manifest["revision"])
        _load(engine, archive, manifest, progress)
        migrate.upgrade(engine)
        for name in manifest["files"]:
            _put_file(home / name, archive.read(f"files/{name}"))
    return _summary(manifest)


def _write_tables(archive: zipfile.ZipFile, connection: Connection, progress: Progress) -> Iterator[tuple[str, dict[str, Any]]]:
    tables = reflected(connection).sorted_tables
    for position, table in enumerate(tables):
        progress(table.name, position, len(tables))
        with archive.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as member:
            count = counted(lines_of(connection, table), member.write)
        yield table.name, {"columns": [column.name for column in table.columns], **asdict(count)}


def _write_files(archive: zipfile.ZipFile, home: Path) -> Iterator[tuple[str, str]]:
    for pattern in _HOME_FILES:
        for path in sorted(path for path in home.glob(pattern) if path.is_file() and not path.name.endswith(".part")):
            yield _write_file(archive, path.relative_to(home).as_posix(), path.read_bytes())
    for name in _SQLITE_FILES:
        if (home / name).is_file():
            copy = home / f".{name}.part"
            try:
                copy_sqlite(home / name, copy)
                yield _write_file(archive, name, copy.read_bytes())
            finally:
                copy.unlink(missing_ok=True)


def _write_file(archive: zipfile.ZipFile, name: str, content: bytes) -> tuple[str, str]:
    archive.writestr(f"files/{name}", content)
    return name, hashlib.sha256(content).hexdigest()


@contextmanager
def _opened(source: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(source))
            manifest = json.loads(archive.read(_MANIFEST))
            found = manifest["format"]
        except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as error:
            raise BackupInvalid(texts.NO_BACKUP.format(path=source)) from error
        if found != FORMAT:
            raise BackupInvalid(texts.OTHER_FORMAT.format(path=source, found=found, known=FORMAT))
        yield archive, manifest


def _check(source: Path, archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Whether every member is there and as the manifest says, no name leads out of the home folder, and the revision is one of ours."""
    if not migrate.is_known(manifest["revision"]):
        raise BackupInvalid(texts.NEWER.format(path=source, revision=manifest["revision"]))
    wanted = {f"tables/{name}.jsonl": table["sha256"] for name, table in manifest["tables"].items()}
    wanted |= {f"files/{name}": sha256 for name, sha256 in manifest["files"].items()}
    for name, sha256 in wanted.items():
        try:
            is_same = _is_ours(name) and _sha256(archive, name) == sha256
        except (KeyError, zipfile.BadZipFile, OSError, ValueError):
            is_same = False
        if not is_same:
            raise BackupInvalid(texts.CHANGED.format(path=source, name=name))


def _is_ours(name: str) -> bool:
    """A table, or a file of the home folder that a backup holds; never a path that leads out of it."""
    parts = PurePosixPath(name).parts
    if PurePosixPath(name).is_absolute() or ".." in parts or len(parts) < 2:
        return False
    kept = {pattern.split("/")[0] for pattern in _HOME_FILES} | set(_SQLITE_FILES)
    return parts[0] == "tables" or (parts[0] == "files" and parts[1] in kept)


def _sha256(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        while block := member.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _refuse_filled(engine: Engine) -> None:
    with engine.connect() as connection:
        for table in reflected(connection).sorted_tables:
            if table.name not in MADE_BY_MIGRATIONS and connection.scalar(select(func.count()).select_from(table)):
                raise PlaceNotEmpty(texts.NOT_EMPTY.format(table=table.name))


def _load(engine: Engine, archive: zipfile.ZipFile, manifest: dict[str, Any], progress: Progress) -> None:
    with _free_of_references(engine) as connection:
        metadata = reflected(connection)
        for name in MADE_BY_MIGRATIONS & set(metadata.tables):
            connection.execute(delete(metadata.tables[name]))
        for position, (name, table) in enumerate(manifest["tables"].items()):
            progress(name, position, len(manifest["tables"]))
            with archive.open(f"tables/{name}.jsonl") as member:
                put_lines(connection, metadata.tables[name], table["columns"], member)
            found = counted(lines_of(connection, metadata.tables[name]), len)
            if (found.rows, found.sha256) != (table["rows"], table["sha256"]):
                raise BackupError(texts.DIFFERENT.format(table=name))
        if connection.dialect.name == "postgresql":
            _advance_sequences(connection, metadata)


@contextmanager
def _free_of_references(engine: Engine) -> Iterator[Connection]:
    """A transaction in which rows may come before those that they refer to; at its end every reference is checked."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            with connection.begin():
                references = [constraint for table in reflected(connection).tables.values() for constraint in _references(table)]
                for constraint in references:
                    connection.execute(DropConstraint(constraint))
                yield connection
                for constraint in references:
                    connection.execute(AddConstraint(constraint))
            return
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.commit()
        with connection.begin():
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise BackupError(texts.DIFFERENT.format(table=broken[0]))
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _references(table: Table) -> list[ForeignKeyConstraint]:
    return [constraint for constraint in table.constraints if isinstance(constraint, ForeignKeyConstraint)]


def _advance_sequences(connection: Connection, metadata: MetaData) -> None:
    """Have PostgreSQL number new rows after those that came with their numbers."""
    for table in metadata.tables.values():
        for column in table.primary_key.columns:
            named = text("SELECT pg_get_serial_sequence(:table, :column)")
            sequence = connection.scalar(named, {"table": table.name, "column": column.name})
            highest = connection.scalar(select(func.max(column))) if sequence else None
            if highest is not None:
                connection.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})


def _put_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)


def _summary(manifest: dict[str, Any]) -> Summary:
    tables = {name: Count(table["rows"], table["sha256"]) for name, table in manifest["tables"].items()}
    return Summary(manifest["revision"], tables, len(manifest["files"]))
