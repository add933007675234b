"""What of a message nobody has read yet: each reader takes its words out, so that none is read twice."""

from __future__ import annotations

import re
from typing import Any

from core.text.folding import fold
from knowledge.postings.fields.typing_errors import corrected

Conditions = dict[str, Any]
"""Fields of `Criteria` that a message sets, with their values."""


class Remaining:
    """A message in folded form, lower case, slips mended; what has been taken is blank, so that places in the text keep."""

    def __init__(self, text: str) -> None:
        self.text = corrected(fold(text).lower())
        self.whole = self.text

    def take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Every match of a pattern, taken out."""
        found = list(pattern.finditer(self.text))
        for match in found:
            self.blank(match.start(), match.end())
        return found

    def takes(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern stands there; it is taken out."""
        return bool(self.take(pattern))

    def blank(self, start: int, end: int) -> None:
        """Take out what stands between two places."""
        self.text = self.text[:start] + " " * (end - start) + self.text[end:]

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern stands in what remains."""
        return bool(pattern.search(self.text))
