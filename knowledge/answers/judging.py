"""Whether what was found answers the question, and if not, why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answers.benefits import benefits_in, speaks_of
from knowledge.answers.model import Reason
from knowledge.language.places import NATION, bearing, holds_in, is_school, narrowest
from knowledge.language.question import Question
from knowledge.search.entries import ClauseEntry
from knowledge.search.ranking import Found, Hit, names_only

ANSWERABLE = 0.38
"""The probability from which a clause is said to answer; chosen on questions of our own (docs/quality.md)."""
CERTAIN = 0.45
"""The probability from which even a question that Rasa took for something else is answered from the documents."""
_NEAR = 1.5
"""How far behind the best a clause may lie and still be taken instead, when the best is of the wrong place or year."""

_NAMED = 0.15
"""The share of a question that a document's title must take up before that document's own contact line may answer it."""

_TOPICAL = 0.35
"""The share of a question's content that a clause must hold to be about the same thing."""

_ALIKE = 0.5
"""The cosine of sentence vectors from which two sentences speak of the same thing."""

_MUST_HAVE = {"MONEY": ("MONEY",), "PERIOD": ("PERIOD", "DATE"), "RATIO": ("RATIO",)}
_FRAME = frozenset({"title", "addressees", "signature", "printed", "posted"})
_ASKS_OF_PAPER = re.compile(
    "题目|标题|全名|全称|名称|叫什么|叫啥|落款|印发|主送|署名|文号|几号文|签发|发布|下发|出台|[印发]的|发文|发给|收不收|执行|谁发|哪.{0,4}(?:部门|单位)|通知|文件"
)
_CONTACT_WORDS = re.compile("电话|联系方式|热线|联系人|邮箱")
_COMPARISON = re.compile("跟|和|像|同(?!学|时|意|志|行|步|期|省|市|校|城|乡|村|届|级|专业)|比得上|一样|类似")


@dataclass(frozen=True)
class Judgement:
    """`reason` is None when the hits answer; `asked` and `have` name what the reason is about (广东 / 湖南, 2025届 / 2022届, 金额)."""

    reason: Reason | None
    hits: tuple[Hit, ...]
    asked: str = ""
    have: str = ""
    named_only: bool = False


def judge_found(found: Found, threshold: float = ANSWERABLE) -> Judgement:
    """Judge the hits of a search."""
    question = found.question
    hits = _of_asked_place(question, _frame_last(question, found.hits))
    if hits is None and any(_is_of(hit.entry, _places_meant(question)) for hit in found.hits):
        return Judgement("no_source", tuple(hit for hit in found.hits if not is_foreign(question, hit.entry)))
    if hits is None:
        have = found.hits[0].entry.document.region or ""
        asked = [region for region in narrowest(question.regions) if not holds_in(have, region)]
        return Judgement("wrong_region", found.hits, "、".join(asked), have)
    hits, wrong_year = _of_asked_year(question, hits)
    if wrong_year and on_topic(hits[0]):
        return Judgement("wrong_year", hits, wrong_year, _year_of(hits[0].entry))
    if hits[0].entry.kind == "contact" and hits[0].features["title_share"] < _NAMED:
        return Judgement("no_source", hits[1:] or hits, "PHONE")
    hits = _of_named_benefit(question, hits)
    if not hits:
        return _benefit_missing(found)
    hits = _holding_first(question, hits)
    leading = hits[0].entry
    missing = _missing(question, leading)
    if missing:
        gone = leading.damaged and (found.answerable >= threshold / 3 or leading.document.region in question.regions)
        return Judgement("damaged" if gone else "no_source", hits, missing)
    if names_only(question.folded, leading.folded.text):
        return Judgement("no_source", hits, named_only=True)
    answers = found.answerable >= threshold or hits[0].features["abbreviation"] > 0
    return Judgement(None if answers and not wrong_year else "no_source", hits)


def on_topic(hit: Hit) -> bool:
    """Whether a clause is about what is asked, whatever its place and year."""
    needed = _TOPICAL / 2 if hit.features["region_same"] else _TOPICAL
    return hit.features["coverage"] >= needed or hit.features["title_share"] >= _NAMED or hit.features["dense"] >= _ALIKE


def _frame_last(question: Question, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits with title, addressees and signature last, unless it is the paper itself that is asked about: they hold its words, and no rule."""
    if _ASKS_OF_PAPER.search(question.folded) or any(hit.features["meta_wanted"] for hit in hits[:1]):
        return hits
    return tuple(sorted(hits, key=lambda hit: hit.entry.kind in _FRAME))


def _of_asked_place(question: Question, hits: tuple[Hit, ...]) -> tuple[Hit, ...] | None:
    """The hits with those of another place put last; None when only another place's documents answer."""
    if not question.regions:
        return hits
    own = [hit for hit in hits if not is_foreign(question, hit.entry)]
    lead = _places_meant(question)
    if len(lead) < len(question.regions) and not any(_is_of(hit.entry, lead) for hit in hits):
        return None
    if not is_foreign(question, hits[0].entry):
        return tuple(own)
    return tuple(own) if own and own[0].score > hits[0].score - _NEAR else None


def _is_of(entry: ClauseEntry, places: Sequence[str]) -> bool:
    """Whether the clause's document is of one of the places, or of a place above it that is not the nation."""
    region = entry.document.region
    return region != NATION and any(holds_in(region, place) for place in places)


def _places_meant(question: Question) -> list[str]:
    """The places that the question is about: not those that it only compares with (跟福建一样), unless it names no other."""
    meant = [region for region in question.regions if not _COMPARISON.search(question.folded.split(region)[0])]
    return meant or list(question.regions)


def is_foreign(question: Question, entry: ClauseEntry) -> bool:
    """Whether the clause's document does not hold in the question's places: it is of another place, or of a part of the place asked for.

    A school's own document holds for the students of its place, for it is them who ask. A clause that names the place itself is not foreign.
    """
    region = entry.document.region
    stands = bearing(region, question.regions)
    if region is None or stands not in ("other", "below") or any(name in entry.folded.text for name in question.regions):
        return False
    return not is_school(region) or (stands == "other" and region not in question.folded)


def _of_asked_year(question: Question, hits: tuple[Hit, ...]) -> tuple[tuple[Hit, ...], str]:
    """The hits of the year asked for, if near enough; else all of them and the year that none of them is of."""
    asked = [*(f"{year}届" for year in question.cohorts), *(f"{year}年" for year in question.named_years)]
    if not asked or _fits_year(question, hits[0].entry):
        return hits, ""
    fitting = tuple(hit for hit in hits if _fits_year(question, hit.entry))
    if fitting and fitting[0].score > hits[0].score - _NEAR:
        return fitting, ""
    return hits, "、".join(asked)


def _fits_year(question: Question, entry: ClauseEntry) -> bool:
    document = entry.document
    known = {*document.cohorts, *([document.issued_on.year] if document.issued_on else [])}
    if not known:
        return True
    text = entry.folded.text
    if question.cohorts:
        return any(year in document.cohorts or f"{year}届" in text for year in question.cohorts)
    return any(year in known or str(year) in text for year in question.named_years)


def _year_of(entry: ClauseEntry) -> str:
    document = entry.document
    if document.cohorts:
        return f"{document.cohorts[0]}届"
    return f"{document.issued_on.year}年" if document.issued_on else "其他年份"


def _of_named_benefit(question: Question, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """The hits with those that speak of another benefit than the question names put last; none where the likely ones all do.

    What a damaged paper does not say may be what it has lost."""
    benefits = benefits_in(question.folded)
    if not benefits or hits[0].entry.damaged or speaks_of(hits[0].entry, benefits):
        return hits
    naming = tuple(hit for hit in hits if speaks_of(hit.entry, benefits))
    return (*naming, *(hit for hit in hits if hit not in naming)) if naming and naming[0].score > hits[0].score - 2 * _NEAR else ()


def _benefit_missing(found: Found) -> Judgement:
    """Only another place's clause speaks of the benefit, or none does."""
    benefits = benefits_in(found.question.folded)
    foreign = tuple(hit for hit in found.hits if is_foreign(found.question, hit.entry) and speaks_of(hit.entry, benefits))
    if foreign and on_topic(foreign[0]):
        return Judgement("wrong_region", foreign, "、".join(narrowest(found.question.regions)), foreign[0].entry.document.region or "")
    return Judgement("no_source", found.hits)


def _holding_first(question: Question, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Where the best clause lacks the sum, time, ratio or number of things that is asked for, the clause of the same paper close behind it that
    holds one leads."""
    best = hits[0]
    close = [hit for hit in hits[1:] if hit.score >= best.score - 2 * _NEAR and hit.entry.document.id == best.entry.document.id]
    lacking = [labels for want, labels in _MUST_HAVE.items() if want in question.wants and not _holds(best.entry, labels)]
    holding = [hit for labels in lacking for hit in close if _holds(hit.entry, labels)]
    if not best.features["counted"]:
        holding += [hit for hit in close if hit.features["counted"]]
    return (holding[0], *(hit for hit in hits if hit is not holding[0])) if holding else hits


def _holds(entry: ClauseEntry, labels: Sequence[str]) -> bool:
    return any(entity.label in labels for entity in entry.entities)


def _missing(question: Question, best: ClauseEntry) -> str:
    """The kind of answer that is asked for and that the best clause does not hold; empty when nothing is missing."""
    for want, labels in _MUST_HAVE.items():
        if want in question.wants and (not _holds(best, labels) or (best.damage and want == "MONEY")):
            return want
    if "PHONE" in question.wants and not _CONTACT_WORDS.search(best.folded.text):
        return "PHONE"
    return ""
