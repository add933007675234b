"""Damage: what a scan, a bad conversion or a lost page did to the text. Recorded with each clause, never repaired.

Kinds:
    shards            runs of lines a few characters long, torn out of columns; they are not made clauses
    cut_lines         sentences broken off at line ends
    lost_characters   a mark stands where characters were (`函?2021?33號`)
    broken_numbering  numbers of one level repeat or leap
    repeated          the same lines printed again (letterheads that swallowed the text)
    unsure            text recognition was not sure of what it read
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.ingest.lines import Level, Line

DamageKind = Literal["shards", "cut_lines", "lost_characters", "broken_numbering", "repeated", "unsure"]

SHARD_LENGTH = 7
SHARD_RUN = 5
LOST_CHARACTERS = re.compile(r"\ufffd|□|[\u3400-\u9fff][?？]\d{2,4}[?？]|\d[?？]{2,}\d|[\u3400-\u9fff][?？]{2,}[\u3400-\u9fff]")


@dataclass(frozen=True)
class DocumentDamage:
    """What is wrong with a document as a whole; `shards` are the indices of lines that are not text any more."""

    kinds: frozenset[DamageKind]
    shards: frozenset[int]

    @property
    def broken(self) -> bool:
        """Whether lines of this document can no longer be trusted to continue one another."""
        return "shards" in self.kinds


def examine(lines: Sequence[Line], columns: bool = True) -> DocumentDamage:
    """Look over all lines of a document; without `columns` its format keeps paragraphs whole, so nothing can be torn."""
    kinds: set[DamageKind] = set()
    shards = _shards(lines) if columns else set()
    if shards:
        kinds.add("shards")
    if _repeats(lines, shards):
        kinds.add("repeated")
    if _numbering_is_broken([line for i, line in enumerate(lines) if i not in shards]):
        kinds.add("broken_numbering")
    if any(LOST_CHARACTERS.search(line.text) for line in lines):
        kinds.add("lost_characters")
    if any(line.unsure for line in lines):
        kinds.add("unsure")
    return DocumentDamage(frozenset(kinds), frozenset(shards))


def examine_clause(lines: Sequence[Line], document: DocumentDamage) -> frozenset[DamageKind]:
    """What is wrong with the lines of one clause."""
    kinds: set[DamageKind] = set()
    if any(LOST_CHARACTERS.search(line.text) for line in lines):
        kinds.add("lost_characters")
    if any(line.unsure for line in lines):
        kinds.add("unsure")
    if document.broken and any(not line.ends_sentence for line in lines):
        kinds.add("cut_lines")
    return frozenset(kinds)


def _shards(lines: Sequence[Line]) -> set[int]:
    found: set[int] = set()
    run: list[int] = []
    for index, line in enumerate([*lines, None]):
        if line is not None and not line.row and not line.rank and len(line.folded) <= SHARD_LENGTH and not _opens_part(line):
            run.append(index)
            continue
        if len(run) >= SHARD_RUN and _is_torn([lines[i] for i in run]):
            found.update(run)
        run = []
    return found


def _opens_part(line: Line) -> bool:
    """A short heading of the top level stands for itself even beside torn columns."""
    return line.marker is not None and line.marker.level is Level.PART and len(line.folded) > SHARD_LENGTH // 2


def _is_torn(run: Sequence[Line]) -> bool:
    """A list of short names is no shard: torn columns hold single characters and lines that end nowhere."""
    return sum(len(line.folded) <= 2 for line in run) * 4 >= len(run)


def _repeats(lines: Sequence[Line], shards: set[int]) -> bool:
    counts = Counter(line.folded for i, line in enumerate(lines) if i not in shards and not line.row and len(line.folded) >= 8)
    return sum(1 for count in counts.values() if count >= 3) >= 2


def _numbering_is_broken(lines: Sequence[Line]) -> bool:
    """At the top level the numbers of a whole document rise one by one."""
    numbers = [line.marker.label for line in lines if line.marker and line.marker.level is Level.PART]
    return len(numbers) >= 3 and len(set(numbers)) < len(numbers)
