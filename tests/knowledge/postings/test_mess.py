"""Rows of real mess, written by hand: what becomes of each, and what is understood of it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from knowledge.postings.columns import Columns
from knowledge.postings.gathered_cells import gather
from knowledge.postings.reading import Row, read_rows
from knowledge.postings.record import PostingFields, TraitName
from knowledge.postings.understanding_rows import RowRefused, understand

TABLE = Path(__file__).with_name("mess.csv")


def expectations() -> list[tuple[Row, dict[str, str]]]:
    rows = []
    for row in read_rows(TABLE):
        expected = dict(part.strip().partition("=")[::2] for part in row.cells["expected"].split("; "))
        rows.append((Row(row.line, {name: cell for name, cell in row.cells.items() if name != "expected"}), expected))
    return rows


def test_there_are_at_least_a_hundred() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(expectations()) >= 100


@pytest.mark.parametrize(("row", "expected"), expectations(), ids=lambda value: f"line{value.line}" if isinstance(value, Row) else "")
def test_a_row_is_understood_as_it_should_be(row: Row, expected: dict[str, str]) -> None:
    wanted = expected.pop("result", "taken")
    try:
        understood = understand(row, gather(row.cells, Columns()), "手写")
    except RowRefused as refusal:
        assert wanted == "refused"
        assert expected.pop("note", "") in str(refusal)
        assert not expected
        return
    hindered = any(issue.hinders for issue in understood.issues)
    assert wanted in ("any", "waits" if hindered else "taken")
    notes = "；".join(issue.text for issue in understood.issues)
    assert (expected.pop("note") in notes) if "note" in expected else not notes
    assert {name: said(understood.fields, name, value) for name, value in expected.items()} == expected


def said(fields: PostingFields, name: str, expected: str) -> str:
    """What a posting says, in the words of the table."""
    salary = fields.salary
    simple = {
        "cities": " ".join(fields.cities),
        "district": fields.district,
        "degree": "" if fields.education is None else str(int(fields.education)),
        "majors": " ".join(fields.majors),
        "years": " ".join(map(str, fields.cohorts.years)),
        "condition": fields.cohorts.condition,
        "head": str(fields.headcount or ""),
        "deadline": str(fields.deadline or ""),
        "state": fields.deadline_state,
        "type": fields.employer_type or "",
        "period": salary.period or "",
        "text": fields.description.replace("\n", " "),
        "salary": _range(salary.minimum, salary.maximum) + (f"*{salary.months}" if salary.months != 12 else ""),
        "day": _range(salary.day_minimum, salary.day_maximum),
        "any_cohort": "" if fields.cohorts.any else "no",
        "any_major": "" if fields.any_major else "no",
        "negotiable": "" if salary.negotiable else "no",
    }
    if name in ("yes", "no"):
        return " ".join(_phrase(fields, part.partition(":")[0], name == "yes") for part in expected.split())
    if name == "none":
        return " ".join(part for part in expected.split() if part not in fields.traits)
    return simple[name]


def _range(low: int | None, high: int | None) -> str:
    return "" if low is None and high is None else f"{low or ''}-{high or ''}"


def _phrase(fields: PostingFields, name: str, value: bool) -> str:
    trait = fields.traits.get(name)  # type: ignore[call-overload]
    return f"{name}:{trait.evidence}" if trait and trait.value is value else name


def test_every_trait_of_the_table_is_one() -> None:
    names = {part.partition(":")[0] for _, expected in expectations() for key in ("yes", "no", "none") for part in expected.get(key, "").split()}

    assert names == set(TraitName.__args__)  # type: ignore[attr-defined]
