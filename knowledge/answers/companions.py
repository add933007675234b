"""Which clauses are shown together and in what order: newer before replaced, originals for copies, a city's rule above its province's, two
texts that disagree side by side. Another place's clause is shown beside none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.answers.audience import for_others
from knowledge.answers.standing import clause_status, holds, past_year, replaced_by, to_be_replaced_by
from knowledge.ingest.titles import bare, title_years
from knowledge.language.places import NATION, bearing, holds_in
from knowledge.language.question import Question
from knowledge.search.entries import ClauseEntry, DocumentEntry
from knowledge.search.ranking import Hit
from knowledge.search.terms import bigrams
from knowledge.truth import AUTHORITY_RANK, Successor

Kind = Literal["conflict", "wider", "replaced"]

_SAME_WORDS = 0.35
"""The share of common character pairs from which two sentences are on the same matter, numbers left out (Dice)."""
_NEAR = 4.5
"""How far behind the best a clause may lie and still answer in its place."""
_FIT = 0.55
"""The share of the question that both sentences must hold to be on the same matter in different words."""
_LOOKED_AT = 6
_COMPARED = ("MONEY", "RATIO", "PERIOD", "DATE", "COUNT")


@dataclass(frozen=True)
class Company:
    """The hits as they are to be shown; `kind` says how the second stands to the first, None where it only follows."""

    hits: tuple[Hit, ...]
    kind: Kind | None = None


def arrange(question: Question, hits: Sequence[Hit], today: date) -> Company:
    """Order the clauses that answer a question, the best first, as `judging` left them."""
    shown = _of_one_place(question, _originals_for_copies(hits))
    shown = _for_who_asks(question, _holding_first(_newer_first(question, shown, today), today))
    first = shown[0]
    for other in shown[1:_LOOKED_AT]:
        kind = _kind(question, first, other, today)
        if kind:
            pair = _ordered(question, first, other, kind)
            return Company((*pair, *(hit for hit in shown if hit not in pair)), kind)
    return Company(tuple(shown))


def sentence(hit: Hit) -> str:
    """The likeliest sentence of a hit, folded."""
    return hit.entry.sentence(hit.sentence)


def same_matter(one: Hit, other: Hit) -> bool:
    """Whether two clauses speak of the same thing: much the same words, or both hold what is asked for and most of the question."""
    if _dice(sentence(one), sentence(other)) >= _SAME_WORDS:
        return True
    both = (one.features, other.features)
    return (
        all(features["wanted_in_sentence"] > 0 and features["coverage_sentence"] >= _FIT for features in both)
        and abs(one.score - other.score) <= _NEAR
    )


def values_of(hit: Hit, labels: Sequence[str]) -> frozenset[str]:
    """The sums, ratios, periods and dates of a hit's likeliest sentence, without what only dresses them (最高, 每人)."""
    start, end = hit.entry.sentences[hit.sentence]
    found = (entity.text for entity in hit.entry.entities if entity.label in labels and start <= entity.start and entity.end <= end)
    return frozenset(re.sub(r"[\s,]|不超过|不少于|不低于|至少|最长|最高|约|共|/(?:人|月|年)", "", text) for text in found)


def _dice(one: str, other: str) -> float:
    pairs, others = (set(bigrams(re.sub(r"[\d\W]|[一二三四五六七八九十百千万]", "", text))) for text in (one, other))
    return 2 * len(pairs & others) / max(1, len(pairs) + len(others))


# Who may be shown


def _originals_for_copies(hits: Sequence[Hit]) -> list[Hit]:
    """A copy gives way to its original wherever that was found on the same matter; the original takes the better place of the two."""
    shown: list[Hit] = []
    for hit in hits:
        if hit in shown:
            continue
        original = _original_among(hit, hits)
        if original is None:
            shown.append(hit)
        elif original not in shown:
            shown.append(original)
    return shown


def _original_among(hit: Hit, hits: Sequence[Hit]) -> Hit | None:
    copy_of = hit.entry.document.truth.copy_of
    if copy_of is None:
        return None
    originals = (other for other in hits if other.entry.document.id == copy_of.document_id)
    return next((other for other in originals if other.entry.path == hit.entry.path or same_matter(hit, other)), None)


def _of_one_place(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """Without the clauses of places that have nothing to do with that of the best, unless the question names several."""
    lead = hits[0].entry.document.region
    if lead is None or lead == NATION or len(question.regions) > 1:
        return list(hits)
    return [hit for hit in hits if bearing(hit.entry.document.region, (lead,)) != "other"]


# What comes first


def _newer_first(question: Question, hits: Sequence[Hit], today: date) -> list[Hit]:
    """The clause of the newer paper before that of the paper it replaces; right behind it where the question names the old one."""
    shown = list(hits)
    for old in hits:
        successor = replaced_by(old.entry.document, today)
        coming = to_be_replaced_by(old.entry.document, today)
        found = _twin(old, successor or coming, shown)
        if found is None:
            continue
        if successor is None:  # what is not in force yet waits behind what still holds
            if shown.index(found) < shown.index(old):
                shown.remove(old)
                shown.insert(shown.index(found), old)
        elif _names_the_old(question, old.entry.document, found.entry.document):
            if shown.index(found) > shown.index(old) + 1:
                shown.remove(found)
                shown.insert(shown.index(old) + 1, found)
        elif shown.index(found) > shown.index(old):
            shown.remove(found)
            shown.insert(shown.index(old), found)
    return shown


def _holding_first(hits: Sequence[Hit], today: date) -> list[Hit]:
    """A clause that holds before one that has ended, where both are on the same matter and of the same place."""
    first = hits[0]
    if clause_status(first.entry, today) not in ("expired", "repealed"):
        return list(hits)
    region = first.entry.document.region
    fit = (hit for hit in hits[1:] if hit.score >= first.score - _NEAR and hit.entry.document.region == region and holds(hit.entry, today))
    found = next((hit for hit in fit if same_matter(first, hit)), None)
    return [found, *(hit for hit in hits if hit is not found)] if found else list(hits)


def _twin(old: Hit, successor: Successor | None, hits: Sequence[Hit]) -> Hit | None:
    """The clause of the succeeding paper that is on the same matter."""
    if successor is None:
        return None
    newer = (hit for hit in hits if hit.entry.document.id == successor.document.document_id)
    return next((hit for hit in newer if hit.entry.path == old.entry.path or same_matter(old, hit)), None)


def _names_the_old(question: Question, old: DocumentEntry, newer: DocumentEntry) -> bool:
    asked = {*question.cohorts, *question.named_years}
    years, later = ({*document.cohorts, *title_years(document.title or "")} for document in (old, newer))
    if asked & years and not asked & later:
        return True
    old_title, new_title = bare(old.title or ""), bare(newer.title or "")
    return bool(old_title and old_title != new_title and old_title in question.folded and new_title not in question.folded)


def _for_who_asks(question: Question, hits: Sequence[Hit]) -> list[Hit]:
    """A clause for another group than the one that asks ranks behind one that is not."""
    if not for_others(question.folded, sentence(hits[0])):
        return list(hits)
    fitting = next((hit for hit in hits[1:] if hit.score >= hits[0].score - _NEAR and _fits(question, hit)), None)
    return [fitting, *(hit for hit in hits if hit is not fitting)] if fitting else list(hits)


def _fits(question: Question, hit: Hit) -> bool:
    return not for_others(question.folded, sentence(hit)) and hit.features["wanted_missing"] == 0


# Two together


def _kind(question: Question, first: Hit, other: Hit, today: date) -> Kind | None:
    one, two = first.entry.document, other.entry.document
    if one.id == two.id or _is_copy(one, two) or other.score < first.score - 2 * _NEAR or not same_matter(first, other):
        return None
    if _replaces(one, two, today) or _replaces(two, one, today):
        return "replaced"
    if not _comparable(first.entry, other.entry, today) or for_others(question.folded, sentence(other)):
        return None
    place, other_place = one.region or NATION, two.region or NATION
    if place != other_place:
        return "wider" if _wider(question, place, other_place) else None
    return "conflict" if _differ(question, first, other) else None


def _is_copy(one: DocumentEntry, two: DocumentEntry) -> bool:
    return any(copy.truth.copy_of is not None and copy.truth.copy_of.document_id == other.id for copy, other in ((one, two), (two, one)))


def _replaces(newer: DocumentEntry, old: DocumentEntry, today: date) -> bool:
    successor = replaced_by(old, today)
    return successor is not None and successor.document.document_id == newer.id


def _comparable(one: ClauseEntry, other: ClauseEntry, today: date) -> bool:
    """Both hold today, or both are of the same past year: what two years arranged differently is no disagreement."""
    if one.kind != "body" or other.kind != "body" or one.damaged or other.damaged:
        return False
    years, others = one.document.cohorts, other.document.cohorts
    if years and others and not set(years) & set(others):
        return False
    return (holds(one, today) and holds(other, today)) or past_year(one.document, today) == past_year(other.document, today) != ""


def _wider(question: Question, place: str, other: str) -> bool:
    """Whether one place lies in the other, and the narrower one is that of the question, or the first where it names none."""
    narrow, wide = (place, other) if holds_in(other, place) else (other, place)
    if not holds_in(wide, narrow):
        return False
    return any(holds_in(narrow, asked) for asked in question.regions) if question.regions else narrow == place


def _differ(question: Question, first: Hit, other: Hit) -> bool:
    wanted = [label for label in question.wants if label in _COMPARED]
    labels = wanted or [label for label in _COMPARED if label != "COUNT"]
    if "PERIOD" in wanted or "DATE" in wanted:
        labels = [*labels, "PERIOD", "DATE"]
    one, two = values_of(first, labels), values_of(other, labels)
    return bool(one and two) and not one & two


def _ordered(question: Question, first: Hit, other: Hit, kind: Kind) -> tuple[Hit, Hit]:
    if kind == "wider":
        narrow_first = holds_in(other.entry.document.region or NATION, first.entry.document.region or NATION)
        return (first, other) if narrow_first else (other, first)
    if kind == "conflict":
        return (first, other) if _weight(first) >= _weight(other) else (other, first)
    return first, other


def _weight(hit: Hit) -> tuple[bool, date, int]:
    """A signed text before a page that nobody signs, then the newer, then the one nearer to its issuer."""
    truth = hit.entry.document.truth
    rank = AUTHORITY_RANK[truth.authority]
    return rank > 0, truth.dated_on or date.min, rank
