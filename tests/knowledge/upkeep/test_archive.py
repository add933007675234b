"""The whole knowledge goes into one file and comes out of it the same; a damaged or foreign file changes nothing."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot import migrate
from core.clock import Clock
from core.database import create_database_engine, session_factory
from knowledge.catalogue import revision
from knowledge.errors import ArchiveInvalid
from knowledge.ingest.importing import Importer
from knowledge.models import Document, DocumentRelation
from knowledge.search.encoder import Encoder
from knowledge.upkeep.archive import export_archive, import_archive
from tests.knowledge.conftest import Write
from tests.knowledge.papers import GANSU

CLOCK = Clock(date(2026, 12, 1))
LATER = GANSU.replace("2024届", "2025届").replace("2023年", "2024年").replace("〔2023〕18号", "〔2024〕20号").replace("1500元", "1800元")
CORRECTED = GANSU.replace("1500元", "1600元")


@pytest.fixture
def filled(importer: Importer, write: Write) -> None:
    """Two years of a notice, the earlier one in two versions."""
    for name, text in (("a.txt", GANSU), ("b.txt", CORRECTED), ("c.txt", LATER)):
        assert importer.take(write(text, name)).result in ("new", "new_version")


@pytest.fixture
def archive(filled: None, sessions: sessionmaker[Session], tmp_path: Path) -> Path:
    home = tmp_path / "home"
    (home / "pack").mkdir(parents=True)
    (home / "synonyms.txt").write_text("小青 就业中心\n", encoding="utf-8")
    (home / "pack" / "ours.yaml").write_text("[]\n", encoding="utf-8")
    (home / "secret").write_text("not to be carried away", encoding="utf-8")
    path = tmp_path / "knowledge.zip"
    assert export_archive(sessions, CLOCK, home, path) == 3
    return path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[sessionmaker[Session]]:
    """An empty store on another machine."""
    engine: Engine = create_database_engine(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    migrate.upgrade(engine)
    yield session_factory(engine)
    engine.dispose()


def told(sessions: sessionmaker[Session]) -> list[dict[str, Any]]:
    """Everything of the documents but what the store itself gives out: numbers and vectors."""
    with sessions() as session:
        return [
            {
                **{column.key: getattr(row, column.key) for column in Document.__table__.columns if column.key != "id"},
                "clauses": [(clause.path, tuple(clause.headings), clause.start, clause.end, clause.kind, clause.entities) for clause in row.clauses],
            }
            for row in session.scalars(select(Document).order_by(Document.identity, Document.version))
        ]


def owners(sessions: sessionmaker[Session]) -> list[tuple[str, str]]:
    """Which attachment belongs to which notice, by their sources."""
    with sessions() as session:
        sources = {row.id: row.source for row in session.scalars(select(Document))}
        return [(row.source, sources[row.parent_id]) for row in session.scalars(select(Document)) if row.parent_id is not None]


def relations(sessions: sessionmaker[Session]) -> list[tuple[str | None, str, str, str]]:
    with sessions() as session:
        titles = {row.id: row.doc_no for row in session.scalars(select(Document))}
        return sorted((titles[row.from_id], row.kind, row.key, row.state) for row in session.scalars(select(DocumentRelation)))


def rewritten(archive: Path, name: str, content: bytes, *, listed: bool = True) -> Path:
    """The archive with one member changed or added, in the manifest too if `listed`."""
    with zipfile.ZipFile(archive) as old:
        members = {info.filename: old.read(info) for info in old.infolist()}
    members[name] = content
    if listed:
        manifest = json.loads(members["manifest.json"])
        manifest["files"][name] = hashlib.sha256(content).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()
    path = archive.with_name("rewritten.zip")
    with zipfile.ZipFile(path, "w") as new:
        for member, data in members.items():
            new.writestr(member, data)
    return path


def test_what_comes_out_is_what_went_in(archive: Path, sessions: sessionmaker[Session], elsewhere: sessionmaker[Session], tmp_path: Path) -> None:
    taken = import_archive(elsewhere, tmp_path / "there", archive)

    assert (taken.added, taken.known, taken.files) == (3, 0, 2)
    assert told(elsewhere) == told(sessions)
    assert relations(elsewhere) == relations(sessions)
    assert relations(elsewhere)
    assert (tmp_path / "there" / "synonyms.txt").read_text(encoding="utf-8") == "小青 就业中心\n"
    assert (tmp_path / "there" / "pack" / "ours.yaml").exists()
    assert not (tmp_path / "there" / "secret").exists()


def test_an_attachment_still_belongs_to_its_notice(
    sessions: sessionmaker[Session], elsewhere: sessionmaker[Session], importer: Importer, write: Write, tmp_path: Path
) -> None:
    paths = [
        write(LATER, "folder/notice.txt"),
        write("附件1：补贴申请表\n填表人要写清楚姓名、学校和银行卡所在的城市，并由学校盖章。\n", "folder/附件1 补贴申请表.txt"),
    ]
    assert importer.take(write(GANSU, "first.txt")).result == "new"
    for path in paths:
        importer.take(path)
    with sessions.begin() as session:
        first, notice, attachment = session.scalars(select(Document).order_by(Document.id))
        attachment.parent_id = notice.id
        session.delete(first)  # so that the numbers are others over there
    export_archive(sessions, CLOCK, tmp_path, tmp_path / "linked.zip")

    import_archive(elsewhere, tmp_path / "there", tmp_path / "linked.zip")

    assert owners(elsewhere) == owners(sessions)
    assert len(owners(elsewhere)) == 1


def test_readers_are_told_to_look_again(archive: Path, elsewhere: sessionmaker[Session], tmp_path: Path) -> None:
    before = revision(elsewhere)
    import_archive(elsewhere, tmp_path / "there", archive)

    assert revision(elsewhere) > before


def test_taken_in_twice_changes_nothing(archive: Path, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    before, judged, number = told(sessions), relations(sessions), revision(sessions)

    taken = import_archive(sessions, tmp_path / "home", archive)

    assert (taken.added, taken.known) == (0, 3)
    assert (told(sessions), relations(sessions), revision(sessions)) == (before, judged, number)


def test_what_was_judged_here_stays(archive: Path, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    with sessions.begin() as session:
        for relation in session.scalars(select(DocumentRelation)):
            relation.state = "rejected"

    import_archive(sessions, tmp_path / "home", archive)

    assert {state for *_, state in relations(sessions)} == {"rejected"}


def test_a_newer_version_here_stays_the_one_in_force(
    archive: Path, elsewhere: sessionmaker[Session], encoder: Encoder, write: Write, tmp_path: Path
) -> None:
    newest = Importer(elsewhere, Clock(date(2026, 12, 24)), encoder)
    assert newest.take(write(GANSU.replace("1500元", "1700元"), "d.txt")).result == "new"

    import_archive(elsewhere, tmp_path / "there", archive)

    with elsewhere() as session:
        (current,) = session.scalars(select(Document).where(Document.current, Document.doc_no == "甘教就函〔2023〕18号"))
        versions = session.scalar(select(func.count()).where(Document.identity == current.identity))
    assert "1700元" in current.text
    assert versions == 3


@pytest.mark.parametrize(
    ("name", "content", "listed"),
    [
        ("documents/1.json", b"{}", False),
        ("../outside.txt", b"x", True),
        ("pack/../../outside.yaml", b"x", True),
        ("/etc/synonyms.txt", b"x", True),
        ("secret", b"x", True),
    ],
    ids=["changed", "a path that leads out", "a hidden path that leads out", "an absolute path", "a file that no export writes"],
)
def test_an_archive_that_was_tampered_with_is_refused(
    archive: Path, elsewhere: sessionmaker[Session], tmp_path: Path, name: str, content: bytes, listed: bool
) -> None:
    with pytest.raises(ArchiveInvalid):
        import_archive(elsewhere, tmp_path / "there", rewritten(archive, name, content, listed=listed))

    assert told(elsewhere) == []
    assert not (tmp_path / "there").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"not an archive"])
def test_what_is_no_archive_is_refused(elsewhere: sessionmaker[Session], tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)

    with pytest.raises(ArchiveInvalid, match=r"x\.zip"):
        import_archive(elsewhere, tmp_path / "there", path)


def test_an_archive_of_another_format_is_refused(archive: Path, elsewhere: sessionmaker[Session], tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as whole:
        manifest = {**json.loads(whole.read("manifest.json")), "format": 99}

    with pytest.raises(ArchiveInvalid, match="99"):
        import_archive(elsewhere, tmp_path / "there", rewritten(archive, "manifest.json", json.dumps(manifest).encode(), listed=False))


def test_a_failed_export_leaves_nothing_behind(filled: None, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    folder = tmp_path / "target"
    folder.mkdir()
    with sessions.begin() as session:
        DocumentRelation.__table__.drop(session.connection())  # type: ignore[attr-defined]

    with pytest.raises(SQLAlchemyError, match="document_relations"):
        export_archive(sessions, CLOCK, tmp_path, folder / "knowledge.zip")

    assert list(folder.iterdir()) == []
