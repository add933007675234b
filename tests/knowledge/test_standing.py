"""How a paper stands as days pass, and what is said of it before anything else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.answers.notices import cautions, notes
from knowledge.answers.standing import clause_status, holds, replaced_by, status, to_be_replaced_by, warnings
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.truth import Reference, Successor, Truth, Window

NEWER = Reference(9, "星海省见习办法", "星教〔2024〕3号", date(2024, 4, 1))


def paper(cohorts: tuple[int, ...] = (), **known: object) -> DocumentEntry:
    truth = Truth(**known)  # type: ignore[arg-type]
    return DocumentEntry(1, "星海省见习暂行办法", None, ("星海省教育厅",), None, None, cohorts, False, False, (), "paper.txt", "", truth)


def clause(document: DocumentEntry, until: date | None = None, windows: tuple[Window, ...] = ()) -> ClauseEntry:
    return ClauseEntry(1, document, 0, "body", "第一条", (), "见习期限为三个月。", frozenset(), (), until, windows)


def successor(since: date | None = date(2024, 5, 1), *, believed: bool = True, kind: str = "supersedes") -> Successor:
    return Successor(NEWER, kind, since, believed, "《星海省见习暂行办法》同时废止。")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("today", "known", "expected"),
    [
        (date(2023, 12, 31), {"in_force_from": date(2024, 1, 1)}, "not_yet_in_force"),
        (date(2024, 1, 1), {"in_force_from": date(2024, 1, 1)}, "in_force"),
        (date(2026, 12, 31), {"in_force_until": date(2026, 12, 31)}, "in_force"),
        (date(2027, 1, 1), {"in_force_until": date(2026, 12, 31)}, "expired"),
        (date(2026, 7, 1), {"retired_until": date(2026, 6, 30), "in_force_until": date(2028, 1, 1)}, "expired"),
        (date(2025, 12, 31), {"only_year": 2025}, "in_force"),
        (date(2026, 1, 1), {"only_year": 2025}, "only_that_year"),
        (date(2024, 4, 30), {"successors": (successor(),)}, "in_force"),
        (date(2024, 5, 1), {"successors": (successor(),)}, "superseded"),
        (date(2024, 5, 1), {"successors": (successor(kind="repeals"),)}, "repealed"),
        (date(2024, 5, 1), {"successors": (successor(believed=False),)}, "in_force"),
        (date(2024, 5, 1), {"repealed": True}, "repealed"),
        (date(2024, 5, 1), {"trial": True}, "trial"),
        (date(2027, 1, 1), {"trial": True, "in_force_until": date(2026, 12, 31)}, "expired"),
    ],
)
def test_the_standing_follows_the_day(today: date, known: dict[str, object], expected: str) -> None:
    assert status(paper(**known), today) == expected


@pytest.mark.parametrize(("today", "expected"), [(date(2026, 8, 31), "in_force"), (date(2026, 9, 1), "only_that_year")])
def test_a_graduating_year_is_over_in_september(today: date, expected: str) -> None:
    assert status(paper(cohorts=(2025, 2026)), today) == expected


def test_one_clause_may_end_before_its_paper() -> None:
    entry = clause(paper(in_force_until=date(2028, 1, 1)), until=date(2026, 6, 30))
    assert [clause_status(entry, day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == ["in_force", "expired"]
    assert "2026年6月30日" in cautions([entry], date(2026, 7, 1))[0]


def test_a_believed_successor_comes_before_one_that_only_titles_suggest() -> None:
    document = paper(successors=(successor(date(2024, 5, 1)), successor(date(2023, 1, 1), believed=False)))
    found = replaced_by(document, date(2025, 1, 1))
    assert found is not None
    assert found.believed


def test_what_replaced_a_paper_is_named_before_anything_else() -> None:
    entry = clause(paper(successors=(successor(),)))
    (line,) = cautions([entry], date(2026, 12, 1))
    assert "《星海省见习办法》（星教〔2024〕3号）取代（自2024年5月1日起）" in line
    assert warnings([entry], date(2026, 12, 1)) == ("superseded",)


def test_a_suggestion_is_told_as_one() -> None:
    entry = clause(paper(successors=(successor(believed=False),)))
    assert "可能已被" in cautions([entry], date(2026, 12, 1))[0]
    assert warnings([entry], date(2026, 12, 1)) == ("superseded",)
    assert not holds(entry, date(2026, 12, 1))


def test_what_is_to_come_is_told_while_the_old_holds() -> None:
    entry = clause(paper(successors=(successor(date(2027, 1, 1)),)))
    assert to_be_replaced_by(entry.document, date(2026, 12, 1)) is not None
    assert cautions([entry], date(2026, 12, 1)) == []
    assert "自2027年1月1日起将由" in notes([entry], date(2026, 12, 1))[0]


def test_a_time_to_apply_that_is_over_does_not_expire_the_rule() -> None:
    entry = clause(paper(), windows=(Window(date(2026, 3, 1), date(2026, 4, 30), "申报时间"),))
    assert clause_status(entry, date(2026, 12, 1)) == "in_force"
    assert warnings([entry], date(2026, 12, 1)) == ()
    assert "2026年4月30日截止" in notes([entry], date(2026, 12, 1))[0]
    assert notes([entry], date(2026, 4, 30)) == []


def test_a_copy_points_to_its_original() -> None:
    assert "原件是《星海省见习办法》" in cautions([clause(paper(copy_of=NEWER))], date(2026, 12, 1))[0]


DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@given(st.builds(Truth, dated_on=st.none(), in_force_from=st.none() | DAYS, in_force_until=st.none() | DAYS, trial=st.booleans()), DAYS, DAYS)
def test_what_has_expired_never_comes_back(truth: Truth, one: date, other: date) -> None:
    earlier, later = sorted((one, other))
    document = paper(in_force_from=truth.in_force_from, in_force_until=truth.in_force_until, trial=truth.trial)
    if status(document, earlier) == "expired":
        assert status(document, later) == "expired"
    if status(document, later) == "not_yet_in_force":
        assert status(document, earlier) == "not_yet_in_force"
