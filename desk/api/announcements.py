"""What is said to everybody from a day until a day, and alerts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, Field

from desk.announcements import LONGEST
from desk.api.errors import not_found
from desk.api.fields import Day
from desk.api.paging import LARGEST_ID, Page, WithPaging
from desk.api.rules import WithServices, allowed
from desk.push_models import Announcement
from desk.staff.policy import Actor, Permission

router = APIRouter(prefix="/announcements", tags=["desk: announcements"])


class AnnouncementWritten(BaseModel):
    """A text from `begins` (today) until and including `until`."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00]*\S[^\x00]*$")]
    kind: Literal["announcement", "alert"] = "announcement"
    until: Day
    begins: Day | None = None


class AnnouncementView(BaseModel):
    """An announcement and whether it is said today, or will be."""

    id: int
    kind: str
    text: str
    valid_from: date
    valid_until: date
    by: str
    created_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    in_force: bool
    coming: bool
    """Whether it has not begun yet."""


@router.get("", dependencies=[Depends(allowed(Permission.ANNOUNCEMENTS_READ))])
def list_announcements(services: WithServices, paging: WithPaging) -> Page[AnnouncementView]:
    """Every announcement there was, the newest first."""
    rows, today = services.knowledge.announcements.all(), services.clock.today()
    items = [_view(row, today) for row in rows[paging.offset : paging.offset + paging.page_size]]
    return Page[AnnouncementView](items=items, total=len(rows))


@router.post("")
def publish_announcement(
    actor: Annotated[Actor, Depends(allowed(Permission.ANNOUNCEMENTS_MANAGE))], services: WithServices, written: AnnouncementWritten
) -> AnnouncementView:
    """Say something to everybody."""
    witness = services.audit.witness(actor, "announcement.publish", "announcement")
    row = services.knowledge.announcements.add(written.text, written.kind, until=written.until, by=actor.name, begins=written.begins, witness=witness)
    return _view(row, services.clock.today())


@router.delete("/{announcement_id}")
def end_announcement(
    actor: Annotated[Actor, Depends(allowed(Permission.ANNOUNCEMENTS_MANAGE))],
    services: WithServices,
    announcement_id: Annotated[int, Path(ge=1, le=LARGEST_ID)],
) -> AnnouncementView:
    """Say it no longer from now on."""
    row = services.knowledge.announcements.end(announcement_id, actor.name, services.audit.witness(actor, "announcement.end", "announcement"))
    if row is None:
        raise not_found()
    return _view(row, services.clock.today())


def _view(row: Announcement, today: date) -> AnnouncementView:
    stored = {name: getattr(row, name) for name in AnnouncementView.model_fields if name not in ("in_force", "coming")}
    in_force = row.ended_at is None and row.valid_from <= today <= row.valid_until
    return AnnouncementView(**stored, in_force=in_force, coming=row.ended_at is None and today < row.valid_from)
