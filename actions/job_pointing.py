"""Which of the postings shown a message means without counting: 那个护士岗, 长沙的那家, 这个岗位, or its title and employer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.text.folding import fold
from knowledge.postings.fields.roles import accepted, roles_in
from knowledge.postings.service import Postings
from knowledge.postings.views import PostingView

_BY_NAME = re.compile(r"^(?P<title>.+)\((?P<employer>[^()]+)\)(?:的)?(?:详细说说|详情)$")
_MOST_OF_EMPLOYER = 20
_SUPERLATIVE = re.compile("(?:工资|薪资|钱|待遇)(?:给得?)?最(?:高|多)")


def meant_by(words: str, shown: Sequence[int], viewed: int | None, postings: Postings) -> int | None:
    """The posting meant: by its name, by what only one of those shown has, the one looked at last, or the only one shown; None where that is open."""
    folded = fold(words)
    if (named := _by_name(folded, postings)) is not None:
        return named
    views = [view for view in postings.get_many(shown) if view.state != "withdrawn"] if shown else []
    pointed = _pointed_at(folded, views)
    if pointed is not None:
        return pointed.id
    if viewed is not None:
        return viewed
    return shown[0] if len(shown) == 1 else None


def names_a_posting(words: str) -> bool:
    """Whether a message asks about a posting by title and employer, as the page does for saved ones and older lists."""
    return _BY_NAME.match(fold(words)) is not None


def _by_name(folded: str, postings: Postings) -> int | None:
    """A posting by title and employer, as the page names it (会计（某公司）详细说说)."""
    match = _BY_NAME.match(folded)
    if match is None:
        return None
    found = postings.by_employer(match["employer"], limit=_MOST_OF_EMPLOYER)
    return next((view.id for view in found.items if fold(view.title) == match["title"].strip()), None)


def _pointed_at(folded: str, views: Sequence[PostingView]) -> PostingView | None:
    """The one view that has most of what the words name; None where several have as much."""
    if not views:
        return None
    if _SUPERLATIVE.search(folded):
        return max(views, key=lambda view: view.posting.salary_min or 0)
    named = set(accepted(name for name in roles_in(folded)))
    scores = [(_likeness(folded, named, view), view) for view in views]
    best = max(score for score, _ in scores)
    best_views = [view for score, view in scores if score == best]
    return best_views[0] if best and len(best_views) == 1 else None


def _likeness(folded: str, named: set[str], view: PostingView) -> int:
    posting = view.posting
    score = 2 * bool(named & set(posting.roles)) + 3 * (fold(view.title) in folded) + 3 * (fold(view.employer) in folded)
    score += sum(city in folded for city in posting.cities) + (bool(posting.district) and posting.district.rstrip("区县市") in folded)
    kind = posting.employer_type or ""
    return score + (kind in folded if kind else 0) + (kind in ("国有企业", "央企") and "国企" in folded)
