"""The list of documents: what the database can choose it chooses, a page at a time; how a document stands today is worked out for the rest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session, aliased

from desk.document_views import OnFile, documents_on_file
from knowledge.answers.standing import Status
from knowledge.models import Document

Marked = Literal["damaged", "doubtful", "undated", "retired", "replaced"]
_ESCAPE = "!"
_NOTICE = aliased(Document)
"""The document whose attachment another is: what an attachment does not say of itself, it says."""


@dataclass(frozen=True)
class Wanted:
    """Which documents are asked for; `words` are looked for in title, number, issuer and file name."""

    words: str = ""
    status: Status | None = None
    region: str = ""
    marked: Marked | None = None

    @property
    def is_stored(self) -> bool:
        """Whether the database alone can say which documents these are: no day and no relation is needed for it."""
        return self.status is None and self.marked in (None, "undated", "retired")


def documents_wanted(session: Session, today: date, wanted: Wanted, *, limit: int, offset: int) -> tuple[list[OnFile], int]:
    """A page of the documents that count, the latest first, and how many there are in all."""
    chosen = _chosen(wanted)
    if wanted.is_stored:
        total = session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
        numbers = list(session.scalars(chosen.order_by(Document.id.desc()).limit(limit).offset(offset)))
        return documents_on_file(session, today, numbers)[::-1], total
    narrowed = bool(wanted.words or wanted.region)
    found = documents_on_file(session, today, list(session.scalars(chosen)) if narrowed else None)
    rows = [row for row in reversed(found) if _is_wanted(row, wanted)]
    return rows[offset : offset + limit], len(rows)


def regions_on_file(session: Session) -> list[str]:
    """The places that documents that count are of."""
    found = session.scalars(select(Document.region).where(Document.current, Document.region.is_not(None)).distinct())
    return sorted(region for region in found if region)


def _chosen(wanted: Wanted) -> Select[int]:
    chosen = select(Document.id).outerjoin(_NOTICE, and_(_NOTICE.id == Document.parent_id, _NOTICE.current)).where(Document.current)
    if wanted.region:
        chosen = chosen.where(func.coalesce(func.nullif(Document.region, ""), _NOTICE.region) == wanted.region)
    if wanted.marked == "undated":
        chosen = chosen.where(func.coalesce(Document.issued_on, Document.adopted_on).is_(None))
    if wanted.marked == "retired":
        chosen = chosen.where(Document.retired_until.is_not(None))
    return chosen.where(*(_holds(word) for word in wanted.words.split()))


def _holds(word: str) -> ColumnElement[bool]:
    """Whether a document bears a word. Issuers are stored as JSON, in which only ASCII stands as it is."""
    plain = (Document.title, Document.doc_no, Document.source, Document.attachment, _NOTICE.title, _NOTICE.doc_no)
    listed = (cast(Document.issuers, String), cast(_NOTICE.issuers, String))
    return or_(
        *(column.ilike(f"%{_escaped(word)}%", escape=_ESCAPE) for column in plain),
        *(column.ilike(f"%{_escaped(json.dumps(word)[1:-1])}%", escape=_ESCAPE) for column in listed),
    )


def _escaped(word: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        word = word.replace(sign, _ESCAPE + sign)
    return word


def _is_wanted(row: OnFile, wanted: Wanted) -> bool:
    if wanted.status is not None and row.standing != wanted.status:
        return False
    if wanted.marked == "damaged":
        return bool(row.row.damage) or row.damaged_clauses > 0
    if wanted.marked == "doubtful":
        return row.row.date_conflict or row.row.authority != "issuer" or bool(row.successor and not row.successor.believed)
    return wanted.marked != "replaced" or row.successor is not None
