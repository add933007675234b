"""The lowest degree that may apply. What is only preferred (本科优先) asks for nothing."""

from __future__ import annotations

import re

from knowledge.postings.fields.cleaning import compact
from knowledge.postings.record import Degree

_LONGEST = 200
"""Characters that are read."""
_PREFERRED = re.compile(r"[^,;。、()]*优先[^,;。()]*")
_RESEARCH = re.compile("(?<=[博硕]士)研究生")
_ANY = re.compile(r"不限|无(?:学历)?要求|无限制|任意|初中|小学|不要求|any|不作要求")
_DEGREES: tuple[tuple[re.Pattern[str], Degree], ...] = (
    (re.compile(r"博|doctor|ph\.?d"), Degree.DOCTOR),
    (re.compile(r"硕|研究生|master|mba|mpacc"), Degree.MASTER),
    (re.compile(r"本科|学士|专升本|本硕|专本|一本|二本|双学位|bachelor|undergraduate"), Degree.BACHELOR),
    (re.compile(r"大专|专科|高职|高专|专本|associate|college"), Degree.JUNIOR_COLLEGE),
    (re.compile(r"中专|中职|职高|技校|中技|高中|secondary"), Degree.SECONDARY),
)


def read_education(written: str) -> Degree | None:
    """The lowest degree that a field names; None where none is.

    >>> read_education("大专及以上，本科优先") == Degree.JUNIOR_COLLEGE
    True
    """
    text = compact(written[:_LONGEST])
    required = _RESEARCH.sub("", _PREFERRED.sub("", text))
    named = [degree for pattern, degree in _DEGREES if pattern.search(required)]
    if named:
        return Degree.ANY if re.search("及?以下", required) else min(named)
    return Degree.ANY if _ANY.search(text) else None


def looks_like_education(written: str) -> bool:
    """Whether a text is a degree and hardly anything else."""
    return (
        len(compact(written)) <= 14
        and re.fullmatch(
            r"(?:全日制|统招|普通|国家)?(?:博士|硕士|研究生|本科|大专|专科|高职|中专|高中|大学本科|大学专科)(?:研究生)?(?:及|"
            r"或)?(?:以上)?(?:学历)?",
            compact(written),
        )
        is not None
    )
