"""College and year of graduation of a conversation, for what is asked of or offered to graduates: from the care file, else as they have said."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desk.care.models import CareLink
from desk.care.whose import graduate_of
from desk.requests.models import GraduateProfile


def belonging_of(session: Session, conversation_id: str) -> tuple[str | None, int | None]:
    """College and cohort; None each where nothing is known."""
    graduate = graduate_of(session, conversation_id)
    if graduate is not None:
        return graduate.college, graduate.cohort
    profile = session.get(GraduateProfile, conversation_id)
    return (profile.college, profile.cohort) if profile else (None, None)


def conversations_of_the_same(session: Session, conversation_id: str) -> list[str]:
    """The other conversations that are known to be the same person's."""
    graduate = select(CareLink.graduate_id).where(CareLink.conversation_id == conversation_id).scalar_subquery()
    theirs = select(CareLink.conversation_id).where(CareLink.graduate_id == graduate, CareLink.conversation_id != conversation_id)
    return list(session.scalars(theirs))
