"""Attachments printed in the file of their notice: where each begins, what it is called, which lines are its own.

A notice names its attachments before the signature (附件：1.…) and prints them behind it, each under a line 附件1 of its own.
The first is a list, the second a section; only sections are told here. A notice that only hands on a paper (现将《…办法》印发给你们)
prints that paper behind its signature under its title, without a label: its clauses are cited by their own numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.ingest.cleaning import is_signature, without_footer
from knowledge.ingest.lines import Line
from knowledge.ingest.source_text import Mark

_OPENING = re.compile(r"^((?:附件|附录|附表) ?[一二三四五六七八九十\d]{0,3})(?!\d) ?([:：.、]?) ?(.{0,60})$")
_LISTED = re.compile(r"^\d{1,2} ?[.、]|\.(?:docx?|xlsx?|pdf|zip|rar|wps|et|jpg|png)\b|\d ?[KkMm][Bb]?\)?$|。")
_NOT_TITLE = re.compile(r"[。；;：:，,]$|^\d")
MAX_TITLE = 60
_HANDED_ON = re.compile("《([^《》]{4,80})》[^。《》]{0,40}(?:印发|转发|发布|公布|下发|予以)")
_NEAR = 15
"""Lines behind the signature (copies, contacts, printing line) within which the paper that is handed on begins."""
_TITLE_LINES = 3
_TOP = 3
"""A file that opens with 附件 is an attachment itself."""


@dataclass(frozen=True)
class Attachment:
    """`label` is as printed (`附件1`), empty for a paper that is handed on; `title` may be empty; `lines` are those under label and title."""

    label: str
    title: str
    lines: list[Line]

    @property
    def heading(self) -> str:
        return f"{self.label} {self.title}".strip()


def split_attachments(lines: Sequence[Line], marks: Sequence[Mark] = ()) -> tuple[list[Line], list[Attachment]]:
    """The notice's own lines and its attachments, as the reader marked them or else as the text prints them."""
    marked = [mark for mark in marks if mark.kind == "attachment"]
    if marked:
        return _by_marks(lines, marked)
    signed = next((index for index in range(_TOP, len(lines)) if is_signature(lines, index)), len(lines))
    starts = [index for index in range(_TOP, len(lines)) if _opens_section(lines, index, signed)]
    starts = [start for start, end in pairwise([*starts, len(lines)]) if _has_content(lines[start:end])]
    notice, handed_on = _split_handed_on(lines[: starts[0]] if starts else lines)
    return notice, [*handed_on, *(_section(lines[start:end]) for start, end in pairwise([*starts, len(lines)]) if starts)]


def own_label(lines: Sequence[Line]) -> tuple[str, str]:
    """Label and title of a file that is an attachment itself, else two empty strings."""
    for index, line in enumerate(lines[:_TOP]):
        match = None if line.row else _OPENING.match(line.folded)
        if match and not _LISTED.search(match[3]):
            title = match[3] or next((after.folded for after in lines[index + 1 : index + 2] if _may_be_title(after)), "")
            return match[1].replace(" ", ""), title
    return "", ""


def _by_marks(lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[list[Line], list[Attachment]]:
    sections = []
    for number, mark in enumerate(marks, 1):
        own = [line for line in lines if mark.start <= line.start < mark.end]
        match = _OPENING.match(mark.label)
        label, title = (match[1].replace(" ", ""), match[3]) if match else (f"附件{number}", mark.label)
        if own:
            sections.append(Attachment(label, title, own))
    taken = {line.start for section in sections for line in section.lines}
    return [line for line in lines if line.start not in taken], sections


def _opens_section(lines: Sequence[Line], index: int, signed: int) -> bool:
    line = lines[index]
    match = None if line.row or len(line.text) > MAX_TITLE + 12 else _OPENING.match(line.folded)
    if not match or _LISTED.search(match[3]) or index + 1 >= len(lines):
        return False
    following = lines[index + 1]
    if _OPENING.match(following.folded) or is_signature(lines, index + 1):
        return False
    if line.rank or following.row or following.rank:
        return True
    if not match[3]:
        return not match[2] or signed < index
    return bool(match[1][2:].strip() or match[2]) and signed < index


def _split_handed_on(lines: Sequence[Line]) -> tuple[list[Line], list[Attachment]]:
    """The notice up to its signature, and the paper behind it that it says it hands on."""
    signed = next((index for index in range(_TOP, len(lines)) if is_signature(lines, index)), None)
    if signed is None:
        return list(lines), []
    names = _HANDED_ON.findall("".join(line.folded for line in lines[:signed]))
    for start in range(signed + 1, min(len(lines), signed + _NEAR)):
        for end in range(start + 1, min(len(lines), start + _TITLE_LINES) + 1):
            title = "".join(line.folded for line in lines[start:end]).replace(" ", "")
            if title in names and _has_content(lines[end - 1 :]):
                return list(lines[:start]), [Attachment("", title, without_footer(list(lines[end:])))]
    return list(lines), []


def _has_content(section: Sequence[Line]) -> bool:
    own = without_footer(list(section[1:]))
    return sum(len(line.folded) for line in own) >= 12


def _section(lines: Sequence[Line]) -> Attachment:
    opening = _OPENING.match(lines[0].folded)
    label, title = (opening[1].replace(" ", ""), opening[3]) if opening else ("附件", "")
    rest = list(lines[1:])
    if not title and rest and _may_be_title(rest[0]):
        title = rest.pop(0).folded
    return Attachment(label, title, without_footer(rest))


def _may_be_title(line: Line) -> bool:
    return not line.row and line.marker is None and len(line.folded) <= MAX_TITLE and not _NOT_TITLE.search(line.folded)
