"""A page as its marks lie on it, drawn or recognised: what the layout is read from. Lengths are in the page's own unit
(points of a PDF, pixels of a picture), measured from the top left corner of the page as it is read."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from statistics import median


@dataclass(frozen=True)
class Box:
    """A rectangle with its sides along the page's."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Piece:
    """Text that stands on one line: a character of a PDF, a recognised stretch of a picture, or a joined stretch of either.

    `em` is the width of one full character; `confidence` is 1 where nothing had to be recognised.
    """

    box: Box
    text: str
    em: float
    confidence: float = 1.0


@dataclass(frozen=True)
class Page:
    """What lies on one page. `edges` are the straight rules drawn on it, each a box without width or without height."""

    width: float
    height: float
    pieces: tuple[Piece, ...]
    edges: tuple[Box, ...] = ()
    recognised: bool = False


@dataclass(frozen=True)
class Row:
    """The stretches of one line of print from left to right, wide gaps between them."""

    pieces: tuple[Piece, ...]

    @cached_property
    def box(self) -> Box:
        return around(piece.box for piece in self.pieces)

    @cached_property
    def em(self) -> float:
        return max(self.pieces, key=lambda piece: len(piece.text)).em

    @cached_property
    def text(self) -> str:
        joined = self.pieces[0].text
        for left, right in zip(self.pieces, self.pieces[1:], strict=False):
            joined += gap_between(left, right) + right.text
        return joined


def gap_between(left: Piece, right: Piece) -> str:
    """A blank, unless single characters are merely spread (通　知)."""
    return "" if len(left.text) == len(right.text) == 1 and is_han(left.text) and is_han(right.text) else " "


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of at least one."""
    every = list(boxes)
    return Box(min(box.x0 for box in every), min(box.top for box in every), max(box.x1 for box in every), max(box.bottom for box in every))


def is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff" or "\uf900" <= char <= "\ufaff"


def ems(text: str) -> float:
    """How many full characters wide a text is set: wide characters count one, others half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def rows_of(pieces: Iterable[Piece], widest_gap: float) -> list[Row]:
    """Lines of print from top to bottom; pieces of a line nearer than `widest_gap` ems become one stretch."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.box.middle[1]):
        line = next((line for line in reversed(lines[-3:]) if _on_line(piece, line)), None)
        if line is None:
            lines.append([piece])
        else:
            line.append(piece)
    return [Row(tuple(_stretches(line, widest_gap))) for line in lines]


def _on_line(piece: Piece, line: list[Piece]) -> bool:
    middle = median(other.box.middle[1] for other in line[-5:])
    return abs(piece.box.middle[1] - middle) < 0.45 * min(piece.box.height, max(other.box.height for other in line[-5:]))


def _stretches(line: list[Piece], widest_gap: float) -> list[Piece]:
    line.sort(key=lambda piece: piece.box.x0)
    groups: list[list[Piece]] = [[line[0]]]
    for piece in line[1:]:
        before = groups[-1][-1]
        if piece.box.x0 - before.box.x1 > widest_gap * max(piece.em, before.em):
            groups.append([piece])
        else:
            groups[-1].append(piece)
    return [_join(group) for group in groups]


def _join(group: list[Piece]) -> Piece:
    if len(group) == 1:
        return group[0]
    text = group[0].text
    for left, right in itertools.pairwise(group):
        text += _space(left, right) + right.text
    sizes = [piece.em for piece in group if is_han(piece.text[0])] or [piece.em for piece in group]
    weight = sum(len(piece.text) for piece in group)
    confidence = sum(piece.confidence * len(piece.text) for piece in group) / weight
    return Piece(around(piece.box for piece in group), text, median(sizes), confidence)


def _space(left: Piece, right: Piece) -> str:
    """Words of Latin letters are parted by a visible gap; Chinese is not."""
    narrow = ems(left.text[-1]) < 1 and ems(right.text[0]) < 1
    return " " if narrow and right.box.x0 - left.box.x1 > 0.18 * left.em else ""
