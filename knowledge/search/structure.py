"""What shows of a clause by its shape rather than by its words: its place, its kind, its numbers, its length, what it is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.language.places import NATION, Relation, bearing, is_school
from knowledge.language.question import Question
from knowledge.search.articles import article_of
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.search.lists import short_names, spells_out
from knowledge.search.pointers import Pointers

STRUCTURE = (
    "common_run",
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
    "label_wanted",
    "abbreviation",
    "graduates",
    "article",
    "local_article",
    "basis",
    "counted",
)
"""The features that are found here, in the order of `Asked.shape_of`."""
_LONGEST = 600
"""Characters from which a clause is as long as can be."""
_ENTITIES = frozenset({"MONEY", "DATE", "PERIOD", "COUNT", "RATIO", "ORDINAL", "PHONE", "DOC_NO"})
"""What is asked for and shows as an entity of the same label."""
_META_FOR = {
    "DOC_NO": ("title",),
    "ISSUE_DATE": ("signature", "printed", "posted"),
    "ISSUER": ("signature", "printed"),
    "ADDRESSEE": ("addressees",),
    "PHONE": ("contact",),
    "TITLE": ("title",),
}
_META_KINDS = frozenset({"title", "addressees", "signature", "printed", "contact", "posted"})
_PLATFORM = re.compile("平台|系统|网站|网络|公众号|专区|就业网")
_PLACE = re.compile(
    r"地点|地址|[楼室厅馆]\d|\d[楼室号]|体育馆|会议室|办公室|报告厅|大厅|窗口|校区|现场|所在地"
    r"|[到在向往转交送寄报由][^,。;]{1,16}(?:机构|部门|中心|[处局厅所馆]|学院|学校|单位|公司|医院|银行|社区|街道)"
)
_CONSEQUENCE = re.compile(
    "处罚|罚款|责令|取消|撤销|不予|不再|视为|视同|追究|追回|退回|逾期|通报|处分|作废|失效|推迟|延后|扣除|扣发|承担|赔偿|责任|后果|不得"
)
_WHO = re.compile("部门|高校|书记|校长|辅导员|教师|单位|对象|领导|群体|毕业生")
_WORDED = {"PLATFORM": _PLATFORM, "PLACE": _PLACE, "CONSEQUENCE": _CONSEQUENCE, "WHO": _WHO}
"""What is asked for and shows by words rather than as an entity. None looks beyond what it matches: found in a sentence, found in its clause."""
_LABELS = {
    "DATE": "时间|期限|安排",
    "PERIOD": "时间|期限",
    "WHO": "对象|范围|条件|主体|分工",
    "NAME": "主题|名称",
    "MONEY": "标准|补贴|资金",
    "PHONE": "联系",
    "PLACE": "地点|地址",
    "CONSEQUENCE": "责任|处理|处罚|罚则",
    "LIST": "内容|措施|任务|要求|范围|目标",
    "MEANING": "主题|目标|定义",
}
_LONGEST_LABEL = 8
_COUNTED = (
    "个月|个工作日|工作日|小时|学时|学分|场次|届|家|场|个|名|人|次|所|项|天|年|门|份|元|万|岁|批|类|套|本|张|篇"
    "|周|位|处|倍|分|种|件|条|期|户|级|步|页|字"
)
_HOW_MANY = re.compile(rf"(?:多少|(?<![哪没好十])几)(?P<unit>{_COUNTED})(?!级)")
"""哪几个 asks which, 没几个 asks nothing."""
Columns = dict[str, NDArray[np.float32]]
_Finds = Callable[[str, int, int], object]


@dataclass(frozen=True)
class Asked:
    """What a question asks for, worked out once for all the clauses that are held against it."""

    question: Question
    subject: str
    pointers: Pointers
    places: Sequence[str]
    """The places that it names, or its school where it names no other place."""
    entities: frozenset[str]
    is_entity: bool
    """Whether it asks for something that shows as an entity."""
    worded: tuple[_Finds, ...]
    meta_kinds: frozenset[str]
    label: _Finds | None
    counted: _Finds | None
    counts_items: bool
    """Whether it has a short name that counts its items (四清)."""
    _placed: dict[tuple[str | None, tuple[int, ...]], tuple[float, ...]] = field(default_factory=dict)

    @classmethod
    def by(cls, question: Question, subject: str, local_regions: frozenset[str], pointers: Pointers) -> Asked:
        """What a question asks for; `subject` is its text without what constrains the document."""
        wanted = _ENTITIES.intersection(question.wants)
        labels = [_LABELS[want] for want in question.wants if want in _LABELS]
        return cls(
            question,
            subject,
            pointers,
            question.regions or question.schools(local_regions),
            wanted | {"DATE"} if "PERIOD" in wanted else wanted,
            bool(wanted),
            tuple(_WORDED[want].search for want in question.wants if want in _WORDED),
            frozenset(kind for want in question.wants for kind in _META_FOR.get(want, ())),
            re.compile("|".join(labels)).search if labels else None,
            _numbers_of(frozenset(match["unit"] for match in _HOW_MANY.finditer(question.folded))),
            bool(short_names(subject)),
        )

    def columns(self, entries: Sequence[ClauseEntry], sentences: Sequence[int]) -> Columns:
        """The features in `STRUCTURE` of clauses, each with its best sentence."""
        rows = np.array([self.shape_of(entry, sentence) for entry, sentence in zip(entries, sentences, strict=True)], dtype=np.float32)
        return dict(zip(STRUCTURE, rows.reshape(-1, len(STRUCTURE)).T, strict=True))

    def shape_of(self, entry: ClauseEntry, sentence: int) -> tuple[float, ...]:
        """The features in `STRUCTURE` of one clause."""
        text, kind, document = entry.folded.text, entry.kind, entry.document
        start, end = entry.sentences[sentence]
        in_clause = self._stands(entry, text, 0, len(text))
        article = article_of(entry)
        return (
            common_run(self.subject, text) / (len(self.subject) + 4),
            *self._document(document),
            in_clause,
            in_clause and self._stands(entry, text, start, end),
            self.is_entity and not in_clause,
            kind in self.meta_kinds,
            kind in _META_KINDS and kind not in self.meta_kinds,
            kind == "preamble",
            entry.damaged,
            min(len(text), _LONGEST) / _LONGEST,
            self._is_label(entry.heading),
            self.counts_items and spells_out(self.subject, text[start:end]),
            document.graduates,
            article is not None,
            article is not None and not self.question.regions and document.region not in (None, NATION),
            self.pointers.articles.get(article, 0.0) if article else 0.0,
            self._counted(text, start, end),
        )

    def _stands(self, entry: ClauseEntry, text: str, start: int, end: int) -> bool:
        """Whether what is asked for stands in a span of a clause."""
        entities = self.entities
        if entities and any(entity.label in entities and start <= entity.start and entity.end <= end for entity in entry.entities):
            return True
        return any(finds(text, start, end) for finds in self.worded)

    def _document(self, document: DocumentEntry) -> tuple[float, ...]:
        """region_same to cohort_other, which all clauses of all documents of a place and a cohort share."""
        own = (document.region, document.cohorts)
        if own not in self._placed:
            self._placed[own] = (*_region(self.question, self.places, document.region), *_cohort(self.question, document))
        return self._placed[own]

    def _is_label(self, heading: str) -> bool:
        """Whether the clause's own heading is a label of just what is asked for (行动时间, 参与对象)."""
        return self.label is not None and len(heading) <= _LONGEST_LABEL and bool(self.label(heading, 0, _LONGEST_LABEL))

    def _counted(self, text: str, start: int, end: int) -> float:
        """Whether the clause has a number of what the question counts (多少家: 不少于100家); half where it stands outside of the sentence."""
        if self.counted is None:
            return 0.0
        return 1.0 if self.counted(text, start, end) else 0.5 * bool(self.counted(text, 0, len(text)))


@lru_cache(maxsize=256)
def _numbers_of(units: frozenset[str]) -> _Finds | None:
    """Finds a number of one of the units."""
    return re.compile(rf"[\d一二两三四五六七八九十百千万半](?:余|多|几)?(?:{'|'.join(sorted(units))})").search if units else None


def common_run(question: str, text: str) -> int:
    """The length of the longest run of characters that question and text share."""
    longest = 0
    for start in range(len(question)):
        while start + longest < len(question) and question[start : start + longest + 1] in text:
            longest += 1
    return longest


def _region(question: Question, places: Sequence[str], own: str | None) -> tuple[float, float, float]:
    """region_same, region_other, region_nation of a document's place."""
    if not places:
        return 0.0, 0.0, 0.0
    if own is None or own == NATION:
        return 0.0, 0.0, 1.0
    if is_school(own) and own in question.folded:
        return 1.0, 0.0, 0.0
    return _BEARING[bearing(own, places)]


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
