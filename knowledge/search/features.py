"""The features by which a clause is judged against a question. One row a clause, one column a name in `FEATURES`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.language.question import Question
from knowledge.language.regions import NATION, province_of
from knowledge.search.encoder import Encoder
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.search.index import Index, Scores
from knowledge.search.terms import bigrams, index_terms, question_terms, synonyms_in

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
)
SYNONYM_WEIGHT = 0.5
MOST_JUDGED = 64
"""Clauses whose structure is looked at: more find nothing that fewer miss and cost 0.1 ms each (docs/quality.md)."""

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
    """Features of the candidates: `candidates[i]` is the index of an entry, `values[i]` its row; `best_sentence[i]` a sentence of it."""

    candidates: NDArray[np.int64]
    values: NDArray[np.float32]
    best_sentence: NDArray[np.int64]
    entries: tuple[ClauseEntry, ...]
    lexical_top: float
    """The best BM25 score that any clause got for the question's content."""
    unseen: float
    """The share of the question's content, by rarity, that no clause holds at all."""


def judge(index: Index, question: Question, encoder: Encoder, most: int = MOST_JUDGED) -> Judged:
    """Compute the features of the `most` likeliest clauses for a question."""
    subject = question.subject(index.local_regions)
    vector = encoder.encode([subject])[0]
    all_terms, content = index_terms(subject), question_terms(subject)
    added, weights = _synonym_terms(subject)
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
    dense = index.sentence_vectors @ vector
    top_dense = np.maximum.reduceat(dense, index.sentence_start[:-1])
    likely = _candidates(clause["clause"] + clause["clause_synonyms"], top_dense, most)
    combined = sentence["sentence"] + sentence["sentence_synonyms"] + 4.0 * dense
    columns: dict[str, NDArray[np.float32]] = {name: _relative(scores)[likely] for name, scores in clause.items()}
    for name, scores in sentence.items():
        columns[name] = _relative(np.maximum.reduceat(scores, index.sentence_start[:-1]))[likely]
    headings = index.headings.scores(content)
    columns["headings"] = _relative(headings)[likely]
    columns["headings_synonyms"] = _relative(index.headings.scores(added, weights))[likely]
    columns["dense"] = top_dense[likely]
    columns["dense_heading"] = (index.heading_vectors @ vector)[likely]
    best = np.array([_best_sentence(index, combined, i) for i in likely], dtype=np.int64)
    columns["dense_top3"] = np.array([_mean_of_top(dense[index.sentence_start[i] : index.sentence_start[i + 1]]) for i in likely], dtype=np.float32)
    columns |= _document_columns(index, likely, clause["clause_content"], top_dense, headings)
    sought = _sought(index, subject, content)
    rows = [_structure(index, question, subject, sought, int(i), int(b)) for i, b in zip(likely, best, strict=True)]
    for position, name in enumerate(_STRUCTURE):
        columns[name] = np.array([row[position] for row in rows], dtype=np.float32)
    values = np.stack([columns[name] for name in FEATURES], axis=1).astype(np.float32)
    return Judged(
        likely,
        values,
        best,
        tuple(index.entries[i] for i in likely),
        float(clause["clause_content"].max(initial=0)),
        sought.unseen(index.inverse_frequency),
    )


def _synonym_terms(text: str) -> tuple[list[str], list[float]]:
    added = [term for others in synonyms_in(text).values() for other in others[:12] for term in index_terms(other)]
    unique = list(dict.fromkeys(added))
    return unique, [SYNONYM_WEIGHT] * len(unique)


def _candidates(lexical: Scores, dense: Scores, most: int) -> NDArray[np.int64]:
    if len(lexical) <= most:
        return np.arange(len(lexical))
    half = most // 2
    return np.unique(np.concatenate([np.argpartition(-lexical, half)[:half], np.argpartition(-dense, half)[:half]]))


def _relative(scores: Scores) -> Scores:
    return scores / (float(scores.max(initial=0.0)) + 1e-6)


def _best_sentence(index: Index, scores: Scores, clause: int) -> int:
    start, end = index.sentence_start[clause], index.sentence_start[clause + 1]
    return int(np.argmax(scores[start:end]))


def _mean_of_top(scores: Scores) -> float:
    return float(np.sort(scores)[-3:].mean())


def _document_columns(index: Index, likely: NDArray[np.int64], lexical: Scores, dense: Scores, headings: Scores) -> dict[str, NDArray[np.float32]]:
    """How well a clause's whole document fits: the mean of its three best clauses, and its title and headings."""
    by_document = {
        document: (_mean_of_top(lexical[members]), _mean_of_top(dense[members]), float(headings[members].max()))
        for document, members in index.documents.items()
    }
    top = max(value[0] for value in by_document.values()) + 1e-6
    title = max(value[2] for value in by_document.values()) + 1e-6
    rows = [by_document[index.entries[i].document.id] for i in likely]
    return {
        "document": np.array([row[0] / top for row in rows], dtype=np.float32),
        "document_dense": np.array([row[1] for row in rows], dtype=np.float32),
        "document_title": np.array([row[2] / title for row in rows], dtype=np.float32),
    }


_STRUCTURE = FEATURES[FEATURES.index("coverage") : FEATURES.index("document")] + FEATURES[FEATURES.index("region_same") :]


def _structure(index: Index, question: Question, subject: str, sought: _Sought, clause: int, sentence: int) -> list[float]:
    entry = index.entries[clause]
    text = entry.folded.text
    start, end = entry.sentences[sentence]
    wanted = [label for label in question.wants if label in _ENTITY_FOR]
    in_clause = _has_wanted(question.wants, entry, 0, len(text))
    in_sentence = _has_wanted(question.wants, entry, start, end)
    meta_kinds = {kind for label in question.wants for kind in _META_FOR.get(label, ())}
    first, last = index.sentence_start[clause], index.sentence_start[clause + 1]
    by_sentence = [sought.held(index.sentence_terms[i]) for i in range(first, last)]
    return [
        sought.share(set().union(*by_sentence)),
        sought.share(by_sentence[sentence]),
        sought.share(sought.held(index.heading_terms[clause])),
        _common_run(subject, text) / (len(subject) + 4),
        *_region(question, entry.document),
        *_cohort(question, entry.document),
        float(in_clause),
        float(in_sentence),
        float(bool(wanted) and not in_clause),
        float(entry.kind in meta_kinds),
        float(entry.kind in _META_KINDS and entry.kind not in meta_kinds),
        float(entry.kind == "preamble"),
        float(entry.damaged),
        min(len(text), 600) / 600,
        *_beyond_title(sought, index.title_terms[entry.document.id], by_sentence, sentence, sought.held(index.own_heading_terms[clause])),
        _label_wanted(question.wants, entry),
        _spells_out(subject, text[start:end]),
    ]


def _beyond_title(sought: _Sought, title: frozenset[str], by_sentence: Sequence[set[str]], sentence: int, heading: set[str]) -> list[float]:
    """How much of the question the document's title takes up, and how much of the rest the clause answers."""
    in_title = sought.held(title)
    rest = sought.rarity.keys() - in_title
    total = sum(sought.rarity[term] for term in rest)

    def share(held: set[str]) -> float:
        return sum(sought.rarity[term] for term in held & rest) / total if total else 0.0

    title_share = sought.share(in_title)
    shares = [share(set().union(*by_sentence)), share(by_sentence[sentence]), share(heading)]
    return [title_share, max((sought.rarity[term] for term in in_title), default=0.0) / _UNSEEN, *(title_share * value for value in shares)]


_LABELS = {
    "DATE": "时间|期限|安排",
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


_ABBREVIATION = re.compile(r"([两二三四五六七八九])(?:个)?([\u4e00-\u9fff])")
_DIGITS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def _spells_out(question: str, text: str) -> float:
    """Whether the text spells out an abbreviation such as 四清: that many items of a list end in its character."""
    for number, character in _ABBREVIATION.findall(question):
        if len(re.findall(rf"[\u4e00-\u9fff]{{2,8}}{re.escape(character)}(?=[、,;。和及]|$)", text)) >= _DIGITS[number]:
            return 1.0
    return 0.0


def _has_wanted(wants: Sequence[str], entry: ClauseEntry, start: int, end: int) -> bool:
    labels = entry.labels_in(start, end)
    text = entry.folded.text[start:end]
    for want in wants:
        if _ENTITY_FOR.get(want) in labels or (want == "PERIOD" and "DATE" in labels):
            return True
        if (want == "PLATFORM" and _PLATFORM.search(text)) or (want == "WHO" and _WHO.search(text)):
            return True
    return False


_UNSEEN = 5.0
"""The weight of a term that no clause holds: as rare as can be."""


@dataclass(frozen=True)
class _Sought:
    """The content terms of a question with their rarity, and for each the terms of its synonyms."""

    rarity: dict[str, float]
    synonyms: tuple[tuple[frozenset[str], tuple[frozenset[str], ...]], ...]

    def held(self, terms: frozenset[str]) -> set[str]:
        """The sought terms that a text with these terms holds, itself or by a synonym."""
        held = {term for term in self.rarity if term in terms}
        for own, others in self.synonyms:
            if any(other <= terms for other in others):
                held |= own & self.rarity.keys()
        return held

    def unseen(self, known: dict[str, float]) -> float:
        """The share of terms that neither stand in any clause nor have a synonym that does."""
        by_synonym = {term for own, others in self.synonyms for term in own if any(all(part in known for part in other) for other in others)}
        return self.share({term for term in self.rarity if term not in known and term not in by_synonym})

    def share(self, held: set[str]) -> float:
        total = sum(self.rarity.values())
        return sum(self.rarity[term] for term in held) / total if total else 0.0


def _sought(index: Index, question: str, content: Sequence[str]) -> _Sought:
    synonyms = tuple(
        (frozenset(index_terms(word)), tuple(frozenset(bigrams(other)) for other in others)) for word, others in synonyms_in(question).items()
    )
    return _Sought({term: index.inverse_frequency.get(term, _UNSEEN) for term in content}, synonyms)


def _common_run(question: str, text: str) -> int:
    """The length of the longest run of characters that question and text share."""
    longest = 0
    for start in range(len(question)):
        while start + longest < len(question) and question[start : start + longest + 1] in text:
            longest += 1
    return longest


def _region(question: Question, document: DocumentEntry) -> tuple[float, float, float]:
    if not question.regions:
        return 0.0, 0.0, 0.0
    asked = {province_of(region) for region in question.regions} | set(question.regions)
    own = document.region
    if own is None or own == NATION:
        return 0.0, 0.0, 1.0
    same = own in asked or province_of(own) in asked
    return float(same), float(not same), 0.0


def _cohort(question: Question, document: DocumentEntry) -> tuple[float, float]:
    if not question.cohorts or not document.cohorts:
        return 0.0, 0.0
    same = bool(set(question.cohorts) & set(document.cohorts))
    return float(same), float(not same)
