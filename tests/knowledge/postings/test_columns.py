"""What columns are called in many ways, and what their headings say of their cells."""

from __future__ import annotations

import pytest

from knowledge.postings.columns import Columns, UnknownField, field_named
from knowledge.postings.gathered_cells import gather


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("职位名称", "title"),
        ("岗位", "title"),
        ("招聘岗位*", "title"),
        ("jobName", "title"),
        ("job_title", "title"),
        ("公司全称（必填）", "employer"),
        ("用人單位", "employer"),
        ("company.name", "employer"),
        ("工作地点", "city"),
        ("薪资(元/月)", "salary"),
        ("月薪", "salary"),
        ("最低薪资", "salary_min"),
        ("salary.max", "salary_max"),
        ("学历要求", "education"),
        ("招聘对象", "cohort"),
        ("需求 人数", "headcount"),
        ("任职要求", "description"),
        ("福利待遇", "benefits"),
        ("报名截止时间", "deadline"),
        ("更新时间", "posted_on"),
        ("是否提供住宿", "housing"),
        ("网申链接", "url"),
        ("备注", None),
        ("", None),
    ],
)
def test_a_column_is_known_by_its_names(column: str, field: str | None) -> None:
    assert Columns().field(column) == field


def test_what_a_person_says_of_a_column_comes_first() -> None:
    columns = Columns({"备注": "benefits", "薪资": ""})

    assert (columns.field("备注"), columns.field("薪资"), columns.field("职位")) == ("benefits", None, "title")


def test_fields_are_named_in_either_language() -> None:
    assert (field_named("职位名称"), field_named("salary_min"), field_named("截止日期")) == ("title", "salary_min", "deadline")
    with pytest.raises(UnknownField, match="星座"):
        field_named("星座")


@pytest.mark.parametrize(
    ("cells", "salary"),
    [
        ({"薪资": "8000-12000"}, "8000-12000"),
        ({"薪资(K)": "8-12"}, "8-12K"),
        ({"月薪（千元）": "8-12"}, "8-12K"),
        ({"年薪(万元)": "10-15"}, "10-15万/年"),
        ({"年薪": "10-15万"}, "10-15万/年"),
        ({"日薪": "150-200"}, "150-200/天"),
        ({"年薪": "面议"}, "面议"),
        ({"最低薪资": "6000", "最高薪资": "9000"}, "6000-9000"),
        ({"最低薪资": "6000", "最高薪资": "9000", "薪数": "14"}, "6000-9000·14薪"),
        ({"最低薪资": "6000"}, "6000以上"),
        ({"最低薪资": "6000", "最高薪资": "6000"}, "6000"),
        ({"薪资": "null", "最低薪资": "6000", "最高薪资": "-"}, "6000以上"),
    ],
)
def test_a_salary_is_gathered_from_its_columns_and_their_units(cells: dict[str, str], salary: str) -> None:
    assert gather(cells, Columns()).salary_text() == salary


def test_the_more_usual_name_counts_and_the_rest_is_kept() -> None:
    cells = gather({"area": "芙蓉区", "city": "长沙", "岗位职责": "核算。", "任职要求": "细心。", "内部备注": "勿删", "序号": "7"}, Columns())

    assert cells.text("city") == "长沙"
    assert cells.text("description") == "核算。\n细心。"
    assert cells.extra == {"area": "芙蓉区", "内部备注": "勿删"}


def test_answers_under_a_heading_are_said_in_its_words() -> None:
    cells = gather({"五险一金": "是", "是否提供住宿": "否", "工作性质": "实习"}, Columns())

    assert cells.text("benefits") == "五险一金"
    assert cells.traits == {"housing": ("是否提供住宿", "否"), "internship": ("工作性质", "实习")}
