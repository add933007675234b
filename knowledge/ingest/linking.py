"""Attachments that are files of their own: which notice beside them each belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from core.text.folding import fold
from knowledge import catalogue
from knowledge.models import Document

_LEAST_TITLE = 4


def link_attachments(sessions: sessionmaker[Session], document_ids: Sequence[int]) -> int:
    """Link those of the given documents (of one folder or archive) that are attachments to the notice among them; how many were."""
    with sessions.begin() as session:
        documents = session.scalars(select(Document).where(Document.id.in_(document_ids), Document.current).order_by(Document.id)).all()
        notices = [document for document in documents if not document.attachment]
        linked = 0
        for document in documents:
            notice = _notice_of(document, notices) if document.attachment and document.parent_id is None else None
            if notice is not None:
                document.parent_id = notice.id
                linked += 1
        if linked:
            catalogue.raise_revision(session)
        return linked


def follow_new_version(session: Session, before: Document, after: Document) -> None:
    """The attachments of a notice go on to its new version, and a new version of an attachment stays with its notice."""
    session.execute(update(Document).where(Document.parent_id == before.id, Document.current).values(parent_id=after.id))
    after.parent_id = before.parent_id


def _notice_of(attachment: Document, notices: Sequence[Document]) -> Document | None:
    """The one whose name its own begins with, the only one there is, or the only one that speaks of it."""
    own = _stem(attachment.source)
    named = [notice for notice in notices if len(_stem(notice.source)) >= _LEAST_TITLE and own.startswith(_stem(notice.source))]
    if named:
        return max(named, key=lambda notice: len(_stem(notice.source)))
    if len(notices) == 1:
        return notices[0]
    title = _plain(attachment.title or "")
    speaking = [notice for notice in notices if len(title) >= _LEAST_TITLE and title in _plain(notice.text)]
    return speaking[0] if len(speaking) == 1 else None


def _stem(source: str) -> str:
    return PurePosixPath(source).stem


def _plain(text: str) -> str:
    return fold(text).replace(" ", "")
