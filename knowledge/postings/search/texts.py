"""What a graduate is told about why a posting may not fit."""

from __future__ import annotations

LABELS = {
    "open": "截止日期",
    "cities": "工作地点",
    "salary": "薪资",
    "daily_min": "日薪",
    "major": "专业",
    "cohort": "届别",
    "past_cohort": "届别",
    "internship": "实习",
    "no_overtime": "加班",
}
"""Of the conditions that can be uncertain."""

DEADLINE_UNKNOWN = "没有写明截止日期，投递前请确认是否仍在招聘"
DEADLINE_UNTIL_FILLED = "招满即止，投递前请确认是否仍在招聘"
ONLY_UPPER_END = "薪资只有上限达到要求（{text}）"
SALARY_UNSAID = "薪资没有写明（{text}）"
SALARY_EMPTY = "薪资没有写明"
DAY_UPPER_END = "日薪只有上限达到要求（{text}）"
OVERTIME_UNSAID = "写明双休，没有写加不加班"
INTERNSHIP = "这是实习岗位"
ANY_MAJOR = "专业不限，不是专门招{major}专业的"
MAJOR_UNSAID = "没有写明专业要求"
BROAD_MAJOR = "专业写的是“{text}”，请核对是否包含你的专业"
COHORT_UNSAID = "没有写明招哪一届"
COHORT_CONDITION = "{year}届要符合条件：{text}"
COHORT_PAST_YEARS = "只写了这些往届：{text}"
ANYWHERE = "工作地点写的是“{text}”"
