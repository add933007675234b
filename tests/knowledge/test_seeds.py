"""The five real documents, read from beside the project; nothing of their text stands here beyond names and numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.reading import read_text_file

Documents = dict[str, ParsedDocument]


@pytest.fixture(scope="module")
def documents(seeds: dict[str, Path]) -> Documents:
    return {number: parse_document(read_text_file(path)) for number, path in seeds.items()}


def text_of(document: ParsedDocument) -> str:
    return "\n".join(document.text[clause.start : clause.end] for clause in document.clauses)


def paths(document: ParsedDocument) -> list[str]:
    return [clause.path for clause in document.clauses if clause.kind == "body"]


@pytest.mark.parametrize(
    ("number", "issued_on", "region", "cohorts", "doc_no"),
    [
        ("000", date(2020, 7, 2), "全国", (2020,), None),
        ("001", date(2023, 12, 1), "全国", (2024,), None),
        ("002", date(2020, 10, 21), "福建", (2020,), None),
        ("003", date(2022, 3, 9), "全国", (2022,), "教学厅函〔2022〕3号"),
        ("004", None, "湖南", (2022,), None),
    ],
)
def test_each_document_says_of_itself_what_it_prints(
    documents: Documents, number: str, issued_on: date | None, region: str, cohorts: tuple[int, ...], doc_no: str | None
) -> None:
    document = documents[number]
    assert (document.issued_on, document.region, document.cohorts, document.doc_no) == (issued_on, region, cohorts, doc_no)


def test_all_three_issuers_are_found_and_none_invented(documents: Documents) -> None:
    assert len(documents["000"].issuers) == 3
    assert documents["001"].issuers == ("教育部",)
    assert documents["003"].issuers == ("教育部办公厅",)
    assert documents["004"].issuers == ()
    assert documents["004"].title is None


def test_clause_paths_are_those_people_cite(documents: Documents) -> None:
    assert paths(documents["000"]) == ["一", *(f"二、{n}" for n in range(1, 6)), *(f"三、{n}" for n in range(1, 4))]
    assert [path.split("、")[-1] for path in paths(documents["001"])] == [str(n) for n in range(1, 27)]
    assert {"二、4", "五、18", "七、25"} <= set(paths(documents["001"]))
    assert paths(documents["003"])[:5] == ["一", "二", "三", "四", "五（一）"]
    assert {"二、2", "二（六）21", "二（六）24", "三（四）"} <= set(paths(documents["004"]))


@pytest.mark.parametrize("foreign", ["400-007-6266", "010-86223221", "beplay", "版权", "冰雪", "公众号,", "返回顶部"])
def test_hotlines_advertisements_and_footers_of_the_first_repost_are_in_no_clause(documents: Documents, foreign: str) -> None:
    assert foreign not in text_of(documents["000"])


@pytest.mark.parametrize("foreign", ["責任編輯", "2022-03-23", "MU5735", "截圖", "馬斯克", "相關推薦"])
def test_news_around_the_fourth_document_is_in_no_clause(documents: Documents, foreign: str) -> None:
    assert foreign not in text_of(documents["003"])


def test_the_staff_contact_is_kept_apart(documents: Documents) -> None:
    contact = [clause for clause in documents["003"].clauses if clause.kind == "contact"]
    assert len(contact) == 1
    assert "010-66097865" in documents["003"].text[contact[0].start : contact[0].end]


def test_the_broken_document_is_known_to_be_broken(documents: Documents) -> None:
    broken = documents["002"]
    assert {"shards", "cut_lines", "broken_numbering", "repeated"} <= broken.damage
    body = [clause for clause in broken.clauses if clause.kind == "body"]
    assert sum(bool(clause.damage) for clause in body) > len(body) / 2


def test_its_two_dates_contradict_each_other(documents: Documents) -> None:
    assert documents["002"].date_conflict
    assert {(entry.role, entry.day.year) for entry in documents["002"].dates} == {("signed", 2025), ("printed", 2020)}
    assert [number for number, document in documents.items() if document.date_conflict] == ["002"]


def test_the_lost_characters_are_recorded_where_they_were_lost(documents: Documents) -> None:
    assert documents["004"].damage == {"lost_characters"}
    assert [clause.path for clause in documents["004"].clauses if clause.damage] == ["二（六）23"]


def test_whole_documents_have_no_damage(documents: Documents) -> None:
    assert [number for number, document in documents.items() if not document.damage] == ["000", "001", "003"]


def test_the_day_a_page_was_posted_is_no_day_of_issue(documents: Documents) -> None:
    assert [entry.role for entry in documents["004"].dates] == ["posted"]
    assert documents["004"].issued_on is None
