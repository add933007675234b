"""The plain form in which traps are sought: folded, lower case, disguises taken off, with the way back to each printed character."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.text.folding import fold_with_offsets

_TABLE = Path(__file__).parent / "disguises.txt"
_LINE_END = str.maketrans("\n\r", "；；")
"""A line end parts clauses like a semicolon; folding would drop it."""


@dataclass(frozen=True)
class Plain:
    """`spans[i]` says between which offsets of `printed` the character `text[i]` comes from."""

    printed: str
    text: str
    spans: tuple[tuple[int, int], ...]

    def printed_span(self, start: int, end: int) -> str:
        """What stands printed behind `text[start:end]`, letter for letter."""
        return self.printed[self.spans[start][0] : self.spans[end - 1][1]] if start < end else ""


def plain(printed: str) -> Plain:
    """The plain form of a text."""
    folded = fold_with_offsets(printed.translate(_LINE_END))
    # Character by character: `lower` of a whole text may change its length.
    pieces = [(piece, (offset, offset + 1)) for character, offset in zip(folded.text, folded.offsets, strict=True) for piece in character.lower()]
    text, spans = "".join(piece for piece, _ in pieces), [span for _, span in pieces]
    for pattern, word in _disguises():
        text, spans = _replaced(text, spans, pattern, word)
    return Plain(printed, text, tuple(spans))


def _replaced(text: str, spans: list[tuple[int, int]], pattern: re.Pattern[str], word: str) -> tuple[str, list[tuple[int, int]]]:
    """The text with every match as `word`, each of whose characters comes from the whole match."""
    if pattern.search(text) is None:
        return text, spans
    new_text, new_spans, position = "", [], 0
    for match in pattern.finditer(text):
        if match.start() == match.end():
            continue
        source = (spans[match.start()][0], spans[match.end() - 1][1])
        new_text += text[position : match.start()] + word
        new_spans += spans[position : match.start()] + [source] * len(word)
        position = match.end()
    return new_text + text[position:], new_spans + spans[position:]


@lru_cache(maxsize=1)
def _disguises() -> list[tuple[re.Pattern[str], str]]:
    lines = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# "))
    return [(re.compile(pattern), word) for pattern, word in lines]
