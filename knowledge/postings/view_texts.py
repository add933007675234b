"""Words of the postings that a graduate reads."""

from __future__ import annotations

from knowledge.postings.record import TraitName

NOT_WRITTEN = "未写明"
OPEN = "招聘中"
EXPIRED = "已于{day}截止"
WITHDRAWN = "已下架"
YES, NO = "是", "否"
TITLE, EMPLOYER, EMPLOYER_TYPE = "岗位", "单位", "单位性质"
PLACE, SALARY, EDUCATION, MAJORS, COHORT, HEADCOUNT = "工作地点", "薪资", "学历", "专业", "届别", "人数"
DESCRIPTION, BENEFITS, POSTED_ON, DEADLINE, CONTACT, URL = "岗位描述", "福利", "发布日期", "截止日期", "联系方式", "链接"
ALWAYS = (DESCRIPTION, BENEFITS, POSTED_ON, DEADLINE, CONTACT)
"""Shown even when nothing is written, for a graduate looks for them."""
TRAITS: dict[TraitName, str] = {
    "weekends_off": "双休",
    "no_overtime": "不加班",
    "housing": "包住",
    "meals": "包吃",
    "hukou": "解决户口",
    "remote": "远程",
    "internship": "实习",
    "tenured": "编制",
}
