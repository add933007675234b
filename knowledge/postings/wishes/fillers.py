"""Words that people put around what they ask for, and that ask for nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

_NO_LETTERS = re.compile("[^\u4e00-\u9fffa-z0-9]+")


def bare(text: str) -> str:
    """A folded text without filling words and signs; empty where nothing is left that names something."""
    return _NO_LETTERS.sub("", _filler().sub("", text))


@lru_cache(maxsize=1)
def _filler() -> re.Pattern[str]:
    words = resources.files("knowledge.postings.wishes").joinpath("fillers.txt").read_text(encoding="utf-8").split()
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
