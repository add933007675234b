"""The fields of a file: how each is read from what people write, bounded, and written again so that reading gives the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from core.text.folding import fold
from desk.care import texts
from desk.errors import CareRefused

_LONGEST = {
    "student_number": 40,
    "name": 60,
    "college": 60,
    "class_name": 60,
    "degree": 20,
    "major": 100,
    "phone": 30,
    "hometown": 60,
    "wish_place": 100,
    "wish_work": 200,
    "wish_note": 2000,
    "goal": 2000,
    "measures": 4000,
    "destination_unit": 200,
    "destination_evidence": 1000,
}
_PARAGRAPHS = frozenset({"wish_note", "goal", "measures", "destination_evidence"})
"""Fields of several lines; all others are one."""
_DAYS = frozenset({"left_school_on", "next_contact_on", "destination_on"})
_CHOICES = {"wish": texts.WISHES, "destination": texts.DESTINATIONS}
REQUIRED = ("student_number", "name", "college")
FILE_FIELDS = tuple(field for field in texts.FIELDS if field != "categories")
"""All that a file may be told, but for the key groups, which have rules of their own."""

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,28}")
_YEAR = re.compile(r"(20\d\d)\s*(?:届|年)?(?:毕业生?)?")
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+00?:00(?::00)?)?")
_SEPARATORS = re.compile(r"[、,，;；/|\s]+")


def read_field(field: str, written: Any) -> Any:
    """The value of a field as the file keeps it, from text, a year, a day, a list or None; empty text and None for nothing.

    Raises CareRefused with a Chinese line.

    >>> read_field("cohort", "2027届"), read_field("destination", "待就业"), read_field("left_school_on", "2026/6/30").isoformat()
    (2027, 'unplaced', '2026-06-30')
    """
    if field not in texts.FIELDS:
        raise CareRefused(texts.UNKNOWN_FIELD.format(field=field))
    if field == "categories":
        return _categories(written)
    text = clean("" if written is None else str(written), lines=field in _PARAGRAPHS)
    if field in _DAYS:
        return _day(field, text)
    if field == "cohort":
        return _year(field, text)
    if field in _CHOICES:
        return _choice(field, text, _CHOICES[field])
    if len(text) > _LONGEST[field]:
        raise CareRefused(texts.TOO_LONG.format(field=texts.FIELDS[field], most=_LONGEST[field]))
    if field == "student_number":
        return _number(field, text)
    return _phone(field, text) if field == "phone" else text


def read_fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Several fields at once, each as `read_field` gives it."""
    return {field: read_field(field, written) for field, written in values.items()}


def write_field(field: str, value: Any) -> str:
    """A value as text for people and tables; `read_field` gives the same value back."""
    if value is None:
        return ""
    if field == "categories":
        return "、".join(texts.CATEGORIES[category] for category in value)
    if field in _CHOICES:
        return _CHOICES[field].get(value, "")
    return value.isoformat() if isinstance(value, date) else str(value)


def column_named(heading: str) -> str | None:
    """The field that a column's heading means; None where it is none of ours."""
    return _COLUMNS.get(_key(heading))


def clean(text: str, *, lines: bool = False) -> str:
    """The text without what no table and no database keeps (control signs, half characters); one line unless `lines`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(character for character in text if character == "\n" or _is_kept(character))
    return "\n".join(line.strip() for line in kept.split("\n")).strip() if lines else " ".join(kept.split())


def _is_kept(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co")


def _number(field: str, text: str) -> str:
    text = unicodedata.normalize("NFKC", text).replace(" ", "")
    if _ROUNDED.fullmatch(text):
        raise CareRefused(texts.ROUNDED_NUMBER.format(field=texts.FIELDS[field], text=text))
    if text and not _NUMBER.fullmatch(text):
        raise CareRefused(texts.BAD_NUMBER.format(field=texts.FIELDS[field], text=text))
    return text.upper()


def _phone(field: str, text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    if text and not _PHONE.fullmatch(text):
        raise CareRefused(texts.BAD_PHONE.format(field=texts.FIELDS[field], text=text))
    digits = re.sub(r"[^0-9+]", "", text)
    return re.sub(r"^(?:\+?86)(?=1\d{10}$)", "", digits)


def _year(field: str, text: str) -> int | None:
    if not text:
        return None
    found = _YEAR.fullmatch(unicodedata.normalize("NFKC", text))
    if found is None:
        raise CareRefused(texts.BAD_YEAR.format(field=texts.FIELDS[field], text=text))
    return int(found[1])


def _day(field: str, text: str) -> date | None:
    if not text:
        return None
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        if found is None:
            raise ValueError(text)
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise CareRefused(texts.BAD_DAY.format(field=texts.FIELDS[field], text=text)) from error


def _choice(field: str, text: str, known: Mapping[str, str]) -> str:
    folded = fold(text)
    for key, label in known.items():
        if folded in (key, label):
            return key
    if not folded:
        return ""
    raise CareRefused(texts.BAD_CHOICE.format(field=texts.FIELDS[field], known="、".join(known.values()), text=text))


def _categories(written: Any) -> list[str]:
    names = written if isinstance(written, (list, tuple)) else [name for name in _SEPARATORS.split(str(written or "")) if name]
    chosen = {_choice("categories", str(name), texts.CATEGORIES) for name in names} - {""}
    return [category for category in texts.CATEGORIES if category in chosen]


def _key(heading: str) -> str:
    return re.sub(r"[\s*:：_]", "", fold(heading)).lower()


_COLUMNS = {_key(name): field for field, label in texts.FIELDS.items() for name in (label, field, *texts.SYNONYMS.get(field, "").split())}
