"""How near a text is to its issuer: the issuer's own, a repost, or a page that nobody signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.truth import Authority

_OFFICIAL_ADDRESS = re.compile(r"^https?://(?:[\w-]+\.)*(?:gov|edu)\.cn(?:[:/]|$)", re.IGNORECASE)
_STATUTE = re.compile(r"(?:法|条例|规定|办法|细则|解释(?:\([一二三四五六七八九十]+\))?)$")
_A_PAGE = 5
"""Lines of page furniture from which a text was copied off somebody's page."""


def find_authority(title: str | None, doc_no: str | None, issuers: Sequence[str], source: str, kinds: Sequence[str], removed_lines: int) -> Authority:
    """The authority of a text; `kinds` are those of its clauses, `source` its file's name or address."""
    signed = bool(issuers) and "signature" in kinds
    statute = bool(title and _STATUTE.search(title)) and "body" in kinds
    if not (doc_no or issuers or statute):
        return "unofficial"
    if _OFFICIAL_ADDRESS.match(source):
        return "issuer"
    if removed_lines >= _A_PAGE or "posted" in kinds:
        return "repost"
    return "issuer" if (doc_no and issuers) or signed or statute else "repost"
