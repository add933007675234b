"""Large files as text, in whatever encoding, read piece by piece."""

from __future__ import annotations

import io
from pathlib import Path

from knowledge.errors import DocumentRefused
from knowledge.ingest.decoding import decoded, is_plausible

_SAMPLE = 1 << 20
_USUAL = ("utf-8", "gb18030")
_MOST_BROKEN = 0.05
"""The share of characters that may be broken in a file that is still readable."""


class TextFile(io.TextIOWrapper):
    """A file as text, line ends as they are; bytes that break the encoding become U+FFFD."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._bytes = path.open("rb")
        self._size = max(1, path.stat().st_size)
        super().__init__(self._bytes, encoding=encoding, errors="replace", newline="")

    def done(self) -> float:
        """How much of it is read, from 0 to 1."""
        return min(1.0, self._bytes.tell() / self._size)


def opened_text(path: Path) -> TextFile:
    """The file as text, in the encoding that its first lines with Chinese in them are in. Raises DocumentRefused."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
        if len(sample) == _SAMPLE:
            sample = _whole_lines(sample)
        if sample.isascii():
            sample += _first_beyond_ascii(file)
    return TextFile(path, _encoding(path.name, sample))


def _encoding(name: str, sample: bytes) -> str:
    """The encoding; where a few bytes are broken, the one that all others are in. Raises DocumentRefused."""
    try:
        return decoded(name, sample)[1]
    except DocumentRefused:
        for encoding in _USUAL:
            text = sample.decode(encoding, errors="replace")
            if text.count("\ufffd") <= _MOST_BROKEN * len(text) and is_plausible(text):
                return encoding
        raise


def _whole_lines(sample: bytes) -> bytes:
    """Up to the last line end, so that no character is cut; UTF-16 and UTF-32 are cut at a multiple of their units."""
    if b"\x00" in sample:
        return sample[: len(sample) // 4 * 4]
    end = sample.rfind(b"\n") + 1
    return sample[:end] if end else sample


def _first_beyond_ascii(file: io.BufferedReader) -> bytes:
    """The first lines after the sample that are not plain ASCII: they tell the encoding."""
    for line in file:
        if not line.isascii():
            return line + file.read(4 * _SAMPLE).rpartition(b"\n")[0]
    return b""
