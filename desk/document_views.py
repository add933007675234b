"""Documents as their keepers see them: how each stands today, its relations, its clauses, what should be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desk import document_texts as texts
from knowledge.answers.standing import Status, replaced_by, status
from knowledge.answers.texts import STATUS
from knowledge.catalogue import described_documents
from knowledge.ingest.importing import DAMAGE_NAMES
from knowledge.models import Document, DocumentRelation
from knowledge.relations import believed, reference
from knowledge.search.entries import DocumentEntry
from knowledge.truth import Reference, Successor


@dataclass(frozen=True)
class OnFile:
    """A document on file: its row, the entry as the search has it, how it stands today, what replaces it or may do so."""

    row: Document
    entry: DocumentEntry
    standing: Status
    successor: Successor | None

    @property
    def damaged_clauses(self) -> int:
        return sum(bool(clause.damage) for clause in self.row.clauses)


@dataclass(frozen=True)
class ClauseView:
    """A clause as it would be cited; `damage` in Chinese words."""

    path: str
    headings: tuple[str, ...]
    text: str
    damage: tuple[str, ...]


@dataclass(frozen=True)
class RelationView:
    """A relation with another document, which is `newer` than this one or not; `other` is None where that one is not on file."""

    id: int
    kind: str
    rule: str
    state: str
    believed: bool
    newer: bool
    other: Reference | None
    named: str
    quote: str
    details: tuple[dict[str, Any], ...]
    decided_by: str | None


@dataclass(frozen=True)
class Remark:
    """Something to look at: `grave` where it should be settled before the document counts."""

    code: str
    text: str
    grave: bool = False


@dataclass(frozen=True)
class DocumentDetail:
    """Everything of one document."""

    on_file: OnFile
    clauses: tuple[ClauseView, ...]
    relations: tuple[RelationView, ...]
    remarks: tuple[Remark, ...]


def documents_on_file(session: Session, today: date, numbers: list[int] | None = None) -> list[OnFile]:
    """The documents that count, or those of the numbers given, in the order in which they came."""
    return [OnFile(row, entry, status(entry, today), replaced_by(entry, today)) for row, entry in described_documents(session, numbers)]


def detail_of(session: Session, number: int, today: date) -> DocumentDetail | None:
    """Everything of a document; None where there is none of this number."""
    found = documents_on_file(session, today, [number])
    if not found:
        return None
    relations = tuple(_relations_of(session, number))
    return DocumentDetail(found[0], tuple(clauses_of(found[0].row)), relations, tuple(remarks_on(found[0], relations)))


def clauses_of(row: Document) -> Iterator[ClauseView]:
    """The clauses of a document with their printed texts, in order."""
    for clause in row.clauses:
        damage = tuple(DAMAGE_NAMES[kind] for kind in sorted(clause.damage))
        yield ClauseView(clause.path, tuple(clause.headings), row.text[clause.start : clause.end], damage)


def remarks_on(document: OnFile, relations: tuple[RelationView, ...]) -> Iterator[Remark]:
    """What a keeper should look at, the gravest kinds first."""
    row, entry = document.row, document.entry
    if row.date_conflict:
        yield Remark("date_conflict", texts.DATE_CONFLICT.format(days="、".join(entry.printed_dates)), grave=True)
    if row.damage or document.damaged_clauses:
        kinds = sorted({*row.damage, *(kind for clause in row.clauses for kind in clause.damage)})
        named = "、".join(DAMAGE_NAMES[kind] for kind in kinds)
        yield Remark("damaged", texts.DAMAGED.format(kinds=named, count=document.damaged_clauses), grave=True)
    if row.title is None:
        yield Remark("no_title", texts.NO_TITLE, grave=True)
    if entry.truth.dated_on is None:
        yield Remark("no_date", texts.NO_DATE, grave=True)
    yield from _of_relations(relations)
    if document.standing not in ("in_force", "trial"):
        yield Remark("ended", texts.ENDED.format(status=STATUS[document.standing]), grave=True)
    if not entry.issuers:
        yield Remark("no_issuer", texts.NO_ISSUER)
    if entry.region is None:
        yield Remark("no_region", texts.NO_REGION)
    if row.authority != "issuer":
        yield Remark(row.authority, texts.UNOFFICIAL if row.authority == "unofficial" else texts.REPOST)


def _of_relations(relations: tuple[RelationView, ...]) -> Iterator[Remark]:
    for one in relations:
        if one.state == "rejected" or one.other is None:
            continue
        title = one.other.title or one.named
        if one.kind == "copy_of":
            yield _of_copy(one, title)
        elif one.kind in texts.VERBS:
            yield _of_replacement(one, title)


def _of_copy(one: RelationView, title: str) -> Remark:
    if one.newer:
        return Remark("copied", texts.COPIED.format(title=title, quote=one.quote))
    if one.details:
        return Remark("copy_differs", texts.COPY_DIFFERS.format(title=title, count=len(one.details), quote=one.quote), grave=True)
    return Remark("copy", texts.COPY.format(title=title, quote=one.quote))


def _of_replacement(one: RelationView, title: str) -> Remark:
    verb = texts.VERBS[one.kind]
    if one.newer:
        said = texts.REPLACED.format(title=title, verb=verb) if one.believed else texts.MAY_BE_REPLACED.format(title=title)
        return Remark("replaced" if one.believed else "may_be_replaced", said, grave=not one.believed)
    if one.believed:
        return Remark("replaces", texts.REPLACES.format(title=title, verb=verb, status=texts.STATUS_OF[one.kind]))
    return Remark("may_replace", texts.MAY_REPLACE.format(title=title, quote=one.quote), grave=True)


def _relations_of(session: Session, number: int) -> Iterator[RelationView]:
    """The relations of a document. Of a relation the one it goes out from is the newer, and of a copy the copy."""
    mine = or_(DocumentRelation.from_id == number, DocumentRelation.to_id == number)
    for relation in session.scalars(select(DocumentRelation).where(mine).order_by(DocumentRelation.id)):
        incoming = relation.to_id == number
        other = session.get(Document, relation.from_id if incoming else relation.to_id) if incoming or relation.to_id else None
        yield RelationView(
            relation.id,
            relation.kind,
            relation.rule,
            relation.state,
            believed(relation),
            incoming,
            reference(other) if other else None,
            (other.source if other else relation.to_title or relation.to_doc_no) or "",
            relation.quote,
            tuple(relation.details),
            relation.decided_by,
        )
