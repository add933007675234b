"""Texts whose paragraphs were joined into one line, with a blank where each break was: the breaks are put back.

Copying a page out of a browser or a database does this. Every character keeps its place, only blanks become line ends.
"""

from __future__ import annotations

import re

LONG = 1500
"""Characters from which a line is no paragraph any more."""
_SPACED_OUT = 0.1
"""The share of blanks from which they part letters, not paragraphs."""
_BLANK = re.compile(r"(?<=[\u3000-\u303f\u3400-\u9fff\uff00-\uff65”’）》])[ \u3000\t](?=[\u3400-\u9fff“‘（《〔\d])")


def break_long_lines(text: str) -> str:
    """The text, each over-long line broken at its blanks between Chinese words; same length, same offsets."""
    return "\n".join(_break(line) if len(line) > LONG else line for line in text.split("\n"))


def _break(line: str) -> str:
    if len(_BLANK.findall(line)) > len(line) * _SPACED_OUT:
        return line
    return _BLANK.sub("\n", line)
