"""Documents: looked at before they count, published, set right, replaced, retired."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import BaseModel, Field, ValidationError

from desk.api import texts
from desk.api.document_models import (
    CorrectionForm,
    DocumentRow,
    DocumentView,
    PublishedFile,
    RefusedFile,
    UploadPreview,
    preview_of,
    row_of,
    view_of,
)
from desk.api.errors import ERRORS, Refused
from desk.api.fields import WHOLE, Day
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rosters import body_of
from desk.api.rules import WithServices, allowed
from desk.document_lists import Marked, Wanted
from desk.staff.policy import Actor, Permission
from knowledge.answers.standing import Status
from knowledge.ingest.corrections import Corrections

router = APIRouter(prefix="/documents", tags=["desk: knowledge"])
MAX_DOCUMENT_BYTES = 32 * 1024 * 1024
_BODY = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
_Number = Annotated[int, Path(ge=1, le=LARGEST_ID)]
_Name = Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00/\\]*$")]
_Reader = Annotated[Actor, Depends(allowed(Permission.KNOWLEDGE_READ))]
_Keeper = Annotated[Actor, Depends(allowed(Permission.DOCUMENTS_MANAGE))]


def _corrections(corrections: Annotated[str, Query(max_length=8000, pattern=r"^[^\x00]*$")] = "") -> Corrections | None:
    """`corrections`: a CorrectionForm as JSON, beside a file that is the body."""
    try:
        return CorrectionForm.model_validate_json(corrections).corrections() if corrections else None
    except ValidationError as error:
        raise Refused(422, "invalid", texts.CORRECTIONS) from error


_Corrections = Annotated[Corrections | None, Depends(_corrections)]
_Reason = Annotated[str, Field(min_length=2, max_length=300, pattern=r"^[^\x00]*\S[^\x00]*$")]


class Retirement(BaseModel):
    """The last day on which a document holds, and the reason that graduates hear."""

    until: Day
    reason: _Reason


class Replacement(BaseModel):
    """The document that takes another's place, and why."""

    newer: Annotated[int, Field(ge=1, le=LARGEST_ID), WHOLE]
    reason: _Reason


class Judgement(BaseModel):
    """What a person found of a suspected relation."""

    state: Literal["confirmed", "rejected"]
    reason: Annotated[str, Field(max_length=300, pattern=r"^[^\x00]*$")] = ""


@router.get("")
def list_documents(
    _actor: _Reader,
    services: WithServices,
    paging: WithPaging,
    q: Annotated[str, Query(max_length=100, pattern=r"^[^\x00]*$")] = "",
    status: Status | None = None,
    region: Annotated[str, Query(max_length=40, pattern=r"^[^\x00]*$")] = "",
    marked: Marked | None = None,
) -> Page[DocumentRow]:
    """The documents that count, the latest first; `q` is looked for in title, number, issuer and file name."""
    wanted = Wanted(q.strip(), status, region.strip(), marked)
    rows, total = services.knowledge.documents.on_file(wanted, limit=paging.page_size, offset=paging.offset)
    return Page[DocumentRow](items=[row_of(row) for row in rows], total=total)


@router.get("/regions")
def list_regions(_actor: _Reader, services: WithServices) -> list[str]:
    """The places that documents on file are of."""
    return services.knowledge.documents.regions()


@router.get("/{document_id}")
def get_document(_actor: _Reader, services: WithServices, document_id: _Number) -> DocumentView:
    """One document clause by clause, with its relations and what should be looked at."""
    return view_of(services.knowledge.documents.detail(document_id))


@router.post("/preview", openapi_extra=_BODY, responses={408: ERRORS[413]})
async def preview_document(request: Request, _actor: _Keeper, services: WithServices, name: _Name, corrections: _Corrections) -> UploadPreview:
    """A file (the body; an archive too) clause by clause, as it would be cited, and what it would do to others; nothing is stored."""
    content = await body_of(request, MAX_DOCUMENT_BYTES)
    found = await asyncio.to_thread(services.knowledge.documents.preview, name, content, corrections)
    return UploadPreview(
        documents=[preview_of(document) for document in found.documents],
        refused=[RefusedFile(source=source, detail=detail) for source, detail in found.refused],
        more=found.more,
    )


@router.post("", openapi_extra=_BODY, responses={408: ERRORS[413]})
async def publish_document(
    request: Request,
    actor: _Keeper,
    services: WithServices,
    name: _Name,
    corrections: _Corrections,
    replaces: Annotated[int | None, Query(ge=1, le=LARGEST_ID)] = None,
) -> list[PublishedFile]:
    """Take a file (the body; an archive too) in: graduates are answered from it at once. `replaces` is the document it comes in place of."""
    content = await body_of(request, MAX_DOCUMENT_BYTES)
    outcomes = await asyncio.to_thread(services.knowledge.documents.publish, actor, name, content, replaces, corrections)
    return [PublishedFile(**vars(outcome)) for outcome in outcomes]


@router.patch("/{document_id}")
def correct_document(actor: _Keeper, services: WithServices, document_id: _Number, form: CorrectionForm) -> DocumentView:
    """Set the metadata of a document right; fields that are not given stay."""
    services.knowledge.documents.correct(actor, document_id, form.corrections())
    return view_of(services.knowledge.documents.detail(document_id))


@router.post("/{document_id}/replacement", status_code=204)
def replace_document(actor: _Keeper, services: WithServices, document_id: _Number, replacement: Replacement) -> None:
    """From now on another document on file counts as what replaces this one."""
    services.knowledge.documents.replace(actor, document_id, replacement.newer, replacement.reason)


@router.post("/{document_id}/relations/{relation_id}", status_code=204)
def judge_relation(actor: _Keeper, services: WithServices, document_id: _Number, relation_id: _Number, judgement: Judgement) -> None:
    """Confirm or deny what is suspected between two documents."""
    services.knowledge.documents.judge(actor, document_id, relation_id, judgement.state, judgement.reason)


@router.post("/{document_id}/retire", status_code=204)
def retire_document(actor: _Keeper, services: WithServices, document_id: _Number, retirement: Retirement) -> None:
    """A document holds until a day, whatever it says itself."""
    services.knowledge.documents.retire(actor, document_id, retirement.until, retirement.reason)


@router.post("/{document_id}/restore", status_code=204)
def restore_document(actor: _Keeper, services: WithServices, document_id: _Number) -> None:
    """Again a document holds as long as it says itself."""
    services.knowledge.documents.restore(actor, document_id)
