"""What every reader makes of a file, whatever its format: the printed text, and what the text alone does not show of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Format = Literal["txt", "md", "html", "docx", "pdf", "scan", "image", "xlsx", "csv"]
MarkKind = Literal["heading", "row", "unsure", "attachment"]


@dataclass(frozen=True)
class Mark:
    """What a reader knows of a stretch of the text; `start` and `end` are offsets in `SourceText.text`.

    heading     a heading of the file's own (`level` from 1, the highest)
    row         one row of a table, printed as `heading：cell；heading：cell`; `label` is its path (`表1 第2行`), the table's
                caption stands before the rows as a heading
    unsure      read with little confidence (OCR): what a clause rests on there counts as damaged
    attachment  here an attachment of the notice begins, up to `end`; `label` is its title
    """

    kind: MarkKind
    start: int
    end: int
    level: int = 0
    label: str = ""


@dataclass(frozen=True)
class SourceText:
    """One document as read: `text` has `\\n` line ends and is what quotes are cut from; `checksum` is of the file's bytes."""

    name: str
    text: str
    format: Format
    checksum: str
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    """Chinese lines for whoever imports: what was left out and why."""
    removed_lines: int = 0
    """Lines of the page's furniture that the reader already left out."""
