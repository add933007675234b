"""Trust in a source decides what passes by itself, and takes effect on what is there already."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import session_factory
from knowledge.postings.importing import ImportOptions, PostingImporter
from knowledge.postings.models import Posting, PostingDecision, PostingState
from knowledge.postings.sources import set_trust, sources
from tests.knowledge.postings.made_rows import written

CLOCK = Clock(date(2026, 12, 1))


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


def imported(sessions: sessionmaker[Session], path: Path, *, trusted: bool = True) -> list[str]:
    return [outcome.result for outcome in PostingImporter(sessions, CLOCK).take(path, ImportOptions("本地", trusted=trusted))]


def standings(sessions: sessionmaker[Session]) -> dict[str, str]:
    with sessions() as session:
        return {posting.external_id: posting.status for posting in session.scalars(select(Posting))}


def test_trusting_a_source_publishes_what_waited_for_nothing_else(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    rows = ({}, {"external_id": "A2", "title": "出纳", "deadline": "2027-02-30"}, {"external_id": "A3", "title": "审计", "description": "限男性。"})
    imported(sessions, written(tmp_path, *rows), trusted=False)
    assert standings(sessions) == {"A1": "waiting", "A2": "waiting", "A3": "held"}

    changed = set_trust(sessions, CLOCK, "校就业网", trusted=True)

    assert changed == 1
    assert standings(sessions) == {"A1": "published", "A2": "waiting", "A3": "held"}
    with sessions() as session:
        last = session.scalars(select(PostingDecision).order_by(PostingDecision.id.desc())).first()
        assert last is not None
        assert (last.status, last.decided_by) == ("published", None)
        assert session.scalars(select(PostingState.revision)).one() == 2


def test_distrusting_a_source_takes_back_what_nobody_has_judged(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    imported(sessions, written(tmp_path, {}, {"external_id": "A2", "title": "出纳"}, {"external_id": "A3", "title": "审计"}))
    imported(sessions, written(tmp_path, {"external_id": "S3", "title": "审计", "source": "省平台"}))
    with sessions.begin() as session:
        session.scalars(select(Posting).where(Posting.external_id == "A2")).one().checked_by = "李老师"

    changed = set_trust(sessions, CLOCK, "校就业网", trusted=False)

    assert changed == 1
    assert standings(sessions) == {"A1": "waiting", "A2": "published", "A3": "published"}


def test_a_source_that_was_distrusted_stays_so_at_the_next_import(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    set_trust(sessions, CLOCK, "校就业网", trusted=False)

    assert imported(sessions, written(tmp_path, {})) == ["waiting"]


def test_trust_given_back_publishes_again(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    imported(sessions, written(tmp_path, {}))
    set_trust(sessions, CLOCK, "校就业网", trusted=False)

    assert set_trust(sessions, CLOCK, "校就业网", trusted=True) == 1
    assert standings(sessions) == {"A1": "published"}


def test_the_list_counts_what_each_source_names(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    imported(
        sessions,
        written(tmp_path, {}, {"external_id": "S1", "source": "省平台"}, {"external_id": "S2", "source": "省平台", "title": "出纳", "city": ""}),
    )

    listed = {source.name: (source.trusted, source.postings, source.published, source.waiting) for source in sources(sessions)}

    assert listed == {"校就业网": (True, 1, 1, 0), "省平台": (True, 2, 1, 1)}
