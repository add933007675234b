"""Every format gives the same document: what the questions ask for stands in one clause, whichever way the document came."""

from __future__ import annotations

import re
import unicodedata

import pytest

from knowledge.ingest.parsing import ParsedDocument, parse_document
from knowledge.ingest.readers import read_content
from tests.knowledge.formats.builder import FORMS, Form, Paper, papers
from tests.knowledge.formats.measuring import GoldQuestion, questions

LEAST_RECOGNISED = 0.92
"""Share of gold spans that recognition must keep to the letter."""


def test_the_questions_are_as_many_and_as_mixed_as_people_ask_them() -> None:
    styles = [asked.style for asked in questions()]
    assert len(styles) >= 60
    assert min(styles.count("spoken"), styles.count("keyword")) >= 20
    assert styles.count("typo") >= 3
    assert {asked.document for asked in questions()} == {paper.name for paper in papers()}


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if not form.recognised])
def test_every_fact_asked_for_stands_in_one_clause(name: str) -> None:
    assert _lost(FORMS[name]) == []


@pytest.mark.slow
def test_recognition_keeps_the_facts_asked_for() -> None:
    lost = _lost(FORMS["photograph"])
    assert len(lost) <= (1 - LEAST_RECOGNISED) * len(questions()), lost


def _lost(form: Form) -> list[str]:
    lost = []
    for paper in papers():
        asked = [question for question in questions() if question.document == paper.name and (question.table or not form.tables_only)]
        if asked:
            clauses = _clauses(_parsed(paper, form))
            lost += [f"{paper.name}: {question.gold_span}" for question in asked if not _stands_in_one(question, clauses)]
    return lost


def _parsed(paper: Paper, form: Form) -> ParsedDocument:
    return parse_document(read_content(f"{paper.name}{form.suffix}", form.make(paper)))


def _clauses(document: ParsedDocument) -> list[str]:
    return [_bare(document.text[clause.start : clause.end]) for clause in document.clauses]


def _stands_in_one(question: GoldQuestion, clauses: list[str]) -> bool:
    return any(all(_bare(cell) in clause for cell in question.gold_span.split(" | ")) for clause in clauses)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
