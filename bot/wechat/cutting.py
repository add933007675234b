"""Long texts in parts that WeChat takes, cut where a reader would pause."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from bot.wechat.form_texts import PART

MOST_BYTES = 2048
"""Bytes of UTF-8 in one text message; WeChat refuses or drops longer ones (measured by developers, `developers.weixin.qq.com/community`)."""

_MARK = len(PART.format(part=999, parts=999).encode()) + 1
_CLUSTER = regex.compile(r"\X")
"""An extended grapheme cluster (Unicode Standard Annex 29): an emoji with its joiners, a letter with its accents."""
_PAUSES = (
    (regex.compile(r"\n\s*\n"), 0.5),
    (regex.compile(r"\n"), 0.5),
    (regex.compile(r"[。！？；…][”』」）]*|[.!?;](?=\s)"), 0.4),
    (regex.compile(r"[，、：）】]|\s"), 0.6),
    (regex.compile(r"(?<![\x21-\x7e])|(?![\x21-\x7e])"), 0.6),
)
"""Where a part may end, the best place first, and how full it must be there at least; last: not within an address or a number."""


def cut(text: str, longest: int = MOST_BYTES) -> list[str]:
    """The text in parts of at most `longest` bytes, in order, marked （1/3） where there are several; [] where nothing is to be read.

    Nothing but white space at the cuts is lost. `longest` leaves room for the mark and one character at least (64 bytes).
    """
    text = text.strip()
    if len(text.encode()) <= longest:
        return [text] if text else []
    pieces = list(_pieces(text, longest - _MARK))
    return [f"{piece}\n{PART.format(part=part, parts=len(pieces))}" for part, piece in enumerate(pieces, 1)]


def _pieces(text: str, longest: int) -> Iterator[str]:
    rest = text
    while len(rest.encode()) > longest:
        fits = _fitting(rest, longest)
        at = _pause(rest, fits)
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest


def _fitting(text: str, longest: int) -> list[int]:
    """The ends of the whole characters, as a reader sees them, that fit from the start; those of code points where the first does not fit."""
    ends, size = [], 0
    for match in _CLUSTER.finditer(text):
        size += len(match[0].encode())
        if size > longest:
            break
        ends.append(match.end())
    return ends or [end for end in range(1, longest + 1) if len(text[:end].encode()) <= longest]


def _pause(text: str, ends: list[int]) -> int:
    whole, last = set(ends), ends[-1]
    for pattern, least in _PAUSES:
        found = [match.end() for match in pattern.finditer(text, 0, last + 1) if match.end() in whole]
        if found and found[-1] >= last * least and text[: found[-1]].strip():
            return int(found[-1])
    return last
