"""Clauses: the numbered pieces of a document with their printed path and the chain of headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Literal

from core.text.folding import fold
from knowledge.ingest.damage import DamageKind, DocumentDamage, examine_clause
from knowledge.ingest.lines import CAPTION_RANK, Level, Line

ClauseKind = Literal["body", "preamble", "title", "addressees", "signature", "printed", "contact", "posted"]

PREAMBLE = "引言"
"""The path of what stands before the first number."""
SHORT_ITEM = 48
"""A numbered item of at most this many characters is an entry of a list and stays with its lead-in."""
LONGEST_LIST = 420
_LIST_LEVELS = frozenset({Level.SUBPART, Level.ITEM, Level.SUBITEM})
"""Parts and articles are cited by themselves, however short they are."""
MAX_HEADING = 34
MAX_LABEL = 30
"""Characters of a heading without a number that are cited as a clause's path."""
OWN_PARAGRAPH = 60
LONG_PASSAGE = 500
"""Characters from which a passage without numbers is cut at its paragraphs, so that a quote can hold a clause."""


@dataclass(frozen=True)
class Clause:
    """`start` and `end` are offsets in the document's printed text; `path` is as printed (`二、4`, `五（一）`, `第十九条`)."""

    kind: ClauseKind
    path: str
    headings: tuple[str, ...]
    start: int
    end: int
    damage: frozenset[DamageKind] = frozenset()


@dataclass(frozen=True)
class _Open:
    """A heading under which the next lines stand: numbered (`level`, `label`), marked by the file (`rank`), or both."""

    level: Level | None
    label: str
    heading: str
    rank: int


Path = tuple[tuple[Level | None, str], ...]
"""The labels of the headings above a piece; a heading without a number stands with its text and no level."""


@dataclass
class _Piece:
    """A clause in the making: its marker's level and label, its own heading, its lines."""

    level: Level | None
    path: Path
    headings: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    heading_only: bool = False
    row: str = ""


def body_clauses(lines: Sequence[Line], damage: DocumentDamage, torn: Iterable[Line]) -> list[Clause]:
    """The clauses of a document's body (title, addressees and signature already taken off); torn lines are left out."""
    pieces = _merge_lists(_keep_childless(_cut(lines, set(torn), damage)))
    return [_finish(piece, damage) for piece in pieces if not piece.heading_only and piece.lines]


def _cut(lines: Sequence[Line], lost: set[Line], damage: DocumentDamage) -> list[_Piece]:
    pieces: list[_Piece] = []
    opened: list[_Open] = []
    after_gap = False
    for line in lines:
        if line in lost:
            after_gap = True
            continue
        marker = line.marker
        if not line.row and pieces and pieces[-1].row:
            opened = _without_captions(opened)
        if line.row:
            pieces.append(_Piece(None, _path(opened), _headings(opened), [line], row=line.row))
        elif marker is not None:
            _close(opened, marker.level, line.rank)
            opened.append(_Open(marker.level, marker.label, _heading(line, marker.end), line.rank))
            pieces.append(_Piece(marker.level, _path(opened), _headings(opened), [line], _is_bare(line, marker.end)))
        elif line.rank:
            _close(opened, None, line.rank)
            opened.append(_Open(None, line.folded, line.folded, line.rank))
            pieces.append(_Piece(None, _path(opened), _headings(opened), [line], True))
        elif line.heading_mark or not pieces or after_gap or pieces[-1].row or _starts_anew(line, pieces[-1], damage):
            pieces.append(_Piece(None, _path(opened), _headings(opened), [line]))
        else:
            pieces[-1].lines.append(line)
            pieces[-1].heading_only = False
        after_gap = False
    return pieces


def _close(opened: list[_Open], level: Level | None, rank: int) -> None:
    """Close the headings that a new one ends.

    A number ends the numbers of its own and lower levels with all that stands under them. A heading that the file marks ends
    the marked ones of its rank or below, and every number that was no such heading.
    """
    for index, heading in enumerate(opened):
        numbered = level is not None and heading.level is not None and heading.level >= level
        marked = rank > 0 and (heading.rank >= rank or (heading.rank == 0 and level is None))
        if numbered or marked:
            del opened[index:]
            return


def _without_captions(opened: list[_Open]) -> list[_Open]:
    """A table's caption ends with its rows."""
    return [heading for heading in opened if heading.rank < CAPTION_RANK]


def _starts_anew(line: Line, piece: _Piece, damage: DocumentDamage) -> bool:
    """In a broken document a whole paragraph after a gap is not trusted to continue the one before; a long passage is cut."""
    unnumbered = piece.level is None and not (piece.path and piece.path[-1][0] is not None)
    if unnumbered and sum(len(own.text) for own in piece.lines) + len(line.text) > LONG_PASSAGE:
        return True
    return damage.broken and line.blank_before and len(line.folded) >= OWN_PARAGRAPH and not piece.heading_only


def _heading(line: Line, end: int) -> str:
    """The heading on a marker's line: the whole line when it is one, else its first short sentence, else nothing."""
    rest = fold(line.text[end:])
    first = re.split(r"[。:：]", rest, maxsplit=1)[0]
    return first if len(first) <= MAX_HEADING else ""


def _is_bare(line: Line, end: int) -> bool:
    """A heading that says nothing itself: short and without a sentence after it."""
    rest = fold(line.text[end:]).rstrip("。:")
    return len(rest) <= MAX_HEADING and not re.search(r"[。；;，,].{8,}", rest)


def _path(opened: Sequence[_Open]) -> Path:
    return tuple((heading.level, heading.label) for heading in opened)


def _headings(opened: Sequence[_Open]) -> tuple[str, ...]:
    return tuple(heading.heading for heading in opened if heading.heading)


def _keep_childless(pieces: list[_Piece]) -> list[_Piece]:
    """A short numbered line with nothing under it is no heading: it says all there is."""
    for piece, after in zip_longest(pieces, pieces[1:]):
        under = after is not None and after.path[: len(piece.path)] == piece.path
        has_child = after is not None and under and (len(after.path) > len(piece.path) or bool(after.row))
        piece.heading_only = piece.heading_only and has_child
    return pieces


def _merge_lists(pieces: list[_Piece]) -> list[_Piece]:
    """Put runs of short items back under the piece that leads them in."""
    merged: list[_Piece] = []
    index = 0
    while index < len(pieces):
        lead = pieces[index]
        items = _short_items(pieces, index)
        if items and sum(len(line.text) for piece in [lead, *items] for line in piece.lines) <= LONGEST_LIST:
            lead = _replace_lines(lead, [line for piece in [lead, *items] for line in piece.lines])
            index += len(items)
        merged.append(lead)
        index += 1
    return merged


def _replace_lines(piece: _Piece, lines: list[Line]) -> _Piece:
    return replace(piece, lines=lines, heading_only=False)


def _short_items(pieces: list[_Piece], index: int) -> list[_Piece]:
    """The items right under `pieces[index]` if there are at least two and all of them are short."""
    lead = pieces[index]
    items: list[_Piece] = []
    for piece in pieces[index + 1 :]:
        if piece.level not in _LIST_LEVELS or len(piece.path) != len(lead.path) + 1 or piece.path[: len(lead.path)] != lead.path:
            break
        if sum(len(line.folded) for line in piece.lines) > SHORT_ITEM:
            return []
        items.append(piece)
    return items if len(items) >= 2 else []


def _finish(piece: _Piece, damage: DocumentDamage) -> Clause:
    kind: ClauseKind = "body" if piece.path or piece.row else "preamble"
    path = piece.row or printed_path(piece.path) or PREAMBLE
    return Clause(kind, path, piece.headings, piece.lines[0].start, piece.lines[-1].end, examine_clause(piece.lines, damage))


def printed_path(path: Path) -> str:
    """`二、4`, `五（一）`, `四（三）1`: the labels as people cite them. An article of a statute is cited by itself.

    Where only items are numbered, or nothing is, the heading above stands before: `申请条件 2`.
    """
    numbered = [(level, label) for level, label in path if level is not None]
    above = [label for level, label in path if level is None]
    cited = _numbers(numbered)
    if above and not any(level <= Level.SUBPART for level, _ in numbered):
        return f"{above[-1][:MAX_LABEL]} {cited}".strip()
    return cited


def _numbers(path: Sequence[tuple[Level, str]]) -> str:
    articles = [label for level, label in path if level is Level.ARTICLE]
    if articles:
        path = [entry for entry in path if entry[0] >= Level.SUBPART and entry[0] is not Level.ARTICLE]
        return articles[-1] + "".join(_bare_label(label) for _, label in path)
    shown = [entry for entry in path if entry[0] >= Level.PART] or list(path)
    text = ""
    for level, label in shown:
        bare = _bare_label(label)
        if level is Level.ITEM and text and text[-1] not in ")）":
            text += "、"
        text += bare
    return text


def _bare_label(label: str) -> str:
    label = label.rstrip("、.．")
    return label.replace("(", "（").replace(")", "）")
