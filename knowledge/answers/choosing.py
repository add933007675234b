"""Whether the built-in entry is told although a clause was found: an entry names the articles that decide its question."""

from __future__ import annotations

from knowledge.answers.basis import articles_of
from knowledge.answers.judging import Judgement, on_topic
from knowledge.language.places import NATION, is_school
from knowledge.search.articles import article_of
from knowledge.search.pack_search import PackHit
from knowledge.search.ranking import Found, Hit

FITS = 0.6
"""The score from which an entry is told rather than an article that it does not rest on, or than a doubtful clause of any kind."""
FITS_CLOSELY = 0.68
"""The score from which an entry is told rather than a clause that is not doubtful, of a notice known to be the nation's or another place's."""
DOUBTFUL = 0.6
"""The probability of answering below which a clause is doubtful; chosen as the scores are, on dev sets (docs/quality-review.md)."""
STANDS_OUT = 3.0
"""How far ahead of the next clause one must lie to be shown beside an entry, so that no mere neighbour of many is."""


def entry_is_better(found: Found, best: Hit, entry: PackHit) -> bool:
    """Whether the entry answers rather than the best clause.

    A paper of the place that is asked about, or of a school, always goes before what is known in general; so does an article that
    the entry itself rests on. A national law, or another place's, that the entry does not rest on is a neighbour by its words alone.
    """
    clause = best.entry
    region = clause.document.region
    if region is not None and (is_school(region) or (region != NATION and found.question.regions)):
        return False
    if article := article_of(clause):
        return entry.score >= FITS and article not in articles_of(entry.entry)
    if found.answerable < DOUBTFUL:
        return entry.score >= FITS
    return region is not None and entry.score >= FITS_CLOSELY


def clause_beside(judgement: Judgement) -> Hit | None:
    """The clause of a notice or of a local paper that is worth reading beside the entry that is told, though it may not answer."""
    if judgement.reason not in (None, "no_source"):
        return None
    best, *others = judgement.hits
    if others and best.score - others[0].score < STANDS_OUT:
        return None
    general_law = article_of(best.entry) is not None and best.entry.document.region in (None, NATION)
    return best if on_topic(best) and not general_law else None
