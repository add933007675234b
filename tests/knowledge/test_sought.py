"""Which texts hold what a question seeks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.sought import UNSEEN, Sought, TermSets, sought_in
from knowledge.search.terms import bigrams, question_terms

TEXTS = [["甲", "乙"], ["乙", "丙"], []]
_TERM = st.sampled_from("甲乙丙丁")


@given(st.lists(st.lists(_TERM), max_size=6), st.lists(_TERM, max_size=3))
def test_a_text_holds_terms_when_all_are_in_it(texts: list[list[str]], terms: list[str]) -> None:
    assert list(TermSets(texts).holding(terms)) == [set(terms) <= set(text) for text in texts]


def test_rare_terms_weigh_more() -> None:
    rarity = TermSets(TEXTS).rarity
    assert rarity["甲"] > rarity["乙"] > 0


def test_a_synonym_stands_for_its_terms() -> None:
    sets = TermSets(TEXTS)
    sought = Sought(("甲", "丁"), np.array([1.0, 3.0], dtype=np.float32), ((np.array([1]), (("乙", "丙"),)),))
    assert sought.held(sets).tolist() == [[True, False, False], [False, True, False]]
    assert sought.share(sought.held(sets)).tolist() == [0.25, 0.75, 0.0]
    assert sought.unseen(sets) == 0.0


def test_what_no_text_holds_is_unseen() -> None:
    sought = Sought(("甲", "丁"), np.array([1.0, 3.0], dtype=np.float32), ())
    assert sought.unseen(TermSets(TEXTS)) == pytest.approx(0.75)


def test_nothing_sought_is_held_by_nobody() -> None:
    sought = Sought((), np.array([], dtype=np.float32), ())
    assert sought.share(sought.held(TermSets(TEXTS))).tolist() == [0.0, 0.0, 0.0]
    assert sought.unseen(TermSets(TEXTS)) == 0.0


def test_a_question_seeks_its_content_by_rarity() -> None:
    text = "求职补贴多少钱"
    sets = TermSets([["求职"], ["其他"]])
    sought = sought_in(text, question_terms(text), sets, bigrams)
    weights = dict(zip(sought.terms, sought.weights.tolist(), strict=True))
    assert weights["求职"] == pytest.approx(np.log(3 / 1.5))
    assert weights["职补"] == UNSEEN
