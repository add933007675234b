"""Whether the text that a PDF's page carries can be used, or the page must be recognised from its picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from core.text.folding import to_simplified
from knowledge.ingest.readers.layout.page import Page, is_han

Layer = Literal["usable", "doubtful", "none"]
"""`doubtful`: text without Chinese characters. It may be a page of figures, or Chinese under a wrong encoding."""

_MOST_UNMAPPED = 0.1
_FEW = 40
"""Characters that a scanner, a stamp or a page number leaves on a page that is a picture."""
_LEAST_COMMON = 0.7
"""Share of everyday characters among the Chinese ones; above 0.95 in policy texts, below a third where codes are mixed up."""
_LEAST_CHINESE = 0.05


def judge(page: Page, unmapped: int, pictured: float) -> Layer:
    """Judge a page's text; `unmapped` counts characters without a meaning on record, `pictured` is the share of the page under pictures."""
    text = "".join(piece.text for piece in page.pieces)
    if not text or unmapped > _MOST_UNMAPPED * len(text) or (len(text) < _FEW and pictured >= 0.5):
        return "none"
    chinese = [char for char in text if is_han(char)]
    if len(chinese) >= 20 and sum(map(_is_common, chinese)) < _LEAST_COMMON * len(chinese):
        return "none"
    return "doubtful" if len(chinese) < _LEAST_CHINESE * len(text) and len(text) >= _FEW else "usable"


@lru_cache(maxsize=8192)
def _is_common(char: str) -> bool:
    """Whether it, or its simplified form, is one of the 3,755 characters of level 1 of GB 2312."""
    try:
        code = to_simplified(char).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7
