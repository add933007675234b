"""Articles of laws and rules: which clause is which article, under the name by which people know the law."""

from __future__ import annotations

import re
from functools import lru_cache

from core.text.folding import fold
from knowledge.search.entries import ClauseEntry

Article = tuple[str, str]
"""A law's name as people say it and the article's number: (劳动合同法, 第十九条)."""

_NUMBER = re.compile("第[零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
_ISSUED = re.compile("《([^《》]+)》的通知$")
_NOT_SAID = re.compile("[《》〈〉 ]|中华人民共和国")


def article_of(clause: ClauseEntry) -> Article | None:
    """The article that a clause is, or is a part of; None for a clause of anything that is not divided into articles."""
    number = _NUMBER.match(clause.path)
    return (law_name(clause.document.title or ""), number.group()) if number else None


@lru_cache(maxsize=4096)
def law_name(title: str) -> str:
    """A law's name as people say it; a notice that issues rules has their name."""
    name = fold(title)
    issued = _ISSUED.search(name)
    return _NOT_SAID.sub("", issued.group(1) if issued else name)
