"""What a graduate told of themselves, as far as it decides which jobs they can apply for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from knowledge.postings.wishes.reading import read_wish
from knowledge.postings.wishes.remaining import Conditions, Remaining

_OWN = ("education", "major", "cohort", "past_cohort", "cities", "provinces")
_COMES_FROM = re.compile("户口|户籍|籍贯|老家|生源|来自|[\u4e00-\u9fff]人(?:$|[,，。])|家是|家在|毕业于")
"""Where one comes from is not where one wants to work."""
_PLACES = ("cities", "provinces")


def told_of_oneself(told: Iterable[str], today: date) -> Conditions:
    """Degree, major, year and place (fields of `Criteria`) from messages in which somebody speaks of themselves; the latest word counts."""
    known: Conditions = {}
    for words in told:
        said = read_wish(Remaining(words), today).conditions
        skipped = _PLACES if _COMES_FROM.search(words) else ()
        known |= {name: said[name] for name in _OWN if said.get(name) and name not in skipped}
    return known
