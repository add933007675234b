"""What request bodies may hold: taken as it is described, never as what it could be read as (a number is no day, a word is no number)."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Strict

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(value: object) -> object:
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value):
        raise ValueError("not a day")
    if isinstance(value, (int, float)):
        raise ValueError("not a day")
    return value


def _moment(value: object) -> object:
    if isinstance(value, datetime) or (isinstance(value, str) and _ISO_DAY.match(value)):
        return value
    raise ValueError("not a moment")


def _whole(value: object) -> object:
    if isinstance(value, (bool, str)):
        raise ValueError("not a number")
    return value


DAY = BeforeValidator(_day)
"""Behind the bounds of a day, which else are not described."""

Day = Annotated[date, DAY]
"""`2026-12-01` and nothing else: left alone, pydantic reads a number as seconds since 1970."""

Moment = Annotated[AwareDatetime, BeforeValidator(_moment)]
"""A day and time with its offset (RFC 3339)."""

WHOLE = BeforeValidator(_whole)
"""Behind the bounds of a whole number, which else are not described; `3.0` is one too (JSON Schema 2020-12, 4.2.3)."""

Flag = Annotated[bool, Strict()]
"""`true` or `false`."""
