"""What is found, in which order, and what is never shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from knowledge.origins import unnamed_source
from knowledge.postings.models import PostingOrigin
from knowledge.postings.record import Degree
from knowledge.postings.search.criteria import Criteria
from knowledge.postings.service import Postings
from tests.knowledge.postings.search.conftest import Open
from tests.knowledge.postings.search.rows import NOW, TODAY, change, ids, posting, put

Sessions = sessionmaker[Session]


def test_every_condition_filters_at_once(sessions: Sessions, postings: Postings) -> None:
    fitting, *_ = put(
        sessions,
        posting(salary_min=8000, salary_max=9000, traits={"weekends_off": [True, "双休"]}),
        posting(salary_min=8000, salary_max=9000),
        posting(salary_min=8000, salary_max=9000, traits={"weekends_off": [True, "双休"]}, cities=["北京"]),
        posting(salary_min=6000, salary_max=7000, traits={"weekends_off": [True, "双休"]}),
        posting(salary_min=8000, salary_max=9000, traits={"weekends_off": [True, "双休"]}, roles=["销售"]),
    )

    found = postings.search(Criteria(cities=("长沙",), roles=("会计",), salary_min=8000, weekends_off=True))

    assert (found.total, ids(found.items), found.uncertain) == (1, [fitting], ())


def test_what_may_fit_stands_behind_what_surely_does_and_says_why(sessions: Sessions, postings: Postings) -> None:
    doubtful, sure = put(
        sessions, posting(deadline=None, deadline_state="until_filled", posted_on=TODAY), posting(posted_on=TODAY - timedelta(days=50))
    )

    found = postings.search(Criteria(cities=("长沙",)))

    assert ids(found.items) == [sure, doubtful]
    assert (found.total, found.sure, found.uncertain) == (2, 1, (doubtful,))
    assert "招满即止" in found.items[1].uncertain[0].reason
    assert found.items[1].as_item()["uncertain"][0]["label"] == "截止日期"


@pytest.mark.parametrize("status", ["held", "rejected", "withdrawn", "waiting"])
def test_what_is_no_longer_published_is_gone_at_the_next_question(sessions: Sessions, postings: Postings, status: str) -> None:
    kept, taken = put(sessions, posting(), posting())
    assert postings.search(Criteria(cities=("长沙",))).total == 2

    change(sessions, taken, status=status)

    found = postings.search(Criteria(cities=("长沙",)))
    assert (found.total, ids(found.items)) == (1, [kept])


def test_the_last_day_still_counts_and_the_day_after_does_not(sessions: Sessions, open_anew: Open) -> None:
    put(sessions, posting(deadline=TODAY))

    assert open_anew(TODAY).search(Criteria(cities=("长沙",))).total == 1
    assert open_anew(TODAY + timedelta(days=1)).search(Criteria(cities=("长沙",))).total == 0


def test_an_import_is_seen_by_the_next_question_of_every_process(sessions: Sessions, open_anew: Open) -> None:
    first, second = open_anew(), open_anew()
    assert first.search(Criteria(cities=("长沙",))).total == second.search(Criteria(cities=("长沙",))).total == 0

    put(sessions, posting())

    assert first.search(Criteria(cities=("长沙",))).total == second.search(Criteria(cities=("长沙",))).total == 1


def test_another_page_repeats_nothing_and_leaves_nothing_out(sessions: Sessions, postings: Postings) -> None:
    every = put(sessions, *(posting(posted_on=date(2026, 11, 1 + number % 20), salary_min=5000 + 100 * number) for number in range(13)))
    shown: list[int] = []
    while True:
        found = postings.search(Criteria(cities=("长沙",)), exclude=shown)
        shown += ids(found.items)
        if not found.more:
            break

    assert len(shown) == len(set(shown))
    assert set(shown) == set(every)
    assert postings.search(Criteria(cities=("长沙",)), exclude=[*shown, -1, 2**40]).items == ()
    assert ids(postings.search(Criteria(cities=("长沙",))).items) == shown[:5]


def test_one_employer_does_not_take_the_whole_page(sessions: Sessions, postings: Postings) -> None:
    put(sessions, *(posting(employer="示例大集团", salary_min=15000, salary_max=20000) for _ in range(6)))
    others = put(sessions, posting(), posting())

    assert set(others) <= set(ids(postings.search(Criteria(cities=("长沙",))).items))


def test_the_same_job_is_never_shown_twice(sessions: Sessions, postings: Postings) -> None:
    put(sessions, posting(key="same"), posting(key="same"))

    found = postings.search(Criteria(cities=("长沙",)))

    assert len(found.items) == 1
    assert postings.search(Criteria(cities=("长沙",)), exclude=ids(found.items)).items == ()


def test_words_must_stand_in_the_posting_whatever_the_script(sessions: Sessions, postings: Postings) -> None:
    other, asked = put(sessions, posting(description="负责数据库维护"), posting(description="负责資料分析，熟悉Java"))

    assert ids(postings.search(Criteria(words=("资料分析",))).items) == [asked]
    assert ids(postings.search(Criteria(words=("JAVA",))).items) == [asked]
    assert ids(postings.search(Criteria(words=("数据库",))).items) == [other]
    assert postings.search(Criteria(words=("宇航员",))).total == 0


def test_an_employers_other_postings_are_found_by_a_part_of_its_name(sessions: Sessions, postings: Postings) -> None:
    own = put(sessions, posting(employer="示例青山银行股份有限公司"), posting(employer="示例青山银行股份有限公司", roles=["柜员"]))
    put(sessions, posting(employer="示例白水银行"))

    assert set(ids(postings.by_employer("青山银行").items)) == set(own)
    assert ids(postings.by_employer("青山银行", exclude=own[:1]).items) == own[1:]
    assert postings.by_employer("（）").total == 0


def test_when_nothing_fits_it_says_what_easing_a_condition_would_give_and_pads_with_nothing(sessions: Sessions, postings: Postings) -> None:
    put(sessions, posting(salary_min=6000, salary_max=7000), posting(salary_min=9000, salary_max=9500, cities=["株洲"]))
    asked = Criteria(cities=("长沙",), roles=("会计",), salary_min=9000, education=Degree.BACHELOR)

    found = postings.search(asked)

    assert (found.total, found.items) == (0, ())
    by_condition = {each.condition: each for each in found.loosenings}
    assert by_condition["salary_min"].criteria.salary_min == 6000
    assert by_condition["cities"].criteria.nearby
    assert "education" not in by_condition
    for each in found.loosenings:
        assert postings.search(each.criteria).total == each.total > 0


def test_a_degree_or_a_class_is_never_eased(sessions: Sessions, postings: Postings) -> None:
    put(sessions, posting(education=Degree.DOCTOR, any_cohort=False, cohorts=[2027]))

    found = postings.search(Criteria(cities=("长沙",), education=Degree.MASTER, cohort=2025))

    assert found.total == 0
    assert found.loosenings == ()


def test_a_saved_posting_says_how_it_stands_today(sessions: Sessions, open_anew: Open) -> None:
    open_one, closed, held, never = put(
        sessions, posting(), posting(deadline=date(2026, 11, 30)), posting(), posting(status="waiting", title="没有审核的岗位")
    )
    change(sessions, held, status="published")
    change(sessions, held, status="held")
    postings = open_anew()

    views = {view.id: view for view in postings.get_many([open_one, closed, held, never, 999_999, -1, 2**40])}

    assert {number: view.state for number, view in views.items()} == {open_one: "open", closed: "expired", held: "withdrawn"}
    assert "2026-11-30" in views[closed].state_text
    assert views[held].as_item()["salary_text"] is None
    assert views[held].as_detail()["fields"] == []
    assert postings.get(never) is None


def test_a_detail_shows_every_field_with_its_evidence_and_its_sources(sessions: Sessions, postings: Postings) -> None:
    (number,) = put(sessions, posting(traits={"housing": [True, "提供宿舍"]}, description="做账", extra={"试用期": "三个月"}))
    view = postings.get(number)
    assert view is not None

    detail = view.as_detail()

    assert {"label": "包住", "value": "是", "evidence": "提供宿舍"} in detail["fields"]
    assert {"label": "试用期", "value": "三个月"} in detail["fields"]
    assert {"label": "薪资", "value": "未写明"} in detail["fields"]
    assert detail["source"] == "测试来源"
    assert (detail["status"], detail["status_text"]) == ("open", "招聘中")


@pytest.mark.parametrize(
    ("cities", "district", "said"),
    [
        (["长沙"], "长沙县", "长沙 长沙县"),
        (["长沙"], "岳麓区", "长沙岳麓区"),
        (["长沙"], "长沙市岳麓区", "长沙市岳麓区"),
        (["长沙"], "湖南省长沙市岳麓区", "湖南省长沙市岳麓区"),
        (["上海"], "上海市", "上海"),
        (["长沙", "株洲"], "岳麓区", "长沙、株洲 岳麓区"),
        (["长沙"], "", "长沙"),
    ],
)
def test_a_place_says_nothing_twice(sessions: Sessions, postings: Postings, cities: list[str], district: str, said: str) -> None:
    (number,) = put(sessions, posting(cities=cities, district=district))
    view = postings.get(number)

    assert view is not None
    assert {"label": "工作地点", "value": said} in view.as_detail()["fields"]


def test_the_name_that_a_file_bears_for_want_of_a_source_is_no_matter_of_graduates(sessions: Sessions, postings: Postings) -> None:
    row = posting()
    (number,) = put(sessions, row)
    with sessions.begin() as session:
        for file in ("岗位表终稿3", "岗位表终稿4"):
            session.add(PostingOrigin(posting_id=number, source=unnamed_source(file), external_id="1", checksum="-", seen_at=NOW))
    view = postings.get(number)

    assert view is not None
    assert view.as_detail()["source"] == "测试来源、学校导入"


def test_the_day_of_the_check_is_china_s(sessions: Sessions, postings: Postings) -> None:
    (number,) = put(sessions, posting(checked_at=datetime(2026, 11, 30, 20, 0, tzinfo=UTC)))
    view = postings.get(number)

    assert view is not None
    assert view.as_detail()["checked_at"].startswith("2026-12-01")
