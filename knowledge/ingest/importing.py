"""Import: a file becomes a document in the store, whole or not at all; twice the same changes nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.text.folding import fold, fold_with_offsets
from knowledge import catalogue
from knowledge.errors import DocumentRefused
from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.reading import read_text_file
from knowledge.ingest.structure import Clause
from knowledge.ingest.truth_columns import authority_of, truth_columns
from knowledge.language.pipeline import find_entities
from knowledge.models import ClauseRow, ClauseVectors, Document
from knowledge.relations import relate
from knowledge.search.encoder import Encoder, packed
from knowledge.search.entries import answering_spans
from knowledge.truth import AUTHORITY_RANK

SUFFIXES = frozenset({".txt", ".text"})

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


def text_files(paths: Sequence[Path]) -> list[Path]:
    """The files that the given files and folders come to, in order; raises DocumentRefused for a path that is not there."""
    return [file for path in paths for file in _files_under(path)]


def _files_under(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in SUFFIXES and not file.name.startswith("."))
    elif path.exists():
        yield path
    else:
        raise DocumentRefused(f"{path}：没有这个文件或文件夹")


class Importer:
    """Imports files into the store, one transaction each."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, encoder: Encoder | None = None) -> None:
        """With an encoder the vectors come with the import; without, `knowledge.embedding` fills them in later."""
        self._sessions, self._clock, self._encoder = sessions, clock, encoder

    def take(self, path: Path) -> ImportOutcome:
        """Import one file. A file that cannot be taken gives an outcome `refused`; the store's own errors are raised."""
        try:
            document = parse_document(read_text_file(path))
        except DocumentRefused as error:
            return ImportOutcome(path.name, "refused", str(error))
        with self._sessions.begin() as session:
            return self._store(session, document, _identity(document, path))

    def _store(self, session: Session, parsed: ParsedDocument, identity: str) -> ImportOutcome:
        body = body_checksum(parsed)
        same = session.scalar(select(Document).where(Document.current, (Document.checksum == parsed.checksum) | (Document.body_checksum == body)))
        if same is not None:
            return ImportOutcome(parsed.source, "unchanged", f"内容没有变化（与已有文件《{same.title or same.source}》相同）", same.id)
        before = _version_before(session, identity)
        if before is not None and AUTHORITY_RANK[before.authority] > AUTHORITY_RANK[authority_of(parsed)]:
            identity = f"{identity[:200]}|{parsed.source}"[:300]  # somebody's repost is no new version of the issuer's own text
            before = _version_before(session, identity)
        row = self._row(parsed, identity, body, before.version + 1 if before else 1)
        if before is not None:
            before.current = False
            row.retired_until, row.retired_reason, row.retired_by = before.retired_until, before.retired_reason, before.retired_by
        session.add(row)
        session.flush()
        relate(session, row, before, self._clock.now())
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
            clauses=[self._clause(parsed, ordinal, clause) for ordinal, clause in enumerate(parsed.clauses)],
        )

    def _clause(self, parsed: ParsedDocument, ordinal: int, clause: Clause) -> ClauseRow:
        folded = fold_with_offsets(parsed.text[clause.start : clause.end]).text
        return ClauseRow(
            ordinal=ordinal,
            kind=clause.kind,
            path=clause.path[:100],
            headings=list(clause.headings),
            start=clause.start,
            end=clause.end,
            damage=sorted(clause.damage),
            entities=[asdict(entity) for entity in find_entities(folded)],
            vectors=self._vectors(folded, clause),
        )

    def _vectors(self, folded: str, clause: Clause) -> list[ClauseVectors]:
        if self._encoder is None:
            return []
        heading = clause.headings[-1] if clause.headings else ""
        texts = [*(folded[start:end] for start, end in answering_spans(folded, heading)), heading or clause.path[:100]]
        return [ClauseVectors(model=self._encoder.name, rows=packed(self._encoder.encode(texts)))]


def _version_before(session: Session, identity: str) -> Document | None:
    return session.scalar(select(Document).where(Document.identity == identity, Document.current))


def body_checksum(parsed: ParsedDocument) -> str:
    """A checksum of the document's own text, whatever page it was reposted on."""
    text = "".join(fold_with_offsets(parsed.text[clause.start : clause.end]).text for clause in parsed.clauses if clause.kind != "posted")
    return hashlib.sha256(re.sub(r"\W", "", text).encode()).hexdigest()


def _identity(parsed: ParsedDocument, path: Path) -> str:
    """What makes a later file a version of this one; a paper without number and title is known by its file and folder alone."""
    if parsed.doc_no:
        return f"no:{parsed.doc_no}"
    if parsed.title and parsed.issuers:
        return f"title:{'、'.join(parsed.issuers)}|{parsed.title}"[:280] + (f"|{parsed.issued_on}" if parsed.issued_on else "")
    return f"file:{path.resolve().parent.name}/{path.name}"[:300]


def _audience(parsed: ParsedDocument) -> list[str]:
    """Whom the document is for, as far as its title and opening say so."""
    opening = next((parsed.text[clause.start : clause.end] for clause in parsed.clauses if clause.kind == "preamble"), "")
    names = [entity.name for entity in find_entities(fold(f"{parsed.title or ''}{opening}").replace(" ", "")) if entity.label == "AUDIENCE"]
    return list(dict.fromkeys(names))


_DAMAGE_NAMES = {
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
        parts.append("原文缺损：" + "、".join(_DAMAGE_NAMES[kind] for kind in sorted(parsed.damage)))
    if parsed.date_conflict:
        parts.append("日期前后不一：" + "、".join(entry.day.isoformat() for entry in parsed.dates if entry.role != "posted"))
    return "，".join(parts)
