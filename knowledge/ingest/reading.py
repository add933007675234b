"""Plain text: whether it is text at all, and Chinese. (Which encoding it is in: knowledge/ingest/decoding.py.)"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.ingest import texts
from knowledge.ingest.decoding import decode_bytes
from knowledge.ingest.long_lines import break_long_lines
from knowledge.ingest.readers.sniffing import refuse_other_than_text
from knowledge.ingest.source_text import SourceText

MAX_BYTES = 8 * 1024 * 1024
MAX_LINE = 100_000
"""Characters in one line. A policy document has paragraphs; more than this without a break is not its text."""
LEAST_HAN = 20

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_text_file(path: Path) -> SourceText:
    """Read one plain-text file; raises DocumentRefused with the reason and the remedy."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DocumentRefused(texts.TOO_LARGE.format(name=path.name, most=MAX_BYTES // 1024 // 1024))
        content = path.read_bytes()
    except OSError as error:
        raise DocumentRefused(texts.UNREADABLE.format(name=path.name, error=error.strerror)) from error
    return decode(path.name, content)


def decode(name: str, content: bytes) -> SourceText:
    """Read bytes that should be Chinese plain text in any encoding; raises DocumentRefused otherwise."""
    refuse_other_than_text(name, content)
    text = plain_lines(decode_bytes(name, content))
    refuse_unless_text(name, text)
    text = break_long_lines(text)
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > MAX_LINE:
            raise DocumentRefused(texts.LONG_LINE.format(name=name, number=number, length=len(line)))
    refuse_unless_chinese(name, text)
    return SourceText(name, storable(text), "txt", hashlib.sha256(content).hexdigest())


def plain_lines(text: str) -> str:
    """The text with `\\n` line ends and without the mark of its encoding."""
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def storable(text: str) -> str:
    """PostgreSQL stores neither NUL nor half characters: a mark of the same length stands for them, so that offsets stay."""
    return _LONE_SURROGATE.sub("\ufffd", text.replace("\x00", "\ufffd"))


def refuse_unless_text(name: str, text: str) -> None:
    """Raise DocumentRefused for what decodes and is full of control characters."""
    sample = text[:200_000]
    if len(_CONTROL.findall(sample)) > max(3, len(sample) // 1000):
        raise DocumentRefused(texts.BINARY.format(name=name))


def refuse_unless_chinese(name: str, text: str) -> None:
    """Raise DocumentRefused where there are too few Chinese characters to hold a clause."""
    if len(_HAN.findall(text[:200_000])) < LEAST_HAN:
        raise DocumentRefused(texts.NOT_CHINESE.format(name=name))
