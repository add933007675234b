"""Rows of our own for the tests of the import."""

from __future__ import annotations

import csv
from pathlib import Path

HEADINGS = [
    "external_id",
    "title",
    "employer",
    "employer_type",
    "city",
    "district",
    "salary_text",
    "education",
    "majors",
    "cohort",
    "headcount",
    "description",
    "benefits",
    "posted_on",
    "deadline",
    "contact",
    "source",
]
ACCOUNTANT = {
    "external_id": "A1",
    "title": "会计",
    "employer": "晴川商贸有限公司",
    "employer_type": "私营",
    "city": "长沙",
    "district": "岳麓区",
    "salary_text": "6-9K·13薪",
    "education": "本科及以上",
    "majors": "会计学、财务管理",
    "cohort": "2027届",
    "headcount": "3",
    "description": "负责日常核算、开票与纳税申报，协助年度审计。",
    "benefits": "双休，五险一金，提供宿舍",
    "posted_on": "2026-11-02",
    "deadline": "2027-01-15",
    "contact": "hr@qingchuan.example.com",
    "source": "校就业网",
}


def written(folder: Path, *rows: dict[str, str], name: str = "岗位.csv") -> Path:
    """A CSV file of the accountant's posting with what each row changes."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, HEADINGS)
        writer.writeheader()
        writer.writerows({**ACCOUNTANT, **row} for row in rows)
    return path
