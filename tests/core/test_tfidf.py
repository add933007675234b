"""A row of one text is the row that scikit-learn gives."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from core.text.tfidf import SingleTextTfidf

TEXTS = ["求职补贴多少钱", "三方协议丢了怎么办", "档案转到哪里", "补贴补贴补贴多少", "试用期最长多久"]
CHARACTERS = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True).fit(TEXTS)
PAIRS = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), sublinear_tf=True, min_df=2).fit(TEXTS)
SINGLE = SingleTextTfidf(CHARACTERS, PAIRS)
VECTOR = np.array([0.5, -0.25], dtype=np.float32)


@given(st.one_of(st.sampled_from(TEXTS), st.text(alphabet="求职补贴多少钱三方协议档案X ", max_size=30)))
def test_a_row_is_that_of_the_vectorizers_side_by_side(text: str) -> None:
    expected = hstack([CHARACTERS.transform([text]), PAIRS.transform([text]), VECTOR.reshape(1, 2)]).toarray()
    row = SINGLE.row((text, text), VECTOR)
    assert row.shape == expected.shape
    np.testing.assert_allclose(row.toarray(), expected, rtol=1e-6)


def test_a_text_without_a_known_term_has_only_its_vector() -> None:
    assert SINGLE.row(("xyz", "xyz"), VECTOR).nnz == 2


def test_rows_of_several_texts_stand_one_below_the_other() -> None:
    rows = SINGLE.rows([(text, text) for text in TEXTS], np.tile(VECTOR, (len(TEXTS), 1)))
    assert rows.shape[0] == len(TEXTS)
    np.testing.assert_allclose(rows.toarray()[2], SINGLE.row((TEXTS[2], TEXTS[2]), VECTOR).toarray()[0])
