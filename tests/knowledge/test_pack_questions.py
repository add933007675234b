"""Questions of our own, none of them a variant of an entry: the entry that answers is found, and is the one told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.language.question import analyse
from knowledge.pack.schema import PackEntry, load_entries
from knowledge.pack.validate import question_key
from knowledge.search.encoder import Encoder
from knowledge.search.pack_search import PackIndex
from tests.knowledge.conftest import TODAY

LEAST_FIRST, LEAST_THREE = 0.88, 0.96
Asked = list[tuple[str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def entries() -> tuple[PackEntry, ...]:
    return load_entries()


@pytest.fixture(scope="module")
def asked() -> Asked:
    """Each question with the ids of the entries that answer it, the best first."""
    lines = Path(__file__).with_name("pack_questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [(row["question"], tuple(row["entries"])) for row in map(json.loads, lines)]


def test_no_question_is_a_variant_of_an_entry(entries: tuple[PackEntry, ...], asked: Asked) -> None:
    variants = {question_key(question) for entry in entries for question in entry.questions}
    assert len(asked) >= 300
    assert [question for question, _ in asked if question_key(question) in variants] == []


def test_the_entry_that_answers_comes_first_or_near_it(entries: tuple[PackEntry, ...], asked: Asked, encoder: Encoder) -> None:
    index = PackIndex(entries, encoder)
    first = within_three = 0
    for text, right in asked:
        question = analyse(text, TODAY.year)
        found = [hit.entry.id for hit in index.search(question, encoder.encode([question.folded])[0])]
        first += found[0] in right
        within_three += any(entry_id in right for entry_id in found)
    assert first / len(asked) >= LEAST_FIRST
    assert within_three / len(asked) >= LEAST_THREE
