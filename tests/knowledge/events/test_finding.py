"""Questions about events: what is understood, what fits, what is told; past ones say so, nothing is padded in."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session, sessionmaker

from knowledge.events.answering import answer_text, payload_of
from knowledge.events.importing import EventImporter, read_events
from knowledge.events.query import EventQuery
from knowledge.events.reading import Defaults
from knowledge.events.service import Events, FoundEvents
from knowledge.events.understanding import is_follow_up, understand
from tests.desk.clocks import SetClock

TODAY = date(2026, 12, 1)
TABLE = """编号,活动名称,类型,城市,区县,地点,开始时间,结束时间,面向对象,主办单位,状态
1,湖南大学2027届毕业生冬季双选会,双选会,长沙,岳麓区,体育馆,2026-12-05 09:00,2026-12-05 16:00,2027届毕业生,湖南大学,
2,湖北大学冬季双选会,双选会,武汉,,教学楼,2026-12-06 09:00,2026-12-06 16:00,2027届毕业生,湖北大学,
3,星城大学生就业招聘会,招聘会,长沙,芙蓉区,会展中心,2026-11-30 09:00,2026-11-30 12:00,高校毕业生,长沙市人社局,
4,远山科技宣讲会,宣讲会,长沙,,新校区报告厅,2026-12-03 14:00,,计算机类,远山科技有限公司,
5,医药卫生类研究生专场招聘会,招聘会,长沙,,医学院,2026-12-19 09:00,,硕士、博士,省人社厅,
6,星河科技空中宣讲会,空中宣讲,,,线上直播间,2026-12-02 19:00,2026-12-02 20:30,不限,星河科技,
7,长沙理工大学供需见面会,双选会,长沙,,云塘校区,2026-12-09 09:00,,应届毕业生,长沙理工大学,
8,冬季网络招聘周,招聘会,,,网络平台,2026-11-25,2026-12-10,,某人才网,
9,湖南师范大学教师专场双选会,双选会,长沙,,中和楼,2026-12-12 09:00,,师范生,湖南师范大学,取消
"""


@pytest.fixture
def backend() -> str:
    return "sqlite"


@pytest.fixture
def events(sessions: sessionmaker[Session], clock: SetClock) -> Events:
    EventImporter(sessions, clock).take("学校", read_events("a.csv", TABLE.encode(), Defaults(), TODAY))
    return Events(sessions, clock)


def numbers(found: FoundEvents) -> str:
    return "".join(event.source_uid for event in found.items)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("这周长沙有哪些招聘会", "13"),
        ("這週長沙有哪些招聘會", "13"),
        ("这周长沙有哪些活动", "413"),
        ("这周末有双选会吗", "12"),
        ("昨天那场招聘会", "83"),
        ("12月长沙有哪些双选会", "179"),
        ("湖南12月有什么双选会", "179"),
        ("湖大的双选会什么时候", "12"),
        ("湖南大学的双选会什么时候", "1"),
        ("长沙理工的双选会几号", "7"),
        ("师大的双选会", "9"),
        ("研究生专场", "5"),
        ("医护类的招聘会有么", "5"),
        ("线上的招聘会", "8"),
        ("线上的宣讲会", "6"),
        ("远山科技什么时候来宣讲", "4"),
        ("明天有什么宣讲", "6"),
        ("下一场双选会", "1"),
        ("错过昨天的招聘会了，下一场是什么时候", "8"),
        ("岳麓区有双选会吗", "1"),
        ("2027届的双选会", "1279"),
        ("2026届的双选会", "79"),
        ("国企专场招聘会啥时候", ""),
        ("下个月有哪些招聘会", ""),
        ("华为什么时候来宣讲", ""),
        ("北京这周有招聘会吗", ""),
    ],
)
def test_a_question_finds_what_fits_it_and_nothing_else(events: Events, question: str, expected: str) -> None:
    assert numbers(events.find(understand(question, TODAY))) == expected


def test_what_is_over_says_so_first(events: Events, clock: SetClock) -> None:
    some = answer_text(events.find(understand("这周长沙有哪些招聘会", TODAY)), clock.now())
    whole = answer_text(events.find(understand("昨天长沙的招聘会", TODAY)), clock.now())

    assert "其中 1 场已经结束" in some.splitlines()[0]
    assert "第2场 【已结束】星城大学生就业招聘会" in some
    assert whole.startswith("先说明：") and "都已经结束" in whole.splitlines()[0]


def test_an_event_of_today_is_past_once_it_has_ended(events: Events, clock: SetClock) -> None:
    clock.advance(days=1, hours=9)
    question = understand("今天有什么宣讲", date(2026, 12, 2))

    assert events.find(question).past == 0
    clock.advance(hours=2)
    assert events.find(question).past == 1


def test_where_nothing_fits_what_comes_next_is_named_as_just_that(events: Events, clock: SetClock) -> None:
    found = events.find(understand("下个月长沙有哪些招聘会", TODAY))
    text, payload = answer_text(found, clock.now()), payload_of(found, clock.now())

    assert (payload["total"], payload["items"]) == (0, [])
    assert [item["city"] for item in payload["upcoming"]] == ["长沙", "长沙", "长沙"]
    assert "没有查到" in text.splitlines()[0]
    assert "下面不是您问的那些" in text


def test_a_cancelled_event_is_shown_as_such_and_never_comes_next(events: Events, clock: SetClock) -> None:
    found = events.find(understand("师大的双选会", TODAY))
    following = events.find(understand("北京这周有招聘会吗", TODAY))

    assert "【已取消】" in answer_text(found, clock.now())
    assert all(event.status == "planned" for event in following.next)


def test_other_kinds_on_the_same_days_are_mentioned_and_not_mixed_in(events: Events, clock: SetClock) -> None:
    text = answer_text(events.find(understand("这周长沙有哪些招聘会", TODAY)), clock.now())

    assert "还有宣讲会 1 场" in text
    assert "远山科技" not in text


def test_an_empty_calendar_says_that_nothing_is_on_file(sessions: sessionmaker[Session], clock: SetClock) -> None:
    found = Events(sessions, clock).find(understand("这周长沙有哪些招聘会", TODAY))

    assert not found.any_on_file
    assert "还没有导入" in answer_text(found, clock.now())


def test_the_payload_is_that_of_the_contract(events: Events, clock: SetClock) -> None:
    payload = payload_of(events.find(understand("这周长沙有哪些招聘会", TODAY)), clock.now())

    first, second = payload["items"]
    assert first["title"] == "湖南大学2027届毕业生冬季双选会"
    assert (first["starts_at"], first["ends_at"]) == ("2026-12-05T09:00:00+08:00", "2026-12-05T16:00:00+08:00")
    assert (first["past"], second["past"]) == (False, True)
    assert first["ics"] == f"/api/events/{first['id']}.ics"
    assert payload["filters"]["cities"] == ["长沙"]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("那下周呢", {"first": date(2026, 12, 7), "cities": ("长沙",), "kinds": ("招聘会", "双选会")}),
        ("换成武汉", {"first": date(2026, 11, 30), "cities": ("武汉",), "kinds": ("招聘会", "双选会")}),
        ("武汉呢", {"cities": ("武汉",)}),
        ("宣讲会呢", {"first": date(2026, 11, 30), "cities": ("长沙",), "kinds": ("宣讲会", "空中宣讲")}),
        ("研究生专场呢", {"first": date(2026, 11, 30), "audiences": ("研究生",)}),
        ("线上的", {"online": True, "cities": ("长沙",)}),
        ("全国的呢", {"cities": (), "first": date(2026, 11, 30)}),
    ],
)
def test_a_follow_up_changes_what_it_says_and_keeps_the_rest(message: str, expected: dict[str, object]) -> None:
    before = understand("这周长沙有哪些招聘会", TODAY)

    after = understand(message, TODAY, before)

    assert is_follow_up(message, TODAY)
    assert {name: getattr(after, name) for name in expected} == expected


@pytest.mark.parametrize(
    "message", ["谢谢", "求职创业补贴怎么申请", "有没有会计的岗位", "第一个详细说说", "档案放哪里", "我想找老师", "下周要交三方协议怎么办"]
)
def test_a_message_about_something_else_is_no_follow_up(message: str) -> None:
    assert not is_follow_up(message, TODAY)


def test_a_question_of_its_own_forgets_the_one_before() -> None:
    before = understand("湖大的双选会什么时候", TODAY)

    assert understand("下周有哪些招聘会", TODAY, before).hosts == ()


def test_a_query_survives_being_kept_as_json() -> None:
    query = understand("下周长沙2027届研究生线上专场双选会", TODAY)

    assert EventQuery.from_json(query.to_json()) == query
    with pytest.raises(KeyError):
        EventQuery.from_json({"unknown": 1})
