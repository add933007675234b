"""Documents as the API gives them out, and what it takes to set them right."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from desk.api.fields import DAY, WHOLE
from desk.document_texts import EVIDENCE
from desk.document_views import DocumentDetail, OnFile, RelationView
from desk.documents import Previewed
from knowledge.answers.standing import Status
from knowledge.answers.texts import STATUS
from knowledge.ingest.corrections import Corrections
from knowledge.truth import RelationKind, RelationRule, RelationState

_Day = Annotated[date, Field(ge=date(1949, 10, 1), le=date(2099, 12, 31)), DAY]
_Words = Annotated[str, Field(max_length=100, pattern=r"^[^\x00]*\S[^\x00]*$")]


class DocumentNamed(BaseModel):
    """A document as another one names it; `certain` unless only the titles suggest the relation."""

    id: int
    title: str
    certain: bool = True


class DocumentRow(BaseModel):
    """A document on file, and how it stands today."""

    id: int
    title: str
    doc_no: str | None
    issuers: list[str]
    issued_on: date | None
    region: str | None
    cohorts: list[int]
    audience: list[str]
    in_force_from: date | None
    in_force_until: date | None
    source: str
    authority: str
    version: int
    clauses: int
    damaged_clauses: int
    status: Status
    status_text: str
    replaced_by: DocumentNamed | None
    damaged: bool
    retired_until: date | None
    retired_reason: str | None


class ClausePreview(BaseModel):
    """A clause as it would be cited."""

    model_config = ConfigDict(from_attributes=True)

    path: str
    headings: list[str]
    text: str
    damage: list[str]


class RemarkView(BaseModel):
    """Something to look at; `grave` where it should be settled before the document counts."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    text: str
    grave: bool


class RelationRow(BaseModel):
    """A relation with another document: `newer` says that the other is the newer one, or the copy; `other_id` is null where it is not on file."""

    id: int
    kind: RelationKind
    rule: RelationRule
    state: RelationState
    believed: bool
    newer: bool
    other_id: int | None
    other_title: str
    quote: str
    decided_by: str | None


class EvidenceView(BaseModel):
    """A phrase of the text that says when it holds."""

    label: str
    phrase: str


class DocumentView(BaseModel):
    """A document with its clauses, its relations, and what should be looked at."""

    document: DocumentRow
    remarks: list[RemarkView]
    relations: list[RelationRow]
    evidence: list[EvidenceView]
    clauses: list[ClausePreview]


class DocumentPreview(DocumentView):
    """What a file would become; nothing of it is stored. `document.id` is only that of a document on file where `result` is unchanged."""

    source: str
    result: Literal["new", "new_version", "unchanged"]
    notes: list[str]


class RefusedFile(BaseModel):
    """A file that cannot be taken, and what to do about it."""

    source: str
    detail: str


class UploadPreview(BaseModel):
    """What an upload would become, an archive file by file; `more` counts the files of an archive that were not looked at."""

    documents: list[DocumentPreview]
    refused: list[RefusedFile]
    more: int


class PublishedFile(BaseModel):
    """What became of a file: new, new_version, unchanged or refused, and why."""

    source: str
    result: str
    detail: str
    document_id: int | None
    clauses: int
    damaged_clauses: int
    notes: list[str]


class CorrectionForm(BaseModel):
    """The fields that are set right, and no others; null or an empty list says that the document names none."""

    model_config = ConfigDict(extra="forbid")

    title: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*\S[^\x00]*$")] | None = None
    doc_no: _Words | None = None
    issuers: Annotated[list[_Words], Field(max_length=10)] = []
    issued_on: _Day | None = None
    region: Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")] | None = None
    cohorts: Annotated[list[Annotated[int, Field(ge=2000, le=2099), WHOLE]], Field(max_length=10)] = []
    audience: Annotated[list[_Words], Field(max_length=20)] = []
    in_force_from: _Day | None = None
    in_force_until: _Day | None = None

    def corrections(self) -> Corrections:
        """What was given."""
        return cast("Corrections", {name: getattr(self, name) for name in self.model_fields_set})


def row_of(found: OnFile) -> DocumentRow:
    """A document for a list."""
    row, entry = found.row, found.entry
    successor = found.successor
    return DocumentRow(
        id=entry.id,
        title=entry.display_title,
        doc_no=entry.doc_no,
        issuers=list(entry.issuers),
        issued_on=entry.truth.dated_on,
        region=entry.region,
        cohorts=list(entry.cohorts),
        audience=list(row.audience),
        in_force_from=row.in_force_from,
        in_force_until=row.in_force_until,
        source=entry.source,
        authority=row.authority,
        version=row.version,
        clauses=len(row.clauses),
        damaged_clauses=found.damaged_clauses,
        status=found.standing,
        status_text=STATUS[found.standing],
        replaced_by=DocumentNamed(id=successor.document.document_id, title=successor.document.title or "", certain=successor.believed)
        if successor
        else None,
        damaged=bool(row.damage) or found.damaged_clauses > 0,
        retired_until=row.retired_until,
        retired_reason=row.retired_reason,
    )


def view_of(found: DocumentDetail) -> DocumentView:
    """A document with everything."""
    return DocumentView(**_parts(found))


def preview_of(found: Previewed) -> DocumentPreview:
    """A document that is not there yet."""
    return DocumentPreview(source=found.source, result=cast("Any", found.result), notes=list(found.notes), **_parts(found.detail))


def _parts(found: DocumentDetail) -> dict[str, Any]:
    return {
        "document": row_of(found.on_file),
        "remarks": [RemarkView.model_validate(remark) for remark in found.remarks],
        "relations": [_relation(relation) for relation in found.relations],
        "evidence": [EvidenceView(label=EVIDENCE[entry["kind"]], phrase=entry["phrase"]) for entry in found.on_file.row.validity],
        "clauses": [ClausePreview.model_validate(clause) for clause in found.clauses],
    }


def _relation(one: RelationView) -> RelationRow:
    return RelationRow(
        id=one.id,
        kind=cast("RelationKind", one.kind),
        rule=cast("RelationRule", one.rule),
        state=cast("RelationState", one.state),
        believed=one.believed,
        newer=one.newer,
        other_id=one.other.document_id if one.other else None,
        other_title=(one.other.title if one.other else None) or one.named,
        quote=one.quote,
        decided_by=one.decided_by,
    )
