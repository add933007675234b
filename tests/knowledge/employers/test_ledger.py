"""The employers' ledger on both databases: no doubles, visits and their counts, need → posting → candidate, CSV there and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from core.clock import Clock
from core.database import session_factory
from knowledge.employers.csv_files import Part, read_table, take_table, write_table
from knowledge.employers.ledger import Ledger
from knowledge.employers.record import EmployerRecord, NeedRecord, Targets, VisitRecord
from knowledge.employers.report import visit_report
from knowledge.errors import LedgerRefused
from knowledge.postings.models import Employer, Posting

TODAY = date(2026, 12, 1)
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
CODE = "91350100M000100Y43"
OTHER_CODE = "91110000600037341L"


@pytest.fixture
def sessions(migrated_engine: Engine) -> sessionmaker[Session]:
    return session_factory(migrated_engine)


@pytest.fixture
def ledger(sessions: sessionmaker[Session]) -> Ledger:
    return Ledger(sessions, Clock(TODAY))


def visit(employer: str, day: int, visitor: str = "张校长", **more: object) -> VisitRecord:
    return VisitRecord(employer, date(2026, 11, day), visitor, **{"level": "principal", **more})  # type: ignore[arg-type]


def a_posting(sessions: sessionmaker[Session], status: str = "published") -> int:
    with sessions.begin() as session:
        row = Posting(key="k", status=status, title="会计", employer="示例甲公司", revision=0, imported_at=NOW, updated_at=NOW)
        session.add(row)
        session.flush()
        return row.id


def out(sessions: sessionmaker[Session], part: Part) -> str:
    return "".join(write_table(sessions, part))


def take(ledger: Ledger, table: str) -> list[tuple[int, str]]:
    return [(one.line, one.result) for one in take_table(ledger, read_table("表.csv", table.encode()), "王老师")]


def test_one_employer_however_its_name_is_written(ledger: Ledger) -> None:
    number, change = ledger.put(EmployerRecord("示例水务（长沙）有限公司", city="长沙"))
    assert change == "new"
    assert ledger.put(EmployerRecord("示例水务(长沙) 有限公司")) == (number, "updated")
    assert ledger.put(EmployerRecord("示例水务(长沙) 有限公司", city="长沙")) == (number, "unchanged")
    assert len(ledger.employers()) == 1


def test_an_empty_field_leaves_what_is_known(ledger: Ledger) -> None:
    ledger.put(EmployerRecord("示例甲公司", site="https://jia.example.com", credit_code=CODE))
    ledger.put(EmployerRecord("示例甲公司", address="长沙市示例路1号"))
    (listed,) = ledger.employers("甲")
    assert (listed.record.site, listed.record.address, listed.record.credit_code) == ("https://jia.example.com", "长沙市示例路1号", CODE)


def test_a_credit_code_tells_that_a_renamed_employer_is_the_same(ledger: Ledger) -> None:
    number, _ = ledger.put(EmployerRecord("示例甲公司", credit_code=CODE))
    assert ledger.put(EmployerRecord("示例甲集团公司", credit_code=CODE.lower())) == (number, "updated")
    assert [one.record.name for one in ledger.employers()] == ["示例甲集团公司"]


def test_what_contradicts_is_left_to_a_person(ledger: Ledger) -> None:
    ledger.put(EmployerRecord("示例甲公司", credit_code=CODE))
    ledger.put(EmployerRecord("示例乙公司"))
    with pytest.raises(LedgerRefused, match="请人工核对"):
        ledger.put(EmployerRecord("示例甲公司", credit_code=OTHER_CODE))
    with pytest.raises(LedgerRefused, match="请人工核对"):
        ledger.put(EmployerRecord("示例乙公司", credit_code=CODE))
    with pytest.raises(LedgerRefused, match="校验码应为 3"):
        ledger.put(EmployerRecord("示例丙公司", credit_code=CODE[:-1] + "4"))


def test_an_employer_is_found_by_name_part_or_code_and_never_guessed(ledger: Ledger) -> None:
    ledger.put(EmployerRecord("示例甲水务公司", credit_code=CODE))
    ledger.put(EmployerRecord("示例乙水务公司"))
    ledger.record_visit(visit("甲水务", 3), "王老师")
    ledger.record_visit(visit(CODE, 4), "王老师")
    with pytest.raises(LedgerRefused, match="不止一家"):
        ledger.record_visit(visit("水务", 3), "王老师")
    with pytest.raises(LedgerRefused, match="没有“电力”"):
        ledger.record_visit(visit("电力", 3), "王老师")
    assert [one.visits for one in ledger.employers("甲")] == [2]


@pytest.mark.parametrize(
    "wrong",
    [visit("示例甲公司", 3, visitor=" "), visit("示例甲公司", 3, posts_gained=-1), VisitRecord("示例甲公司", TODAY + timedelta(days=1), "张校长")],
)
def test_a_visit_that_cannot_have_been_is_refused(ledger: Ledger, wrong: VisitRecord) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    with pytest.raises(LedgerRefused):
        ledger.record_visit(wrong, "王老师")
    assert ledger.employers()[0].visits == 0


def test_the_same_visit_again_brings_the_record_up_to_date(ledger: Ledger) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    assert ledger.record_visit(visit("示例甲公司", 3), "王老师")[1] == "new"
    assert ledger.record_visit(visit("示例甲公司", 3), "王老师")[1] == "unchanged"
    assert ledger.record_visit(visit("示例甲公司", 3, posts_gained=4), "王老师")[1] == "updated"


def test_the_report_counts_distinct_employers_against_targets(ledger: Ledger, sessions: sessionmaker[Session]) -> None:
    for name in "甲乙丙丁":
        ledger.put(EmployerRecord(f"示例{name}公司"))
    ledger.record_visit(visit("示例甲公司", 1, posts_gained=5), "王老师")
    ledger.record_visit(visit("示例甲公司", 9, posts_gained=1), "王老师")
    ledger.record_visit(visit("示例甲公司", 9, visitor="李书记", posts_gained=3), "王老师")
    ledger.record_visit(visit("示例乙公司", 10, visitor="李书记", is_new=False), "王老师")
    ledger.record_visit(visit("示例丙公司", 11, visitor="赵副校长", level="school"), "王老师")
    ledger.record_visit(visit("示例丙公司", 12, visitor="钱院长", level="college", college="信息学院"), "王老师")
    ledger.record_visit(visit("示例丁公司", 12, visitor="钱院长", level="college", college="信息学院"), "王老师")
    ledger.record_visit(visit("示例丁公司", 13, visitor="孙主任", level="college", college="文学院"), "王老师")

    report = visit_report(sessions, date(2026, 11, 1), date(2026, 11, 30), Targets(principal_visited=2, school_new=3, college_average=2))

    assert (report.employers, report.new, report.posts) == (4, 3, 8)
    assert {one.visitor: (one.employers, one.new, one.posts) for one in report.people} == {
        "张校长": (1, 1, 6),
        "李书记": (2, 0, 3),
        "赵副校长": (1, 1, 0),
        "钱院长": (2, 1, 0),
        "孙主任": (1, 0, 0),
    }
    assert [(goal.reached, goal.met) for goal in report.goals] == [(2, True), (2, False), (1.5, False)]
    assert all(goal.definition for goal in report.goals)


def test_both_ends_of_the_period_count_and_nothing_beyond(ledger: Ledger, sessions: sessionmaker[Session]) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    for day in (1, 2, 3, 4):
        ledger.record_visit(visit("示例甲公司", day, posts_gained=1), "王老师")
    report = visit_report(sessions, date(2026, 11, 2), date(2026, 11, 3))
    assert (report.employers, report.new, report.posts) == (1, 0, 2)


def test_a_need_is_traced_to_its_postings_and_candidates(ledger: Ledger, sessions: sessionmaker[Session]) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    need, _ = ledger.record_need(NeedRecord("示例甲公司", "会计", 3, "财会类", "本科", date(2027, 3, 1)), "王老师")
    posting = a_posting(sessions)
    ledger.link(need, posting, "王老师")
    assert ledger.link(need, posting, "王老师") == "unchanged"
    ledger.record_candidate(need, "2027-会计-014", "recommended", "王老师", posting_id=posting)
    ledger.record_candidate(need, "2027-会计-015", "recommended", "王老师")
    ledger.record_candidate(need, "2027-会计-014", "signed", "李老师")

    trace = ledger.trace(need)

    assert [(one.id, one.title, one.status) for one in trace.postings] == [(posting, "会计", "published")]
    assert {one.reference: (one.outcome, one.posting_id, one.history) for one in trace.candidates} == {
        "2027-会计-014": ("signed", posting, ("recommended",)),
        "2027-会计-015": ("recommended", None, ()),
    }
    assert trace.signed == 1
    assert [one.need.post for one in ledger.needs("示例甲公司")] == ["会计"]


@pytest.mark.parametrize("reference", ["", "  ", "430100200001011234", "13800001111", "x" * 61])
def test_a_reference_that_points_at_a_person_is_refused(ledger: Ledger, reference: str) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    need, _ = ledger.record_need(NeedRecord("示例甲公司", "会计"), "王老师")
    with pytest.raises(LedgerRefused):
        ledger.record_candidate(need, reference, "recommended", "王老师")
    assert ledger.trace(need).candidates == ()


def test_a_candidate_comes_through_a_posting_of_that_need_alone(ledger: Ledger, sessions: sessionmaker[Session]) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    need, _ = ledger.record_need(NeedRecord("示例甲公司", "会计"), "王老师")
    with pytest.raises(LedgerRefused, match="没有对应到需求"):
        ledger.record_candidate(need, "A1", "recommended", "王老师", posting_id=a_posting(sessions))


@pytest.mark.parametrize("statement", ["UPDATE need_candidates SET outcome = 'signed'", "DELETE FROM need_candidates"])
def test_what_was_said_of_a_candidate_stays(ledger: Ledger, migrated_engine: Engine, statement: str) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    need, _ = ledger.record_need(NeedRecord("示例甲公司", "会计"), "王老师")
    ledger.record_candidate(need, "A1", "recommended", "王老师")
    with pytest.raises(DBAPIError, match="append-only"), migrated_engine.begin() as connection:
        connection.execute(text(statement))


def test_needs_come_with_the_most_pressing_first(ledger: Ledger) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    ledger.record_need(NeedRecord("示例甲公司", "文员"), "王老师")
    ledger.record_need(NeedRecord("示例甲公司", "会计", needed_by=date(2027, 5, 1)), "王老师")
    ledger.record_need(NeedRecord("示例甲公司", "出纳", needed_by=date(2027, 1, 1)), "王老师")
    assert [one.need.post for one in ledger.needs()] == ["出纳", "会计", "文员"]


def test_the_ledger_goes_out_and_in_again_unchanged(ledger: Ledger, sessions: sessionmaker[Session]) -> None:
    ledger.put(EmployerRecord('示例"甲"公司', "民营企业", "长沙", CODE, "https://jia.example.com", "jia.example.com", "=1+1 路,2号", "两行\n备注"))
    with sessions.begin() as session:
        session.get_one(Employer, 1).checks = [
            {"what": "address", "outcome": "ok", "note": "看过", "by": "王老师", "at": "2026-11-20T08:00:00+00:00"}
        ]
    ledger.record_visit(visit("甲", 3, is_new=True, posts_gained=2, note="谈了实习基地"), "王老师")
    ledger.record_visit(visit("甲", 4), "王老师")
    ledger.record_need(NeedRecord("甲", "会计", 3, "财会类", "本科", date(2027, 3, 1), "-急"), "王老师")
    need, _ = ledger.record_need(NeedRecord("甲", "出纳"), "王老师")
    posting = a_posting(sessions)
    ledger.link(need, posting, "王老师")
    ledger.record_candidate(need, "A1", "recommended", "王老师", posting_id=posting, note="=先面试")
    ledger.record_candidate(need, "A1", "signed", "李老师", posting_id=posting)
    parts: tuple[Part, ...] = ("employers", "visits", "needs", "links", "candidates")
    before = {part: out(sessions, part) for part in parts}

    for part in parts:
        assert {result for _, result in take(ledger, before[part])} == {"unchanged"}

    assert {part: out(sessions, part) for part in parts} == before


LINKS = "单位名称,需求岗位,对应岗位编号,对应岗位\n"
CANDIDATES = "单位名称,需求岗位,人选代号,结果,通过岗位编号,登记人,登记时间\n"


def test_links_and_candidates_of_a_file_are_put_to_the_need_that_it_names(ledger: Ledger, sessions: sessionmaker[Session]) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    need, _ = ledger.record_need(NeedRecord("甲", "会计", needed_by=date(2027, 3, 1)), "王老师")
    posting = a_posting(sessions)

    assert take(ledger, f"{LINKS}甲公司,会计,{posting},会计\n") == [(2, "new")]
    rows = f"甲公司,会计,A1,已签约,{posting},李老师,2026-11-18 09:30\n甲公司,会计,A1,recommended,,,2026-11-10\n"
    assert take(ledger, CANDIDATES + rows) == [(2, "new"), (3, "new")]

    [said] = ledger.trace(need).candidates
    assert (said.outcome, said.history, said.by, said.posting_id) == ("signed", ("recommended",), "李老师", posting)
    assert take(ledger, f"{CANDIDATES}甲公司,会计,A1,已签约,{posting},,\n") == [(2, "unchanged")]


@pytest.mark.parametrize(
    ("table", "why"),
    [
        (f"{LINKS}甲公司,会计,99,\n", "没有编号为 99 的岗位"),
        (f"{LINKS}甲公司,会计,1,出纳\n", "岗位 1 是“会计”，不是“出纳”"),
        (f"{LINKS}甲公司,文员,1,\n", "需求“文员”"),
        (f"{LINKS}甲公司,会计,,\n", "不是整数"),
        (f"{CANDIDATES}甲公司,会计,A1,去向不明,,,\n", "没有“去向不明”这种结果"),
        (f"{CANDIDATES}甲公司,会计,13800001111,已推荐,,,\n", "个人信息"),
        (f"{CANDIDATES}甲公司,会计,A1,已推荐,,,2027-11-10\n", "还没到"),
        (f"{CANDIDATES}甲公司,会计,A1,已推荐,,,上周\n", "不是时间"),
        (f"{CANDIDATES}甲公司,会计,A1,已推荐,1,,\n", "没有对应到需求"),
    ],
)
def test_a_link_or_candidate_that_cannot_be_taken_says_why(ledger: Ledger, sessions: sessionmaker[Session], table: str, why: str) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    ledger.record_need(NeedRecord("甲", "会计"), "王老师")
    a_posting(sessions)

    [result] = take_table(ledger, read_table("表.csv", table.encode()), "王老师")

    assert result.result == "refused"
    assert why in result.reason


def test_an_exported_ledger_fills_an_empty_one_alike(ledger: Ledger, sessions: sessionmaker[Session], migrated_engine: Engine) -> None:
    ledger.put(EmployerRecord("示例甲公司", credit_code=CODE, note="'引号开头"))
    ledger.record_visit(visit("示例甲公司", 3), "王老师")
    employers, visits = out(sessions, "employers"), out(sessions, "visits")
    with migrated_engine.begin() as connection:
        connection.execute(text("DELETE FROM employer_visits"))
        connection.execute(text("DELETE FROM employers"))

    assert take(ledger, employers) == [(2, "new")]
    assert take(ledger, visits) == [(2, "new")]
    assert (out(sessions, "employers"), out(sessions, "visits")) == (employers, visits)


def test_bad_rows_are_told_with_their_line_and_the_others_taken(ledger: Ledger) -> None:
    table = "单位名称,统一社会信用代码\n示例甲公司,\n,\n示例乙公司,123\n示例丙公司,,多出来的\n示例丁公司,\n"
    results = list(take_table(ledger, read_table("表.csv", table.encode("gb18030")), "王老师"))
    assert [(one.line, one.result) for one in results] == [(2, "new"), (4, "refused"), (5, "refused"), (6, "new")]
    assert "18 位" in results[1].reason
    assert [one.record.name for one in ledger.employers()] == ["示例丁公司", "示例甲公司"]


def test_a_file_of_visits_is_known_by_its_columns(ledger: Ledger) -> None:
    ledger.put(EmployerRecord("示例甲公司"))
    table = (
        "走访日期,单位名称,走访人,层级,新单位,新增岗位数\n"
        "2026/11/3,示例甲公司,张校长,校正职,是,5\n"
        "2026-13-1,示例甲公司,张校长,校正职,是,5\n"
        "2026-11-4,示例甲公司,张校长,校正职,也许,5\n"
        "2026-11-5,示例甲公司,张校长,校正职,否,五\n"
        "2026-11-6,没有的公司,张校长,,,\n"
    )
    assert [result for _, result in take(ledger, table)] == ["new", "refused", "refused", "refused", "refused"]


@pytest.mark.parametrize("content", ["", "甲,乙\n1,2\n", "单位名称\n"])
def test_a_file_that_is_no_ledger_is_refused(content: str) -> None:
    with pytest.raises(LedgerRefused):
        read_table("表.csv", content.encode())
