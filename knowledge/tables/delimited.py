"""Tables as text (RFC 4180 and what spreadsheet programs make of it): comma, tab, semicolon or bar."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import dropwhile
from typing import TextIO

NumberedRow = tuple[int, list[str]]
"""The line on which a row begins, counted from 1, and its cells."""
DELIMITERS = (",", "\t", ";", "|", "，")
_SEPARATOR_LINE = re.compile(r"\A\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_SAMPLE = 20_000


class BrokenQuotes(ValueError):
    """A quotation mark is never closed, or a cell has no end: from `line` on nobody knows what stands in which column."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_delimited(file: TextIO, choose: Callable[[str], str] | None = None) -> Iterator[NumberedRow]:
    """The rows of a text file that is at its start, blank ones too. Raises BrokenQuotes.

    Whoever knows the headings may `choose` from the first characters which of `DELIMITERS` parts the columns; a first line that declares it
    is believed before that.
    """
    sample = file.read(_SAMPLE)
    delimiter, above = delimiter_of(sample)
    if choose is not None and not above:
        delimiter = choose(sample)
    file.seek(0)
    lines = _Lines(file)
    if above:
        next(lines)
    try:
        yield from _numbered(csv.reader(lines, delimiter=delimiter), lines)
    except csv.Error as error:
        raise BrokenQuotes(lines.number) from error


def delimiter_of(text: str) -> tuple[str, int]:
    """What parts the columns: what the first line declares (sep=;), else the sign that gives most rows the same number of columns.

    Rows above the first that a sign parts are titles and remarks to it. With it how many characters the declaration takes up.
    """
    declared = _SEPARATOR_LINE.match(text)
    if declared:
        return declared[1], declared.end()

    def regularity(delimiter: str) -> tuple[float, int]:
        try:
            widths = [len(row) for row in csv.reader(io.StringIO(text[:_SAMPLE], newline=""), delimiter=delimiter) if any(row)]
        except csv.Error:
            return 0.0, 0
        [(width, count)] = Counter(dropwhile(lambda width: width == 1, widths)).most_common(1) or [(1, 0)]
        return (count / len(widths), width) if width > 1 else (0.0, 0)

    return max(DELIMITERS, key=regularity), 0


class _Lines:
    """The lines of a file, counted, without null characters, which end a text in some programs and break others."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.number = 0
        self.quotes = 0
        """Quotation marks since it was last set to 0."""
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline()
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.quotes += line.count('"')
        return line.replace("\x00", "").removeprefix("\ufeff") if self.number == 1 else line.replace("\x00", "")


def _numbered(reader: Iterator[list[str]], lines: _Lines) -> Iterator[NumberedRow]:
    """Each row with the line that it begins on: one that spans several is counted by its first. Raises csv.Error at a quotation never closed."""
    start = lines.number + 1
    for cells in reader:
        if lines.ended and lines.number > start and lines.quotes % 2:
            lines.number = start
            raise csv.Error
        yield start, cells
        start, lines.quotes = lines.number + 1, 0
