"""Clauses: the numbered pieces of a document with their printed path and the chain of headings above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Literal

from core.text.folding import fold
from knowledge.ingest.damage import DamageKind, DocumentDamage, examine_clause
from knowledge.ingest.lines import Level, Line

ClauseKind = Literal["body", "preamble", "title", "addressees", "signature", "printed", "contact", "posted"]

SHORT_ITEM = 48
"""A numbered item of at most this many characters is an entry of a list and stays with its lead-in."""
LONGEST_LIST = 420
_LIST_LEVELS = frozenset({Level.SUBPART, Level.ITEM, Level.SUBITEM})
"""Parts and articles are cited by themselves, however short they are."""
MAX_HEADING = 34
OWN_PARAGRAPH = 60


@dataclass(frozen=True)
class Clause:
    """`start` and `end` are offsets in the document's printed text; `path` is as printed (`二、4`, `五（一）`, `第十九条`)."""

    kind: ClauseKind
    path: str
    headings: tuple[str, ...]
    start: int
    end: int
    damage: frozenset[DamageKind] = frozenset()


@dataclass
class _Piece:
    """A clause in the making: its marker's level and label, its own heading, its lines."""

    level: Level | None
    path: tuple[tuple[Level, str], ...]
    headings: tuple[str, ...]
    lines: list[Line] = field(default_factory=list)
    heading_only: bool = False


def body_clauses(lines: Sequence[Line], damage: DocumentDamage, torn: Iterable[Line]) -> list[Clause]:
    """The clauses of a document's body (title, addressees and signature already taken off); torn lines are left out."""
    pieces = _merge_lists(_keep_childless(_cut(lines, set(torn), damage)))
    return [_finish(piece, damage) for piece in pieces if not piece.heading_only and piece.lines]


def _cut(lines: Sequence[Line], lost: set[Line], damage: DocumentDamage) -> list[_Piece]:
    pieces: list[_Piece] = []
    open_levels: list[tuple[Level, str, str]] = []
    after_gap = False
    for line in lines:
        if line in lost:
            after_gap = True
            continue
        marker = line.marker
        if marker is None and line.heading_mark:
            pieces.append(_Piece(None, _path(open_levels), _headings(open_levels), [line]))
        elif marker is not None:
            while open_levels and open_levels[-1][0] >= marker.level:
                open_levels.pop()
            open_levels.append((marker.level, marker.label, _heading(line, marker.end)))
            pieces.append(_Piece(marker.level, _path(open_levels), _headings(open_levels), [line], _is_bare(line, marker.end)))
        elif not pieces or after_gap or _starts_anew(line, pieces[-1], damage):
            pieces.append(_Piece(None, _path(open_levels), _headings(open_levels), [line]))
        else:
            pieces[-1].lines.append(line)
            pieces[-1].heading_only = False
        after_gap = False
    return pieces


def _starts_anew(line: Line, piece: _Piece, damage: DocumentDamage) -> bool:
    """In a broken document a whole paragraph after a gap is not trusted to continue the one before."""
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


def _path(levels: Sequence[tuple[Level, str, str]]) -> tuple[tuple[Level, str], ...]:
    return tuple((level, label) for level, label, _ in levels)


def _headings(levels: Sequence[tuple[Level, str, str]]) -> tuple[str, ...]:
    return tuple(heading for _, _, heading in levels if heading)


def _keep_childless(pieces: list[_Piece]) -> list[_Piece]:
    """A short numbered line with nothing under it is no heading: it says all there is."""
    for piece, after in zip_longest(pieces, pieces[1:]):
        has_child = after is not None and len(after.path) > len(piece.path) and after.path[: len(piece.path)] == piece.path
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
    kind: ClauseKind = "body" if piece.path else "preamble"
    return Clause(
        kind, printed_path(piece.path) or "引言", piece.headings, piece.lines[0].start, piece.lines[-1].end, examine_clause(piece.lines, damage)
    )


def printed_path(path: Sequence[tuple[Level, str]]) -> str:
    """`二、4`, `五（一）`, `四（三）1`: the labels as people cite them. An article of a statute is cited by itself."""
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
