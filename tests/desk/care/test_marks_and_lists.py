"""The four marks are derived and cannot show 清 while a field is missing; lists of what is overdue are right on a clock that tests move."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session, sessionmaker

from core.clock import CHINA
from desk.care.files import CareFiles
from desk.care.helping import Helping
from desk.care.lists import CareLists, Wanted
from desk.care.marks import Facts, marks
from desk.care.models import Graduate
from desk.push_models import Recommendation
from desk.staff.policy import Actor
from tests.desk.care.people import WHOLE
from tests.desk.clocks import SetClock

NOW = datetime(2026, 12, 1, 10, 0, tzinfo=CHINA)
COMPLETE = {
    **{field: value for field, value in WHOLE.items() if field != "cohort"},
    "cohort": 2027,
    "categories": [],
    "categories_checked_at": NOW,
    "wish": "job",
    "wish_place": "长沙",
    "wish_work": "编辑",
    "goal": "春节前签约",
    "measures": "每周一次模拟面试",
    "next_contact_on": NOW.date(),
    "destination": "unplaced",
    "destination_on": None,
    "destination_evidence": "",
    "closed_at": None,
}
NEEDED = {
    "basics": ("student_number", "name", "college", "class_name", "cohort", "degree", "major", "phone", "categories_checked_at"),
    "needs": ("wish", "wish_place", "wish_work"),
    "measures": ("goal", "measures", "next_contact_on"),
    "progress": ("destination",),
}
ALL_KNOWN = Facts("何老师", NOW, 3)


def test_all_four_show_clear_when_nothing_is_missing() -> None:
    assert marks(Graduate(**COMPLETE), ALL_KNOWN, NOW) == {"basics": [], "needs": [], "measures": [], "progress": []}


@given(st.sets(st.sampled_from([(mark, field) for mark, fields in NEEDED.items() for field in fields]), min_size=1))
def test_a_mark_never_shows_clear_while_a_field_is_missing(gone: set[tuple[str, str]]) -> None:
    kept = {
        field: None if field.endswith(("_on", "_at", "cohort")) and any(field == lost for _, lost in gone) else value
        for field, value in COMPLETE.items()
    }
    for _, field in gone:
        kept[field] = None if field in ("cohort", "next_contact_on", "categories_checked_at") else ""
    found = marks(Graduate(**kept), ALL_KNOWN, NOW)
    assert {mark for mark, missing in found.items() if missing} >= {mark for mark, field in gone if (mark, field) != ("needs", "wish")}
    if ("needs", "wish") in gone:
        assert "去向意向" in found["needs"]


@pytest.mark.parametrize(
    ("facts", "mark", "missing"),
    [
        (Facts(None, NOW, 3), "measures", "帮扶责任人"),
        (Facts("何老师", NOW, 2), "measures", "推荐岗位不少于3个（已记录2个）"),
        (Facts("何老师", None, 3), "progress", "30天内的联系记录"),
        (Facts("何老师", datetime(2026, 10, 31, 9, 0, tzinfo=CHINA), 3), "progress", "30天内的联系记录"),
    ],
)
def test_helper_postings_and_a_recent_contact_are_needed_too(facts: Facts, mark: str, missing: str) -> None:
    assert marks(Graduate(**COMPLETE), facts, NOW)[mark] == [missing]


def test_whoever_is_placed_needs_no_postings_but_evidence() -> None:
    placed = Graduate(**{**COMPLETE, "destination": "agreement", "destination_on": NOW.date()})
    found = marks(placed, Facts("何老师", NOW, 0), NOW)
    assert (found["measures"], found["progress"]) == ([], ["去向依据"])


def test_recommendations_on_the_file_and_in_a_linked_conversation_count_once(
    files: CareFiles, opened: Callable[..., int], counsellor: Actor, sessions: sessionmaker[Session], clock: SetClock
) -> None:
    graduate = opened()
    with sessions.begin() as session:
        for ids in ([1, 2], [2, 3]):
            session.add(
                Recommendation(
                    reference=f"care:{graduate}", by="staff:1", criteria={}, posting_ids=ids, wanted=3, ticket=None, offered_at=clock.now()
                )
            )
    assert files.read(counsellor, graduate).facts.recommended == 3


def test_overdue_contacts_continue_after_leaving_school(
    files: CareFiles, lists: CareLists, opened: Callable[..., int], counsellor: Actor, clock: SetClock
) -> None:
    left = opened("20260001", left_school_on="2026-06-30", next_contact_on="2026-12-03")
    opened("20260002", next_contact_on="2026-12-10")
    unplanned = opened("20260003")
    assert [one.id for one in lists.overdue(counsellor).contacts] == []
    assert [one.id for one in lists.upcoming(counsellor, 5)] == [left]

    clock.advance(days=3)
    overdue = lists.overdue(counsellor)
    assert [one.id for one in overdue.contacts] == [left]
    assert [one.id for one in overdue.unplanned] == [unplanned]
    files.add_entry(counsellor, left, "call", "还在找", clock.today().replace(day=20))
    assert lists.overdue(counsellor).contacts == []


def test_the_day_of_a_contact_is_chinas(lists: CareLists, opened: Callable[..., int], counsellor: Actor, clock: SetClock) -> None:
    opened(next_contact_on="2026-12-01")
    clock.advance(hours=13, minutes=59)
    assert lists.overdue(counsellor).contacts == []
    clock.advance(minutes=1)
    assert len(lists.overdue(counsellor).contacts) == 1


def test_untouched_for_more_than_thirty_days_is_listed(
    files: CareFiles, lists: CareLists, opened: Callable[..., int], counsellor: Actor, clock: SetClock
) -> None:
    graduate = opened()
    clock.advance(days=30)
    assert lists.overdue(counsellor).untouched == []
    clock.advance(minutes=1)
    assert [one.id for one in lists.overdue(counsellor).untouched] == [graduate]
    files.read(counsellor, graduate)
    assert len(lists.overdue(counsellor).untouched) == 1
    files.add_entry(counsellor, graduate, "unanswered", "电话没接")
    assert lists.overdue(counsellor).untouched == []


def test_every_open_key_group_case_has_an_owner_or_is_on_the_gap_list(
    files: CareFiles, helping: Helping, lists: CareLists, opened: Callable[..., int], counsellor: Actor, supervisor: Actor, neighbour: Actor
) -> None:
    owned, unowned, ordinary, closed = (opened(f"2027000{number}") for number in range(1, 5))
    for graduate in (owned, unowned, closed):
        files.set_categories(supervisor, graduate, ["低保家庭"])
    helping.pair(counsellor, owned, staff_id=counsellor.staff_id)
    files.close(counsellor, closed, "declined")

    assert [one.id for one in lists.gaps(supervisor)] == [unowned]
    assert lists.gaps(neighbour) == []
    assert [one.id for one in lists.gaps(counsellor)] == [unowned, ordinary], "the list of a counsellor does not tell who belongs to a key group"
    helping.release(supervisor, owned)
    assert [one.id for one in lists.gaps(supervisor)] == [owned, unowned]
    assert ordinary not in {one.id for one in lists.gaps(supervisor)}


def test_the_load_of_each_helper_counts_open_files(
    files: CareFiles, helping: Helping, lists: CareLists, opened: Callable[..., int], counsellor: Actor
) -> None:
    first, second, third = (opened(f"2027000{number}") for number in range(1, 4))
    helping.pair(counsellor, first, staff_id=counsellor.staff_id)
    helping.pair(counsellor, second, staff_id=counsellor.staff_id)
    helping.pair(counsellor, second, staff_id=counsellor.staff_id)
    helping.pair(counsellor, third, helper="教务处 黎处长")
    files.close(counsellor, first, "declined")
    assert sorted(lists.load(counsellor)) == [("何老师", counsellor.staff_id, 1), ("教务处 黎处长", None, 1)]

    helping.pair(counsellor, third, staff_id=counsellor.staff_id)
    assert lists.load(counsellor) == [("何老师", counsellor.staff_id, 2)]


def test_no_list_tells_a_key_group_nor_a_whole_number(
    files: CareFiles, lists: CareLists, opened: Callable[..., int], supervisor: Actor, reader: Actor
) -> None:
    graduate = opened()
    files.set_categories(supervisor, graduate, ["残疾"])
    [listed], total = lists.page(supervisor, Wanted(), 1, 20)
    assert total == 1 and "categories" not in asdict(listed)
    assert not any(personal in repr(listed) for personal in ("13800001234", "20270001", "disabled", "残疾"))
    assert lists.page(reader, Wanted(), 1, 20)[0][0].name == "林**"


def test_a_list_is_narrowed_by_words_of_two_characters_and_paged(
    lists: CareLists, opened: Callable[..., int], counsellor: Actor, neighbour: Actor
) -> None:
    for number in range(1, 6):
        opened(f"2027000{number}", name=f"林小满{number}")
    opened("20270009", name="周清和", class_name="新闻2301")
    assert [one.name for one in lists.page(counsellor, Wanted(words="清和"), 1, 20)[0]] == ["周清和"]
    assert [one.name for one in lists.page(counsellor, Wanted(words="新闻 周清"), 1, 20)[0]] == ["周清和"]
    rows, total = lists.page(counsellor, Wanted(words="小满", is_open=True), 2, 2)
    assert ([one.name for one in rows], total) == (["林小满3", "林小满4"], 5)
    assert lists.page(neighbour, Wanted(), 1, 20) == ([], 0)
    assert lists.page(counsellor, Wanted(words="%"), 1, 20)[1] == 0


def test_each_class_shows_how_many_are_clear(files: CareFiles, lists: CareLists, opened: Callable[..., int], supervisor: Actor) -> None:
    first, _ = opened("20270001"), opened("20270002")
    files.set_categories(supervisor, first, [])
    [state] = lists.classes(supervisor)
    assert (state.class_name, state.graduates, state.clear) == ("汉语言2301", 2, {"basics": 1, "needs": 0, "measures": 0, "progress": 0})
