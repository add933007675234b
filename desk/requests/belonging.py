"""Which college a graduate is of and when they graduate, as far as they have said so: it decides who is asked to answer.

Only colleges that staff work for are known; a name that is none of these changes nothing. What is learned in a conversation is kept for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.text.folding import fold
from desk.requests.models import GraduateProfile
from desk.staff.models import Staff

_OTHERS = re.compile("(?:同学|朋友|室友|男友|女友|对象|孩子|女儿|儿子|弟弟|妹妹|哥哥|姐姐)[^,，。；;!！?？]{0,6}是?$")
_COHORT = re.compile(r"(?<!\d)(20[2-4]\d)\s*(?:届|年毕业)")
_SHORT_COHORT = re.compile(r"(?<![\d第])([2-4]\d)\s*届")


def belonging_of(session: Session, conversation_id: str, words: Sequence[str], now: datetime) -> tuple[str | None, int | None]:
    """College and year of graduation, after what is read in a graduate's own words (the oldest first) has been kept."""
    profile = session.get(GraduateProfile, conversation_id)
    college, cohort = _read(words, _colleges(session))
    if college is None and cohort is None:
        return (profile.college, profile.cohort) if profile else (None, None)
    return _keep(session, profile, conversation_id, college, cohort, now)


def opened_for(session: Session, conversation_id: str, college: str, now: datetime) -> str | None:
    """A page was opened for a college: kept if staff work for it. The college as they write it, else None."""
    known = next((name for name in _colleges(session) if fold(name) == fold(college)), None)
    if known is not None:
        _keep(session, session.get(GraduateProfile, conversation_id), conversation_id, known, None, now)
    return known


def _keep(
    session: Session, profile: GraduateProfile | None, conversation_id: str, college: str | None, cohort: int | None, now: datetime
) -> tuple[str | None, int | None]:
    if profile is None:
        profile = GraduateProfile(conversation_id=conversation_id)
        session.add(profile)
    profile.college, profile.cohort, profile.updated_at = college or profile.college, cohort or profile.cohort, now
    session.flush()
    return profile.college, profile.cohort


def _colleges(session: Session) -> list[str]:
    """The colleges that staff work for, the longest names first, so that 外国语学院 is not taken for 国语学院."""
    names = session.scalars(select(Staff.college).where(Staff.college.is_not(None), Staff.active).distinct())
    return sorted((name for name in names if name), key=len, reverse=True)


def _read(words: Sequence[str], colleges: Sequence[str]) -> tuple[str | None, int | None]:
    college: str | None = None
    cohort: int | None = None
    for text in map(fold, words):
        college = next((name for name in colleges if _of_oneself(text, fold(name))), college)
        if found := _COHORT.search(text) or _SHORT_COHORT.search(text):
            cohort = int(found.group(1)) if len(found.group(1)) > 2 else 2000 + int(found.group(1))
    return college, cohort


def _of_oneself(text: str, name: str) -> bool:
    """Whether a college is named, and not as somebody else's."""
    before, found, _ = text.partition(name)
    return bool(found) and not _OTHERS.search(before)
