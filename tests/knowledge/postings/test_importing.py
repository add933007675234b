"""A file of postings comes in: each row taken, merged, kept back or refused, and the same file twice changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import session_factory
from knowledge.postings.importing import ImportOptions, PostingImporter, RowOutcome
from knowledge.postings.models import Employer, Posting, PostingDecision, PostingOrigin, PostingSource, PostingState
from tests.knowledge.postings.made_rows import ACCOUNTANT, written

TODAY = date(2026, 12, 1)


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


@pytest.fixture
def importer(sessions: sessionmaker[Session]) -> PostingImporter:
    return PostingImporter(sessions, Clock(TODAY))


def taken(importer: PostingImporter, path: Path, **options: object) -> list[RowOutcome]:
    return list(importer.take(path, ImportOptions("本地", **options)))  # type: ignore[arg-type]


def only(session: Session) -> Posting:
    return session.scalars(select(Posting)).one()


def test_a_clean_row_of_a_trusted_source_is_published_with_its_employer_and_a_decision(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    outcomes = taken(importer, written(tmp_path, {}))

    assert [(outcome.line, outcome.result) for outcome in outcomes] == [(2, "published")]
    with sessions() as session:
        posting = only(session)
        assert (posting.title, posting.cities, posting.salary_min, posting.salary_max, posting.salary_months) == ("会计", ["长沙"], 6000, 9000, 13)
        assert (posting.education, posting.cohorts, posting.headcount, posting.employer_type) == (3, [2027], 3, "民营企业")
        assert posting.traits == {"weekends_off": [True, "双休"], "housing": [True, "提供宿舍"]}
        assert (posting.deadline, posting.deadline_state) == (date(2027, 1, 15), "date")
        assert session.scalars(select(Employer.name)).all() == ["晴川商贸有限公司"]
        assert session.scalars(select(PostingDecision.status)).all() == ["published"]
        assert session.scalars(select(PostingSource.trusted)).all() == [True]
        assert posting.revision == session.scalars(select(PostingState.revision)).one() == 1


def test_the_same_file_twice_changes_nothing(importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    path = written(tmp_path, {}, {"external_id": "A2", "title": "出纳"})
    taken(importer, path)
    with sessions() as session:
        before = session.scalars(select(Posting.revision)).all()

    again = taken(importer, path)

    assert [outcome.result for outcome in again] == ["unchanged", "unchanged"]
    with sessions() as session:
        assert session.scalars(select(Posting.revision)).all() == before
        assert session.scalar(select(func.count()).select_from(PostingDecision)) == 2


def test_the_same_job_from_another_source_is_merged_and_completes_what_is_known(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    other = {
        "external_id": "S9",
        "source": "省平台",
        "title": "会计（急招）",
        "employer": "晴川 商贸有限公司",
        "city": "长沙市",
        "headcount": "",
        "description": "<p>负责日常核算、开票与纳税申报，协助年度审计。</p>投递请注明姓名。",
        "contact": "王老师 0731-0000000",
    }

    outcomes = taken(importer, written(tmp_path, {"headcount": ""}, other))

    assert [outcome.result for outcome in outcomes] == ["published", "merged"]
    assert "校就业网 A1" in outcomes[1].reasons[0]
    with sessions() as session:
        posting = only(session)
        assert posting.description == "负责日常核算、开票与纳税申报，协助年度审计。\n投递请注明姓名。"
        assert posting.contact == "hr@qingchuan.example.com"
        assert {(origin.source, origin.external_id) for origin in posting.origins} == {("校就业网", "A1"), ("省平台", "S9")}


@pytest.mark.parametrize(
    "other",
    [
        {"salary_text": "8-12K"},
        {"district": "雨花区"},
        {"city": "株洲"},
        {"education": "硕士"},
        {"cohort": "2026届"},
        {"title": "会计实习生"},
        {"description": "跟进工程项目的成本归集，编写内部控制制度，接待外部检查。"},
        {"benefits": "大小周，五险一金"},
        {"posted_on": "2027-09-01", "deadline": "2027-12-01"},
    ],
    ids=lambda other: next(iter(other)),
)
def test_another_job_of_the_same_name_is_not_merged(importer: PostingImporter, tmp_path: Path, other: dict[str, str]) -> None:
    outcomes = taken(importer, written(tmp_path, {}, {"external_id": "S9", "source": "省平台", **other}))

    assert [outcome.result for outcome in outcomes] == ["published", "published"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"title": " 　"}, "缺少职位名称"),
        ({"employer": ""}, "缺少单位名称"),
        ({"salary_text": "本科", "education": "8-12K"}, "栏目错位"),
        ({"title": "2026-12-01"}, "栏目错位"),
        ({"title": "会" * 300}, "太长"),
    ],
)
def test_a_row_that_cannot_be_a_posting_is_refused_with_its_line_and_reason(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path, row: dict[str, str], reason: str
) -> None:
    outcomes = taken(importer, written(tmp_path, {}, {"external_id": "A2", **row}))

    assert (outcomes[1].line, outcomes[1].result) == (3, "refused")
    assert reason in outcomes[1].reasons[0]
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Posting)) == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"city": ""}, "没有写工作城市"),
        ({"city": "某地"}, "认不出工作城市"),
        ({"deadline": "2027-02-30"}, "日期不存在"),
        ({"deadline": "等通知书下来"}, "日期看不懂"),
        ({"posted_on": "2026-13-01"}, "日期不存在"),
        ({"deadline": "2026-10-01"}, "早于发布日期"),
        ({"salary_text": "2026-08-12"}, "薪资一栏写的是日期"),
    ],
)
def test_a_doubtful_row_waits_for_a_person(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path, row: dict[str, str], reason: str
) -> None:
    [outcome] = taken(importer, written(tmp_path, row))

    assert outcome.result == "waiting"
    assert reason in outcome.reasons[0]
    with sessions() as session:
        assert only(session).issues == list(outcome.reasons)


def test_what_the_rules_forbid_is_held_with_the_phrase(importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    [outcome] = taken(importer, written(tmp_path, {"description": "负责日常核算，限男性，已婚已育优先。"}))

    assert outcome.result == "held"
    assert "限男性" in "".join(outcome.reasons)
    with sessions() as session:
        assert only(session).findings[0]["kind"] == "gender"


def test_rows_of_an_untrusted_source_wait(importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    [outcome] = taken(importer, written(tmp_path, {}), trusted=False)

    assert (outcome.result, outcome.reasons) == ("waiting", ("来源“校就业网”还没有设为可信，等人审核",))
    with sessions() as session:
        assert session.scalars(select(PostingSource.trusted)).all() == [False]


def test_an_untrusted_row_adds_nothing_to_what_graduates_see(importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    taken(importer, written(tmp_path, {}))
    other = {"external_id": "S9", "source": "不明来源", "description": ACCOUNTANT["description"] + "加微信先交资料。", "headcount": "90"}

    [outcome] = taken(importer, written(tmp_path, other), trusted=False)

    assert outcome.result == "merged"
    with sessions() as session:
        posting = only(session)
        assert (posting.status, posting.headcount, posting.description) == ("published", 3, ACCOUNTANT["description"])
        assert len(posting.origins) == 2


def test_a_changed_row_updates_its_posting(importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    taken(importer, written(tmp_path, {}))

    [outcome] = taken(importer, written(tmp_path, {"salary_text": "7-10K", "deadline": "2027-02-01", "headcount": ""}))

    assert outcome.result == "updated"
    with sessions() as session:
        posting = only(session)
        assert (posting.salary_min, posting.deadline, posting.headcount) == (7000, date(2027, 2, 1), None)
        assert (posting.status, posting.revision) == ("published", 2)


BAD = "负责日常核算、开票与纳税申报，协助年度审计。限男性。"


def test_a_merged_posting_is_held_when_one_of_its_rows_gets_worse(importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    other = {"external_id": "S9", "source": "省平台"}
    taken(importer, written(tmp_path, {}, other))

    [_, outcome] = taken(importer, written(tmp_path, {}, other | {"description": BAD}))

    assert outcome.result == "updated"
    assert outcome.reasons[0] == "更新后暂扣"
    with sessions() as session:
        posting = only(session)
        assert (posting.status, posting.findings[0]["phrase"]) == ("held", "限男性")
        last = session.scalars(select(PostingDecision).order_by(PostingDecision.id.desc()).limit(1)).one()
        assert (last.status, last.decided_by) == ("held", None)


def test_a_merged_posting_that_is_held_is_not_published_by_a_change_of_another_row(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    other = {"external_id": "S9", "source": "省平台"}
    taken(importer, written(tmp_path, {}, other | {"description": BAD}))

    taken(importer, written(tmp_path, {"contact": "hr2@qingchuan.example.com"}, other | {"description": BAD}))

    with sessions() as session:
        assert only(session).status == "waiting"


def test_a_forbidden_row_beside_a_clean_one_of_the_same_job_in_the_same_file_holds_it(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    outcomes = taken(importer, written(tmp_path, {}, {"external_id": "S9", "source": "省平台", "description": BAD}))

    assert [outcome.result for outcome in outcomes] == ["published", "merged"]
    with sessions() as session:
        assert only(session).status == "held"
        decided = session.scalars(select(PostingDecision).order_by(PostingDecision.id))
        assert [decision.status for decision in decided] == ["published", "held"]


def test_what_a_person_took_away_stays_away_when_a_row_of_several_gets_worse(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    other = {"external_id": "S9", "source": "省平台"}
    taken(importer, written(tmp_path, {}, other))
    with sessions.begin() as session:
        posting = only(session)
        posting.status, posting.checked_by = "withdrawn", "李老师"

    taken(importer, written(tmp_path, {}, other | {"description": BAD}))

    with sessions() as session:
        assert only(session).status == "withdrawn"


def test_a_posting_that_a_person_judged_goes_back_to_the_queue_when_its_row_changes(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    taken(importer, written(tmp_path, {}))
    with sessions.begin() as session:
        posting = only(session)
        posting.status, posting.checked_by = "rejected", "李老师"

    taken(importer, written(tmp_path, {"salary_text": "7-10K"}))

    with sessions() as session:
        assert only(session).status == "waiting"


def test_rows_without_numbers_are_told_apart_and_come_again_without_doubles(
    importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    rows = [{"external_id": "", "salary_text": salary} for salary in ("6-9K", "9-12K", "9-12K")]
    path = written(tmp_path, *rows)

    first, second = taken(importer, path), taken(importer, path)

    assert [outcome.result for outcome in first] == ["published", "published", "merged"]
    assert [outcome.result for outcome in second] == ["unchanged"] * 3
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(PostingOrigin)) == 3


def test_a_number_that_stands_for_two_jobs_waits_for_a_person(importer: PostingImporter, tmp_path: Path) -> None:
    path = written(tmp_path, {}, {"title": "出纳"})

    first, again = taken(importer, path), taken(importer, path)

    assert [outcome.result for outcome in first] == ["published", "waiting"]
    assert "不止一次" in first[1].reasons[0]
    assert [outcome.result for outcome in again] == ["unchanged", "unchanged"]


def test_a_rehearsal_says_the_same_and_writes_nothing(importer: PostingImporter, sessions: sessionmaker[Session], tmp_path: Path) -> None:
    taken(importer, written(tmp_path, {}))
    with sessions() as session:
        before = _everything(session)
    path = written(tmp_path, {"headcount": "5"}, {"external_id": "S9", "source": "省平台"}, {"external_id": "A3", "title": "出纳"}, {"title": ""})

    rehearsed = [outcome.result for outcome in importer.rehearse(path, ImportOptions("本地"))]

    with sessions() as session:
        assert _everything(session) == before
    assert rehearsed == [outcome.result for outcome in taken(importer, path)] == ["updated", "merged", "published", "refused"]


def _everything(session: Session) -> list[tuple[object, ...]]:
    models = (Posting, PostingOrigin, PostingDecision, PostingSource, PostingState, Employer)
    return [tuple(row) for model in models for row in session.execute(select(*model.__table__.columns))]


def test_columns_are_named_once_and_remembered(importer: PostingImporter, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("甲,乙,丙,丁\n会计,晴川商贸有限公司,长沙,6-9K\n", encoding="utf-8")
    columns = {"甲": "title", "乙": "employer", "丙": "city", "丁": "salary"}

    named = [outcome.result for outcome in importer.take(path, ImportOptions("某校", columns))]
    again = [outcome.result for outcome in importer.take(path, ImportOptions("某校"))]

    assert (named, again) == (["published"], ["unchanged"])


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Path]:
    yield written(tmp_path, *({"external_id": f"A{number}", "title": f"会计{number % 700}号岗", "city": "长沙"} for number in range(1_200)))


def test_a_file_larger_than_a_batch_is_stored_in_several_and_merges_across_them(
    importer: PostingImporter, sessions: sessionmaker[Session], many: Path
) -> None:
    outcomes = taken(importer, many)

    assert Counter(outcome.result for outcome in outcomes) == {"published": 700, "merged": 500}
    assert [outcome.line for outcome in outcomes] == list(range(2, 1_202))
    with sessions() as session:
        assert session.scalars(select(PostingState.revision)).one() == 3
