"""How many are wanted: the number that is sure, of 3-5人 three. 若干 is no number."""

from __future__ import annotations

import re

from core.text.numerals import whole_number
from knowledge.postings.fields.cleaning import compact

_COUNT = re.compile(
    r"(?:招聘?|共|约|各|拟招|计划)*(\d{1,5}|[一二两三四五六七八九十百]{1,5})(?:\.0+)?(?:-|~|"
    r"至|到|—|–)?(?:\d{1,5}|[一二三四五六七八九十百]{1,5})?(?:人|名|个|位)?(?:以上|左右|及以上|"
    r"\+)?"
)


def read_headcount(written: str) -> int | None:
    """The number of people, at least 1; None where none is said or more than a number is.

    >>> read_headcount("１０"), read_headcount("3-5人"), read_headcount("若干")
    (10, 3, None)
    """
    match = _COUNT.fullmatch(re.sub(r"\([^()]*\)", "", compact(written)))
    return (whole_number(match[1]) or None) if match else None


def looks_like_headcount(written: str) -> bool:
    """Whether a text is a number of people and nothing else (to tell displaced columns); a bare number may be anything."""
    return re.fullmatch(r"若干[人名]?|\d{1,3}(?:-\d{1,3})?[人名]", compact(written)) is not None
