"""A paper on one line is cut into its clauses, and nothing moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.ingest.long_lines import LONG, break_long_lines
from knowledge.ingest.parsing import parse_document
from knowledge.ingest.reading import decode
from tests.knowledge.papers import HARBOUR

_ADDED = "".join(
    f"（{number}）各校要在每学期开学后的两周之内把本校毕业生的去向情况报送到主管部门，由主管部门汇总以后向社会公布。\n" for number in "四五六七八九"
)


def test_a_paper_on_one_line_has_the_clauses_of_the_paper_in_lines() -> None:
    paper = HARBOUR.replace("三、工作要求\n", _ADDED * 5 + "三、工作要求\n")
    in_lines = parse_document(decode("paper.txt", paper.encode()))
    on_one_line = parse_document(decode("paper.txt", paper.replace("\n", " ").encode()))

    assert on_one_line.title == in_lines.title
    assert on_one_line.doc_no == in_lines.doc_no
    assert [clause.path for clause in on_one_line.clauses] == [clause.path for clause in in_lines.clauses]


def test_lines_of_usual_length_stay_as_they_are() -> None:
    assert break_long_lines(HARBOUR) == HARBOUR


def test_letter_spaced_text_is_not_broken_apart() -> None:
    line = " ".join("毕业生就业" * LONG)

    assert break_long_lines(line) == line


@given(st.lists(st.text(alphabet="毕业生 。，1a\n（一、", max_size=60), max_size=80).map("".join))
def test_nothing_moves(text: str) -> None:
    broken = break_long_lines(text * 3)

    assert len(broken) == len(text * 3)
    assert all(before == after or (before in " \u3000\t" and after == "\n") for before, after in zip(text * 3, broken, strict=True))
