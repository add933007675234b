"""What ends soon, and what is over and still asked about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from knowledge.models import AskedQuestion
from knowledge.search.entries import DocumentEntry
from knowledge.truth import Reference, Successor, Truth
from knowledge.upkeep.ageing import expiring, last_day, still_asked

TODAY = date(2026, 12, 1)


def document(number: int = 1, *, cohorts: tuple[int, ...] = (), **truth: object) -> DocumentEntry:
    return DocumentEntry(number, f"通知{number}", None, (), None, "全国", cohorts, False, False, (), "a.txt", "", Truth(**truth))  # type: ignore[arg-type]


def asked(text: str, number: int, day: int = 1) -> AskedQuestion:
    return AskedQuestion(
        asked_at=datetime(2026, 11, day, tzinfo=UTC), text=text, outcome="answered", reason=None, warnings=["expired"], documents=[number]
    )


@pytest.mark.parametrize(
    ("given", "end"),
    [
        (document(), None),
        (document(in_force_until=date(2026, 12, 31)), date(2026, 12, 31)),
        (document(in_force_until=date(2026, 12, 31), retired_until=date(2026, 12, 5)), date(2026, 12, 5)),
        (document(cohorts=(2026, 2027)), date(2027, 8, 31)),
        (document(only_year=2026), date(2026, 12, 31)),
        (
            document(successors=(Successor(Reference(2, "新办法", None, None), "supersedes", date(2027, 1, 1), True, "同时废止"),)),
            date(2026, 12, 31),
        ),
    ],
    ids=["open", "printed", "set by a person", "cohort", "year", "eve of its successor"],
)
def test_the_last_day(given: DocumentEntry, end: date | None) -> None:
    assert last_day(given, TODAY) == end


def test_the_first_to_end_comes_first_and_what_is_over_or_far_off_is_not_told() -> None:
    documents = [
        document(1, in_force_until=date(2027, 1, 15)),
        document(2, in_force_until=date(2026, 12, 10)),
        document(3, in_force_until=date(2026, 11, 30)),
        document(4, in_force_until=date(2027, 6, 30)),
        document(5, in_force_until=TODAY),
        document(6),
    ]

    assert [item.document.id for item in expiring(documents, TODAY, 60)] == [5, 2, 1]


def test_outdated_documents_are_told_with_what_was_asked_of_them() -> None:
    documents = [
        document(1, in_force_until=date(2026, 6, 30)),
        document(2, cohorts=(2025,)),
        document(3),
        document(4, in_force_until=date(2025, 1, 1)),
    ]
    rows = [asked("补贴多少", 2, 20), asked("补贴有多少", 2, 19), asked("什么时候报名", 1, 5), asked("谁能领", 3, 4)]

    first, second = still_asked(documents, rows, TODAY)

    assert (first.document.id, first.status, first.count, first.questions) == (2, "only_that_year", 2, ("补贴多少", "补贴有多少"))
    assert first.last_asked == rows[0].asked_at
    assert (second.document.id, second.status) == (1, "expired")


def test_a_document_that_came_into_force_again_is_no_longer_told() -> None:
    over = document(1, in_force_until=date(2026, 6, 30))
    renewed = replace(over, truth=replace(over.truth, in_force_until=date(2027, 6, 30)))

    assert still_asked([renewed], [asked("补贴多少", 1)], TODAY) == []
