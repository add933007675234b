"""The features by which a clause is judged against a question. One row a clause, one column a name in `FEATURES`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import structlog
from numpy.typing import NDArray

from knowledge.errors import EncoderUnavailable
from knowledge.language.places import NATION, Relation, bearing, is_school
from knowledge.language.question import Question
from knowledge.search.articles import article_of
from knowledge.search.encoder import Encoder, Vectors
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.search.index import Index, Scores
from knowledge.search.library import Library, Wanted
from knowledge.search.lists import short_names, spells_out
from knowledge.search.pointers import NOWHERE, Pointers
from knowledge.search.sought import UNSEEN, Sought, sought_in
from knowledge.search.synonyms import synonyms_in
from knowledge.search.terms import bigrams, index_terms, question_terms

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
)
SYNONYM_WEIGHT = 0.5
MOST_JUDGED = 64
"""Clauses whose structure is looked at for their words and meaning, and a quarter as many again for their headings: more find nothing that
fewer miss (docs/quality.md)."""

_TOP = 3
_log = structlog.get_logger(__name__)
_ENTITY_FOR = {
    "MONEY": "MONEY",
    "DATE": "DATE",
    "PERIOD": "PERIOD",
    "COUNT": "COUNT",
    "RATIO": "RATIO",
    "ORDINAL": "ORDINAL",
    "PHONE": "PHONE",
    "DOC_NO": "DOC_NO",
}
_META_FOR = {
    "DOC_NO": ("title",),
    "ISSUE_DATE": ("signature", "printed", "posted"),
    "ISSUER": ("signature", "printed"),
    "ADDRESSEE": ("addressees",),
    "PHONE": ("contact",),
}
_META_KINDS = frozenset({"title", "addressees", "signature", "printed", "contact", "posted"})
_PLATFORM = re.compile("平台|系统|网站|网络|公众号|专区|就业网")
_WHO = re.compile("部门|高校|书记|校长|辅导员|教师|单位|对象|领导|群体|毕业生")


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
    all_terms, content = index_terms(subject), question_terms(subject)
    added, weights = _synonym_terms(subject)
    terms = _summed([*all_terms, *added], [1.0] * len(all_terms) + weights)
    closings = [character for _, character in short_names(subject)]
    wanted = Wanted(terms, _summed(content), vector, tuple(pointers.articles), _summed(pointers.words), closings)
    index = library.around(wanted, most)
    sentence = {
        "sentence": index.sentences.scores(all_terms),
        "sentence_content": index.sentences.scores(content),
        "sentence_synonyms": index.sentences.scores(added, weights),
    }
    clause = {
        "clause": index.clauses.scores(all_terms),
        "clause_content": index.clauses.scores(content),
        "clause_synonyms": index.clauses.scores(added, weights),
    }
    dense, dense_heading = index.likeness(vector)
    top_dense = np.maximum.reduceat(dense, index.sentence_start[:-1])
    headings = index.headings.scores(content)
    likely = np.arange(len(index.entries))
    combined = sentence["sentence"] + sentence["sentence_synonyms"] + 4.0 * dense
    columns: dict[str, NDArray[np.float32]] = {name: _relative(scores)[likely] for name, scores in clause.items()}
    for name, scores in sentence.items():
        columns[name] = _relative(np.maximum.reduceat(scores, index.sentence_start[:-1]))[likely]
    columns["headings"] = _relative(headings)[likely]
    columns["headings_synonyms"] = _relative(index.headings.scores(added, weights))[likely]
    columns["dense"] = top_dense[likely]
    columns["dense_heading"] = dense_heading
    columns["pack_words"] = _relative(index.clauses.scores(pointers.words))
    best = _best_sentences(index, combined)[likely]
    columns["dense_top3"] = _means_of_top(index, dense)[likely]
    columns |= _document_columns(index, likely, clause["clause_content"], top_dense, headings)
    sought = sought_in(subject, content, index.clause_terms, bigrams)
    columns |= _coverage(index, sought, likely, index.sentence_start[likely] + best)
    documents = {entry.document.id: entry.document for entry in index.entries}
    placed = {number: (*_region(question, document), *_cohort(question, document)) for number, document in documents.items()}
    rows = [
        _structure(question, subject, entry, sentence, pointers, placed[entry.document.id])
        for entry, sentence in zip(index.entries, best.tolist(), strict=True)
    ]
    for position, name in enumerate(_STRUCTURE):
        columns[name] = np.array([row[position] for row in rows], dtype=np.float32)
    values = np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)
    return Judged(
        np.array([entry.id for entry in index.entries], dtype=np.int64),
        values,
        best,
        tuple(index.entries[i] for i in likely),
        float(clause["clause_content"].max(initial=0)),
        sought.unseen(index.clause_terms),
    )


def _synonym_terms(text: str) -> tuple[list[str], list[float]]:
    added = [term for others in synonyms_in(text).values() for other in others[:12] for term in index_terms(other)]
    unique = list(dict.fromkeys(added))
    return unique, [SYNONYM_WEIGHT] * len(unique)


def _vector(encoder: Encoder, text: str) -> Vectors | None:
    """The question's vector; None when the encoder gives none just now: words alone then decide."""
    try:
        return encoder.encode_question(text)
    except EncoderUnavailable as error:
        _log.warning("searched_by_words_alone", reason=str(error))
        return None


def _summed(terms: Sequence[str], weights: Sequence[float] | None = None) -> dict[str, float]:
    """Each term with its weight, or how often it is there."""
    summed: dict[str, float] = {}
    for term, weight in zip(terms, weights or [1.0] * len(terms), strict=True):
        summed[term] = summed.get(term, 0.0) + weight
    return summed


def _relative(scores: Scores) -> Scores:
    return scores / (float(scores.max(initial=0.0)) + 1e-6)


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


def _document_columns(index: Index, likely: NDArray[np.int64], lexical: Scores, dense: Scores, headings: Scores) -> dict[str, NDArray[np.float32]]:
    """How well a clause's whole document fits: the mean of its three best clauses, and its title and headings."""
    by_document = index.surroundings.documents(index.entries, lexical, dense, headings)
    top = max(value[0] for value in by_document.values()) + 1e-6
    title = max(value[2] for value in by_document.values()) + 1e-6
    rows = [by_document[index.entries[i].document.id] for i in likely]
    return {
        "document": np.array([row[0] / top for row in rows], dtype=np.float32),
        "document_dense": np.array([row[1] for row in rows], dtype=np.float32),
        "document_title": np.array([row[2] / title for row in rows], dtype=np.float32),
    }


def _coverage(index: Index, sought: Sought, likely: NDArray[np.int64], best: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """How much of the question stands in a clause, its best sentence, its headings; how much its document's title takes up; how much of the
    rest the clause answers. `best` are indices of sentences."""
    by_sentence = sought.held(index.sentence_terms)
    in_clause = np.logical_or.reduceat(by_sentence, index.sentence_start[:-1], axis=1)[:, likely]
    in_sentence = by_sentence[:, best]
    in_title = sought.held(index.title_terms)[:, likely]
    in_heading = sought.held(index.heading_terms)[:, likely]
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
        "missing_rarest": ((sought.weights * words)[:, None] * ~anywhere).max(axis=0, initial=0.0) / UNSEEN,
        "title_share": title_share,
        "title_rarity": (sought.weights[:, None] * in_title).max(axis=0, initial=0.0) / UNSEEN,
        "rest_in_clause": beyond_title(in_clause),
        "rest_in_sentence": beyond_title(in_sentence),
        "rest_in_heading": beyond_title(sought.held(index.own_heading_terms)[:, likely]),
    }


_STRUCTURE = (
    *("common_run", *FEATURES[FEATURES.index("region_same") : FEATURES.index("title_share")], "label_wanted", "abbreviation"),
    *("graduates", "article", "local_article", "basis"),
)


def _structure(question: Question, subject: str, entry: ClauseEntry, sentence: int, pointers: Pointers, placed: tuple[float, ...]) -> list[float]:
    text = entry.folded.text
    start, end = entry.sentences[sentence]
    article = article_of(entry)
    wanted = [label for label in question.wants if label in _ENTITY_FOR]
    in_clause = _has_wanted(question.wants, entry, 0, len(text))
    in_sentence = _has_wanted(question.wants, entry, start, end)
    meta_kinds = {kind for label in question.wants for kind in _META_FOR.get(label, ())}
    return [
        common_run(subject, text) / (len(subject) + 4),
        *placed,
        float(in_clause),
        float(in_sentence),
        float(bool(wanted) and not in_clause),
        float(entry.kind in meta_kinds),
        float(entry.kind in _META_KINDS and entry.kind not in meta_kinds),
        float(entry.kind == "preamble"),
        float(entry.damaged),
        min(len(text), 600) / 600,
        _label_wanted(question.wants, entry),
        float(spells_out(subject, text[start:end])),
        entry.document.graduates,
        float(article is not None),
        float(article is not None and not question.regions and entry.document.region not in (None, NATION)),
        pointers.articles.get(article, 0.0) if article else 0.0,
    ]


_LABELS = {
    "DATE": "时间|期限|安排",
    "PERIOD": "时间|期限",
    "WHO": "对象|范围|条件|主体|分工",
    "NAME": "主题|名称",
    "MONEY": "标准|补贴|资金",
    "PHONE": "联系",
    "LIST": "内容|措施|任务|要求|范围|目标",
    "MEANING": "主题|目标|定义",
}


def _label_wanted(wants: Sequence[str], entry: ClauseEntry) -> float:
    """Whether the clause's own heading is a label of just what is asked for (行动时间, 参与对象)."""
    heading = entry.heading
    return float(len(heading) <= 8 and any(re.search(_LABELS[want], heading) for want in wants if want in _LABELS))


def _has_wanted(wants: Sequence[str], entry: ClauseEntry, start: int, end: int) -> bool:
    labels = entry.labels_in(start, end)
    text = entry.folded.text[start:end]
    for want in wants:
        if _ENTITY_FOR.get(want) in labels or (want == "PERIOD" and "DATE" in labels):
            return True
        if (want == "PLATFORM" and _PLATFORM.search(text)) or (want == "WHO" and _WHO.search(text)):
            return True
    return False


def common_run(question: str, text: str) -> int:
    """The length of the longest run of characters that question and text share."""
    longest = 0
    for start in range(len(question)):
        while start + longest < len(question) and question[start : start + longest + 1] in text:
            longest += 1
    return longest


def _region(question: Question, document: DocumentEntry) -> tuple[float, float, float]:
    if not question.regions:
        return 0.0, 0.0, 0.0
    own = document.region
    if own is None or own == NATION:
        return 0.0, 0.0, 1.0
    if is_school(own) and own in question.folded:
        return 1.0, 0.0, 0.0
    return _BEARING[bearing(own, question.regions)]


_BEARING: dict[Relation, tuple[float, float, float]] = {
    "same": (1.0, 0.0, 0.0),
    "above": (1.0, 0.0, 0.0),
    "below": (0.5, 0.0, 0.0),
    "unknown": (0.0, 0.0, 1.0),
    "other": (0.0, 1.0, 0.0),
}
"""region_same, region_other, region_nation by how the document's place stands to the one asked for: a part of it is half the place."""


def _cohort(question: Question, document: DocumentEntry) -> tuple[float, float]:
    if not question.cohorts or not document.cohorts:
        return 0.0, 0.0
    same = bool(set(question.cohorts) & set(document.cohorts))
    return float(same), float(not same)
