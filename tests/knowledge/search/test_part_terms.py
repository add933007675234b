"""The terms of clauses looked at closely, part by part, and vectors widened as they are read."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.encoder import widened
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.search.part_terms import PartTerms
from knowledge.search.records import PARTS, Record, hash_of, hashes
from knowledge.search.statistics import Statistics

_TERM = st.sampled_from(["补贴", "贴发", "w:补贴", "档案", "档", "2026"])
_TEXT = st.lists(_TERM, max_size=6)
_RECORD = st.tuples(st.tuples(*[_TEXT] * len(PARTS)), st.lists(_TEXT, min_size=1, max_size=3))
_DOCUMENT = DocumentEntry(1, "通知", None, (), None, None, (), False, False, (), "通知.txt", "")
_ENTRY = ClauseEntry(1, _DOCUMENT, 0, "body", "一", (), "补贴", frozenset(), ())


def _record(parts: tuple[list[str], ...], sentences: list[list[str]]) -> Record:
    return Record.of(_ENTRY, [hashes(text) for text in (*parts, *sentences)])


@given(st.lists(_RECORD, min_size=1, max_size=4), st.lists(_TERM, max_size=5))
def test_every_part_counts_its_own_terms(texts: list[tuple[tuple[list[str], ...], list[list[str]]]], asked: list[str]) -> None:
    terms = PartTerms([_record(*own) for own in texts], Statistics.empty())
    counts = terms.counts(hashes(asked))
    for place, part in enumerate(PARTS):
        assert counts[:, terms.of(part)].tolist() == [[own[0][place].count(term) for own in texts] for term in asked]
    sentences = [sentence for _, own in texts for sentence in own]
    assert counts[:, terms.sentences].tolist() == [[sentence.count(term) for sentence in sentences] for term in asked]


@given(st.lists(_RECORD, min_size=1, max_size=4), _TEXT, _TEXT)
def test_scores_of_several_sets_of_terms_are_those_of_each_alone(
    texts: list[tuple[tuple[list[str], ...], list[list[str]]]], one: list[str], other: list[str]
) -> None:
    records = [_record(*own) for own in texts]
    terms = PartTerms(records, Statistics.empty().changed(records, []))
    together = terms.scores(Counter(one), Counter(other))
    for both, alone, beside in zip(together, terms.scores(Counter(one)), terms.scores(Counter(other)), strict=True):
        np.testing.assert_allclose(both, np.concatenate([alone, beside]), atol=1e-6)


def test_a_clause_with_a_term_that_is_asked_for_scores_above_one_without() -> None:
    records = [_record((text, [], [], []), [text]) for text in (["补贴", "档案"], ["档案", "档"])]
    clauses, sentences, _ = PartTerms(records, Statistics.empty().changed(records, [])).scores({"补贴": 1.0})
    assert clauses[0, 0] > clauses[0, 1] == 0
    assert sentences[0, 0] > sentences[0, 1] == 0


def test_a_record_gives_back_the_parts_it_was_made_of() -> None:
    parts, sentences = (["补贴"], [], ["档案", "档"], ["2026"]), [["补贴"], []]
    record = _record(parts, sentences)
    assert [part.tolist() for part in record.parts] == [[hash_of(term) for term in text] for text in (*parts, *sentences)]
    assert record.sentences == 2


def test_widened_numbers_are_the_same_numbers() -> None:
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)].reshape(-1, 2)
    np.testing.assert_array_equal(widened(finite), finite.astype(np.float32))
