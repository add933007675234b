"""Import: a file becomes a document in the store, whole or not at all; twice the same changes nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.text.folding import fold, fold_with_offsets
from knowledge import catalogue
from knowledge.errors import DocumentRefused
from knowledge.ingest.clause_rows import clause_rows
from knowledge.ingest.corrections import Corrections, correct, corrected
from knowledge.ingest.duplicates import Sketches
from knowledge.ingest.gathering import Found, Gathered, gather_content, read_bytes
from knowledge.ingest.isolation import IsolatedReader, shared_reader
from knowledge.ingest.linking import follow_new_version, link_attachments
from knowledge.ingest.naming import attachment_in_name
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.source_text import SourceText
from knowledge.ingest.truth_columns import authority_of, truth_columns
from knowledge.language.pipeline import find_entities
from knowledge.models import Document
from knowledge.relations import relate
from knowledge.search import vector_table
from knowledge.search.encoder import Encoder
from knowledge.truth import AUTHORITY_RANK

Result = Literal["new", "new_version", "unchanged", "refused"]


@dataclass(frozen=True)
class ImportOutcome:
    """What became of one file; `detail` is a Chinese line for people."""

    source: str
    result: Result
    detail: str
    document_id: int | None = None
    clauses: int = 0
    damaged_clauses: int = 0
    notes: tuple[str, ...] = ()
    """What the reader left out and why, as Chinese lines."""


Also = Callable[[Session, ImportOutcome], None]
"""What belongs to an import and is to be kept with it or not at all: called within its transaction."""


@dataclass(frozen=True)
class Rehearsal:
    """A document as it would be stored; the rows are there as long as the session of the rehearsal is open."""

    session: Session
    parsed: ParsedDocument
    outcome: ImportOutcome


class Importer:
    """Imports files into the store, one transaction each."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, encoder: Encoder | None = None, reader: IsolatedReader | None = None) -> None:
        """With an encoder the vectors come with the import; without, `knowledge.embedding` fills them in later."""
        self._sessions, self._clock, self._encoder = sessions, clock, encoder
        self._sketches = Sketches()
        self._reader = reader or shared_reader()

    def take(self, path: Path) -> ImportOutcome:
        """Import one file. A file that cannot be taken gives an outcome `refused`; the store's own errors are raised."""
        try:
            content = read_bytes(path, path.name)
        except DocumentRefused as error:
            return ImportOutcome(path.name, "refused", str(error))
        return self.take_bytes(path.name, content, path.resolve().parent.name)

    def take_bytes(
        self, name: str, content: bytes, folder: str = "", corrections: Corrections | None = None, also: Also | None = None
    ) -> ImportOutcome:
        """Import one document from its bytes; `folder` tells papers of one file name without number and title apart."""
        try:
            source, document = self._read(name, content, corrections)
        except DocumentRefused as error:
            return ImportOutcome(name, "refused", str(error))
        try:
            return self._keep(name, folder, source, document, corrections, also)
        except IntegrityError:  # somebody took the same file in at the same moment: this time it is found on file
            return self._keep(name, folder, source, document, corrections, also)

    @contextmanager
    def rehearsed(self, name: str, content: bytes, corrections: Corrections | None = None) -> Iterator[Rehearsal]:
        """Import one document in a transaction that is rolled back in the end; raises DocumentRefused."""
        source, document = self._read(name, content, corrections)
        with self._sessions() as session:
            try:
                outcome = self._store(session, document, _identity(document, name, ""), corrections)
                yield Rehearsal(session, document, replace(outcome, notes=source.notes))
            finally:
                session.expunge_all()  # or the rollback would empty what was read of documents on file
                session.rollback()

    def _read(self, name: str, content: bytes, corrections: Corrections | None) -> tuple[SourceText, ParsedDocument]:
        source = self._reader.read(name, content)
        document = parse_document(source)
        return source, corrected(document, corrections) if corrections else document

    def _keep(
        self, name: str, folder: str, source: SourceText, document: ParsedDocument, corrections: Corrections | None, also: Also | None
    ) -> ImportOutcome:
        with self._sessions.begin() as session:
            outcome = replace(self._store(session, document, _identity(document, name, folder), corrections), notes=source.notes)
            if also is not None:
                also(session, outcome)
            return outcome

    def take_upload(self, name: str, content: bytes, also: Also | None = None) -> list[ImportOutcome]:
        """Import a file that was handed over as bytes, an archive too."""
        with TemporaryDirectory(prefix="zhiwen-") as workplace:
            return list(self.take_all(gather_content(name, content, self._reader, Path(workplace)), also))

    def take_all(self, gathered: Gathered, also: Also | None = None) -> Iterator[ImportOutcome]:
        """Import what was gathered, file by file; afterwards attachments are linked to the notices that lie beside them."""
        groups: dict[str, list[int]] = {}
        for name, detail in gathered.refused:
            yield ImportOutcome(name, "refused", detail)
        for found in gathered.files:
            outcome = self._take_found(found, also)
            if outcome.document_id is not None:
                groups.setdefault(found.group, []).append(outcome.document_id)
            yield outcome
        for ids in groups.values():
            if len(ids) > 1:
                link_attachments(self._sessions, ids)

    def _take_found(self, found: Found, also: Also | None) -> ImportOutcome:
        try:
            content = read_bytes(found.path, found.name)
        except DocumentRefused as error:
            return ImportOutcome(found.name, "refused", str(error))
        return self.take_bytes(found.name, content, PurePath(found.group).name, also=also)

    def _store(self, session: Session, parsed: ParsedDocument, identity: str, corrections: Corrections | None) -> ImportOutcome:
        body = body_checksum(parsed)
        same = session.scalar(select(Document).where(Document.current, (Document.checksum == parsed.checksum) | (Document.body_checksum == body)))
        if same is not None:
            return ImportOutcome(parsed.source, "unchanged", f"内容没有变化（与已有文件《{same.title or same.source}》相同）", same.id)
        before = _version_before(session, identity)
        if before is not None and AUTHORITY_RANK[before.authority] > AUTHORITY_RANK[authority_of(parsed)]:
            identity = f"{identity[:200]}|{parsed.source}"[:300]  # somebody's repost is no new version of the issuer's own text
            before = _version_before(session, identity)
        row = self._row(parsed, identity, body, before.version + 1 if before else 1)
        correct(row, corrections or {})
        if before is not None:
            before.current = False
            row.retired_until, row.retired_reason, row.retired_by = before.retired_until, before.retired_reason, before.retired_by
        session.add(row)
        session.flush()
        if self._encoder is not None:
            vector_table.store(session, self._encoder, [vectors for clause in row.clauses for vectors in clause.vectors])
        if before is not None:
            follow_new_version(session, before, row)
        relate(session, row, before, self._clock.now(), self._sketches)
        catalogue.raise_revision(session)
        damaged = sum(bool(clause.damage) for clause in row.clauses)
        return ImportOutcome(parsed.source, "new_version" if before else "new", _describe(parsed, row), row.id, len(row.clauses), damaged)

    def _row(self, parsed: ParsedDocument, identity: str, body: str, version: int) -> Document:
        return Document(
            identity=identity,
            version=version,
            current=True,
            source=parsed.source,
            checksum=parsed.checksum,
            body_checksum=body,
            title=parsed.title,
            doc_no=parsed.doc_no,
            issuers=list(parsed.issuers),
            issued_on=parsed.issued_on,
            dates=[{"role": entry.role, "day": entry.day.isoformat(), "printed": entry.printed} for entry in parsed.dates],
            date_conflict=parsed.date_conflict,
            region=parsed.region,
            cohorts=list(parsed.cohorts),
            audience=_audience(parsed),
            damage=sorted(parsed.damage),
            text=parsed.text,
            removed_lines=parsed.removed_lines,
            ingested_at=self._clock.now(),
            **truth_columns(parsed),
            attachment=(attachment_in_name(parsed.source) or parsed.attachment)[:30],
            clauses=clause_rows(parsed, self._encoder),
        )


def _version_before(session: Session, identity: str) -> Document | None:
    return session.scalar(select(Document).where(Document.identity == identity, Document.current))


def body_checksum(parsed: ParsedDocument) -> str:
    """A checksum of the document's own text, whatever page it was reposted on."""
    text = "".join(fold_with_offsets(parsed.text[clause.start : clause.end]).text for clause in parsed.clauses if clause.kind != "posted")
    return hashlib.sha256(re.sub(r"\W", "", text).encode()).hexdigest()


def _identity(parsed: ParsedDocument, name: str, folder: str) -> str:
    """What makes a later file a version of this one; a paper without number and title is known by its file and folder alone."""
    label = attachment_in_name(name) or parsed.attachment
    if parsed.doc_no and not label:
        return f"no:{parsed.doc_no}"
    if parsed.title and parsed.issuers and not label:
        return f"title:{'、'.join(parsed.issuers)}|{parsed.title}"[:280] + (f"|{parsed.issued_on}" if parsed.issued_on else "")
    return f"file:{folder}/{name}"[-300:]


def _audience(parsed: ParsedDocument) -> list[str]:
    """Whom the document is for, as far as its title and opening say so."""
    opening = next((parsed.text[clause.start : clause.end] for clause in parsed.clauses if clause.kind == "preamble"), "")
    names = [entity.name for entity in find_entities(fold(f"{parsed.title or ''}{opening}").replace(" ", "")) if entity.label == "AUDIENCE"]
    return list(dict.fromkeys(names))


DAMAGE_NAMES = {
    "shards": "成段文字碎裂",
    "cut_lines": "断行缺字",
    "lost_characters": "个别字符丢失",
    "broken_numbering": "编号错乱",
    "repeated": "内容重复",
    "unsure": "文字识别把握不大",
}


def _describe(parsed: ParsedDocument, row: Document) -> str:
    parts = [f"《{parsed.title}》" if parsed.title else "原文未见标题", f"{len(row.clauses)} 条"]
    if parsed.removed_lines:
        parts.append(f"去掉网页杂项 {parsed.removed_lines} 行")
    if parsed.damage:
        parts.append("原文缺损：" + "、".join(DAMAGE_NAMES[kind] for kind in sorted(parsed.damage)))
    if parsed.date_conflict:
        parts.append("日期前后不一：" + "、".join(entry.day.isoformat() for entry in parsed.dates if entry.role != "posted"))
    return "，".join(parts)
