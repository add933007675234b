"""Documents as the desk handles them: looked at before they count, published, set right, replaced, retired; all of it on record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.text.folding import fold
from desk import document_texts as texts
from desk.audit import Audit
from desk.document_lists import Wanted, documents_wanted, regions_on_file
from desk.document_views import DocumentDetail, OnFile, Remark, detail_of
from desk.errors import KnowledgeRefused
from desk.staff.policy import Actor
from knowledge.catalogue import raise_revision
from knowledge.errors import DocumentRefused
from knowledge.ingest.corrections import Corrections, correct
from knowledge.ingest.gathering import gather_content, is_archive
from knowledge.ingest.importing import Importer, ImportOutcome
from knowledge.ingest.isolation import shared_reader
from knowledge.language.places import NATION, is_school, narrowest
from knowledge.language.regions import regions_in
from knowledge.models import Document, DocumentRelation
from knowledge.relations import decide, relate

MOST_PREVIEWED = 20
"""Files of an archive that are looked at; what is published is all of it."""


@dataclass(frozen=True)
class Previewed:
    """What a file would become: `result` is new, new_version or unchanged; `notes` are the reader's own."""

    source: str
    result: str
    notes: tuple[str, ...]
    detail: DocumentDetail


@dataclass(frozen=True)
class PreviewedUpload:
    """What an upload would become; `refused` are files and reasons, `more` how many further files an archive holds."""

    documents: tuple[Previewed, ...]
    refused: tuple[tuple[str, str], ...]
    more: int


class DocumentDesk:
    """The documents' front door for staff; every change is one transaction with its record. Raises DocumentRefused and KnowledgeRefused."""

    def __init__(self, sessions: sessionmaker[Session], clock: Clock, audit: Audit) -> None:
        self._sessions, self._clock, self._audit = sessions, clock, audit

    def on_file(self, wanted: Wanted, *, limit: int, offset: int) -> tuple[list[OnFile], int]:
        """A page of the documents that count, the latest first, and how many there are in all."""
        with self._sessions() as session:
            return documents_wanted(session, self._clock.today(), wanted, limit=limit, offset=offset)

    def regions(self) -> list[str]:
        """The places that documents that count are of."""
        with self._sessions() as session:
            return regions_on_file(session)

    def detail(self, number: int) -> DocumentDetail:
        """One document with its clauses and relations."""
        with self._sessions() as session:
            found = detail_of(session, number, self._clock.today())
        if found is None:
            raise KnowledgeRefused("not_found", texts.NOT_FOUND)
        return found

    def preview(self, name: str, content: bytes, corrections: Corrections | None = None) -> PreviewedUpload:
        """What publishing would do, found out by doing it in transactions that are rolled back."""
        placed = _checked(corrections)
        if not is_archive(name):
            return PreviewedUpload((self._rehearsed(name, content, placed),), (), 0)
        if placed:
            raise KnowledgeRefused("invalid", texts.ONE_FILE)
        documents, refused = [], []
        with TemporaryDirectory(prefix="zhiwen-") as workplace:
            gathered = gather_content(name, content, shared_reader(), Path(workplace))
            refused += gathered.refused
            for found in gathered.files[:MOST_PREVIEWED]:
                try:
                    documents.append(self._rehearsed(found.name, found.path.read_bytes(), {}))
                except DocumentRefused as error:
                    refused.append((found.name, str(error)))
        return PreviewedUpload(tuple(documents), tuple(refused), max(0, len(gathered.files) - MOST_PREVIEWED))

    def publish(
        self, actor: Actor, name: str, content: bytes, replaces: int | None = None, corrections: Corrections | None = None
    ) -> list[ImportOutcome]:
        """Take a file in, an archive too; graduates are answered from it at once, its vectors follow.

        `replaces` is the document in whose place it comes: that one counts as replaced by it from then on.
        """
        placed, importer = _checked(corrections), Importer(self._sessions, self._clock)

        def also(session: Session, outcome: ImportOutcome) -> None:
            after = {"result": outcome.result, "source": outcome.source, **_plain(placed)}
            self._audit.record(session, actor, "document.publish", f"document:{outcome.document_id}", {}, after)
            if replaces is not None:
                self._replace(session, actor, outcome.document_id or 0, replaces, "")

        if is_archive(name):
            if placed or replaces is not None:
                raise KnowledgeRefused("invalid", texts.ONE_FILE)
            return importer.take_upload(name, content, also)
        if replaces is not None:
            with self._sessions() as session:
                _document(session, replaces)
        outcome = importer.take_bytes(name, content, corrections=placed, also=also)
        if replaces is not None and outcome.document_id is None:
            raise KnowledgeRefused("invalid", texts.NOT_TAKEN.format(detail=outcome.detail))
        return [outcome]

    def correct(self, actor: Actor, number: int, corrections: Corrections) -> None:
        """Set the metadata of a document right; what it replaces or copies is looked for anew."""
        placed = _checked(corrections)
        with self._sessions.begin() as session:
            row = _document(session, number)
            before = {name: getattr(row, name) for name in placed}
            correct(row, placed)
            _refuse_backwards(row.in_force_from, row.in_force_until)
            if row.current:
                relate(session, row, None, self._clock.now())
            raise_revision(session)
            self._audit.record(session, actor, "document.correct", f"document:{number}", _plain(before), _plain(placed))

    def replace(self, actor: Actor, older: int, newer: int, reason: str) -> None:
        """From now on `newer` counts as what replaces `older`."""
        with self._sessions.begin() as session:
            self._replace(session, actor, newer, older, reason)

    def judge(self, actor: Actor, number: int, relation_id: int, state: Literal["confirmed", "rejected"], reason: str) -> None:
        """Say of a suspected relation of a document that it is so, or is not."""
        with self._sessions.begin() as session:
            relation = session.get(DocumentRelation, relation_id)
            if relation is None or number not in (relation.from_id, relation.to_id):
                raise KnowledgeRefused("not_found", texts.NO_RELATION)
            if state == "confirmed" and relation.kind in texts.VERBS and relation.to_id is not None:
                _refuse_circle(session, relation.from_id, relation.to_id)
            before = {"state": relation.state}
            decide(session, relation, state, actor.name[:100], self._clock.now())
            raise_revision(session)
            after = {"state": state, "kind": relation.kind, "from": relation.from_id, "to": relation.to_id, "reason": reason.strip()}
            self._audit.record(session, actor, "document.judge", f"document:{number}", before, after)

    def retire(self, actor: Actor, number: int, until: date, reason: str) -> None:
        """A document holds until and including a day, whatever it says itself; graduates hear the reason."""
        with self._sessions.begin() as session:
            row = _document(session, number)
            before = _retirement(row)
            row.retired_until, row.retired_reason, row.retired_by = until, reason.strip(), actor.name
            raise_revision(session)
            self._audit.record(session, actor, "document.retire", f"document:{number}", before, _retirement(row))

    def restore(self, actor: Actor, number: int) -> None:
        """Again a document holds as long as it says itself."""
        with self._sessions.begin() as session:
            row = _document(session, number)
            before = _retirement(row)
            row.retired_until = row.retired_reason = row.retired_by = None
            raise_revision(session)
            self._audit.record(session, actor, "document.restore", f"document:{number}", before, _retirement(row))

    def _rehearsed(self, name: str, content: bytes, corrections: Corrections) -> Previewed:
        with Importer(self._sessions, self._clock).rehearsed(name, content, corrections) as rehearsal:
            outcome = rehearsal.outcome
            detail = detail_of(rehearsal.session, outcome.document_id or 0, self._clock.today())
            assert detail is not None  # it was stored, or found on file, in this very transaction
            version = detail.on_file.row.version
            first = {
                "unchanged": [Remark("unchanged", texts.SAME.format(title=detail.on_file.entry.display_title), grave=True)],
                "new_version": [Remark("new_version", texts.NEW_VERSION.format(version=version))],
            }.get(outcome.result, [])
        remarks = (*first, *detail.remarks)
        return Previewed(name, outcome.result, outcome.notes, DocumentDetail(detail.on_file, detail.clauses, detail.relations, remarks))

    def _replace(self, session: Session, actor: Actor, newer: int, older: int, reason: str) -> None:
        if not _document(session, older).current:  # the newer one is its next version and has taken its place already
            return
        _document(session, newer)
        if newer == older:
            raise KnowledgeRefused("invalid", texts.ITSELF)
        _refuse_circle(session, newer, older)
        now, key = self._clock.now(), f"doc:{older}"
        kept = session.scalar(
            select(DocumentRelation).where(DocumentRelation.from_id == newer, DocumentRelation.kind == "supersedes", DocumentRelation.to_id == older)
        )
        relation = kept or DocumentRelation(from_id=newer, to_id=older, key=key, kind="supersedes", rule="person", quote="", details=[], found_at=now)
        decide(session, relation, "confirmed", actor.name[:100], now)
        session.add(relation)
        raise_revision(session)
        self._audit.record(session, actor, "document.replace", f"document:{older}", {}, {"replaced_by": newer, "reason": reason.strip()})


def _document(session: Session, number: int) -> Document:
    row = session.get(Document, number)
    if row is None:
        raise KnowledgeRefused("not_found", texts.NOT_FOUND)
    return row


def _retirement(row: Document) -> dict[str, Any]:
    return {"retired_until": row.retired_until.isoformat() if row.retired_until else None, "reason": row.retired_reason}


def _refuse_circle(session: Session, newer: int, older: int) -> None:
    """Two papers cannot replace each other, not by way of others either: graduates would be left with none."""
    seen, above = {newer}, [newer]
    while above:
        rows = session.scalars(
            select(DocumentRelation).where(
                DocumentRelation.to_id.in_(above), DocumentRelation.kind.in_(texts.VERBS), DocumentRelation.state != "rejected"
            )
        ).all()
        above = [row.from_id for row in rows if (row.state == "confirmed" or row.rule == "stated") and row.from_id not in seen]
        seen.update(above)
    if older in seen and older != newer:
        names = {number: _document(session, number).title or "" for number in (newer, older)}
        raise KnowledgeRefused("conflict", texts.CIRCLE.format(newer=names[newer], older=names[older]))


def _checked(corrections: Corrections | None) -> Corrections:
    """The corrections with the place by the name that it goes by here. Raises KnowledgeRefused."""
    given: Mapping[str, Any] = corrections or {}
    placed = {**given, **({"region": _place(given["region"])} if "region" in given else {})}
    _refuse_backwards(placed.get("in_force_from"), placed.get("in_force_until"))
    return cast("Corrections", placed)


def _refuse_backwards(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise KnowledgeRefused("invalid", texts.ENDS_BEFORE)


def _place(text: str | None) -> str | None:
    folded = fold(text or "").replace(" ", "")
    if not folded:
        return None
    if folded in (NATION, "国家") or is_school(folded):
        return NATION if folded == "国家" else folded
    found = narrowest(regions_in(folded))
    if len(found) != 1:
        raise KnowledgeRefused("invalid", texts.NO_SUCH_PLACE.format(region=folded[:40]))
    return found[0]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as the record takes them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
