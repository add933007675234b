"""How near words come to each other in meaning, and what a clause gains by it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.question import analyse
from knowledge.search.encoder import default_encoder
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.search.features import encode_together
from knowledge.search.part_terms import PartTerms
from knowledge.search.records import PARTS, Record, hashes
from knowledge.search.statistics import Statistics
from knowledge.search.terms import index_terms
from knowledge.search.word_meanings import word_meanings


def _best(words: list[str], *texts: str) -> np.ndarray:
    """How near each word comes to each of the sentences of a clause."""
    document = DocumentEntry(1, "通知", None, (), None, None, (), False, False, (), "通知.txt", "")
    entry = ClauseEntry(1, document, 0, "body", "一", (), "。".join(texts), frozenset(), ())
    record = Record.of(entry, [*(hashes(()) for _ in PARTS), *(hashes(index_terms(text)) for text in texts)])
    return PartTerms([record], Statistics.empty()).best_likeness(words, word_meanings())


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("补贴", "一次性发放补助", "按时召开会议"),
        ("公司", "用人单位和企业", "天气晴朗"),
        ("薪水", "支付劳动者工资", "加强组织领导"),
        ("辞职", "劳动者离职", "举办双选活动"),
    ],
)
def test_a_word_of_like_meaning_is_nearer_than_another(word: str, near: str, far: str) -> None:
    [[alike, unlike]] = _best([word], near, far)
    assert alike > unlike + 0.2


def test_a_word_is_wholly_like_itself_also_where_the_table_lacks_it() -> None:
    [[same, other]] = _best(["24365"], "24365平台", "开展活动")
    assert same == pytest.approx(1.0)
    assert other < 0.7


def test_a_word_of_somebodys_own_making_is_compared_too() -> None:
    [[alike, unlike]] = _best(["穷学生"], "家庭困难的学生", "第三季度")
    assert alike > unlike


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["补贴", "公司", "档案", "☃"]), max_size=3), st.lists(st.text(alphabet="补贴公司档案a1。 ", max_size=12), max_size=4))
def test_every_text_gets_a_value_between_none_and_all(words: list[str], texts: list[str]) -> None:
    best = _best(words, *texts)
    assert best.shape == (len(words), len(texts))
    assert ((best >= 0) & (best <= 1 + 1e-5)).all()


def test_a_question_is_encoded_with_its_words_in_one_pass_and_to_the_same_vectors() -> None:
    encoder = default_encoder()
    question = analyse("2026届油茶果专业毕业生的求职补贴怎么领", 2026)
    texts = [question.folded, question.subject(frozenset()), *word_meanings().lacking(question.terms)]
    alone = np.stack([encoder.encode([text, *["补贴"] * 20])[0] for text in texts])

    encode_together(question, frozenset(), encoder)

    assert len(set(texts)) > 2
    together = np.stack([row for text in texts if (row := encoder.remembered(text)) is not None])
    assert together == pytest.approx(alone, abs=1e-5)
