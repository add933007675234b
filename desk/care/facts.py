"""What is known of graduates beside their files, for many at once: helpers, last contacts, postings recommended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desk.care import texts
from desk.care.marks import Facts
from desk.care.models import CareEntry, CareLink, Pairing
from desk.care.whose import reference_of
from desk.push_models import Recommendation

_BATCH = 400
"""Ids in one question: SQLite takes so many variables."""


def facts_of(session: Session, graduate_ids: Sequence[int]) -> dict[int, Facts]:
    """The facts of each of the graduates, by id."""
    found: dict[int, Facts] = {}
    for start in range(0, len(graduate_ids), _BATCH):
        found |= _batch(session, graduate_ids[start : start + _BATCH])
    return found


def _batch(session: Session, ids: Sequence[int]) -> dict[int, Facts]:
    helpers = _helpers(session, ids)
    contacts = _contacts(session, ids)
    postings = _recommended(session, ids)
    return {one: Facts(helpers.get(one), contacts.get(one), len(postings[one])) for one in ids}


def _helpers(session: Session, ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(select(Pairing.graduate_id, Pairing.helper).where(Pairing.graduate_id.in_(ids), Pairing.ended_at.is_(None)))
    return {row.graduate_id: row.helper for row in rows}


def _contacts(session: Session, ids: Sequence[int]) -> dict[int, datetime]:
    reached = CareEntry.kind.in_(sorted(texts.CONTACTS))
    chosen = select(CareEntry.graduate_id, func.max(CareEntry.at)).where(CareEntry.graduate_id.in_(ids), reached).group_by(CareEntry.graduate_id)
    return dict(session.execute(chosen).all())


def _recommended(session: Session, ids: Sequence[int]) -> dict[int, set[int]]:
    """The postings that were recommended to each, on the file or in a conversation that is known to be theirs."""
    whose = {reference_of(one): one for one in ids}
    for conversation_id, graduate_id in session.execute(select(CareLink.conversation_id, CareLink.graduate_id).where(CareLink.graduate_id.in_(ids))):
        whose[conversation_id] = graduate_id
    postings: dict[int, set[int]] = defaultdict(set)
    references = list(whose)
    for start in range(0, len(references), _BATCH):
        chosen = select(Recommendation.reference, Recommendation.posting_ids)
        for reference, posting_ids in session.execute(chosen.where(Recommendation.reference.in_(references[start : start + _BATCH]))):
            postings[whose[reference]].update(posting_ids)
    return postings
