"""Tables of the knowledge: documents with their versions, clauses, and the counter that tells readers to look again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Base, UtcDateTime


class Document(Base):
    """One version of a policy document. `text` is the file as printed; every clause's quote is cut from it."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("identity", "version"), Index("ix_documents_current", "current"))

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(String(300))
    """What makes two files versions of one document: its number, else issuer and title, else the file's name."""
    version: Mapped[int] = mapped_column(Integer)
    current: Mapped[bool] = mapped_column(Boolean, default=True)
    source: Mapped[str] = mapped_column(String(500))
    checksum: Mapped[str] = mapped_column(String(64), index=True)
    body_checksum: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str | None] = mapped_column(String(500))
    doc_no: Mapped[str | None] = mapped_column(String(100))
    issuers: Mapped[list[str]] = mapped_column(JSON)
    issued_on: Mapped[date | None] = mapped_column(Date)
    dates: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    date_conflict: Mapped[bool] = mapped_column(Boolean)
    region: Mapped[str | None] = mapped_column(String(50))
    cohorts: Mapped[list[int]] = mapped_column(JSON)
    audience: Mapped[list[str]] = mapped_column(JSON)
    damage: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    removed_lines: Mapped[int] = mapped_column(Integer)
    ingested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    in_force_from: Mapped[date | None] = mapped_column(Date)
    in_force_until: Mapped[date | None] = mapped_column(Date)
    only_year: Mapped[int | None] = mapped_column(Integer)
    """The one year that it is for, where no graduating year says so."""
    adopted_on: Mapped[date | None] = mapped_column(Date)
    """A statute's last adoption or revision, as its head lists them."""
    trial: Mapped[bool] = mapped_column(Boolean, default=False)
    repealed: Mapped[bool] = mapped_column(Boolean, default=False)
    """Its own title or head marks it as repealed."""
    validity: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """The phrases that the fields above rest on, application windows and clauses' own ends among them."""
    authority: Mapped[str] = mapped_column(String(20), default="issuer")
    retired_until: Mapped[date | None] = mapped_column(Date)
    """The last day that a person has set, whatever the text says; with the reason and who said so."""
    retired_reason: Mapped[str | None] = mapped_column(Text)
    retired_by: Mapped[str | None] = mapped_column(String(100))
    series: Mapped[str | None] = mapped_column(String(300), index=True)
    """The title without its year, and whose it is: what the papers of a yearly series share."""
    sketch: Mapped[bytes | None] = mapped_column(LargeBinary)
    """MinHash of the text (`ingest.duplicates`); null for a text too short to compare."""
    attachment: Mapped[str] = mapped_column(String(30), default="")
    """`附件1` for a file that is an attachment of another, else empty."""
    parent_id: Mapped[int | None] = mapped_column(Integer, index=True)
    """The notice that it is an attachment of."""
    clauses: Mapped[list[ClauseRow]] = relationship(back_populates="document", cascade="all, delete-orphan", order_by="ClauseRow.ordinal")


class ClauseRow(Base):
    """A clause: where it stands in its document's text, what was found in it."""

    __tablename__ = "clauses"
    __table_args__ = (UniqueConstraint("document_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    ordinal: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(20))
    path: Mapped[str] = mapped_column(String(100))
    headings: Mapped[list[str]] = mapped_column(JSON)
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    damage: Mapped[list[str]] = mapped_column(JSON)
    entities: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    document: Mapped[Document] = relationship(back_populates="clauses")
    vectors: Mapped[list[ClauseVectors]] = relationship(cascade="all, delete-orphan", passive_deletes=True)


class ClauseVectors(Base):
    """The vectors of a clause by one model, computed at the import or later: until then the clause is found by its words alone."""

    __tablename__ = "clause_vectors"

    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str] = mapped_column(String(200), primary_key=True)
    rows: Mapped[bytes] = mapped_column(LargeBinary)
    """float16, one row a sentence that can answer and a last one for the heading."""


class DocumentRelation(Base):
    """That one document (`from_id`) replaces, repeals, copies or is attached to another, with the words that say so and who has judged it.

    `to_id` is null as long as the paper that is named is not on file; `key` is its number or title, folded.
    """

    __tablename__ = "document_relations"
    __table_args__ = (UniqueConstraint("from_id", "kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(300))
    to_title: Mapped[str | None] = mapped_column(String(500))
    to_doc_no: Mapped[str | None] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    rule: Mapped[str] = mapped_column(String(20))
    quote: Mapped[str] = mapped_column(Text)
    details: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Of a copy: the clauses whose sums, dates or counts are not the original's."""
    state: Mapped[str] = mapped_column(String(20), index=True)
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[str | None] = mapped_column(String(100))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class KnowledgeState(Base):
    """A single row whose `revision` rises with every change, so that running processes reload without a restart."""

    __tablename__ = "knowledge_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int] = mapped_column(Integer)


class AskedQuestion(Base):
    """A question that failed or was answered from an outdated paper: its masked words and nothing that points at who asked."""

    __tablename__ = "asked_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    text: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(20))
    warnings: Mapped[list[str]] = mapped_column(JSON)
    documents: Mapped[list[int]] = mapped_column(JSON)
    """The id of the document cited first, if any."""
