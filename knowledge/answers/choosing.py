"""Whether the built-in entry is told although a clause was found: an entry names the articles that decide its question."""

from __future__ import annotations

from collections.abc import Collection

from knowledge.answers.basis import articles_of
from knowledge.answers.judging import Judgement, is_foreign, on_topic
from knowledge.language.places import NATION, is_school, place_chain
from knowledge.language.programmes import programme_that_may_end
from knowledge.language.question import Question
from knowledge.search.articles import article_of
from knowledge.search.pack_search import PackHit
from knowledge.search.ranking import Found, Hit

FITS = 0.6
"""The score from which an entry is told rather than an article that it does not rest on, or than a doubtful clause of any kind."""
FITS_CLOSELY = 0.68
"""The score from which an entry is told rather than a clause that is not doubtful, of a notice known to be the nation's or another place's."""
DOUBTFUL = 0.6
"""The probability of answering below which a clause is doubtful; chosen as the scores are, on dev sets (docs/quality-review.md)."""
PLAIN = 0.95
"""The probability of answering from which an article is told rather than the entry that rests on it; below, it is often but a part of the answer."""
STANDS_OUT = 3.0
"""How far ahead of the next clause one must lie to be shown beside an entry, so that no mere neighbour of many is."""


def entry_is_better(found: Found, best: Hit, entry: PackHit, on_file: Collection[str] = ()) -> bool:
    """Whether the entry answers rather than the best clause; `on_file` are the places that local documents are of.

    A paper of the place that is asked about, or of a school, always goes before what is known in general. Where all local papers are of one
    province, it is the users' own, and its papers go first as well. A national law, or another place's, that the entry does not rest on is a
    neighbour by its words alone; one that it rests on goes before it where it plainly answers, or the entry does not fit closely: else the
    entry says what the article means for the question, and quotes it.
    """
    clause = best.entry
    region = clause.document.region
    if region is not None and (is_school(region) or (region != NATION and (found.question.regions or _one_province(on_file)))):
        return False
    if article := article_of(clause):
        if article in articles_of(entry.entry):
            return entry.score >= FITS_CLOSELY and found.answerable < PLAIN
        return entry.score >= FITS
    if found.answerable < DOUBTFUL:
        return entry.score >= FITS
    return region is not None and entry.score >= FITS_CLOSELY


def _one_province(places: Collection[str]) -> bool:
    provinces = {chain[1] for place in places if not is_school(place) and len(chain := place_chain(place)) > 1}
    return len(provinces) == 1


def clause_beside(judgement: Judgement, question: Question) -> Hit | None:
    """The clause of a notice or of a local paper that is worth reading beside the entry that is told, though it may not answer.

    Where somebody asks whether a programme goes on, that is the best clause that names it, however many others do: what such papers say of it
    is all that is known.
    """
    if judgement.reason not in (None, "no_source"):
        return None
    if programme := programme_that_may_end(question.folded):
        naming = (hit for hit in judgement.hits if programme in hit.entry.folded.text and not is_foreign(question, hit.entry))
        return next((hit for hit in naming if not _is_general_law(hit)), None)
    best, *others = judgement.hits
    if others and best.score - others[0].score < STANDS_OUT:
        return None
    return best if on_topic(best) and not _is_general_law(best) else None


def _is_general_law(hit: Hit) -> bool:
    return article_of(hit.entry) is not None and hit.entry.document.region in (None, NATION)
