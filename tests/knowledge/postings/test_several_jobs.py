"""One row that holds several jobs is taken apart where that is certain, and kept for a person where it is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import session_factory
from knowledge.postings.gathered_cells import Cells
from knowledge.postings.importing import ImportOptions, PostingImporter, RowOutcome
from knowledge.postings.models import Posting
from knowledge.postings.several_jobs import jobs_in
from tests.knowledge.postings.made_rows import written

TODAY = date(2026, 12, 1)
NOTICE = """因业务发展，现公开招聘。
岗位一：会计岗，2人，负责核算。
岗位二：出纳，1人，保管票据。
报名方式：发送简历到邮箱。"""


@pytest.mark.parametrize(
    ("title", "headcount", "jobs"),
    [
        ("会计2人、出纳1人", "3", [("会计", "2"), ("出纳", "1")]),
        ("软件工程师（5名）；测试工程师（2名）", "", [("软件工程师", "5"), ("测试工程师", "2")]),
        ("会计\n出纳\n文员", "2\n1\n3人", [("会计", "2"), ("出纳", "1"), ("文员", "3人")]),
        ("会计、出纳", "3", [("会计、出纳", "3")]),
        ("会计", "2、1", [("会计", "2、1")]),
        ("销售/客服", "", [("销售/客服", "")]),
        ("2027届管培生", "10", [("2027届管培生", "10")]),
    ],
)
def test_titles_with_numbers_of_their_own_are_jobs_of_their_own(title: str, headcount: str, jobs: list[tuple[str, str]]) -> None:
    found = jobs_in(Cells({"title": title, "headcount": headcount}))

    assert [(cells.text("title"), cells.text("headcount")) for cells in found.cells] == jobs
    assert not found.doubtful


def test_numbered_headings_part_a_description_and_what_is_said_of_all_stays_with_each() -> None:
    found = jobs_in(Cells({"title": "招聘公告", "description": NOTICE, "headcount": "3"}))

    assert [(cells.text("title"), cells.text("headcount")) for cells in found.cells] == [("会计岗", "2"), ("出纳", "1")]
    first, second = (cells.text("description") for cells in found.cells)
    assert "负责核算" in first and "保管票据" not in first
    assert all("公开招聘" in text and "报名方式" in text for text in (first, second))


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("招聘公告", "岗位一：会计。\n岗位三：出纳。"),
        ("招聘公告", "岗位一：见附件。\n岗位二：见附件。"),
        ("招聘公告", "岗位1：会计。岗位2：会计。"),
        ("会计2人、出纳1人、其他若干", ""),
    ],
)
def test_what_only_looks_like_several_jobs_is_left_to_a_person(title: str, description: str) -> None:
    found = jobs_in(Cells({"title": title, "description": description}))

    assert found.doubtful
    assert len(found.cells) == 1


@pytest.mark.parametrize("description", ["岗位职责：1、核算；2、报税。", "本岗位1人，向财务经理汇报。岗位要求：本科。", "可转岗位二线。"])
def test_duties_are_no_jobs(description: str) -> None:
    found = jobs_in(Cells({"title": "会计", "description": description}))

    assert (len(found.cells), found.doubtful) == (1, False)


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


def taken(sessions: sessionmaker[Session], path: Path) -> list[RowOutcome]:
    return list(PostingImporter(sessions, Clock(TODAY)).take(path, ImportOptions("本地")))


def test_each_job_is_a_posting_and_the_same_file_again_changes_nothing(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    path = written(tmp_path, {"title": "招聘公告", "description": NOTICE, "headcount": "3"})

    assert [outcome.result for outcome in taken(sessions, path)] == ["published", "published"]
    assert [outcome.result for outcome in taken(sessions, path)] == ["unchanged", "unchanged"]
    with sessions() as session:
        postings = session.scalars(select(Posting).order_by(Posting.id)).all()
        assert [(posting.title, posting.headcount, posting.roles) for posting in postings] == [("会计岗", 2, ["会计"]), ("出纳", 1, ["出纳"])]
        assert {origin.external_id for posting in postings for origin in posting.origins} == {"A1", "A1/2"}


def test_a_row_that_cannot_be_taken_apart_waits_and_says_why(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    [outcome] = taken(sessions, written(tmp_path, {"title": "招聘公告", "description": "岗位一：会计。\n岗位三：出纳。"}))

    assert outcome.result == "waiting"
    assert "请人工拆分" in outcome.reasons[0]
