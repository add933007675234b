"""Lists in clauses: the sentence that leads items in, the character in which they all end, the short name that counts them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.search.entries import ClauseEntry

_ITEM = re.compile(r"（[一二三四五六七八九十]+）$")
_CLOSING = re.compile(r"[\u4e00-\u9fff]{1,7}([\u4e00-\u9fff])(?=[、,;。和及]|$)")
_SHORT_NAME = re.compile(r"([两二三四五六七八九])(?:个)?([\u4e00-\u9fff])")
_NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def leads_of(entries: Sequence[ClauseEntry]) -> list[str]:
    """For each clause of a document the sentence that leads it in when it is an item of a list cut off from it, else nothing.

    `（三）未依法缴纳社会保险费的` says neither who may do what nor when; its article's opening (有下列情形之一的…) does.
    """
    openings: dict[str, str] = {}
    leads: list[str] = []
    for entry in entries:
        parent = _ITEM.sub("", entry.path)
        leads.append(openings.get(parent, "") if parent != entry.path else "")
        text = entry.folded.text
        openings.setdefault(entry.path, text if text.endswith(":") else "")
    return leads


def closings(text: str) -> list[str]:
    """The characters that close at least three items of a list in a folded text."""
    found = _CLOSING.findall(text)
    return sorted({character for character in found if found.count(character) >= 3})


def short_names(question: str) -> list[tuple[int, str]]:
    """The short names in a folded question that count their items (四清): how many, and the character in which each ends."""
    return [(_NUMBERS[number], character) for number, character in _SHORT_NAME.findall(question)]


def spells_out(question: str, text: str) -> bool:
    """Whether a text spells out a short name of the question: that many items of a list end in its character."""
    return any(_items(character, text) >= number for number, character in short_names(question))


def _items(character: str, text: str) -> int:
    """How many items of lists end in a character."""
    return len(re.findall(rf"[\u4e00-\u9fff]{{2,8}}{re.escape(character)}(?=[、,;。和及]|$)", text))
