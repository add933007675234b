"""The review of events: what waits, what graduates see, decisions on record; on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from bot import migrate
from core.clock import CHINA
from core.database import Base
from knowledge.errors import ReviewRefused
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.models import Event, EventDecision, EventSource
from knowledge.events.query import EventQuery
from knowledge.events.reading import Defaults
from knowledge.events.record import EventFields, kind_of
from knowledge.events.review import EventReview
from knowledge.events.screening import screened
from knowledge.events.service import Events
from knowledge.events.sources import set_trust, sources
from knowledge.events.storing import RowOutcome
from tests.desk.clocks import SetClock

HEAD = "名称,城市,地点,开始时间,面向对象,说明,状态\n"
FAIR = "冬季双选会,长沙,体育馆,2026-12-05 09:00,2027届毕业生,,\n"
WITH_FEE = "人才交流招聘会,长沙,会展中心,2026-12-06 09:00,毕业生,入场费每人50元,\n"
MEN_ONLY = "制造业专场招聘会,长沙,会展中心,2026-12-07 09:00,限男性,,\n"
NEARBY = EventQuery(cities=("长沙",))


class Calendar:
    """The events of one test: rows in, what graduates see, what reviewers do."""

    def __init__(self, sessions: sessionmaker[Session], clock: SetClock) -> None:
        self.sessions, self.clock = sessions, clock
        self.review, self.events = EventReview(sessions, clock), Events(sessions, clock)

    def take(self, rows: str, source: str = "学校", *, trusted: bool = True) -> list[RowOutcome]:
        read = read_events("a.csv", (HEAD + rows).encode(), Defaults(), date(2026, 12, 1))
        return EventImporter(self.sessions, self.clock).take(source, read, trusted=trusted)

    def seen(self) -> list[str]:
        found = [event.title for event in self.events.find(NEARBY).items]
        assert found == [event.title for event in self.events.calendar()]
        assert found == [event.title for event in self.events.new_for(NEARBY, (), 99)]
        return found

    def number(self) -> int:
        with self.sessions() as session:
            return session.scalars(select(Event.id)).one()

    def record(self) -> list[tuple[str, str | None]]:
        with self.sessions() as session:
            return [(row.standing, row.decided_by) for row in session.scalars(select(EventDecision).order_by(EventDecision.id))]


@pytest.fixture
def calendar(sessions: sessionmaker[Session], clock: SetClock) -> Calendar:
    return Calendar(sessions, clock)


# What waits


def test_an_ordinary_fair_of_a_trusted_source_is_seen_at_once(calendar: Calendar) -> None:
    [outcome] = calendar.take(FAIR)

    assert (outcome.standing, outcome.reasons) == ("published", ())
    assert calendar.seen() == ["冬季双选会"]
    assert calendar.record() == [("published", None)]


def test_what_is_odd_waits_what_is_forbidden_is_held_and_neither_is_seen_anywhere(calendar: Calendar) -> None:
    fee, men = calendar.take(WITH_FEE + MEN_ONLY)

    assert (fee.standing, men.standing) == ("waiting", "held")
    assert "入场费每人50元" in fee.reasons[0]
    assert "性别限制" in men.reasons[0]
    assert calendar.seen() == []
    assert calendar.events.get(1) is calendar.events.get(2) is None
    assert not calendar.events.find(NEARBY).any_on_file


def test_a_source_that_is_not_trusted_waits_until_it_is(calendar: Calendar) -> None:
    outcomes = calendar.take(FAIR + WITH_FEE, "某公众号", trusted=False)

    assert [outcome.standing for outcome in outcomes] == ["waiting", "waiting"]
    assert outcomes[0].reasons == ("来源“某公众号”还没有设为可信，等人审核",)
    assert set_trust(calendar.sessions, calendar.clock, "某公众号", trusted=True) == 1
    assert calendar.seen() == ["冬季双选会"]
    assert set_trust(calendar.sessions, calendar.clock, "某公众号", trusted=False) == 1
    assert calendar.seen() == []
    assert [(source.name, source.trusted, source.waiting) for source in sources(calendar.sessions)] == [("某公众号", False, 2)]


def test_what_a_person_published_stays_when_its_source_is_trusted_no_longer(calendar: Calendar) -> None:
    calendar.take(FAIR, "某公众号", trusted=False)
    calendar.review.decide(calendar.number(), "published", "审核人")

    assert set_trust(calendar.sessions, calendar.clock, "某公众号", trusted=False) == 0
    assert calendar.seen() == ["冬季双选会"]


@pytest.mark.parametrize(
    ("title", "audience", "description"),
    [
        ("2027届毕业生冬季双选会", "2027届毕业生", "到场企业200家，请携带简历，免费入场"),
        ("女大学生专场招聘会", "女大学生", "提供适合女性的岗位，反对性别歧视"),
        ("残疾人专场招聘会", "残疾人、残疾毕业生", "残联主办"),
        ("退役军人专场招聘会", "退役军人及家属", ""),
        ("少数民族毕业生专场招聘会", "少数民族毕业生", ""),
        ("硕博人才专场", "硕士、博士研究生", "博士提供安家费30万元"),
        ("35岁以下青年人才专场", "35岁以下青年", ""),
        ("金秋综合招聘会", "各类求职者", "参展单位每个展位收取服务费500元，求职者免费入场"),
        ("教师资格证考前讲座", "师范生", "考试报名费160元由个人缴给考试院"),
        ("防范求职陷阱讲座", "毕业生", "讲解培训贷、刷单、收取押金等陷阱怎么识别"),
        ("百日千万招聘专项行动长沙专场", "高校毕业生、农民工、失业人员", "企业免费设展"),
    ],
)
def test_an_ordinary_fair_is_not_held_up(title: str, audience: str, description: str) -> None:
    seen = screened(fields(title, audience, description))

    assert (seen.findings, seen.issues) == ((), ())


@pytest.mark.parametrize(
    ("title", "audience", "description"),
    [
        ("冬季招聘会", "限985、211院校毕业生", ""),
        ("宣讲会", "毕业生", "不招已婚未育女性"),
        ("女大学生专场招聘会", "女大学生", "不招已婚未育女性"),
        ("人才交流会", "应届生", "求职者凭票入场，门票30元"),
        ("高薪招聘会", "毕业生", "现场缴纳培训费3000元即可签约包就业"),
        ("兼职说明会", "学生", "垫付本金，刷单返佣，日结"),
        ("冬季招聘会\ufffd", "毕业生", ""),
    ],
)
def test_what_a_person_has_to_see_is_found(title: str, audience: str, description: str) -> None:
    seen = screened(fields(title, audience, description))

    assert seen.findings or seen.issues


def test_a_fair_on_site_without_any_place_and_confused_dates_are_odd() -> None:
    assert screened(fields("冬季双选会", city="")).issues == ("线下活动没有写城市，也没有写地点",)
    assert screened(fields("冬季双选会", city="", online=True)).issues == ()
    assert screened(fields("冬季双选会", ends=datetime(2026, 12, 5, 8, tzinfo=CHINA))).issues == ("结束早于开始",)
    assert "天" in screened(fields("冬季双选会", ends=datetime(2027, 12, 5, 8, tzinfo=CHINA))).issues[0]


def fields(
    title: str, audience: str = "", description: str = "", *, city: str = "长沙", online: bool = False, ends: datetime | None = None
) -> EventFields:
    begins = datetime(2026, 12, 5, 9, tzinfo=CHINA)
    return EventFields(title, "1", begins, ends, kind=kind_of(title) or "活动", city=city, online=online, audience=audience, description=description)


# Decisions, and the source once more


def test_a_decision_shows_and_hides_an_event_and_stands_on_record(calendar: Calendar) -> None:
    calendar.take(WITH_FEE)
    number = calendar.number()

    calendar.review.decide(number, "published", "审核人")
    assert calendar.seen() == ["人才交流招聘会"]
    calendar.review.decide(number, "withdrawn", "审核人", "主办方收费属实")
    assert calendar.seen() == []

    assert calendar.record() == [("waiting", None), ("published", "审核人"), ("withdrawn", "审核人")]
    assert [decision.reason for decision in calendar.review.detail(number).decisions][-1] == "主办方收费属实"


def test_an_unchanged_row_leaves_a_decision_and_a_changed_one_waits_again(calendar: Calendar) -> None:
    calendar.take(WITH_FEE)
    calendar.review.decide(calendar.number(), "published", "审核人")

    assert [(one.result, one.standing) for one in calendar.take(WITH_FEE)] == [("unchanged", "published")]
    assert [(one.result, one.standing) for one in calendar.take(WITH_FEE.replace("50元", "80元"))] == [("updated", "waiting")]
    assert calendar.seen() == []


def test_a_rejected_row_that_is_clean_now_is_read_by_a_person_first(calendar: Calendar) -> None:
    calendar.take(WITH_FEE)
    calendar.review.decide(calendar.number(), "rejected", "审核人", "收费")

    assert calendar.take(WITH_FEE)[0].standing == "rejected"
    assert calendar.take(WITH_FEE.replace("入场费每人50元", "免费入场"))[0].standing == "waiting"


def test_that_an_event_is_off_is_told_without_a_review(calendar: Calendar) -> None:
    calendar.take(FAIR, "某公众号", trusted=False)
    calendar.review.decide(calendar.number(), "published", "审核人")

    [outcome] = calendar.take(FAIR.replace(",,\n", ",,取消\n"), "某公众号", trusted=False)

    assert (outcome.result, outcome.standing) == ("updated", "published")
    assert [event.status for event in calendar.events.calendar()] == ["cancelled"]


def test_another_source_adds_nothing_that_nobody_has_seen(calendar: Calendar) -> None:
    calendar.take(FAIR.replace("体育馆", ""))

    [outcome] = calendar.take(FAIR.replace("2027届毕业生,,", "2027届毕业生,入场费每人50元,"), "人社")

    assert (outcome.result, outcome.standing) == ("merged", "published")
    assert "没有并入" in outcome.reasons[-1]
    assert [event.place for event in calendar.events.calendar()] == [""]


def test_a_trusted_source_takes_the_place_of_one_that_waits_but_not_of_a_decision(calendar: Calendar) -> None:
    calendar.take(FAIR, "某公众号", trusted=False)

    assert calendar.take(FAIR.replace("体育馆", "大礼堂"))[0].standing == "published"
    assert [(event.source, event.place) for event in calendar.events.calendar()] == [("学校", "大礼堂")]
    calendar.review.decide(calendar.number(), "withdrawn", "审核人", "改期")
    assert calendar.take(FAIR, "人社")[0].reasons == ("已有的同一场是“已撤下”，没有改动",)
    assert calendar.seen() == []


def test_what_changed_while_it_was_read_is_not_decided_upon(calendar: Calendar) -> None:
    calendar.take(WITH_FEE)
    number = calendar.number()
    read = calendar.review.detail(number).event.sequence
    calendar.take(WITH_FEE.replace("50元", "80元"))

    with pytest.raises(ReviewRefused, match="刚有变化"):
        calendar.review.decide(number, "published", "审核人", sequence=read)
    assert calendar.review.decide(number, "published", "审核人", sequence=read + 1).by == "审核人"


def test_hiding_needs_a_reason_and_every_decision_a_name(calendar: Calendar) -> None:
    calendar.take(FAIR)

    for standing in ("held", "rejected", "withdrawn"):
        with pytest.raises(ReviewRefused, match="理由"):
            calendar.review.decide(1, standing, "审核人")  # type: ignore[arg-type]
    with pytest.raises(ReviewRefused, match="处理人"):
        calendar.review.decide(1, "published", " ")
    with pytest.raises(ReviewRefused, match="没有编号"):
        calendar.review.decide(99, "published", "审核人")


# The queue


def test_the_queue_has_the_waiting_first_and_is_searched_and_turned(calendar: Calendar) -> None:
    calendar.take(MEN_ONLY + WITH_FEE)
    calendar.take(FAIR, "某公众号", trusted=False)
    calendar.clock.advance(hours=24)

    queue = calendar.review.queue()

    assert [(line.title, line.standing, line.days) for line in queue.items] == [
        ("冬季双选会", "waiting", 1),
        ("人才交流招聘会", "waiting", 1),
        ("制造业专场招聘会", "held", 1),
    ]
    assert [line.title for line in calendar.review.queue(words="公众").items] == ["冬季双选会"]
    assert calendar.review.queue(words="100%").total == 0
    assert [line.title for line in calendar.review.queue(clean=True).items] == ["冬季双选会"]
    second = calendar.review.queue(limit=1, offset=1)
    assert (second.total, [line.title for line in second.items]) == (3, ["人才交流招聘会"])


def test_only_what_is_clean_passes_together(calendar: Calendar) -> None:
    calendar.take(MEN_ONLY + WITH_FEE)
    calendar.take(FAIR, "某公众号", trusted=False)
    everything = [line.id for line in calendar.review.queue().items]

    assert calendar.review.publish_clean(everything, "审核人") == [calendar.review.queue(standings=["published"]).items[0].id]
    assert calendar.seen() == ["冬季双选会"]


# The tables


def test_decisions_can_neither_be_changed_nor_deleted(calendar: Calendar) -> None:
    calendar.take(FAIR)

    for statement in ("UPDATE event_decisions SET reason = 'x'", "DELETE FROM event_decisions"):
        with pytest.raises(DBAPIError, match="append-only"), calendar.sessions.begin() as session:
            session.execute(text(statement))
    assert calendar.record() == [("published", None)]


def test_the_migrated_tables_are_those_of_the_models(migrated_engine: Engine) -> None:
    with migrated_engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    ours = ("events", EventDecision.__tablename__, EventSource.__tablename__)
    assert [difference for difference in differences if any(f"'{table}'" in str(difference) for table in ours)] == []


def test_events_from_before_the_review_stay_published_and_none_unseen_comes_back_without_it(calendar: Calendar, migrated_engine: Engine) -> None:
    calendar.take(FAIR + WITH_FEE)

    migrate.downgrade(migrated_engine, "0022")
    assert "event_decisions" not in inspect(migrated_engine).get_table_names()
    with migrated_engine.connect() as connection:
        assert connection.scalars(text("SELECT title FROM events")).all() == ["冬季双选会"]
    migrate.upgrade(migrated_engine)

    assert calendar.seen() == ["冬季双选会"]
    assert calendar.take(FAIR)[0].result == "unchanged"
    calendar.review.decide(calendar.number(), "withdrawn", "审核人", "取消了")
    assert calendar.seen() == []
    assert calendar.record() == [("withdrawn", "审核人")]
