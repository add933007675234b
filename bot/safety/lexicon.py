"""The patterns of bot/safety/patterns, read and compiled.

A file holds regular expressions over folded lower-case text, one a line; `## name` opens a section, `#` a comment.
`~` stands for a gap of up to 10 characters within a sentence, `~~` for one of up to 30.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PATTERNS = Path(__file__).parent / "patterns"
TEXTS = Path(__file__).parent / "texts"

_GAP = "[^。！？!?]{0,10}"
_LONG_GAP = "[^。！？!?]{0,30}"


@dataclass(frozen=True)
class Section:
    """The lines under one heading of a lexicon file."""

    name: str
    lines: tuple[str, ...]


class Lexicon:
    """Named sections of patterns, tried in the order of the file."""

    def __init__(self, path: Path, only: str | None = None) -> None:
        """`only`: the one section to read, if not all."""
        self._sections = [
            (section.name, [_compile(line) for line in section.lines]) for section in read_sections(path) if only in (None, section.name)
        ]

    def first(self, text: str, leave_out: frozenset[str] = frozenset()) -> str | None:
        """The name of the first section, but for those to `leave_out`, with a pattern that occurs in the text."""
        for name, patterns in self._sections:
            if name not in leave_out and any(pattern.search(text) for pattern in patterns):
                return name
        return None

    def holds(self, name: str, text: str) -> bool:
        """Whether a pattern of the named section occurs in the text."""
        patterns = next(patterns for section, patterns in self._sections if section == name)
        return any(pattern.search(text) for pattern in patterns)

    def names(self, text: str) -> list[str]:
        """The names of all sections with a pattern that occurs in the text."""
        return [name for name, patterns in self._sections if any(pattern.search(text) for pattern in patterns)]


class Idioms:
    """Everyday phrases that hold a word of harm and mean none."""

    def __init__(self, path: Path, only: str | None = None) -> None:
        """`only`: the one section to read, if not all."""
        sections = [section for section in read_sections(path) if only in (None, section.name)]
        self._patterns = [_compile(line) for section in sections for line in section.lines]

    def remove(self, text: str) -> str:
        """The text with each such phrase replaced by a mark that no pattern knows."""
        for pattern in self._patterns:
            text = pattern.sub("○", text)
        return text


def read_sections(path: Path) -> list[Section]:
    """The sections of a lexicon or text file; lines before the first heading belong to a section without a name."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            sections.append((line[3:].strip(), []))
        elif line and not line.startswith("# "):
            sections[-1][1].append(line)
    return [Section(name, tuple(lines)) for name, lines in sections if lines]


def _compile(line: str) -> re.Pattern[str]:
    return re.compile(line.replace("~~", _LONG_GAP).replace("~", _GAP))
