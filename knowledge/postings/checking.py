"""A file of postings checked without storing anything: what the screening finds in each row, and what follows from it.

Columns that are understood are read, and columns with a Chinese name that are not (备注, 其他要求). What is neither text nor
number in JSON, and machine columns (findings, labels of somebody else), are left alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from core.text.folding import fold
from knowledge.errors import PostingsRefused
from knowledge.ingest.decoding import decode_bytes
from knowledge.postings import review_texts as texts
from knowledge.postings.columns import Columns
from knowledge.postings.reading import read_rows
from knowledge.postings.screening import Finding, screen_texts
from knowledge.postings.standing import screened_status

Outcome = Literal["pass", "hold", "review"]
MAX_JSON_BYTES = 1 << 28
_OUTCOMES: Mapping[str, Outcome] = {"published": "pass", "held": "hold", "waiting": "review"}
_JSON_NAMES = (".json", ".jsonl", ".ndjson")
_HEAD = 64
_NOT_SCREENED = frozenset({"external_id", "source", "posted_on", "deadline", "url", "employer"})
"""Columns that hold no requirement: a name such as 双一流大学 is no condition."""


@dataclass(frozen=True)
class CheckedRow:
    """One row and what is wrong with it. `id` is the file's own, as it stands there, else the line's number."""

    id: str | int
    line: int
    title: str
    employer: str
    findings: tuple[Finding, ...]
    problems: tuple[str, ...] = field(default=())
    """Why the row cannot be a posting, in Chinese."""

    @property
    def outcome(self) -> Outcome:
        """`pass`: may be published; `hold`: the rules surely forbid it; `review`: a person has to look."""
        return _OUTCOMES[screened_status(self.findings, self.problems, trusted=True)]

    def as_dict(self) -> dict[str, Any]:
        """As `zhiwen postings check --json` prints it."""
        return {
            "id": self.id,
            "line": self.line,
            "title": self.title,
            "violations": [finding.as_dict() for finding in self.findings],
            "decision": self.outcome,
            "problems": list(self.problems),
        }


def check_file(path: Path) -> Iterator[CheckedRow]:
    """Check JSON, JSON lines, CSV or XLSX, row by row. Raises PostingsRefused or DocumentRefused for a file that cannot be read."""
    columns = Columns()
    for line, cells, problem in _rows(path):
        yield _checked(line, cells, problem, columns)


def _checked(line: int, cells: Mapping[str, Any], problem: str, columns: Columns) -> CheckedRow:
    fields = {name: columns.field(name) for name in cells}
    title = _first(cells, fields, "title")
    read = {name: str(value) for name, value in cells.items() if _is_read(name, fields[name], value)}
    if problem:
        problems: tuple[str, ...] = (problem,)
    else:
        problems = () if fold(title) else (texts.NO_TITLE,)
    return CheckedRow(
        id=_identity(cells, fields, line),
        line=line,
        title=title,
        employer=_first(cells, fields, "employer"),
        findings=tuple(screen_texts(read, title)),
        problems=problems,
    )


def _is_read(name: str, known: str | None, value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    return known not in _NOT_SCREENED if known else not name.isascii()


def _first(cells: Mapping[str, Any], fields: Mapping[str, str | None], wanted: str) -> str:
    return next((str(value) for name, value in cells.items() if fields[name] == wanted and value is not None), "")


def _identity(cells: Mapping[str, Any], fields: Mapping[str, str | None], line: int) -> str | int:
    given = cells.get("id")
    if given in (None, ""):
        given = _first(cells, fields, "external_id")
    return given if isinstance(given, int) else str(given or line)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    with path.open("rb") as file:
        head = file.read(_HEAD).replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if head.startswith((b"{", b"[")) or path.suffix.lower() in _JSON_NAMES:
        return _json_rows(path)
    return ((row.line, row.cells, row.problem) for row in read_rows(path))


def _json_rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any], str]]:
    """The objects of a file with their values as they are, so that a number as `id` stays one; counted, or for JSON lines by line."""
    if path.stat().st_size > MAX_JSON_BYTES:
        raise PostingsRefused(texts.TOO_BIG.format(name=path.name, most=MAX_JSON_BYTES >> 20))
    text = decode_bytes(path.name, path.read_bytes())
    whole = _parsed(text)
    if isinstance(whole, dict):
        inner = _list_within(whole)
        whole = [whole] if inner is None else inner
    if isinstance(whole, list):
        values = list(enumerate(whole, 1))
    else:
        values = [(number, _parsed(line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not any(isinstance(value, dict) for _, value in values):
        raise PostingsRefused(texts.NO_POSTINGS.format(name=path.name))
    yield from ((number, *_object(value)) for number, value in values)


def _object(value: Any) -> tuple[Mapping[str, Any], str]:
    return (value, "") if isinstance(value, dict) else ({}, texts.NO_OBJECT)


def _list_within(whole: Mapping[str, Any]) -> list[Any] | None:
    """{"data": […]}: the list of objects under a key, where the object is no posting itself."""
    if any(Columns().field(name) == "title" for name in whole):
        return None
    return next((value for value in whole.values() if isinstance(value, list) and value and isinstance(value[0], dict)), None)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"), strict=False)
    except (ValueError, RecursionError):
        return None
