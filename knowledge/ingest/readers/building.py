"""What readers of formats write their text with: lines, headings and tables one after the other, marked as they come."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence

from knowledge.ingest import texts
from knowledge.ingest.lines import CAPTION_RANK
from knowledge.ingest.readers.tables import Cell, Note, Row, Table, read_table
from knowledge.ingest.reading import plain_lines, refuse_unless_chinese, refuse_unless_text, storable
from knowledge.ingest.source_text import Format, Mark, MarkKind, SourceText

MAX_TEXT = 8_000_000
"""Characters of text that a document may have: more than any, and little enough to hold."""
_BLANKS = re.compile(r"[ \t\u00a0\u2002-\u200b\ufeff]+")
_UNIT = re.compile(r"^[(（]?(?:计量)?单位\s*[:：]")


class TextBuilder:
    """Collects the text of one document with its marks."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._tables = 0
        self._notes: list[str] = []
        self.full = False
        """Whether the text has reached its limit; what comes after is left out and said so."""

    @property
    def empty(self) -> bool:
        return not self._lines

    def line(self, text: str, unsure: Sequence[tuple[int, int]] = ()) -> None:
        """One line of text; an empty one parts paragraphs. `unsure` are the stretches of it that were read with little confidence."""
        start = self._length
        if self._add(text):
            self._marks += [Mark("unsure", start + low, min(start + high, self._length - 1)) for low, high in unsure]

    def heading(self, text: str, level: int) -> None:
        """A heading of the file's own, on one line."""
        self._add(text, "heading", level=level)

    def note(self, text: str) -> None:
        """A Chinese line for whoever imports, once."""
        if text not in self._notes:
            self._notes.append(text)

    def table(self, rows: Sequence[Sequence[Cell]], caption_rank: int = CAPTION_RANK, unsure: Collection[str] = ()) -> None:
        """A table: its title rows as headings, each row as a marked line; `unsure` are texts of cells read with little confidence."""
        start = self._length
        table = read_table(rows)
        if table.cut:
            self.note(texts.TABLE_CUT)
        self._captions(table, caption_rank)
        if any(isinstance(line, Row) for line in table.lines):
            self._tables += 1
        for line in table.lines:
            if isinstance(line, Row):
                self._add(line.text, "row", label=f"表{self._tables} {line.path}")
            elif isinstance(line, Note):
                self._add(line.text)
            else:
                self._add(line.text, "heading", level=CAPTION_RANK + 2)
        if unsure:
            self._mark_unsure(start, unsure)
        self._add("")

    def build(self, name: str, content: bytes, kind: Format, removed_lines: int = 0) -> SourceText:
        """The document; raises DocumentRefused when what was collected is no Chinese text."""
        text = storable(plain_lines("\n".join(self._lines)))
        refuse_unless_text(name, text)
        refuse_unless_chinese(name, text)
        if self.full:
            self.note(texts.TEXT_CUT)
        return SourceText(name, text, kind, hashlib.sha256(content).hexdigest(), tuple(self._marks), tuple(self._notes), removed_lines)

    def _mark_unsure(self, start: int, texts_of_cells: Collection[str]) -> None:
        """Mark the rows written since `start` that say one of the cells' texts."""
        whole = "\n".join(self._lines)
        rows = [mark for mark in self._marks if mark.kind == "row" and mark.start >= start]
        self._marks += [Mark("unsure", mark.start, mark.end) for mark in rows if any(text in whole[mark.start : mark.end] for text in texts_of_cells)]

    def _captions(self, table: Table, rank: int) -> None:
        for number, caption in enumerate(table.captions):
            if len(caption) > 60:
                self._add(caption)
            else:
                self._add(caption, "heading", level=CAPTION_RANK + 1 if number or _UNIT.match(caption) else rank)

    def _add(self, text: str, kind: MarkKind | None = None, level: int = 0, label: str = "") -> bool:
        """Add a line; False where there is no more room."""
        line = _BLANKS.sub(" ", text.replace("\n", " ").replace("\r", " ")).strip()
        if self._length + len(line) > MAX_TEXT:
            self.full = True
            return False
        if kind and line:
            self._marks.append(Mark(kind, self._length, self._length + len(line), level, label))
        self._lines.append(line)
        self._length += len(line) + 1
        return True
