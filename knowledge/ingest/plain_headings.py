"""Headings of papers that number nothing: told by their shape, since plain text has no other sign of them.

A list of programmes, each under its bare name, and pages of questions and answers are the usual cases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.ingest.lines import Level, Line

RANK = 3
LEAST = 2
"""One line of that shape may be chance; two are a habit of the paper."""
LONGEST = 24
LONGEST_QUESTION = 60
LONGEST_NAME = 40

_NUMBERED = frozenset({Level.CHAPTER, Level.PART, Level.ARTICLE, Level.SUBPART})
_QUESTION = re.compile(r"^(?:问|Q ?\d{0,3}|问题 ?[一二三四五六七八九十\d]{0,3}) ?[.:、]|\?$", re.IGNORECASE)
_ANSWER = re.compile(r"^(?:答|A ?\d{0,3}|解答|回答) ?[.:、]", re.IGNORECASE)
_SENTENCE = re.compile(r"[。;:,、!]$|:|^[(]")


def with_plain_headings(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that stand as headings ranked as such; papers with numbers or marked headings stay as they are."""
    if sum(line.marker is not None and line.marker.level in _NUMBERED for line in lines) >= LEAST or any(line.rank for line in lines):
        return list(lines)
    headings = {index for index in range(len(lines) - 1) if _is_question(lines, index) or _is_name(lines, index)}
    if len(headings) < LEAST:
        return list(lines)
    return [replace(line, rank=RANK) if index in headings else line for index, line in enumerate(lines)]


def split_name(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The paper's own name on its first line, where its headings are plain ones too, and the rest."""
    if any(line.rank == RANK for line in lines[1:]) and _is_title(lines[0], lines[1]):
        return list(lines[:1]), list(lines[1:])
    return [], list(lines)


def _is_title(line: Line, after: Line) -> bool:
    folded = line.folded
    apart = after.blank_before or after.rank > 0
    return apart and not line.row and LEAST <= len(folded) <= LONGEST_NAME and not _SENTENCE.search(folded) and not _QUESTION.search(folded)


def _is_question(lines: Sequence[Line], index: int) -> bool:
    line, after = lines[index], lines[index + 1]
    if line.row or len(line.folded) > LONGEST_QUESTION or not _QUESTION.search(line.folded):
        return False
    return bool(_ANSWER.match(after.folded)) or (line.folded.endswith("?") and not _QUESTION.search(after.folded))


def _is_name(lines: Sequence[Line], index: int) -> bool:
    """A short line that ends no sentence, with a gap before it and none behind, and more under it than it says itself."""
    line, after = lines[index], lines[index + 1]
    if line.row or line.marker or after.row or not (line.blank_before or index == 0) or after.blank_before:
        return False
    folded = line.folded
    return 2 <= len(folded) <= LONGEST and not _SENTENCE.search(folded) and len(after.folded) > len(folded)
