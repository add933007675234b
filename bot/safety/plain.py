"""Plain forms: what a text says once its disguises are taken off."""

from __future__ import annotations

import re
from pathlib import Path

from bot.safety.lexicon import PATTERNS, read_sections
from core.text.folding import fold

_CHINESE = "\u4e00-\u9fff"
_BLANK_OR_SIGN = r"\s.*·_\-~|/+^#@"
_SPACED_OUT = re.compile(rf"(?<![{_CHINESE}])[{_CHINESE}](?:[{_BLANK_OR_SIGN}\u3002,\uff0c\u3001]{{1,3}}[{_CHINESE}](?![{_CHINESE}]))+")
_SPLIT_WORD = re.compile(rf"(?<=[{_CHINESE}])[{_BLANK_OR_SIGN}]{{1,3}}(?=[{_CHINESE}])")
_NOT_CHINESE = re.compile(rf"[^{_CHINESE}]")
_QUOTES = re.compile('["\u201c\u201d\u2018\u2019\u300a-\u300f\u3008\u3009]')


class PlainForms:
    """Writes a text in plain Chinese; built once from the table of disguises."""

    def __init__(self, table: Path = PATTERNS / "disguises.txt") -> None:
        lines = [line.split("\t") for section in read_sections(table) for line in section.lines]
        self._disguises = [(re.compile(pattern), plain) for pattern, plain in lines]

    def of(self, text: str) -> list[str]:
        """The forms in which patterns are sought: the folded lower-case text, and, if it differs, that with split
        words joined. Quotation marks are left out; 紫砂, 想4, zisha and common dialect words are in plain Chinese.
        """
        folded = self._undisguise(_QUOTES.sub("", fold(text).lower()))
        joined = self._undisguise(_SPLIT_WORD.sub("", _SPACED_OUT.sub(_join, folded)))
        return [folded] if joined == folded else [folded, joined]

    def _undisguise(self, text: str) -> str:
        for pattern, plain in self._disguises:
            text = pattern.sub(plain, text)
        return text


def line_form(text: str) -> str:
    """The lower-case text with its lines and brackets as typed: how an attempt on the assistant shows its structure."""
    return text.strip().lower()


def _join(match: re.Match[str]) -> str:
    return _NOT_CHINESE.sub("", match.group())
