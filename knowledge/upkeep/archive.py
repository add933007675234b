"""The whole knowledge as one file: documents with all versions and clauses, what people decided about them, the school's own entries and synonyms.

A ZIP with `manifest.json` (format, day, SHA-256 of each member), `documents/N.json` (a document with its clauses, one file each), `relations.json`,
and what lies in the home folder under `pack/` and as `synonyms.txt`. Sentence vectors are left out: whoever imports computes them.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from sqlalchemy import Date, LargeBinary, func, select
from sqlalchemy.orm import DeclarativeBase, Session, selectinload, sessionmaker

from core.clock import Clock
from core.database import UtcDateTime
from knowledge.catalogue import raise_revision
from knowledge.errors import ArchiveInvalid
from knowledge.models import ClauseRow, Document, DocumentRelation

_Row = TypeVar("_Row", bound=DeclarativeBase)

FORMAT = 1
MAX_MEMBER = 64 * 1024 * 1024
MAX_TOTAL = 2 * 1024 * 1024 * 1024
_MANIFEST = "manifest.json"
_RELATIONS = "relations.json"
_HOME_FILES = ("synonyms.txt", "pack/*.yaml")
_POINTERS = ("parent_id",)
"""Columns of a document that name another by its id."""


@dataclass(frozen=True)
class ImportedArchive:
    """What an import brought: documents added and those that were there already, files of the home folder written."""

    added: int
    known: int
    files: int


def export_archive(sessions: sessionmaker[Session], clock: Clock, home: Path, target: Path) -> int:
    """Write the archive to `target`, whole or not at all; returns the number of documents (all versions)."""
    temporary = target.with_name(f".{target.name}.part")
    checksums: dict[str, str] = {}
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive, sessions() as session:
            for name, content in _members(session, home):
                archive.writestr(name, content)
                checksums[name] = hashlib.sha256(content).hexdigest()
            manifest = {"format": FORMAT, "made_at": clock.now().isoformat(), "files": checksums}
            archive.writestr(_MANIFEST, _json(manifest))
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return sum(name.startswith("documents/") for name in checksums)


def _members(session: Session, home: Path) -> Iterator[tuple[str, bytes]]:
    for document in session.scalars(select(Document).options(selectinload(Document.clauses)).order_by(Document.id).execution_options(yield_per=50)):
        yield f"documents/{document.id}.json", _json({**_record(document), "clauses": [_record(clause) for clause in document.clauses]})
    yield _RELATIONS, _json([_record(relation) for relation in session.scalars(select(DocumentRelation).order_by(DocumentRelation.id))])
    for pattern in _HOME_FILES:
        for path in sorted(home.glob(pattern)):
            yield path.relative_to(home).as_posix(), path.read_bytes()


def import_archive(sessions: sessionmaker[Session], home: Path, source: Path) -> ImportedArchive:
    """Take an archive in: documents that are on file already stay as they are, others become further versions of their identity.

    One transaction; the files of the home folder are written after it. Raises ArchiveInvalid, and then nothing was changed.
    """
    members = _checked(source)
    with sessions.begin() as session:
        ids: dict[int, int] = {}
        records = [_parsed(source, name, members[name]) for name in sorted((name for name in members if name.startswith("documents/")), key=_number)]
        new = [record["id"] for record in records if _take(session, record, ids)]
        for record in records:
            if record["id"] in new:
                _point(session, record, ids)
        for relation in _parsed(source, _RELATIONS, members[_RELATIONS]):
            _relate(session, relation, ids)
        if new:
            raise_revision(session)
    files = [name for name in members if not name.startswith("documents/") and name != _RELATIONS]
    for name in files:
        _write(home / name, members[name])
    return ImportedArchive(len(new), len(ids) - len(new), len(files))


def _checked(source: Path) -> dict[str, bytes]:
    """The members of an archive that is as its manifest says, by name."""
    try:
        with zipfile.ZipFile(source) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_TOTAL or any(info.file_size > MAX_MEMBER for info in archive.infolist()):
                raise ArchiveInvalid(f"{source}：解开后太大，不像知识库的备份")
            manifest = json.loads(archive.read(_MANIFEST))
            members = {name: archive.read(name) for name in manifest["files"]}
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError, RuntimeError) as error:
        raise ArchiveInvalid(f"{source}：不是职问导出的知识库文件，或者已经损坏") from error
    if manifest.get("format") != FORMAT:
        raise ArchiveInvalid(f"{source}：是另一种版本的导出文件（{manifest.get('format')}），这里认识的是 {FORMAT}")
    for name, content in members.items():
        if hashlib.sha256(content).hexdigest() != manifest["files"][name] or not _known(name):
            raise ArchiveInvalid(f"{source}：其中的 {name} 与清单不符，文件可能损坏或被改过")
    if _RELATIONS not in members:
        raise ArchiveInvalid(f"{source}：缺少 {_RELATIONS}")
    return members


def _known(name: str) -> bool:
    """Only what an export writes, and never a path that leads out of the home folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        return False
    return name == _RELATIONS or (path.parent.name == "documents" and path.stem.isdigit()) or any(path.match(pattern) for pattern in _HOME_FILES)


def _number(name: str) -> int:
    return int(PurePosixPath(name).stem)


def _take(session: Session, record: dict[str, Any], ids: dict[int, int]) -> bool:
    """Put a document under the id that it has here into `ids`; whether it is new."""
    own = {name: value for name, value in record.items() if name not in ("id", "clauses", *_POINTERS)}
    known = session.scalar(select(Document.id).where(Document.identity == own["identity"], Document.checksum == own["checksum"]))
    if known is not None:
        ids[record["id"]] = known
        return False
    here = session.scalar(select(Document).where(Document.identity == own["identity"], Document.current))
    document = _row(Document, own)
    document.version = 1 + (session.scalar(select(func.max(Document.version)).where(Document.identity == own["identity"])) or 0)
    if here is not None and document.current:
        document.current = document.ingested_at >= here.ingested_at
        here.current = not document.current
    document.clauses = [_row(ClauseRow, {name: clause[name] for name in clause if name not in ("id", "document_id")}) for clause in record["clauses"]]
    session.add(document)
    session.flush()
    ids[record["id"]] = document.id
    return True


def _point(session: Session, record: dict[str, Any], ids: dict[int, int]) -> None:
    """Point a new document at the documents that it belongs to, as they are numbered here."""
    document = session.get_one(Document, ids[record["id"]])
    for name in _POINTERS:
        there = record.get(name)
        setattr(document, name, None if there is None else ids.get(there))


def _relate(session: Session, record: dict[str, Any], ids: dict[int, int]) -> None:
    """Take a relation over between the documents as they are numbered here; what people have judged here already stays."""
    own = {name: value for name, value in record.items() if name != "id"}
    own |= {"from_id": ids[record["from_id"]], "to_id": ids.get(record["to_id"])}
    known = session.scalar(select(DocumentRelation).filter_by(from_id=own["from_id"], kind=own["kind"], key=own["key"]))
    if known is None:
        session.add(_row(DocumentRelation, own))


def _record(row: DeclarativeBase) -> dict[str, Any]:
    """A row's columns as JSON takes them."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _row(model: type[_Row], record: dict[str, Any]) -> _Row:
    """A row from its record; a column that an older archive lacks takes its default."""
    columns = {column.key: column for column in model.__table__.columns}
    return model(**{name: _value(columns[name].type, value) for name, value in record.items() if name in columns})


def _value(kind: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, LargeBinary):
        return b64decode(value)
    return date.fromisoformat(value) if isinstance(kind, Date) else value


def _parsed(source: Path, name: str, content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError as error:
        raise ArchiveInvalid(f"{source}：其中的 {name} 读不出来") from error


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain, indent=1).encode()


def _plain(value: Any) -> str:
    return b64encode(value).decode() if isinstance(value, bytes) else str(value.isoformat())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(content)
    temporary.replace(path)
