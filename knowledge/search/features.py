"""The features by which a clause is judged against a question. One row a clause, one column a name in `FEATURES`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import structlog
from numpy.typing import NDArray

from knowledge.errors import EncoderUnavailable
from knowledge.language.question import Question
from knowledge.search.derived import DERIVED, derived
from knowledge.search.encoder import Encoder, Vectors, default_encoder
from knowledge.search.entries import ClauseEntry
from knowledge.search.index import Index
from knowledge.search.library import Library, Wanted
from knowledge.search.lists import short_names
from knowledge.search.part_terms import Scores
from knowledge.search.pointers import NOWHERE, Pointers
from knowledge.search.sought import UNSEEN, Sought, sought_in
from knowledge.search.structure import Asked, Columns
from knowledge.search.synonyms import synonyms_in
from knowledge.search.terms import bigrams, index_terms, question_terms
from knowledge.search.word_meanings import word_meanings

FEATURES = (
    "clause",
    "clause_content",
    "clause_synonyms",
    "sentence",
    "sentence_content",
    "sentence_synonyms",
    "headings",
    "headings_synonyms",
    "dense",
    "dense_heading",
    "dense_top3",
    "coverage",
    "coverage_sentence",
    "coverage_heading",
    "common_run",
    "document",
    "document_dense",
    "document_title",
    "region_same",
    "region_other",
    "region_nation",
    "cohort_same",
    "cohort_other",
    "wanted_in_clause",
    "wanted_in_sentence",
    "wanted_missing",
    "meta_wanted",
    "meta_other",
    "preamble",
    "damaged",
    "length",
    "title_share",
    "title_rarity",
    "rest_in_clause",
    "rest_in_sentence",
    "rest_in_heading",
    "label_wanted",
    "abbreviation",
    "coverage_all",
    "missing_rarest",
    "graduates",
    "article",
    "local_article",
    "basis",
    "pack_words",
    "words_alike",
    "counted",
    "meant",
    *DERIVED,
)
SYNONYM_WEIGHT = 0.5
MOST_JUDGED = 64
"""Clauses whose structure is looked at for their words and meaning, and a quarter as many again for their headings: more find nothing that
fewer miss (docs/quality.md)."""

_TOP = 3
_COMMONEST = 0.5
"""The weight of a word that stands in every clause."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Judged:
    """Features of the candidates: `candidates[i]` is the id of a clause, `values[i]` its row; `best_sentence[i]` a sentence of it."""

    candidates: NDArray[np.int64]
    values: NDArray[np.float32]
    best_sentence: NDArray[np.int64]
    entries: tuple[ClauseEntry, ...]
    lexical_top: float
    """The best BM25 score that any clause got for the question's content."""
    unseen: float
    """The share of the question's content, by rarity, that no clause holds at all."""


def judge(library: Library, question: Question, encoder: Encoder, most: int = MOST_JUDGED, pointers: Pointers = NOWHERE) -> Judged:
    """Compute the features of the likeliest clauses for a question; `most` as `MOST_JUDGED`."""
    subject = question.subject(library.local_regions)
    vector = _vector(encoder, subject)
    words = _Words.of(subject, pointers)
    closings = [character for _, character in short_names(subject)]
    index = library.around(Wanted(words.all, words.content, vector, tuple(pointers.articles), words.told, closings), most)
    starts = index.sentence_start[:-1]
    in_clause, in_sentence, in_headings = index.parts.scores(words.own, words.content, words.synonyms, words.told)
    dense, dense_heading = index.likeness(vector)
    top_dense = np.maximum.reduceat(dense, starts)
    best = _best_sentences(index, in_sentence[0] + in_sentence[2] + 4.0 * dense)
    sought = sought_in(subject, words.content, index.collection, bigrams)
    alike = _Alike.of(index, question.terms_but_schools(library.local_regions))
    columns = {
        **_shares(("clause", "clause_content", "clause_synonyms", "pack_words"), in_clause),
        **_shares(("sentence", "sentence_content", "sentence_synonyms"), np.maximum.reduceat(in_sentence[:3], starts, axis=1)),
        **_shares(("headings", "headings_synonyms"), in_headings[1:3]),
        "dense": top_dense,
        "dense_heading": dense_heading,
        "dense_top3": _means_of_top(index, dense),
        "words_alike": np.maximum.reduceat(alike.share(alike.in_sentences), starts),
        **_document_columns(index, in_clause[1], top_dense, in_headings[1]),
        **_coverage(index, sought, starts + best, alike),
        **Asked.by(question, subject, library.local_regions, pointers).columns(index.entries, best.tolist()),
    }
    columns |= derived(question, columns)
    return Judged(
        index.clause_ids,
        np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32),
        best,
        index.entries,
        float(in_clause[1].max(initial=0)),
        sought.unseen(index.collection),
    )


def encode_together(question: Question, local_regions: frozenset[str], encoder: Encoder) -> None:
    """Have the bundled encoder encode a question, its subject and the words of unknown meaning in one pass: most of the time of one text is
    that of reading the weights. Whoever asks for one of them then finds it remembered; `encoder` is that of the documents."""
    bundled = default_encoder()
    subject = [question.subject(local_regions)] if encoder is bundled else []
    bundled.encode([question.folded, *subject, *word_meanings().lacking(question.terms_but_schools(local_regions))])


@dataclass(frozen=True)
class _Words:
    """Index terms with their weights: the question's own, those of its content, what means the same, what the built-in knowledge says."""

    own: Mapping[str, float]
    content: Mapping[str, float]
    synonyms: Mapping[str, float]
    told: Mapping[str, float]

    @classmethod
    def of(cls, subject: str, pointers: Pointers) -> _Words:
        added = (term for others in synonyms_in(subject).values() for other in others[:12] for term in index_terms(other))
        counted = (Counter(index_terms(subject)), Counter(question_terms(subject)), dict.fromkeys(added, SYNONYM_WEIGHT), Counter(pointers.words))
        return cls(*counted)

    @property
    def all(self) -> dict[str, float]:
        """The question's own and what means the same."""
        return {**self.own, **{term: weight + self.own.get(term, 0.0) for term, weight in self.synonyms.items()}}


def _vector(encoder: Encoder, text: str) -> Vectors | None:
    """The question's vector; None when the encoder gives none just now: words alone then decide."""
    try:
        return encoder.encode_question(text)
    except EncoderUnavailable as error:
        _log.warning("searched_by_words_alone", reason=str(error))
        return None


@dataclass(frozen=True)
class _Alike:
    """How near each word of the question comes to the words of each sentence: `weights` of shape `(words,)`, the rarer words counting more,
    `in_sentences` of shape `(words, sentences)`."""

    words: Sequence[str]
    weights: Scores
    in_sentences: Scores

    @classmethod
    def of(cls, index: Index, words: Sequence[str]) -> _Alike:
        weights = index.collection.rarities([_term(word) for word in words]) + _COMMONEST
        return cls(words, weights, index.parts.best_likeness(words, word_meanings()))

    def share(self, alike: Scores) -> Scores:
        """The share of the words, by weight, that is meant; shape `(texts,)` of `(words, texts)`."""
        return np.asarray(self.weights @ alike / max(float(self.weights.sum()), 1e-6), dtype=np.float32)

    def meant(self, index: Index, sought: Sought, anywhere: NDArray[np.bool_]) -> Scores:
        """The share of the words that stands in a clause or above it, itself, by a synonym (`anywhere`, as `Sought.held`) or by a word that
        is near to it in meaning."""
        held = np.maximum.reduceat(self.in_sentences, index.sentence_start[:-1], axis=1)
        rows = {term: row for row, term in enumerate(sought.terms)}
        for position, word in enumerate(self.words):
            if (row := rows.get(_term(word))) is not None:
                np.maximum(held[position], anywhere[row], out=held[position])
        return self.share(held)


def _term(word: str) -> str:
    """A word as an index term."""
    return f"w:{word.lower()}"


def _shares(names: Sequence[str], scores: Scores) -> Columns:
    """Each row, by its name, as shares of its highest."""
    return dict(zip(names, scores / (scores.max(axis=1, initial=0.0, keepdims=True) + np.float32(1e-6)), strict=True))


def _best_sentences(index: Index, scores: Scores) -> NDArray[np.int64]:
    """For each clause the position in it of its best sentence."""
    order = np.lexsort((-scores, index.sentence_clause))
    return np.asarray(order[index.sentence_start[:-1]] - index.sentence_start[:-1], dtype=np.int64)


def _means_of_top(index: Index, scores: Scores) -> Scores:
    """For each clause the mean of its three best sentences, or of as many as it has."""
    ranked = scores[np.lexsort((-scores, index.sentence_clause))]
    place = np.arange(len(ranked)) - index.sentence_start[index.sentence_clause]
    sums = np.add.reduceat(np.where(place < _TOP, ranked, 0.0), index.sentence_start[:-1])
    return np.asarray(sums / np.minimum(np.diff(index.sentence_start), _TOP), dtype=np.float32)


def _document_columns(index: Index, lexical: Scores, dense: Scores, headings: Scores) -> Columns:
    """How well a clause's whole document fits: the mean of its three best clauses, and its title and headings."""
    by_words, by_meaning, by_title = index.surroundings.of_documents(index.clause_ids, index.document_ids, lexical, dense, headings)
    return {
        "document": by_words.values / (by_words.best + 1e-6),
        "document_dense": by_meaning.values,
        "document_title": by_title.values / (by_title.best + 1e-6),
    }


def _coverage(index: Index, sought: Sought, best: NDArray[np.int64], alike: _Alike) -> Columns:
    """How much of the question stands in a clause, its best sentence, its headings; how much its document's title takes up; how much of the
    rest the clause answers. `best` are indices of sentences."""
    held, parts = sought.held(index.parts), index.parts
    by_sentence, in_title, in_heading = held[:, parts.sentences], held[:, parts.of("title")], held[:, parts.of("headings")]
    in_clause = np.logical_or.reduceat(by_sentence, index.sentence_start[:-1], axis=1)
    in_sentence = by_sentence[:, best]
    anywhere = in_clause | in_title | in_heading
    words = np.array([term.startswith("w:") for term in sought.terms], dtype=np.bool_)
    rest = sought.weights @ ~in_title
    title_share = sought.share(in_title)

    def beyond_title(held: NDArray[np.bool_]) -> NDArray[np.float32]:
        return np.asarray(
            title_share * np.divide(sought.weights @ (held & ~in_title), rest, out=np.zeros_like(rest), where=rest > 0), dtype=np.float32
        )

    return {
        "coverage": sought.share(in_clause),
        "coverage_sentence": sought.share(in_sentence),
        "coverage_heading": sought.share(in_heading),
        "coverage_all": sought.share(anywhere),
        "meant": alike.meant(index, sought, anywhere),
        "missing_rarest": ((sought.weights * words)[:, None] * ~anywhere).max(axis=0, initial=0.0) / UNSEEN,
        "title_share": title_share,
        "title_rarity": (sought.weights[:, None] * in_title).max(axis=0, initial=0.0) / UNSEEN,
        "rest_in_clause": beyond_title(in_clause),
        "rest_in_sentence": beyond_title(in_sentence),
        "rest_in_heading": beyond_title(held[:, parts.of("own_heading")]),
    }
